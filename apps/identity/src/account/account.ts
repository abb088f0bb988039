/** Composes what people do for themselves, from the rooms it needs to the routes. It holds no logic. */
import type { SealedVolatile } from '@gatehouse/storage/volatile/sealed-volatile.ts';
import { Hono } from 'hono';
import type { Afterwards } from '../afterwards.ts';
import type { Notifier } from '../notify/notifier.ts';
import type { SayTo } from '../notify/say-to.ts';
import type { AttemptLimit, AttemptLimiter } from '../regulation/limiter.ts';
import type { OwnSessions } from '../session/own-sessions.ts';
import { type AccountParts, accountRoutes } from './account.route.ts';
import { type Applications, applicationsRoutes } from './applications.route.ts';
import type { ElevationRules } from './elevation.policy.ts';
import { openElevation } from './elevation.ts';
import { openEnrolments } from './enrolment.ts';
import { type KeyParts, keyRoutes } from './key.route.ts';
import { type PasswordParts, passwordRoutes } from './password.route.ts';
import { pushRoutes } from './push.route.ts';
import { recoveryRoutes } from './recovery.route.ts';
import { type ResetParts, resetRoutes } from './reset.route.ts';
import { openResetLinks } from './reset-links.ts';
import { sessionsRoutes } from './sessions.route.ts';
import { type AccountEnv, openVisits } from './visit.ts';

/** `identity_validation.elevated_session`, durations in milliseconds. */
export type ElevatedSession = ElevationRules & {
  readonly codeLifespanMs: number;
  readonly elevationLifespanMs: number;
  /** Of a code. */
  readonly characters: number;
  /** For each address. */
  readonly startLimits: readonly AttemptLimit[];
  readonly finishLimits: readonly AttemptLimit[];
};

export type AccountOptions = Omit<AccountParts, 'enrolments' | 'elevation' | 'rules' | 'mayChangePassword'> &
  Omit<KeyParts, 'sessions'> & {
    readonly ownSessions: OwnSessions;
    readonly applications: Applications;
    /** Where people may change their password, and where they may set a new one; what is left out has no page. */
    readonly change?: Omit<PasswordParts, 'links' | 'navigation'>;
    readonly reset?: Omit<ResetParts, 'sayTo' | 'links' | 'limiter' | 'peerOf' | 'nowMs' | 'afterwards' | 'tellOwner'>;
    readonly notifier: Notifier;
    readonly sayTo: SayTo;
    readonly afterwards: Afterwards;
    readonly volatile: SealedVolatile;
    readonly limiter: AttemptLimiter;
    readonly elevatedSession: ElevatedSession;
    /** Unguessable, such as 16 random bytes. */
    readonly newId: () => string;
    /** Uniform in 0 ≤ n < max, such as `crypto.randomInt`. */
    readonly randomInt: (max: number) => number;
  };

export function openAccount(options: AccountOptions): Hono<AccountEnv> {
  const { change, reset, elevatedSession: rules } = options;
  const mayChangePassword = change !== undefined;
  const enrolments = openEnrolments(options);
  const elevation = openElevation({ ...options, ...rules });
  const visits = openVisits({ ...options, elevation, rules });
  const links = openResetLinks({ ...options, lifespanMs: reset?.lifespanMs ?? 0 });
  const routes = new Hono<AccountEnv>();
  routes.route('/', accountRoutes({ ...options, enrolments, elevation, rules, mayChangePassword }, visits));
  routes.route('/', keyRoutes(options, visits));
  if (options.push) routes.route('/', pushRoutes({ ...options, push: options.push }, visits));
  routes.route('/', recoveryRoutes(options, visits));
  routes.route('/', applicationsRoutes(options, visits));
  routes.route('/', sessionsRoutes({ ...options, mayChangePassword }, visits));
  if (change) routes.route('/', passwordRoutes({ ...options, ...change, links }, visits));
  if (reset) routes.route('/', resetRoutes({ ...options, ...reset, links }));
  return routes;
}
