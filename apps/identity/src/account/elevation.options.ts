/** The configuration's `identity_validation.elevated_session`, and the limits of its mails and codes, as the pages take it. */
import type { Configuration } from '../config/configuration.ts';
import { attemptLimits } from '../regulation/limiter.ts';

export function elevationOptions({ identity_validation: { elevated_session: elevated }, server }: Configuration) {
  const { session_elevation_start: start, session_elevation_finish: finish } = server.endpoints.rate_limits;
  return {
    startLimits: attemptLimits(start),
    finishLimits: attemptLimits(finish),
    requireSecondFactor: elevated.require_second_factor,
    skipSecondFactor: elevated.skip_second_factor,
    codeLifespanMs: elevated.code_lifespan * 1000,
    elevationLifespanMs: elevated.elevation_lifespan * 1000,
    characters: elevated.characters,
  };
}
