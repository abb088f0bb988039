/** The configuration's `regulation` as the room takes it. */
import type { Configuration } from '../config/configuration.ts';

export function regulationRules({ regulation }: Configuration) {
  return {
    modes: regulation.modes,
    failuresMax: regulation.max_retries,
    findTimeMs: regulation.find_time * 1000,
    banTimeMs: regulation.ban_time * 1000,
  };
}
