/**
 * The security key step: the script of the page asks for a challenge, the form brings the answer. The key must be one of the
 * person of the session; a posted name only shows whether another tab has changed who is signed in.
 */
import { Hono } from 'hono';
import { respond } from '../../pages/respond.ts';
import type { Sessions } from '../../session/sessions.ts';
import type { OtherWays } from '../other-ways.ts';
import type { GuardSecondFactor } from '../second-factor-guard.ts';
import { wordsIn as sharedIn } from '../sign-in.words.ts';
import {
  isSignedIn,
  type Onward,
  type ShowStep,
  type SignedInVisit,
  type SignInContext,
  type SignInEnv,
  stepCount,
  textOf,
  type Visit,
} from '../visit.ts';
import { portalAt } from './browser-options.ts';
import { problemOf, readAnswer, statusOf } from './problem.ts';
import { keyPage } from './webauthn.page.ts';
import type { Webauthn } from './webauthn.ts';
import { wordsIn } from './webauthn.words.ts';

export function webauthnStep(parts: {
  readonly keyScriptPath: string;
  readonly sessions: Sessions;
  readonly webauthn: Pick<Webauthn, 'askForProof' | 'prove'>;
  readonly guard: GuardSecondFactor;
  readonly onward: Onward;
  /** Where the person may start over under another name. */
  readonly anotherAddress: (visit: SignedInVisit) => string;
  readonly otherWays: OtherWays;
  readonly nowMs: () => number;
}): { readonly show: ShowStep; readonly routes: Hono<SignInEnv> } {
  const { sessions, webauthn, onward, nowMs } = parts;

  async function page(c: SignInContext, visit: SignedInVisit, problem?: string, status = 200): Promise<Response> {
    const { path, query = '' } = visit.flow;
    const action = `${path}/second-factor/security-key`;
    const view = keyPage(c.var.look, {
      script: parts.keyScriptPath,
      action: `${action}${query}`,
      begin: `${action}/begin${query}`,
      steps: stepCount(visit),
      username: visit.session.username,
      anotherAddress: parts.anotherAddress(visit),
      otherWays: await parts.otherWays(c.var.look, visit, 'webauthn'),
      problem,
    });
    return respond(c, view, { status, formsLead: 'onward', script: true });
  }

  const show: ShowStep = (c, visit) => (isSignedIn(visit) ? page(c, visit) : onward.go(c, visit));
  const placeOf = ({ flow, origin }: Visit) => ({ place: flow.path, portal: portalAt(origin) });

  const routes = new Hono<SignInEnv>();
  routes.post('/begin', async (c) => {
    const { visit } = c.var;
    if (!isSignedIn(visit) || (await onward.next(visit)) !== 'second-factor') return c.json({ code: 'not_asked' }, 409);
    const { username, id } = visit.session;
    return c.json(await webauthn.askForProof(username, id, placeOf(visit)));
  });

  routes.post('/', async (c) => {
    const { visit, look } = c.var;
    const words = wordsIn(look.say);
    if (!isSignedIn(visit) || (await onward.next(visit)) !== 'second-factor') return onward.go(c, visit);
    const form = await c.req.parseBody();
    const { username, id } = visit.session;
    const meant = textOf(form, 'username');
    if (meant !== '' && meant !== username) return page(c, visit, words.changed(username), 409);
    const sent = readAnswer(form);
    const another = (await parts.otherWays(look, visit, 'webauthn')) !== '';
    if (!sent) return page(c, visit, words.noScript(another), 422);
    const { address } = visit;
    const answer = await parts.guard(
      { username, address },
      () => webauthn.prove(username, id, placeOf(visit), address, sent),
      ({ kind }) => kind === 'refused' || kind === 'copied',
    );
    if (answer.kind === 'banned') return page(c, visit, sharedIn(look.say).banned, 429);
    const told = { refused: words.refused, another, nowMs: nowMs() };
    if (answer.kind !== 'verified') return page(c, visit, problemOf(look.say, answer, told), statusOf[answer.kind]);
    const issued = await sessions.raise(c.env.incoming, { factors: { webauthn: nowMs() }, key: answer.proof });
    // Signed out or raised in another tab meanwhile: the browser holds the newer cookie already.
    if (!issued) return c.redirect(`${visit.flow.path}${visit.flow.query ?? ''}`, 303);
    c.header('Set-Cookie', issued.setCookie, { append: true });
    return onward.go(c, { ...visit, session: issued.session });
  });

  return { show, routes };
}
