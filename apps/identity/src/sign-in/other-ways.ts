/** Where each second factor is asked for, and the links from one to the others that a person has. */
import { html } from 'hono/html';
import type { Html, Look } from '../pages/look.ts';
import type { Method } from './second-factors.ts';
import { wordsIn } from './sign-in.words.ts';
import type { SignedInVisit } from './visit.ts';

/** Answers with nothing where there is no other way, so that nobody is told of one. */
export type OtherWays = (look: Look, visit: SignedInVisit, own: Method | 'recovery') => Promise<Html>;

/** Below `<flow>/second-factor`. */
export const methodPath: Readonly<Record<Method, string>> = {
  totp: 'one-time-code',
  webauthn: 'security-key',
  mobile_push: 'push',
};

export const recoveryPath = 'recovery-code';

export const otherWays: OtherWays = async (look, visit, own) => {
  const words = wordsIn(look.say);
  const { path, query = '' } = visit.flow;
  const { methods, recovery } = await visit.waysOf(visit.session.username);
  const others = methods.filter((method) => method !== own);
  const mayRecover = recovery && own !== 'recovery';
  if (others.length === 0 && !mayRecover) return '';
  const way = (place: string, text: string) =>
    html`<p class="other-way"><a href="${path}/second-factor/${place}${query}">${text}</a></p>`;
  return html`${others.map((method) => way(methodPath[method], words.instead[method]))}${
    mayRecover ? way(recoveryPath, words.instead.recovery) : ''
  }`;
};
