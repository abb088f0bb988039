/** The page of the one-time code step: one field for the digits. It decides nothing. */
import { html } from 'hono/html';
import { field } from '../../pages/field.ts';
import { heading } from '../../pages/heading.ts';
import { layout } from '../../pages/layout.ts';
import type { Html, Look } from '../../pages/look.ts';
import { notice } from '../../pages/notice.ts';
import { stepsBar } from '../../pages/steps-bar.ts';
import { wordsIn } from './totp.words.ts';

export type TotpPage = {
  readonly action: string;
  readonly steps: number;
  readonly username: string;
  readonly digits: number;
  readonly anotherAddress: string;
  /** Links to the other second factors of the person. */
  readonly otherWays: Html;
  readonly problem?: string;
};

/** An app shows the digits in groups: room for the spaces. */
const spaces = 3;

export function totpPage(look: Look, page: TotpPage): Html {
  const words = wordsIn(look.say);
  return layout(look, {
    title: words.title,
    body: html`${stepsBar(look, 2, page.steps)}
${heading(words.title, html`${words.from(html`<b>${page.username}</b>`)}`)}
<form method="post" action="${page.action}" class="stack">
${page.problem ? notice({ kind: 'danger', text: page.problem }) : ''}
<input type="hidden" name="username" value="${page.username}">
${field({
  name: 'code',
  label: words.code(page.digits),
  type: 'text',
  autocomplete: 'one-time-code',
  inputmode: 'numeric',
  lengthMax: page.digits + spaces,
  autofocus: true,
  wrong: page.problem !== undefined,
  code: true,
})}
<button class="button" type="submit">${words.submit}</button>
</form>
${page.otherWays}
<p class="after">${words.not(page.username)} <a href="${page.anotherAddress}">${words.another}</a></p>`,
  });
}
