/**
 * The push step: a request goes to the person's device, and the page waits for what they say there. Without script: the page
 * asks for the next one at once, which is answered when there is news. A request goes out by itself for whoever comes from a
 * page of this portal; from elsewhere it takes a press, so that no other site makes phones ring.
 */
import { Hono } from 'hono';
import type { Look } from '../../pages/look.ts';
import { respond } from '../../pages/respond.ts';
import type { PushWay } from '../../session/portal-session.ts';
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
import { askPage, devicesPage, type PushPage, pushEnrolPage, readChoice, waitingPage } from './push.page.ts';
import type { BeginAnswer, OutcomeAnswer, Push, PushPerson } from './push.ts';
import { wordsIn } from './push.words.ts';

type Answer = BeginAnswer | OutcomeAnswer | { readonly kind: 'banned' };

export type RefusedPush = { readonly username: string; readonly address: string; readonly reason: string };

/** Below what proxies wait for an answer. */
const holdMs = 20_000;

export function pushStep(parts: {
  readonly sessions: Sessions;
  /** Absent where Duo is not configured. */
  readonly push?: Push | undefined;
  readonly guard: GuardSecondFactor;
  readonly onward: Onward;
  readonly anotherAddress: (visit: SignedInVisit) => string;
  readonly otherWays: OtherWays;
  /** Where somebody sets up another second factor who has none. */
  readonly enrolStep: (visit: Visit) => Promise<string | undefined>;
  readonly nowMs: () => number;
  /** What failed is told here. */
  readonly onRefusedPush: (attempt: RefusedPush) => void;
  readonly onPushUnavailable: (cause: unknown) => void;
}): { readonly show: ShowStep; readonly routes: Hono<SignInEnv> } {
  const { sessions, push, guard, onward, nowMs } = parts;

  async function about(look: Look, visit: SignedInVisit, problem?: string): Promise<PushPage> {
    const { path, query = '' } = visit.flow;
    return {
      at: (name) => `${path}/second-factor/push${name ? `/${name}` : ''}${query}`,
      steps: stepCount(visit),
      username: visit.session.username,
      anotherAddress: parts.anotherAddress(visit),
      otherWays: await parts.otherWays(look, visit, 'mobile_push'),
      problem,
    };
  }

  function personOf({ session, identity, address, flow }: SignedInVisit): PushPerson {
    return {
      username: session.username,
      displayName: identity.displayName || session.username,
      sessionId: session.id,
      address,
      destination: flow.about.application?.name ?? flow.about.destination,
    };
  }

  const didFail = (answer: BeginAnswer | OutcomeAnswer): boolean =>
    answer.kind === 'denied' && answer.why !== 'timeout' && answer.why !== 'policy';

  async function reply(c: SignInContext, visit: SignedInVisit, answer: Answer): Promise<Response> {
    const { username } = visit.session;
    const { look } = c.var;
    const words = wordsIn(look.say);
    const page = async (problem: string, status: number) =>
      respond(c, askPage(c.var.look, await about(c.var.look, visit, problem)), { status, formsLead: 'onward' });
    if ('why' in answer || answer.kind === 'limited' || answer.kind === 'banned') {
      const reason = 'why' in answer ? answer.why : answer.kind;
      parts.onRefusedPush({ username, address: visit.address, reason });
    }
    switch (answer.kind) {
      case 'verified':
        return rise(c, visit, answer.way);
      case 'waiting': {
        const { name: device, method } = answer;
        return respond(c, waitingPage(c.var.look, { ...(await about(c.var.look, visit)), device, method }), {
          formsLead: 'onward',
        });
      }
      case 'choose': {
        const view = devicesPage(c.var.look, {
          ...(await about(c.var.look, visit)),
          devices: answer.devices,
          chosen: undefined,
        });
        return respond(c, view, { formsLead: 'onward' });
      }
      case 'enrol': {
        const setUpAddress = await parts.enrolStep(visit);
        const view = pushEnrolPage(c.var.look, {
          ...(await about(c.var.look, visit)),
          enrolUrl: answer.url,
          setUpAddress,
        });
        return respond(c, view, { formsLead: 'onward' });
      }
      case 'denied': {
        if (answer.why !== 'wrong-code') return page(words.problems[answer.why], 401);
        const waiting = await push?.pending(visit.session.id);
        if (!waiting) return page(words.problems.gone, 410);
        const { name: device, method } = waiting;
        const view = waitingPage(c.var.look, {
          ...(await about(c.var.look, visit, words.problems[answer.why])),
          device,
          method,
        });
        return respond(c, view, { status: 401, formsLead: 'onward' });
      }
      case 'limited':
        return page(words.limited(Math.max(1, Math.ceil((answer.retryAtMs - nowMs()) / 60_000))), 429);
      case 'banned':
        return page(sharedIn(look.say).banned, 429);
      case 'gone':
        return page(words.problems.gone, 410);
      case 'unavailable': {
        parts.onPushUnavailable(answer.cause);
        const { otherWays, ...shared } = await about(look, visit);
        const problem = words.unavailable(otherWays !== '');
        const setUpAddress = await parts.enrolStep(visit);
        const view = askPage(look, { ...shared, otherWays, problem, setUpAddress });
        return respond(c, view, { status: 503, formsLead: 'onward' });
      }
    }
  }

  async function rise(c: SignInContext, visit: SignedInVisit, pushWay: PushWay): Promise<Response> {
    const issued = await sessions.raise(c.env.incoming, { factors: { push: nowMs() }, pushWay });
    // Signed out or raised in another tab meanwhile: the browser holds the newer cookie already.
    if (!issued) return c.redirect(`${visit.flow.path}${visit.flow.query ?? ''}`, 303);
    c.header('Set-Cookie', issued.setCookie, { append: true });
    return onward.go(c, { ...visit, session: issued.session });
  }

  /** What a request leads to: a page of its own while it is under way, so that a reload asks for news and for nothing else. */
  async function begin(c: SignInContext, visit: SignedInVisit, { push }: { push: Push }): Promise<Response> {
    const person = personOf(visit);
    const answer = await guard(person, () => push.begin(person), didFail);
    return answer.kind === 'waiting'
      ? c.redirect((await about(c.var.look, visit)).at('wait-here'), 303)
      : reply(c, visit, answer);
  }

  const show: ShowStep = async (c, visit) => {
    if (!isSignedIn(visit)) return onward.go(c, visit);
    if (push && c.req.header('sec-fetch-site') === 'same-origin') return begin(c, visit, { push });
    return respond(c, askPage(c.var.look, await about(c.var.look, visit)), { formsLead: 'onward' });
  };

  /** Runs `answer` for whoever is to be asked for a second factor now. */
  async function asked(
    c: SignInContext,
    answer: (visit: SignedInVisit, push: Push) => Promise<Response>,
  ): Promise<Response> {
    const { visit } = c.var;
    if (!push || !isSignedIn(visit) || (await onward.next(visit)) !== 'second-factor') return onward.go(c, visit);
    return answer(visit, push);
  }

  /** The same for a form, which says whom it was shown to. */
  function posted(
    c: SignInContext,
    answer: (visit: SignedInVisit, push: Push, form: Readonly<Record<string, unknown>>) => Promise<Response>,
  ): Promise<Response> {
    return asked(c, async (visit, room) => {
      const form = await c.req.parseBody();
      const meant = textOf(form, 'username');
      if (meant === '' || meant === visit.session.username) return answer(visit, room, form);
      const page = askPage(
        c.var.look,
        await about(c.var.look, visit, wordsIn(c.var.look.say).changed(visit.session.username)),
      );
      return respond(c, page, { status: 409, formsLead: 'onward' });
    });
  }

  const routes = new Hono<SignInEnv>();
  routes.post('/', (c) => posted(c, (visit, room) => begin(c, visit, { push: room })));

  routes.get('/wait-here', (c) =>
    asked(c, async (visit, room) => reply(c, visit, (await room.pending(visit.session.id)) ?? { kind: 'gone' })),
  );

  routes.get('/wait', (c) =>
    asked(c, async (visit, room) => {
      const person = personOf(visit);
      return reply(c, visit, await guard(person, () => room.outcome(person, holdMs), didFail));
    }),
  );

  routes.post('/code', (c) =>
    posted(c, async (visit, room, form) => {
      const person = personOf(visit);
      return reply(c, visit, await guard(person, () => room.answer(person, textOf(form, 'code', 64)), didFail));
    }),
  );

  routes.get('/devices', (c) =>
    asked(c, async (visit, room) => {
      const answer = await room.devicesOf(personOf(visit));
      if (answer.kind !== 'choose') return reply(c, visit, answer);
      const chosen = await room.choiceOf(visit.session.username);
      const view = devicesPage(c.var.look, { ...(await about(c.var.look, visit)), devices: answer.devices, chosen });
      return respond(c, view, { formsLead: 'onward' });
    }),
  );

  routes.post('/devices', (c) =>
    posted(c, async (visit, room, form) => {
      const { method, device } = readChoice(textOf(form, 'device', 96));
      const answer = await room.choose(personOf(visit), device, method);
      if (answer.kind === 'limited' || answer.kind === 'unavailable') return reply(c, visit, answer);
      return answer.kind === 'chosen'
        ? begin(c, visit, { push: room })
        : c.redirect((await about(c.var.look, visit)).at('devices'), 303);
    }),
  );

  return { show, routes };
}
