/** Where each second factor is asked for, and the links from one to the others that a person has. */
import { html } from 'hono/html';
import type { Html, Look } from '../pages/look.ts';
import type { Method } from './second-factors.ts';
import { wordsIn } from './sign-in.words.ts';
import type { SignedInVisit } from './visit.ts';

export type OtherWays = (look: Look, visit: SignedInVisit, own: Method) => Promise<Html>;

/** Below `<flow>/second-factor`. */
export const methodPath: Readonly<Record<Method, string>> = {
  totp: 'one-time-code',
  webauthn: 'security-key',
  mobile_push: 'push',
};

export const otherWays: OtherWays = async (look, visit, own) => {
  const words = wordsIn(look.say);
  const { path, query = '' } = visit.flow;
  const others = (await visit.waysOf(visit.session.username)).filter((method) => method !== own);
  return html`${others.map(
    (method) =>
      html`<p class="other-way"><a href="${path}/second-factor/${methodPath[method]}${query}">${words.instead[method]}</a></p>`,
  )}`;
};
