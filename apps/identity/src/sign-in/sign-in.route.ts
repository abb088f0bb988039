/**
 * Everything under `/sign-in/<flow>`: finds the flow and who is here, and hands the request to the step it names. The bare
 * address of a flow shows the step that comes next right away, which saves a redirect.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Hono } from 'hono';
import { createMiddleware } from 'hono/factory';
import { type ErrorPage, errorPage } from '../pages/error.page.ts';
import type { Look } from '../pages/look.ts';
import { respond } from '../pages/respond.ts';
import type { People } from '../session/people.ts';
import type { Sessions } from '../session/sessions.ts';
import { consentStep } from './consent/consent.route.ts';
import type { Next, Step } from './dispatch.ts';
import { enrolPage } from './enrol.page.ts';
import type { FlowAnswer } from './flow.ts';
import { passwordStep } from './password/password.route.ts';
import { type PortalFlowAnswer, type PortalFlowQuery, portalFlow } from './portal-flow.ts';
import { words } from './sign-in.words.ts';
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

export type SignInServices = Omit<Parameters<typeof passwordStep>[0], 'onward' | 'people'> &
  Omit<Parameters<typeof totpStep>[0], 'onward' | 'anotherAddress' | 'totp'> & {
    readonly look: Look;
    readonly sessions: Sessions;
    readonly people: People;
    readonly totp: Parameters<typeof totpStep>[0]['totp'] & { has(username: string): Promise<boolean> };
    readonly addressOf: (req: IncomingMessage) => string;
    /** The flow of an application's request. */
    findFlow(req: IncomingMessage, res: ServerResponse, flowId: string): Promise<FlowAnswer>;
    /** The rules of a plain visit, for the portal that this request came to. */
    readonly portalRules: (req: IncomingMessage) => Parameters<typeof portalFlow>[1];
    /** Where a one-time code factor is set up; the browser comes back to `returnPath`. */
    readonly enrolAddress: (returnPath: string) => string;
  };

const portalFlowId = 'portal';

export function signInRoutes(services: SignInServices): Hono<SignInEnv> {
  const { look, sessions, people } = services;
  const onward = openOnward({ hasSecondFactor: (username) => services.totp.has(username) });
  const anotherAddress = ({ flow }: Visit): string => {
    const address = stepAddress(flow, 'password');
    return `${address}${address.includes('?') ? '&' : '?'}another=yes`;
  };
  const password = passwordStep({ ...services, onward });
  const totp = totpStep({ ...services, onward, anotherAddress });
  const consent = consentStep({ look, onward, anotherAddress, nowMs: services.nowMs });

  const showEnrol: ShowStep = async (c, visit) => {
    if (!isSignedIn(visit)) return onward.go(c, visit);
    const { path, query = '', about } = visit.flow;
    const destination = about.application?.name ?? about.destination;
    const page = enrolPage(look, {
      steps: stepCount(visit),
      username: visit.session.username,
      enrolAddress: services.enrolAddress(`${path}${query}`),
      anotherAddress: anotherAddress(visit),
      ...(destination !== undefined && { destination }),
    });
    return respond(c, page);
  };

  const show: Record<Step, ShowStep> = {
    password: password.show,
    'second-factor': totp.show,
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

  const open = createMiddleware<SignInEnv>(async (c, next) => {
    const answer = await findFlow(c);
    if (answer.kind === 'expired')
      return problem(c, look, words.expired, { status: 410, href: '/', code: 'sign_in_expired' });
    if (answer.kind === 'unsafe-target')
      return problem(c, look, words.unsafe, { status: 400, href: '/', code: 'unsafe_target' });
    const session = await sessions.fromRequest(c.env.incoming);
    const person = session && (await people.find(session.username));
    if (person?.kind === 'unavailable') {
      services.onUnavailable(person.cause);
      return problem(c, look, words.unavailable, { status: 503, href: c.req.path, code: 'directory_unavailable' });
    }
    const identity = person?.kind === 'found' ? person.identity : undefined;
    c.set('visit', {
      flow: answer.flow,
      session: identity && session,
      identity,
      address: services.addressOf(c.env.incoming),
    });
    return next();
  });

  const routes = new Hono<SignInEnv>();
  routes.use('/:flow', open);
  routes.use('/:flow/*', open);
  routes.get('/:flow', async (c) => {
    const { visit } = c.var;
    const step = await onward.next(visit);
    return isStep(step) ? show[step](c, visit, look) : onward.go(c, visit);
  });
  routes.get('/:flow/enrol', async (c) => {
    const { visit } = c.var;
    return (await onward.next(visit)) === 'enrol' ? showEnrol(c, visit, look) : onward.go(c, visit);
  });
  routes.route('/:flow/password', password.routes);
  routes.route('/:flow/second-factor', totp.routes);
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
  look: Look,
  { way, ...text }: ProblemWords,
  about: { readonly status: number; readonly href: string; readonly code: string },
): Promise<Response> {
  const { status, href, code } = about;
  const page = errorPage(look, { ...text, status, code, back: { label: way, href } });
  return respond(c, page, { status });
}
