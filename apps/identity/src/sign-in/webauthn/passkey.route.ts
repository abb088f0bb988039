/**
 * A sign-in by passkey alone, in place of name and password: whoever answers is the person that the key belongs to. What the
 * policy asks beyond that says the dispatcher. Bans hold here too, and are not told apart from a key that is not known.
 */
import type { IncomingMessage } from 'node:http';
import { Hono } from 'hono';
import { respond } from '../../pages/respond.ts';
import type { People } from '../../session/people.ts';
import type { Sessions } from '../../session/sessions.ts';
import { isFirstFactorDone } from '../dispatch.ts';
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
  readonly sessions: Sessions;
  readonly people: Pick<People, 'find'>;
  readonly webauthn: Pick<Webauthn, 'askForPasskey' | 'signIn' | 'options'>;
  readonly bans: { mayTry(attempt: { username: string | undefined; address: string }): Promise<'free' | 'banned'> };
  readonly onward: Onward;
  readonly nowMs: () => number;
  /** What a sign-in brings along of language and theme: a cookie, where there is one to set. */
  readonly welcome: (req: IncomingMessage, username: string) => Promise<string | undefined>;
  /** A directory that cannot answer is told here. */
  readonly onUnavailable: (cause: unknown) => void;
}): PasskeyStep {
  const { sessions, webauthn, onward, nowMs } = parts;

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

  routes.post('/begin', async (c) => c.json(await webauthn.askForPasskey(placeOf(c.var.visit))));

  routes.post('/', async (c) => {
    const { visit, look } = c.var;
    const words = wordsIn(look.say);
    if (!isWanted(visit, isAnother(c))) return onward.go(c, visit);
    const form = await c.req.parseBody();
    const sent = readAnswer(form);
    if (!sent) return page(c, visit, words.noScript, 422);
    const answer = await webauthn.signIn(placeOf(visit), visit.address, sent);
    if (answer.kind !== 'verified')
      return page(c, visit, problemOf(look.say, answer, words.passkeyRefused, nowMs()), statusOf[answer.kind]);
    const { username } = answer;
    if ((await parts.bans.mayTry({ username, address: visit.address })) === 'banned')
      return page(c, visit, words.passkeyRefused, 401);
    const found = await parts.people.find(username);
    if (found.kind === 'unavailable') {
      parts.onUnavailable(found.cause);
      return page(c, visit, words.unavailable, 503);
    }
    if (found.kind === 'unknown') return page(c, visit, words.passkeyRefused, 401);
    const session = await rise(c, visit, answer, textOf(form, 'keepMeLoggedIn') !== '');
    return onward.go(c, { ...visit, session, identity: found.identity });
  });

  async function rise(
    c: SignInContext,
    visit: Visit,
    { username, proof: key }: Extract<ProofAnswer, { kind: 'verified' }>,
    rememberMe: boolean,
  ) {
    const factors = { passkey: nowMs() };
    const issued =
      (visit.session?.username === username && (await sessions.raise(c.env.incoming, { factors, key }))) ||
      (await sessions.begin(c.env.incoming, { username, rememberMe, factors, key }));
    c.header('Set-Cookie', issued.setCookie, { append: true });
    const look = await parts.welcome(c.env.incoming, username);
    if (look !== undefined) c.header('Set-Cookie', look, { append: true });
    return issued.session;
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
