/**
 * Everything under `/sign-in/<flow>`: finds the flow and who is here, and hands the request to the step it names. The bare
 * address of a flow shows the step that comes next right away, which saves a redirect.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Hono } from 'hono';
import { createMiddleware } from 'hono/factory';
import { againPath } from '../account/return-path.ts';
import { type ErrorPage, errorPage } from '../pages/error.page.ts';
import type { LookOf } from '../pages/look.ts';
import { respond } from '../pages/respond.ts';
import type { Regulation } from '../regulation/regulation.ts';
import type { People } from '../session/people.ts';
import type { Sessions } from '../session/sessions.ts';
import { consentStep } from './consent/consent.route.ts';
import type { Next, Step } from './dispatch.ts';
import { enrolPage } from './enrol.page.ts';
import { openFirstFactor } from './first-factor.ts';
import type { FlowAnswer } from './flow.ts';
import { methodPath, otherWays, recoveryPath } from './other-ways.ts';
import { passwordStep } from './password/password.route.ts';
import { type PortalFlowAnswer, type PortalFlowQuery, portalFlow } from './portal-flow.ts';
import { pushStep } from './push/push.route.ts';
import { recoveryStep } from './recovery/recovery.route.ts';
import { guardSecondFactor } from './second-factor-guard.ts';
import { methods as allMethods, type SecondFactors, type Ways } from './second-factors.ts';
import { wordsIn } from './sign-in.words.ts';
import { totpStep } from './totp/totp.route.ts';
import {
  isSignedIn,
  openOnward,
  type ShowStep,
  type SignInContext,
  type SignInEnv,
  stepAddress,
  stepCount,
  type Visit,
} from './visit.ts';
import { passkeyStep } from './webauthn/passkey.route.ts';
import { webauthnStep } from './webauthn/webauthn.route.ts';

type Composed =
  | 'onward'
  | 'acceptFirstFactor'
  | 'people'
  | 'anotherAddress'
  | 'otherWays'
  | 'passkeyAddress'
  | 'regulation'
  | 'enrolStep'
  | 'guard';

export type SignInServices = Omit<Parameters<typeof openFirstFactor>[0], Composed> &
  Omit<Parameters<typeof passwordStep>[0], Composed> &
  Omit<Parameters<typeof totpStep>[0], Composed> &
  Omit<Parameters<typeof webauthnStep>[0], Composed> &
  Omit<Parameters<typeof passkeyStep>[0], Composed> &
  Omit<Parameters<typeof pushStep>[0], Composed> &
  Omit<Parameters<typeof recoveryStep>[0], Composed> & {
    readonly lookOf: LookOf;
    readonly regulation: Regulation;
    readonly sessions: Sessions;
    readonly people: People;
    readonly secondFactors: Pick<SecondFactors, 'methodsOf' | 'waysOf'>;
    readonly addressOf: (req: IncomingMessage) => string;
    /** The public origin of the portal that this request came to; undefined for a name that is none. */
    readonly originOf: (req: IncomingMessage) => string | undefined;
    /** The flow of an application's request. */
    findFlow(req: IncomingMessage, res: ServerResponse, flowId: string): Promise<FlowAnswer>;
    /** The rules of a plain visit, for the portal that this request came to. */
    readonly portalRules: (req: IncomingMessage) => Parameters<typeof portalFlow>[1];
    /** Where a one-time code factor is set up; the browser comes back to `returnPath`. */
    readonly enrolAddress: (returnPath: string) => string;
  };

const portalFlowId = 'portal';

