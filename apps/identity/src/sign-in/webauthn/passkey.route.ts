/**
 * A sign-in by passkey alone, in place of name and password: whoever answers is the person that the key belongs to. What the
 * policy asks beyond that says the dispatcher. Bans hold here too, and are not told apart from a key that is not known.
 */
import { Hono } from 'hono';
import { respond } from '../../pages/respond.ts';
import type { Attempt, Regulation } from '../../regulation/regulation.ts';
import type { People } from '../../session/people.ts';
import type { Sessions } from '../../session/sessions.ts';
import { isFirstFactorDone } from '../dispatch.ts';
import type { AcceptFirstFactor } from '../first-factor.ts';
import { wordsIn as sharedIn } from '../sign-in.words.ts';
import {
  type Onward,
  type SignInContext,
  type SignInEnv,
  stepAddress,
  stepCount,
  textOf,
  type Visit,
} from '../visit.ts';
import { portalAt } from './browser-options.ts';
import { problemOf, readAnswer, statusOf } from './problem.ts';
import { passkeyPage } from './webauthn.page.ts';
import type { ProofAnswer, Webauthn } from './webauthn.ts';
import { wordsIn } from './webauthn.words.ts';

export type PasskeyStep = {
  readonly routes: Hono<SignInEnv>;
  /** Undefined where a passkey has nothing to say: not offered, or used already. */
  addressFor(visit: Visit, another: boolean): string | undefined;
};

export function passkeyStep(parts: {
  readonly keyScriptPath: string;
  readonly sessions: Pick<Sessions, 'rulesFor'>;
  readonly acceptFirstFactor: AcceptFirstFactor;
  readonly people: Pick<People, 'find'>;
  readonly webauthn: Pick<Webauthn, 'askForPasskey' | 'mayAskForPasskey' | 'signIn' | 'options'>;
  readonly regulation: Pick<Regulation, 'mayTry' | 'recordFailure' | 'recordSuccess'>;
  readonly onward: Onward;
  readonly nowMs: () => number;
  /** A directory that cannot answer is told here. */
  readonly onUnavailable: (cause: unknown) => void;
}): PasskeyStep {
  const { sessions, webauthn, regulation, onward, nowMs } = parts;

  function isWanted({ session, flow }: Visit, another: boolean): boolean {
    return another || !isFirstFactorDone({ session, notBeforeMs: flow.about.notBeforeMs });
  }

  const isAnother = (c: SignInContext): boolean => c.req.query('another') !== undefined;
  const placeOf = ({ flow, origin }: Visit) => ({ place: flow.path, portal: portalAt(origin) });

  function page(c: SignInContext, visit: Visit, problem?: string, status = 200): Promise<Response> {
    const { path, query = '', about } = visit.flow;
    const kept = isAnother(c) ? withAnother(query) : query;
    const view = passkeyPage(c.var.look, {
      script: parts.keyScriptPath,
      action: `${path}/passkey${kept}`,
      begin: `${path}/passkey/begin${query}`,
      steps: stepCount(visit),
      destination: about.application?.name ?? about.destination,
      passwordAddress: isAnother(c)
        ? withAnother(stepAddress(visit.flow, 'password'))
        : stepAddress(visit.flow, 'password'),
      mayKeep: sessions.rulesFor(c.env.incoming)?.remember_me !== 'disabled',
      problem,
    });
    return respond(c, view, { status, formsLead: 'onward', script: true });
  }

  const routes = new Hono<SignInEnv>();
  routes.get('/', (c) => (isWanted(c.var.visit, isAnother(c)) ? page(c, c.var.visit) : onward.go(c, c.var.visit)));

  routes.post('/begin', async (c) => {
    const { visit } = c.var;
    const allowed = await webauthn.mayAskForPasskey(visit.address);
    if (allowed.kind === 'allowed') return c.json(await webauthn.askForPasskey(placeOf(visit)));
    c.header('Retry-After', String(Math.max(1, Math.ceil(allowed.retryAfterMs / 1000))));
    return c.body(null, 429);
  });

  routes.post('/', async (c) => {
    const { visit, look } = c.var;
    const words = wordsIn(look.say);
    if (!isWanted(visit, isAnother(c))) return onward.go(c, visit);
    const form = await c.req.parseBody();
    const sent = readAnswer(form);
    if (!sent) return page(c, visit, words.noScript(true), 422);
    const triedAtMs = nowMs();
    const answer = await regulated(visit.address, await webauthn.signIn(placeOf(visit), visit.address, sent));
    // The password is always another way.
    const told = { refused: words.passkeyRefused, another: true, nowMs: nowMs() };
    if (answer.kind !== 'verified') return page(c, visit, problemOf(look.say, answer, told), statusOf[answer.kind]);
    const { username } = answer;
    const found = await parts.people.find(username);
    if (found.kind === 'unavailable') {
      parts.onUnavailable(found.cause);
      return page(c, visit, words.unavailable, 503);
    }
    if (found.kind === 'unknown') return page(c, visit, words.passkeyRefused, 401);
    const accepted = await parts.acceptFirstFactor(c, visit, {
      identity: found.identity,
      factors: { passkey: triedAtMs },
      key: answer.proof,
      rememberMe: textOf(form, 'keepMeLoggedIn') !== '',
    });
    if (accepted.kind === 'raised-elsewhere') return c.redirect(`${visit.flow.path}${visit.flow.query ?? ''}`, 303);
    if (accepted.kind === 'shut-out') return page(c, accepted.visit, sharedIn(look.say).shutOut, 401);
    return onward.go(c, accepted.visit);
  });

  /** Who it is shows only the answer itself, so bans are asked about after it. */
  async function regulated(address: string, answer: ProofAnswer): Promise<ProofAnswer> {
    if (answer.kind === 'gone' || answer.kind === 'limited') return answer;
    const { username } = answer;
    const attempt: Attempt = { username, address, factor: 'passkey' };
    const refused: ProofAnswer = { kind: 'refused', username };
    if ((await regulation.mayTry(attempt)) === 'banned') return refused;
    if (answer.kind === 'verified') return (await regulation.recordSuccess(attempt)) === 'accepted' ? answer : refused;
    await regulation.recordFailure(attempt);
    return answer;
  }

  return {
    routes,
    addressFor(visit, another) {
      if (!webauthn.options.passkeySignIn || !isWanted(visit, another)) return undefined;
      const { path, query = '' } = visit.flow;
      return `${path}/passkey${another ? withAnother(query) : query}`;
    },
  };
}

/** To an address or a query of one. */
function withAnother(address: string): string {
  return `${address}${address.includes('?') ? '&' : '?'}another=yes`;
}
