/** The page of the recovery code step: one field. It decides nothing. */
import { html } from 'hono/html';
import { field } from '../../pages/field.ts';
import { heading } from '../../pages/heading.ts';
import { layout } from '../../pages/layout.ts';
import type { Html, Look } from '../../pages/look.ts';
import { notice } from '../../pages/notice.ts';
import { stepsBar } from '../../pages/steps-bar.ts';
import { wordsIn } from './recovery.words.ts';

export type RecoveryPage = {
  readonly action: string;
  readonly steps: number;
  readonly username: string;
  readonly anotherAddress: string;
  /** Links to the second factors of the person. */
  readonly otherWays: Html;
  readonly problem?: string | undefined;
};

export function recoveryPage(look: Look, page: RecoveryPage): Html {
  const words = wordsIn(look.say);
  return layout(look, {
    title: words.title,
    body: html`${stepsBar(look, 2, page.steps)}
${heading(words.title, html`${words.for(html`<b>${page.username}</b>`)}`)}
<form method="post" action="${page.action}" class="stack">
${page.problem ? notice({ kind: 'danger', text: page.problem }) : ''}
<input type="hidden" name="username" value="${page.username}">
${field({
  name: 'code',
  label: words.label,
  type: 'text',
  autocomplete: 'off',
  hint: words.hint,
  lengthMax: 40,
  autofocus: true,
  wrong: page.problem !== undefined,
})}
<button class="button" type="submit">${words.submit}</button>
</form>
${page.otherWays}
<p class="after">${words.not(page.username)} <a href="${page.anotherAddress}">${words.another}</a></p>`,
  });
}