export function signInRoutes(services: SignInServices): Hono<SignInEnv> {
  const { lookOf, sessions, people } = services;
  const onward = openOnward();
  const anotherAddress = ({ flow }: Visit): string => {
    const address = stepAddress(flow, 'password');
    return `${address}${address.includes('?') ? '&' : '?'}another=yes`;
  };
  const acceptFirstFactor = openFirstFactor(services);
  const passkey = passkeyStep({ ...services, acceptFirstFactor, onward });
  const password = passwordStep({ ...services, acceptFirstFactor, onward, passkeyAddress: passkey.addressFor });
  const guard = guardSecondFactor(services.regulation);
  const around = { ...services, guard, onward, anotherAddress, otherWays };
  const methods = {
    totp: totpStep(around),
    webauthn: webauthnStep(around),
    mobile_push: pushStep({ ...around, enrolStep }),
  };

  /** Where somebody sets up a second factor who has none of this house. */
  async function enrolStep({ flow, session, origin }: Visit): Promise<string | undefined> {
    const has = session && (await services.secondFactors.methodsOf(session.username, new URL(origin).hostname));
    return has?.length === 0 ? stepAddress(flow, 'enrol') : undefined;
  }

  const consent = consentStep({ onward, anotherAddress, nowMs: services.nowMs });

  const showEnrol: ShowStep = async (c, visit) => {
    if (!isSignedIn(visit)) return onward.go(c, visit);
    const { path, query = '', about } = visit.flow;
    const destination = about.application?.name ?? about.destination;
    const page = enrolPage(c.var.look, {
      steps: stepCount(visit),
      username: visit.session.username,
      enrolAddress: services.enrolAddress(`${path}${query}`),
      anotherAddress: anotherAddress(visit),
      ...(destination !== undefined && { destination }),
    });
    return respond(c, page);
  };

  const showPreferred: ShowStep = async (c, visit) => {
    const [first] = isSignedIn(visit) ? (await visit.waysOf(visit.session.username)).methods : [];
    return first === undefined ? onward.go(c, visit) : methods[first].show(c, visit);
  };

  const show: Record<Step, ShowStep> = {
    password: password.show,
    'second-factor': showPreferred,
    consent: consent.show,
    enrol: showEnrol,
  };

  async function findFlow(c: SignInContext): Promise<FlowAnswer | PortalFlowAnswer> {
    const flowId = c.req.param('flow') ?? '';
    if (flowId !== portalFlowId) return services.findFlow(c.env.incoming, c.env.outgoing as ServerResponse, flowId);
    const query: PortalFlowQuery = {
      rd: c.req.query('rd'),
      rm: c.req.query('rm'),
      return: c.req.query('return'),
      level: c.req.query('level'),
    };
    return portalFlow(query, services.portalRules(c.env.incoming));
  }

  /** Asks the store once for each name. */
  function waysAt(rpId: string): Visit['waysOf'] {
    const asked = new Map<string, Promise<Ways>>();
    return (username) => {
      const answer = asked.get(username) ?? services.secondFactors.waysOf(username, rpId);
      asked.set(username, answer);
      return answer;
    };
  }

  const open = createMiddleware<SignInEnv>(async (c, next) => {
    const origin = services.originOf(c.env.incoming);
    if (origin === undefined) throw new TypeError('a sign-in stands at an address of a portal');
    const answer = await findFlow(c);
    if (answer.kind === 'expired')
      return problem(c, wordsIn(c.var.look.say).expired, { status: 410, href: '/', code: 'sign-in-expired' });
    if (answer.kind === 'ended') return c.redirect(answer.location, 303);
    if (answer.kind === 'unsafe-target')
      return problem(c, wordsIn(c.var.look.say).unsafe, { status: 400, href: '/', code: 'unsafe-target' });
    const { uiLocales } = answer.flow.about;
    if (uiLocales) c.set('look', lookOf(c.env.incoming, uiLocales));
    const session = await sessions.fromRequest(c.env.incoming);
    const person = session && (await people.find(session.username));
    if (person?.kind === 'unavailable') {
      services.onUnavailable(person.cause);
      return problem(c, wordsIn(c.var.look.say).unavailable, {
        status: 503,
        href: againPath(c.req) ?? `${answer.flow.path}${answer.flow.query ?? ''}`,
        code: 'directory-unavailable',
      });
    }
    const identity = person?.kind === 'found' ? person.identity : undefined;
    c.set('visit', {
      flow: answer.flow,
      session: identity && session,
      identity,
      address: services.addressOf(c.env.incoming),
      origin,
      waysOf: waysAt(new URL(origin).hostname),
    });
    return next();
  });

  const routes = new Hono<SignInEnv>();
  routes.use('/:flow', open);
  routes.use('/:flow/*', open);
  routes.get('/:flow', async (c) => {
    const { visit } = c.var;
    const step = await onward.next(visit);
    return isStep(step) ? show[step](c, visit) : onward.go(c, visit);
  });
  routes.get('/:flow/enrol', async (c) => {
    const { visit } = c.var;
    const next = await onward.next(visit);
    const wanted = next === 'enrol' || (next === 'second-factor' && (await enrolStep(visit)) !== undefined);
    return wanted ? showEnrol(c, visit) : onward.go(c, visit);
  });
  routes.route('/:flow/password', password.routes);
  routes.get('/:flow/second-factor', async (c) => {
    const { visit } = c.var;
    return (await onward.next(visit)) === 'second-factor' ? showPreferred(c, visit) : onward.go(c, visit);
  });
  for (const method of allMethods)
    routes.get(`/:flow/second-factor/${methodPath[method]}`, async (c) => {
      const { visit } = c.var;
      const asked = (await onward.next(visit)) === 'second-factor' && isSignedIn(visit);
      const has = asked && (await visit.waysOf(visit.session.username)).methods.includes(method);
      return has ? methods[method].show(c, visit) : onward.go(c, visit);
    });
  routes.route('/:flow/second-factor', methods.totp.routes);
  routes.route('/:flow/second-factor/security-key', methods.webauthn.routes);
  routes.route('/:flow/second-factor/push', methods.mobile_push.routes);
  routes.route(`/:flow/second-factor/${recoveryPath}`, recoveryStep(around));
  if (services.webauthn.options.passkeySignIn) routes.route('/:flow/passkey', passkey.routes);
  routes.route('/:flow/consent', consent.routes);
  return routes;
}

function isStep(next: Next): next is Step {
  return next !== 'finish' && next !== 'refuse';
}

type ProblemWords = Pick<ErrorPage, 'heading' | 'what' | 'why' | 'todo'> & {
  readonly title: string;
  readonly way: string;
};

function problem(
  c: SignInContext,
  { way, ...text }: ProblemWords,
  about: { readonly status: number; readonly href: string; readonly code: string },
): Promise<Response> {
  const { status, href, code } = about;
  const page = errorPage(c.var.look, { ...text, status, code, back: { label: way, href } });
  return respond(c, page, { status });
}
