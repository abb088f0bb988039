/** The configuration's `duo_api` as its rooms take it. */
import type { Configuration } from '../../config/configuration.ts';
import { attemptLimits } from '../../regulation/limiter.ts';
import type { DuoOptions } from './duo-api.ts';

export function duoOptions({ duo_api: duo }: Configuration): DuoOptions {
  return { hostname: duo.hostname, integrationKey: duo.integration_key, secretKey: duo.secret_key };
}

export function pushRules({ duo_api: duo, server }: Configuration) {
  return {
    selfEnrolment: duo.enable_self_enrollment,
    addressLimits: attemptLimits(server.endpoints.rate_limits.second_factor_duo),
  };
}
