/** The page of the password step: one heading, two fields, one button. It decides nothing. */
import { html } from 'hono/html';
import { field } from '../../pages/field.ts';
import { heading } from '../../pages/heading.ts';
import { layout } from '../../pages/layout.ts';
import type { Html, Look } from '../../pages/look.ts';
import { notice } from '../../pages/notice.ts';
import { stepsBar } from '../../pages/steps-bar.ts';
import { wordsIn as sharedIn } from '../sign-in.words.ts';
import { wordsIn } from './password.words.ts';

export type PasswordPage = {
  readonly action: string;
  readonly steps: number;
  /** The application or page behind it; absent for the portal itself. */
  readonly destination?: string;
  /** Filled into the name field. */
  readonly name?: string;
  /** Who is signed in and confirms the password. The name is then fixed. */
  readonly again?: {
    readonly username: string;
    readonly anotherAddress: string;
    /** They came by a passkey, and the password is the second factor. */
    readonly isSecond: boolean;
  };
  /** Where a passkey signs in instead. */
  readonly passkeyAddress?: string;
  /** The directory finds people by their mail address, too. */
  readonly mayTypeEmail: boolean;
  readonly mayKeep: boolean;
  readonly keep: boolean;
  readonly forgotAddress?: string;
  readonly problem?: 'refused' | 'unavailable' | 'empty' | 'limited' | 'shutOut';
};

export function passwordPage(look: Look, page: PasswordPage): Html {
  const words = wordsIn(look.say);
  const title = page.again?.isSecond ? words.second : page.again ? words.again : words.title;
  const name = page.again?.username ?? page.name ?? '';
  const wrong = page.problem === 'refused' || page.problem === 'empty';
  return layout(look, {
    title,
    body: html`${stepsBar(look, page.again?.isSecond ? 2 : 1, page.steps)}
${heading(title, sub(look, page))}
<form method="post" action="${page.action}" class="stack">
${page.problem ? notice({ kind: 'danger', text: page.problem === 'shutOut' ? sharedIn(look.say).shutOut : words[page.problem] }) : ''}
${field({
  name: 'username',
  label: page.mayTypeEmail && !page.again ? words.nameOrEmail : words.name,
  type: 'text',
  autocomplete: 'username',
  value: name,
  autofocus: name === '',
  readonly: page.again !== undefined,
  wrong,
})}
${field({
  name: 'password',
  label: words.password,
  type: 'password',
  autocomplete: 'current-password',
  autofocus: name !== '',
  wrong,
  ...(page.forgotAddress && { aside: html`<a href="${page.forgotAddress}">${words.forgot}</a>` }),
})}
${
  page.mayKeep && !page.again
    ? html`<label class="check"><input type="checkbox" name="keepMeLoggedIn" value="true"${page.keep ? html` checked` : ''}> ${words.keep}</label>`
    : ''
}
<button class="button" type="submit">${words.submit}</button>
</form>
${page.passkeyAddress ? html`<div class="stack after-form"><div class="divider">${words.or}</div><a class="button button-quiet" href="${page.passkeyAddress}">${words.passkey}</a></div>` : ''}
${
  page.again
    ? html`<p class="after">${words.not(page.again.username)} <a href="${page.again.anotherAddress}">${words.another}</a></p>`
    : ''
}`,
  });
}

function sub({ say }: Look, { again, destination }: PasswordPage): Html {
  const words = wordsIn(say);
  const bold = html`<b>${destination}</b>`;
  if (again?.isSecond) return destination ? html`${words.secondFor(bold)}` : html`${words.secondPortal}`;
  if (again) return destination ? html`${words.againFor(bold)}` : html`${words.againPortal}`;
  return destination ? html`${words.continueTo(bold)}` : html`${words.portal}`;
}
