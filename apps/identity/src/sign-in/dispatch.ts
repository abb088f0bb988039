/**
 * What comes next in a sign-in. Pure: every step asks here and none knows another, so the order of the steps is this one
 * function and can be read, and tested, as a table.
 */
import { firstFactorAtMs, levelOf, type PortalSession } from '../session/portal-session.ts';
import type { RequiredLevel } from './flow.ts';

export type Step = 'password' | 'second-factor' | 'enrol' | 'consent';
export type Next = Step | 'finish' | 'refuse';

export type Facts = {
  /** Undefined when nobody is signed in. */
  readonly session: PortalSession | undefined;
  readonly requiredLevel: RequiredLevel;
  /** A password or passkey proven before this does not count. */
  readonly notBeforeMs: number | undefined;
  readonly hasSecondFactor: boolean;
  readonly consentNeeded: boolean;
};

export function nextStep(facts: Facts): Next {
  const { session, requiredLevel } = facts;
  if (!session || !isFirstFactorDone(facts)) return 'password';
  if (requiredLevel === 'deny') return 'refuse';
  if (requiredLevel === 'two_factor' && levelOf(session) < 2) {
    // A passkey is something they have; what is missing is something they know.
    if (session.factors.password === undefined) return 'password';
    return facts.hasSecondFactor ? 'second-factor' : 'enrol';
  }
  return facts.consentNeeded ? 'consent' : 'finish';
}

/** Whether it was said who somebody is, and lately enough. */
export function isFirstFactorDone({ session, notBeforeMs }: Pick<Facts, 'session' | 'notBeforeMs'>): boolean {
  const atMs = session && firstFactorAtMs(session);
  return atMs !== undefined && (notBeforeMs === undefined || atMs >= notBeforeMs);
}
