/**
 * The password step: one form, one check, one rise of the session. A person who is here already proves the password again
 * without losing the second factor; another person gets a session of their own, and the old one ends.
 */
import { Hono } from 'hono';
import { respond } from '../../pages/respond.ts';
import type { People } from '../../session/people.ts';
import type { Sessions } from '../../session/sessions.ts';
import { isFirstFactorDone } from '../dispatch.ts';
import type { AcceptFirstFactor } from '../first-factor.ts';
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
import type { CheckPassword } from './password.check.ts';
import { type PasswordPage, passwordPage } from './password.page.ts';

export type PasswordStep = { readonly show: ShowStep; readonly routes: Hono<SignInEnv> };

type Problem = NonNullable<PasswordPage['problem']>;

const statusOf: Record<Problem, number> = { refused: 401, unavailable: 503, empty: 422, limited: 429, shutOut: 401 };

export function passwordStep(parts: {
  readonly sessions: Pick<Sessions, 'rulesFor'>;
  readonly acceptFirstFactor: AcceptFirstFactor;
  readonly people: Pick<People, 'remember'>;
  readonly checkPassword: CheckPassword;
  readonly onward: Onward;
  readonly nowMs: () => number;
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
    const again = async (problem: Problem, at = visit) =>
      respond(c, page(c, at, { name: login, keep, problem }), { status: statusOf[problem], formsLead: 'onward' });
    if (login === '' || password === '') return again('empty');
    const triedAtMs = nowMs();
    const answer = await parts.checkPassword({ login, password, address: visit.address });
    if (answer.kind === 'limited') {
      c.header('Retry-After', String(Math.max(1, Math.ceil((answer.retryAtMs - nowMs()) / 1000))));
      return again('limited');
    }
    if (answer.kind === 'unavailable') parts.onUnavailable(answer.cause);
    if (answer.kind !== 'verified') return again(answer.kind);
    parts.people.remember(answer.identity);
    const factors = { password: triedAtMs };
    const { identity } = answer;
    const accepted = await parts.acceptFirstFactor(c, visit, { identity, factors, rememberMe: keep });
    if (accepted.kind === 'raised-elsewhere') return c.redirect(`${visit.flow.path}${visit.flow.query ?? ''}`, 303);
    if (accepted.kind === 'shut-out') return again('shutOut', accepted.visit);
    return onward.go(c, accepted.visit);
  });

  return { show, routes };
}

function withAnother(address: string): string {
  return `${address}${address.includes('?') ? '&' : '?'}another=yes`;
}
