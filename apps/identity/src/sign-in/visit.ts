/**
 * One request to a step of a sign-in: which flow, who is here, from where. And the way onward, which every step takes
 * after its work and whenever it finds that its work is already done.
 */
import type { Context } from 'hono';
import type { Identity } from '../directory/directory.ts';
import type { PortalEnv } from '../pages/look.ts';
import type { PortalSession } from '../session/portal-session.ts';
import { type Next, nextStep, type Step } from './dispatch.ts';
import type { ConsentQuestion, Flow } from './flow.ts';
import type { Ways } from './second-factors.ts';

export type Visit = {
  readonly flow: Flow;
  readonly session: PortalSession | undefined;
  /** There whenever `session` is. */
  readonly identity: Identity | undefined;
  readonly address: string;
  /** Of the portal, from the configuration: `https://auth.example.com`. */
  readonly origin: string;
  /** What somebody may be asked for here beside the password. One question to the store a request. */
  waysOf(username: string): Promise<Ways>;
};

/** Somebody is signed in. */
export type SignedInVisit = Visit & { readonly session: PortalSession; readonly identity: Identity };

export type SignInEnv = {
  Bindings: PortalEnv['Bindings'];
  Variables: PortalEnv['Variables'] & { visit: Visit };
};
export type SignInContext = Context<SignInEnv>;

/** A step shows itself; the dispatcher decides when. */
export type ShowStep = (c: SignInContext, visit: Visit) => Promise<Response>;

export type Onward = {
  /** What comes next for this visit. */
  next(visit: Visit): Promise<Next>;
  /** A 303 to the step that comes next, or out of the sign-in. */
  go(c: SignInContext, visit: Visit): Promise<Response>;
};

export function openOnward(): Onward {
  async function next(visit: Visit): Promise<Next> {
    const { flow } = visit;
    const facts = {
      session: visit.session,
      requiredLevel: isSignedIn(visit) ? flow.requiredLevel(visit.identity, visit.address) : ('one_factor' as const),
      notBeforeMs: flow.about.notBeforeMs,
      hasSecondFactor: true,
      consentNeeded: false,
    };
    // Each question is asked only when its answer can matter: it costs a look into the store.
    const first = nextStep(facts);
    if (!isSignedIn(visit)) return first;
    if (first === 'second-factor')
      return nextStep({ ...facts, hasSecondFactor: (await visit.waysOf(visit.session.username)).methods.length > 0 });
    if (first === 'finish') return nextStep({ ...facts, consentNeeded: (await questionOf(visit)).kind === 'ask' });
    return first;
  }

  return {
    next,
    async go(c, visit) {
      const step = await next(visit);
      if (step === 'refuse') return c.redirect(await visit.flow.refuse('policy-denied'), 303);
      if (step === 'finish' && isSignedIn(visit))
        return c.redirect(await visit.flow.finish(visit.session, visit.identity, undefined), 303);
      return c.redirect(stepAddress(visit.flow, step as Step), 303);
    },
  };
}

export function isSignedIn(visit: Visit): visit is SignedInVisit {
  return visit.session !== undefined && visit.identity !== undefined;
}

export function questionOf({ flow, identity, session }: SignedInVisit): Promise<ConsentQuestion> {
  return flow.consentQuestion(identity, session);
}

export function stepAddress(flow: Flow, step: Step): string {
  return `${flow.path}/${step}${flow.query ?? ''}`;
}

/** How many steps the bar shows: consent and second factor may still fall away, nobody knows before the name is known. */
export function stepCount({ flow }: Visit): number {
  return flow.about.application ? 3 : 2;
}

/** A field that may stand in a form several times: each value that is text. */
export function wordsOf(form: Readonly<Record<string, unknown>>, name: string): string[] {
  const value = form[name];
  return (Array.isArray(value) ? value : [value]).filter((each) => typeof each === 'string');
}

/** A text field of a posted form; empty when it is missing, a file, or longer than anyone types. */
export function textOf(form: Readonly<Record<string, unknown>>, name: string, charactersMax = 512): string {
  const value = form[name];
  return typeof value === 'string' && value.length <= charactersMax ? value : '';
}
