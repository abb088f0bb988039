/** Composes what people do for themselves, from the rooms it needs to the routes. It holds no logic. */
import type { SealedVolatile } from '@gatehouse/storage/volatile/sealed-volatile.ts';
import type { AttemptLimiter } from '../regulation/limiter.ts';
import { type AccountParts, accountRoutes } from './account.route.ts';
import type { ElevationRules } from './elevation.policy.ts';
import { openElevation } from './elevation.ts';
import { openEnrolments } from './enrolment.ts';

/** `identity_validation.elevated_session`, durations in milliseconds. */
export type ElevatedSession = ElevationRules & {
  readonly codeLifespanMs: number;
  readonly elevationLifespanMs: number;
  /** Of a code. */
  readonly characters: number;
};

export type AccountOptions = Omit<AccountParts, 'enrolments' | 'elevation' | 'rules'> & {
  readonly volatile: SealedVolatile;
  readonly limiter: AttemptLimiter;
  readonly elevatedSession: ElevatedSession;
  /** Unguessable, such as 16 random bytes. */
  readonly newId: () => string;
  /** Uniform in 0 ≤ n < max, such as `crypto.randomInt`. */
  readonly randomInt: (max: number) => number;
};

export function openAccount(options: AccountOptions): ReturnType<typeof accountRoutes> {
  const enrolments = openEnrolments(options);
  const elevation = openElevation({ ...options, ...options.elevatedSession });
  return accountRoutes({ ...options, enrolments, elevation, rules: options.elevatedSession });
}
