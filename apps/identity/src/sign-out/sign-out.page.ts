/** The pages of signing out: the question, and that it is done. They decide nothing. */
import { list } from '@gatehouse/words/dates.ts';
import { html } from 'hono/html';
import { heading } from '../pages/heading.ts';
import { layout } from '../pages/layout.ts';
import type { Html, Look } from '../pages/look.ts';
import { wordsIn } from './sign-out.words.ts';

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
  const words = wordsIn(look.say);
  const { confirm } = page;
  return layout(look, {
    title: words.title,
    body: html`${heading(words.heading, page.username ? html`${words.who(html`<b>${page.username}</b>`)}` : page.application && html`<b>${page.application.name}</b>`)}
<form method="post" action="${page.action}" class="stack">
<p class="small quiet">${words.what}</p>
${Object.entries(page.fields).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
<button class="button" type="submit"${confirm ? html` name="${confirm.name}" value="${confirm.value}"` : ''}>${words.submit}</button>
<a class="button button-quiet" href="/">${words.stay}</a>
</form>`,
  });
}

/** An application's page that ends its session in this browser; it is opened unseen. */
export type SignOutFrame = { readonly name: string; readonly url: string; readonly origin: string };

export type SignedOutPage = {
  readonly frames?: readonly SignOutFrame[];
  /** Where the browser goes on to by itself, once the frames had their time. */
  readonly onward?: string;
};

/** Time for the frames to load. Without them nobody waits. */
const onwardSeconds = 3;

export function signedOutPage(look: Look, { frames = [], onward }: SignedOutPage = {}): Html {
  const { done } = wordsIn(look.say);
  return layout(look, {
    title: done.title,
    ...(onward !== undefined && { onward: { seconds: onwardSeconds, url: onward } }),
    body: html`${heading(done.heading)}
<div class="stack">${frames.length > 0 ? html`<p>${done.also(namesOf(look, frames))}</p>` : ''}
${onward === undefined ? html`<p>${done.what}</p>` : html`<p>${done.onward}</p>`}
${onward === undefined ? html`<a class="button button-quiet" href="/">${done.again}</a>` : html`<a class="button button-quiet" href="${onward}">${done.go}</a>`}</div>
${frames.map(frameOf)}`,
  });
}

function namesOf({ say }: Look, frames: readonly SignOutFrame[]): Html {
  return html`<b>${list(
    say.language,
    frames.map(({ name }) => name),
  )}</b>`;
}

/** It may run its own scripts and read its own cookies, and neither lead the page away nor open another. */
function frameOf({ name, url }: SignOutFrame): Html {
  return html`<iframe src="${url}" title="${name}" hidden sandbox="allow-scripts allow-same-origin" referrerpolicy="no-referrer"></iframe>`;
}
