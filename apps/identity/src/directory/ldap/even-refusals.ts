/**
 * How long a refusal takes tells nothing. Who checks a password is another machine: it pays a digest for a person it knows and
 * none for a name it does not, and we cannot pay in its place. So a refusal leaves no sooner than refusals of known people
 * lately took and some more, whoever was asked for. Nobody who is let in waits, and no connection is held meanwhile.
 */
import { setTimeout as pause } from 'node:timers/promises';

export type EvenRefusals = {
  /** Waits until a refusal may leave. `isKnown`: the server has checked a password. */
  even(startedMs: number, isKnown: boolean): Promise<void>;
};

/** What servers need at most while nothing was measured; with a costly digest of theirs it is learned from the first on. */
export const presetFloorMs = 150;
const floorMsMax = 3_000;
const remembered = 32;
/** Above the usual time: enough for what one check differs from the next. */
const margin = 1.5;

export function openEvenRefusals(nowMs: () => number, leastMs = presetFloorMs): EvenRefusals {
  const lately: number[] = [];
  return {
    async even(startedMs, isKnown) {
      const tookMs = nowMs() - startedMs;
      if (isKnown) {
        lately.push(tookMs);
        if (lately.length > remembered) lately.shift();
      }
      const floorMs = Math.min(floorMsMax, Math.max(leastMs, margin * median(lately)));
      if (tookMs < floorMs) await pause(floorMs - tookMs);
    },
  };
}

/** One pause of the server does not slow down everybody who mistypes. */
function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
