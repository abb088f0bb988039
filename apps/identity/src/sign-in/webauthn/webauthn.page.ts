/** The pages that ask for a security key as second factor, and for a passkey to sign in with. They decide nothing. */
import { html } from 'hono/html';
import { heading } from '../../pages/heading.ts';
import { layout } from '../../pages/layout.ts';
import type { Html, Look } from '../../pages/look.ts';
import { stepsBar } from '../../pages/steps-bar.ts';
import { type KeyForm, keyForm } from './key-form.ts';
import { wordsIn } from './webauthn.words.ts';

type Asking = Pick<KeyForm, 'action' | 'begin' | 'problem'> & { readonly script: string; readonly steps: number };

export type KeyPage = Asking & {
  readonly username: string;
  readonly anotherAddress: string;
  readonly otherWays: Html;
};

export function keyPage(look: Look, page: KeyPage): Html {
  const words = wordsIn(look.say);
  return layout(look, {
    title: words.title,
    script: page.script,
    body: html`${stepsBar(look, 2, page.steps)}
${heading(words.title, html`${words.for(html`<b>${page.username}</b>`)}`)}
${keyForm(look, {
  ...page,
  ceremony: 'get',
  auto: page.problem === undefined,
  another: page.otherWays !== '',
  submit: words.submit,
  fields: html`<input type="hidden" name="username" value="${page.username}"><p class="quiet">${words.how}</p>`,
})}
${page.otherWays}
<p class="after">${words.not(page.username)} <a href="${page.anotherAddress}">${words.another}</a></p>`,
  });
}

export type PasskeyPage = Asking & {
  readonly destination: string | undefined;
  readonly passwordAddress: string;
  readonly mayKeep: boolean;
};

export function passkeyPage(look: Look, page: PasskeyPage): Html {
  const { passkey } = wordsIn(look.say);
  const { destination } = page;
  return layout(look, {
    title: passkey.title,
    script: page.script,
    body: html`${stepsBar(look, 1, page.steps)}
${heading(passkey.title, destination === undefined ? passkey.portal : html`${passkey.continueTo(html`<b>${destination}</b>`)}`)}
${keyForm(look, {
  ...page,
  ceremony: 'get',
  auto: page.problem === undefined && !page.mayKeep,
  another: true,
  submit: passkey.submit,
  fields: html`<p class="quiet">${passkey.how}</p>${
    page.mayKeep
      ? html`<label class="check"><input type="checkbox" name="keepMeLoggedIn" value="true"> ${passkey.keep}</label>`
      : ''
  }`,
})}
<p class="after"><a href="${page.passwordAddress}">${passkey.password}</a></p>`,
  });
}
