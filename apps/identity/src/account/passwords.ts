/** From the configuration to what the pages of passwords take, and to the pages that there are. */

import type { Configuration } from '../config/configuration.ts';
import { attemptLimits } from '../regulation/limiter.ts';
import type { AccountOptions } from './account.ts';
import { passwordPaths } from './password.paths.ts';
import { openPasswordPolicy } from './password-policy.ts';

type Reset = NonNullable<AccountOptions['reset']>;
type Rooms = NonNullable<AccountOptions['change']> &
  Pick<Reset, 'directory' | 'portalOf' | 'mayTypeEmail' | 'signInPath'>;

/** `policy` is the configuration's to say. */
export function passwordPages(
  configuration: Configuration,
  rooms: Omit<Rooms, 'policy'>,
): Pick<AccountOptions, 'change' | 'reset'> {
  const { authentication_backend: backend, identity_validation: validation, server } = configuration;
  const policy = openPasswordPolicy(configuration.password_policy);
  const limits = server.endpoints.rate_limits;
  return {
    ...(!backend.password_change.disable && { change: { ...rooms, policy } }),
    ...(!backend.password_reset.disable &&
      !backend.password_reset.custom_url && {
        reset: {
          ...rooms,
          policy,
          lifespanMs: validation.reset_password.jwt_lifespan * 1000,
          startLimits: attemptLimits(limits.reset_password_start),
          finishLimits: attemptLimits(limits.reset_password_finish),
        },
      }),
  };
}

/** Where the sign-in page leads who forgot their password. */
export function forgotAddress({
  authentication_backend: { password_reset: reset },
}: Configuration): string | undefined {
  return reset.disable ? undefined : (reset.custom_url?.href ?? passwordPaths.ask);
}
