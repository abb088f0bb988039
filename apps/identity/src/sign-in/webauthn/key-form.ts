/**
 * A form whose button asks the browser for a security key. The script of the page fills in the answer; without it the page
 * says what is missing. What stands in the form beside the button is the caller's.
 */
import { html } from 'hono/html';
import type { Html, Look } from '../../pages/look.ts';
import { notice } from '../../pages/notice.ts';
import { wordsIn } from './webauthn.words.ts';

export type KeyForm = {
  readonly ceremony: 'get' | 'create';
  readonly action: string;
  /** Where the script gets the challenge. */
  readonly begin: string;
  /** Asks at once, without a press of the button. */
  readonly auto: boolean;
  readonly submit: string;
  /** Whether there is another way to what the form is for. */
  readonly another: boolean;
  readonly problem?: string | undefined;
  readonly fields: Html;
};

export function keyForm(look: Look, form: KeyForm): Html {
  const words = wordsIn(look.say);
  const browserWords = { ...words.browser, unsupported: words.unsupported(form.another) };
  return html`<form method="post" action="${form.action}" class="stack" data-ceremony="${form.ceremony}" data-begin="${form.begin}" data-words="${JSON.stringify(browserWords)}"${form.auto ? html` data-auto` : ''}>
${
  form.problem === undefined
    ? html`<noscript>${notice({ kind: 'plain', text: words.noScript(form.another) })}</noscript>`
    : notice({ kind: 'danger', text: form.problem })
}
<input type="hidden" name="ceremony"><input type="hidden" name="response">
${form.fields}
<button class="button" type="submit">${form.submit}</button>
</form>`;
}
