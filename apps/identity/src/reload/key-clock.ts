/**
 * Watches the clock for signing keys: asks for new providers when one begins or ceases to sign, again each minute until there
 * are some, and once a day for what an administrator should do about them.
 */
import { type KeyLife, nextTurnMs } from '../config/values/key-life.ts';

export type KeyClock = {
  /** These keys were taken into use at `sinceMs`. */
  follow(keys: readonly KeyLife[], sinceMs: number): void;
  close(): void;
};

const dayMs = 86_400_000;
const againAfterMs = 60_000;

export function openKeyClock(options: {
  readonly nowMs: () => number;
  /** Whoever takes the keys into use says so by `follow`. */
  readonly turned: () => void;
  readonly daily: () => void;
}): KeyClock {
  const { nowMs } = options;
  let keys: readonly KeyLife[] = [];
  let turnMs: number | undefined;
  let dailyMs = nowMs() + dayMs;
  let timer: NodeJS.Timeout | undefined;

  function arm(): void {
    clearTimeout(timer);
    const nextMs = Math.min(dailyMs, turnMs ?? Number.POSITIVE_INFINITY);
    timer = setTimeout(look, Math.max(0, nextMs - nowMs()));
    timer.unref();
  }

  function look(): void {
    const now = nowMs();
    // A timer may be a moment early.
    const hasTurned = turnMs !== undefined && now >= turnMs;
    const isDaily = now >= dailyMs;
    if (hasTurned) turnMs = Math.min(now + againAfterMs, nextTurnMs(keys, now) ?? Number.POSITIVE_INFINITY);
    if (isDaily) dailyMs = now + dayMs;
    arm();
    if (hasTurned) options.turned();
    if (isDaily) options.daily();
  }

  return {
    follow(next, sinceMs) {
      keys = next;
      turnMs = nextTurnMs(keys, sinceMs);
      arm();
    },
    close: () => clearTimeout(timer),
  };
}
