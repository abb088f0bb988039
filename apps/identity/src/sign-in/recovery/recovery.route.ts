/**
 * The recovery code step, for whoever has lost the second factor. A code that was used is told to its owner by mail, since it
 * may have been somebody else who had the list.
 */
import type { Say } from '@gatehouse/words/say.ts';
import { Hono } from 'hono';
import { respond } from '../../pages/respond.ts';
import type { Sessions } from '../../session/sessions.ts';
import type { OtherWays } from '../other-ways.ts';
import type { GuardSecondFactor } from '../second-factor-guard.ts';
import { wordsIn as sharedIn } from '../sign-in.words.ts';
import {
  isSignedIn,
  type Onward,
  type SignedInVisit,
  type SignInContext,
  type SignInEnv,
  stepCount,
  textOf,
} from '../visit.ts';
import { recoveryPage } from './recovery.page.ts';
import type { Recovery } from './recovery.ts';
import { wordsIn } from './recovery.words.ts';

/** A code was used, or something failed that was meant to be one. */
export type RecoveryNews = {
  readonly visit: Pick<SignedInVisit, 'identity' | 'address'>;
  readonly reason: 'wrong' | 'limited' | 'banned';
};

export function recoveryStep(parts: {
  readonly sessions: Sessions;
  readonly recovery: Pick<Recovery, 'verify'>;
  readonly guard: GuardSecondFactor;
  readonly onward: Onward;
  readonly anotherAddress: (visit: SignedInVisit) => string;
  readonly otherWays: OtherWays;
  readonly nowMs: () => number;
  readonly onRefusedRecovery: (news: RecoveryNews) => void;
  /** Tells the owner; what it cannot send it logs. */
  readonly onRecovered: (visit: RecoveryNews['visit'], left: number, say: Say) => Promise<void>;
}): Hono<SignInEnv> {
  const { sessions, recovery, onward, nowMs } = parts;

  async function page(c: SignInContext, visit: SignedInVisit, problem?: string, status = 200): Promise<Response> {
    const { path, query = '' } = visit.flow;
    const view = recoveryPage(c.var.look, {
      action: `${path}/second-factor/recovery-code${query}`,
      steps: stepCount(visit),
      username: visit.session.username,
      anotherAddress: parts.anotherAddress(visit),
      otherWays: await parts.otherWays(c.var.look, visit, 'recovery'),
      problem,
    });
    return respond(c, view, { status, formsLead: 'onward' });
  }

  /** Whether a code is worth anything in this visit. */
  async function isAsked(visit: SignedInVisit): Promise<boolean> {
    if ((await onward.next(visit)) !== 'second-factor') return false;
    return (await visit.waysOf(visit.session.username)).recovery;
  }

  const routes = new Hono<SignInEnv>();
  routes.get('/', async (c) => {
    const { visit } = c.var;
    return isSignedIn(visit) && (await isAsked(visit)) ? page(c, visit) : onward.go(c, visit);
  });

  routes.post('/', async (c) => {
    const { visit } = c.var;
    if (!isSignedIn(visit) || !(await isAsked(visit))) return onward.go(c, visit);
    const form = await c.req.parseBody();
    const { username } = visit.session;
    const words = wordsIn(c.var.look.say);
    const meant = textOf(form, 'username');
    if (meant !== '' && meant !== username) return page(c, visit, words.changed(username), 409);
    const { address } = visit;
    const answer = await parts.guard(
      { username, address },
      async () => {
        const tried = await recovery.verify(username, textOf(form, 'code'), address);
        // The code is spent, whatever regulation says of the sign-in: its owner hears of it.
        if (tried.kind === 'verified') await parts.onRecovered(visit, tried.left, c.var.look.say);
        return tried;
      },
      ({ kind }) => kind === 'wrong',
    );
    if (answer.kind === 'malformed') return page(c, visit, words.malformed, 422);
    if (answer.kind !== 'verified') parts.onRefusedRecovery({ visit, reason: answer.kind });
    if (answer.kind === 'wrong') return page(c, visit, words.wrong, 401);
    if (answer.kind === 'banned') return page(c, visit, sharedIn(c.var.look.say).banned, 429);
    if (answer.kind === 'limited')
      return page(c, visit, words.limited(Math.max(1, Math.ceil((answer.retryAtMs - nowMs()) / 60_000))), 429);
    const issued = await sessions.raise(c.env.incoming, { factors: { recovery: nowMs() } });
    // Signed out or raised in another tab meanwhile: the browser holds the newer cookie already.
    if (!issued) return c.redirect(`${visit.flow.path}${visit.flow.query ?? ''}`, 303);
    c.header('Set-Cookie', issued.setCookie, { append: true });
    return onward.go(c, { ...visit, session: issued.session });
  });

  return routes;
}
