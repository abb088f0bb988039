/** The page that asks to accept the privacy policy before a sign-in. It knows no requests. */
import { html } from 'hono/html';
import { heading } from '../pages/heading.ts';
import { layout } from '../pages/layout.ts';
import type { Html, Look } from '../pages/look.ts';
import { privacyPath, returnField } from './privacy.paths.ts';
import { wordsIn } from './privacy.words.ts';

export function privacyPage(look: Look, page: { readonly policyUrl: string; readonly returnTo: string }): Html {
  const words = wordsIn(look.say);
  return layout(look, {
    title: words.title,
    body: html`${heading(words.heading)}
<form class="stack" method="post" action="${privacyPath}">
<input type="hidden" name="${returnField}" value="${page.returnTo}">
<p>${words.what(look.product)}</p>
<a class="button button-quiet" href="${page.policyUrl}" rel="noreferrer" target="_blank">${words.read}</a>
<button class="button">${words.accept}</button>
<p class="small quiet">${words.without}</p>
</form>`,
  });
}
