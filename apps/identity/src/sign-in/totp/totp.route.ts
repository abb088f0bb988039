/**
 * The one-time code step. The code is checked against the person of the session, never against a name that was posted; the
 * posted name only shows whether another tab has changed who is signed in.
 */

import type { Say } from '@gatehouse/words/say.ts';
import { Hono } from 'hono';
import { respond } from '../../pages/respond.ts';
import type { Sessions } from '../../session/sessions.ts';
import type { OtherWays } from '../other-ways.ts';
import type { Banned, GuardSecondFactor } from '../second-factor-guard.ts';
import { wordsIn as sharedIn } from '../sign-in.words.ts';
import {
  isSignedIn,
  type Onward,
  type ShowStep,
  type SignedInVisit,
  type SignInContext,
  type SignInEnv,
  stepAddress,
  stepCount,
  textOf,
} from '../visit.ts';
import { totpPage } from './totp.page.ts';
import type { Totp, TotpAnswer } from './totp.verify.ts';
import { wordsIn } from './totp.words.ts';

type Failed = Exclude<TotpAnswer, { readonly kind: 'verified' | 'not-enrolled' }> | Banned;

export type RefusedCode = {
  readonly username: string;
  readonly address: string;
  readonly reason: 'wrong' | 'used' | 'limited' | 'banned';
};

const codeCharactersMax = 16;

export function totpStep(parts: {
  readonly sessions: Sessions;
  readonly totp: Pick<Totp, 'describe' | 'options' | 'verify'>;
  readonly guard: GuardSecondFactor;
  readonly onward: Onward;
  /** Where the person may start over under another name. */
  readonly anotherAddress: (visit: SignedInVisit) => string;
  readonly otherWays: OtherWays;
  readonly nowMs: () => number;
  /** Guesses are told here. */
  readonly onRefusedCode: (attempt: RefusedCode) => void;
}): { readonly show: ShowStep; readonly routes: Hono<SignInEnv> } {
  const { sessions, totp, onward, nowMs } = parts;

  async function page(c: SignInContext, visit: SignedInVisit, problem?: string, status = 200): Promise<Response> {
    const view = totpPage(c.var.look, {
      action: stepAddress(visit.flow, 'second-factor'),
      steps: stepCount(visit),
      username: visit.session.username,
      // Of theirs: a code that was moved here may have more.
      digits: (await totp.describe(visit.session.username))?.digits ?? totp.options.digits,
      anotherAddress: parts.anotherAddress(visit),
      otherWays: await parts.otherWays(c.var.look, visit, 'totp'),
      ...(problem !== undefined && { problem }),
    });
    return respond(c, view, { status, formsLead: 'onward' });
  }

  const show: ShowStep = (c, visit) => (isSignedIn(visit) ? page(c, visit) : onward.go(c, visit));

  const routes = new Hono<SignInEnv>();
  routes.post('/', async (c) => {
    const { visit } = c.var;
    if (!isSignedIn(visit) || (await onward.next(visit)) !== 'second-factor') return onward.go(c, visit);
    const form = await c.req.parseBody();
    const { username } = visit.session;
    const meant = textOf(form, 'username');
    if (meant !== '' && meant !== username) return page(c, visit, wordsIn(c.var.look.say).changed(username), 409);
    const code = textOf(form, 'code', codeCharactersMax);
    const { address } = visit;
    const answer = await parts.guard(
      { username, address },
      () => totp.verify(username, code, address),
      ({ kind }) => kind === 'wrong',
    );
    if (answer.kind === 'not-enrolled') return onward.go(c, visit);
    if (answer.kind !== 'verified') {
      if (answer.kind !== 'malformed') parts.onRefusedCode({ username, address, reason: answer.kind });
      const isPaused = answer.kind === 'limited' || answer.kind === 'banned';
      return page(c, visit, problemOf(c.var.look.say, answer, nowMs()), isPaused ? 429 : 401);
    }
    const issued = await sessions.raise(c.env.incoming, { factors: { totp: nowMs() } });
    // Signed out or raised in another tab meanwhile: the browser holds the newer cookie already.
    if (!issued) return c.redirect(`${visit.flow.path}${visit.flow.query ?? ''}`, 303);
    c.header('Set-Cookie', issued.setCookie, { append: true });
    return onward.go(c, { ...visit, session: issued.session });
  });

  return { show, routes };
}

function problemOf(say: Say, answer: Failed, nowMs: number): string {
  const words = wordsIn(say);
  switch (answer.kind) {
    case 'wrong':
      return words.wrong;
    case 'used':
      return words.used(answer.periodSeconds);
    case 'malformed':
      return words.malformed(answer.digits);
    case 'banned':
      return sharedIn(say).banned;
    case 'limited':
      return words.limited(Math.max(1, Math.ceil((answer.retryAtMs - nowMs) / 60_000)));
  }
}
