/**
 * What somebody must still prove before they may change how their account signs in. Pure: it knows no mail and no rows.
 * Both rules are Authelia's (`identity_validation.elevated_session`).
 */
import { levelOf, type PortalSession } from '../session/portal-session.ts';

export type ElevationRules = {
  /** Who has a second factor must have used it. */
  readonly requireSecondFactor: boolean;
  /** Who has used a second factor needs no mailed code. */
  readonly skipSecondFactor: boolean;
};

export type ElevationNeed = 'nothing' | 'second-factor' | 'mailbox';

export function elevationNeed(about: {
  readonly session: PortalSession;
  readonly remoteAddress: string;
  readonly hasSecondFactor: boolean;
  readonly rules: ElevationRules;
  readonly nowMs: number;
}): ElevationNeed {
  const { session, rules } = about;
  const level = levelOf(session);
  if (rules.requireSecondFactor && about.hasSecondFactor && level < 2) return 'second-factor';
  if (rules.skipSecondFactor && level === 2) return 'nothing';
  const { elevation } = session;
  const elevated =
    elevation !== undefined && about.nowMs < elevation.expiresAtMs && elevation.remoteAddress === about.remoteAddress;
  return elevated ? 'nothing' : 'mailbox';
}
