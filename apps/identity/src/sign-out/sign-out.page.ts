/** The pages of signing out: the question, and that it is done. They decide nothing. */
import { html } from 'hono/html';
import { heading } from '../pages/heading.ts';
import { layout } from '../pages/layout.ts';
import type { Html, Look } from '../pages/look.ts';
import { words } from './sign-out.words.ts';

export type SignOutPage = {
  readonly action: string;
  /** Hidden fields that the form posts along. */
  readonly fields: Readonly<Record<string, string>>;
  /** The name and value of the button that says yes, where the receiver wants one. */
  readonly confirm?: { readonly name: string; readonly value: string };
  readonly username?: string;
  readonly application?: { readonly name: string };
};

export function signOutPage(look: Look, page: SignOutPage): Html {
  const { confirm } = page;
  return layout(look, {
    title: words.title,
    body: html`${heading(words.heading, page.username ? html`${words.who} <b>${page.username}</b>` : page.application && html`<b>${page.application.name}</b>`)}
<form method="post" action="${page.action}" class="stack">
<p class="small quiet">${words.what}</p>
${Object.entries(page.fields).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
<button class="button" type="submit"${confirm ? html` name="${confirm.name}" value="${confirm.value}"` : ''}>${words.submit}</button>
<a class="button button-quiet" href="/">${words.stay}</a>
</form>`,
  });
}

export function signedOutPage(look: Look): Html {
  const { done } = words;
  return layout(look, {
    title: done.title,
    body: html`${heading(done.heading)}
<div class="stack"><p>${done.what}</p><a class="button button-quiet" href="/">${done.again}</a></div>`,
  });
}
