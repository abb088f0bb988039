/**
 * The password step: one form, one check, one rise of the session. A person who is here already proves the password again
 * without losing the second factor; another person gets a session of their own, and the old one ends.
 */
import type { IncomingMessage } from 'node:http';
import { Hono } from 'hono';
import { respond } from '../../pages/respond.ts';
import type { AttemptLimit, AttemptLimiter } from '../../regulation/limiter.ts';
import { networkOf } from '../../regulation/network.ts';
import type { People } from '../../session/people.ts';
import type { Sessions } from '../../session/sessions.ts';
import { isFirstFactorDone } from '../dispatch.ts';
import {
  isSignedIn,
  type Onward,
  type ShowStep,
  type SignInContext,
  type SignInEnv,
  stepAddress,
  stepCount,
  textOf,
  type Visit,
} from '../visit.ts';
import { checkPassword, type PasswordCheckAnswer } from './password.check.ts';
import { type PasswordPage, passwordPage } from './password.page.ts';

export type PasswordStep = { readonly show: ShowStep; readonly routes: Hono<SignInEnv> };

type Problem = NonNullable<PasswordPage['problem']>;

const statusOf: Record<Problem, number> = { refused: 401, unavailable: 503, empty: 422, limited: 429 };

export function passwordStep(parts: {
  readonly sessions: Sessions;
  readonly people: Pick<People, 'remember'>;
  readonly check: Parameters<typeof checkPassword>[0];
  readonly limiter: AttemptLimiter;
  /** `server.endpoints.rate_limits.first_factor`: what fails from one address. */
  readonly firstFactorLimits: readonly AttemptLimit[];
  readonly onward: Onward;
  readonly nowMs: () => number;
  /** What a sign-in brings along of language and theme: a cookie, where there is one to set. */
  readonly welcome: (req: IncomingMessage, username: string) => Promise<string | undefined>;
  /** The directory finds people by their mail address, too. */
  readonly mayTypeEmail: boolean;
  /** `reset_password`: where a forgotten password is dealt with, when it is. */
  readonly forgotAddress?: string;
  /** Where a passkey signs in instead, if one may. */
  readonly passkeyAddress: (visit: Visit, another: boolean) => string | undefined;
  /** A directory that cannot answer is told here. */
  readonly onUnavailable: (cause: unknown) => void;
}): PasswordStep {
  const { sessions, onward, nowMs } = parts;

  function page(c: SignInContext, visit: Visit, filled: Pick<PasswordPage, 'name' | 'keep' | 'problem'>) {
    const { flow, session } = visit;
    const address = stepAddress(flow, 'password');
    const destination = flow.about.application?.name ?? flow.about.destination;
    const another = withAnother(address);
    const name = filled.name ?? flow.about.loginHint;
    const isAnother = c.req.query('another') !== undefined;
    const passkeyAddress = parts.passkeyAddress(visit, isAnother);
    const isSecond = isFirstFactorDone({ session, notBeforeMs: flow.about.notBeforeMs });
    return passwordPage(c.var.look, {
      action: isAnother ? another : address,
      steps: stepCount(visit),
      mayKeep: sessions.rulesFor(c.env.incoming)?.remember_me !== 'disabled',
      mayTypeEmail: parts.mayTypeEmail,
      keep: filled.keep,
      ...(destination !== undefined && { destination }),
      ...(name !== undefined && { name }),
      ...(session &&
        !flow.about.choosesAccount &&
        !isAnother && { again: { username: session.username, anotherAddress: another, isSecond } }),
      ...(passkeyAddress !== undefined && { passkeyAddress }),
      ...(parts.forgotAddress !== undefined && { forgotAddress: parts.forgotAddress }),
      ...(filled.problem && { problem: filled.problem }),
    });
  }

  const show: ShowStep = (c, visit) => respond(c, page(c, visit, { keep: false }), { formsLead: 'onward' });

  const routes = new Hono<SignInEnv>();
  routes.get('/', async (c) => {
    const { visit } = c.var;
    const wanted = c.req.query('another') !== undefined || (await onward.next(visit)) === 'password';
    return wanted ? show(c, visit) : onward.go(c, visit);
  });

  routes.post('/', async (c) => {
    const { visit } = c.var;
    const form = await c.req.parseBody();
    const login = textOf(form, 'username').trim();
    const password = textOf(form, 'password', 1024);
    const keep = textOf(form, 'keepMeLoggedIn') !== '';
    // A second tab that posts late: the same person has nothing left to prove here.
    if (isSignedIn(visit) && visit.session.username === login && (await onward.next(visit)) !== 'password')
      return onward.go(c, visit);
    const again = async (problem: Problem) =>
      respond(c, page(c, visit, { name: login, keep, problem }), { status: statusOf[problem], formsLead: 'onward' });
    if (login === '' || password === '') return again('empty');
    const charged = await charge(visit.address);
    if (charged.kind === 'limited') {
      c.header('Retry-After', String(Math.max(1, Math.ceil((charged.retryAtMs - nowMs()) / 1000))));
      return again('limited');
    }
    const answer = await checkPassword(parts.check, { login, password, address: visit.address });
    // A right password is no guess, and while nobody can be looked up nobody guesses.
    if (answer.kind !== 'refused') await charged.giveBack();
    if (answer.kind === 'unavailable') parts.onUnavailable(answer.cause);
    if (answer.kind !== 'verified') return again(answer.kind);
    parts.people.remember(answer.identity);
    return onward.go(c, await rise(c, visit, answer, keep));
  });

  function charge(address: string) {
    const bucket = `first factor address ${networkOf(address)}`;
    return parts.limiter.charge(parts.firstFactorLimits.map((limit) => ({ bucket, limit })));
  }

  async function rise(
    c: SignInContext,
    visit: Visit,
    { identity }: Extract<PasswordCheckAnswer, { kind: 'verified' }>,
    keep: boolean,
  ): Promise<Visit> {
    const factors = { password: nowMs() };
    const { username } = identity;
    const samePerson = visit.session?.username === username;
    const issued =
      (samePerson && (await sessions.raise(c.env.incoming, { factors }))) ||
      (await sessions.begin(c.env.incoming, { username, rememberMe: keep, factors }));
    c.header('Set-Cookie', issued.setCookie, { append: true });
    const look = await parts.welcome(c.env.incoming, username);
    if (look !== undefined) c.header('Set-Cookie', look, { append: true });
    return { ...visit, session: issued.session, identity };
  }

  return { show, routes };
}

function withAnother(address: string): string {
  return `${address}${address.includes('?') ? '&' : '?'}another=yes`;
}
