/**
 * How long a refusal takes tells nothing. Who checks a password is another machine: it pays a digest for a person it knows and
 * none for a name it does not, and we cannot pay in its place. So a refusal leaves no sooner than refusals of known people
 * lately took and some more; and because a few of those take longer still, as many of the others are held as long, by lot.
 * It does not wait itself: whoever does holds no connection meanwhile, and lets nobody wait who is let in.
 */
export type EvenRefusals = {
  /** How long a refusal that took so long is held. `isKnown`: the server has checked a password. */
  holdMs(tookMs: number, isKnown: boolean): number;
};

export type EvenRefusalsOptions = {
  /** From 0 to below 1. */
  random(): number;
  /** What a refusal takes at least. */
  readonly leastMs?: number | undefined;
};

/** What servers need at most, but for costly digests. */
export const presetFloorMs = 150;
/** So much above the least while too little was measured to know whether the server's digests are costly. */
const unmeasured = 5;
const measuredMin = 8;
const floorMsMax = 3_000;
const remembered = 32;
/** People of one server may have digests of different costs. Its rare pauses, though, slow down nobody else. */
const slow = 0.9;
/** Above those: enough for what one check differs from the next. */
const margin = 1.5;

export function openEvenRefusals({ random, leastMs = presetFloorMs }: EvenRefusalsOptions): EvenRefusals {
  /** What known people's took. */
  const lately: number[] = [];

  function floorMs(): number {
    const least = lately.length < measuredMin ? unmeasured * leastMs : leastMs;
    return Math.min(floorMsMax, Math.max(least, margin * quantile(lately, slow)));
  }

  return {
    holdMs(tookMs, isKnown) {
      const likeOneOfThoseMs = isKnown ? 0 : quantile(lately, random());
      const leaveMs = Math.max(floorMs(), likeOneOfThoseMs);
      if (isKnown) {
        lately.push(tookMs);
        if (lately.length > remembered) lately.shift();
      }
      return Math.max(0, leaveMs - tookMs);
    },
  };
}

/** Between two measured ones in proportion, so that no time comes twice. */
function quantile(values: readonly number[], part: number): number {
  const ordered = values.toSorted((a, b) => a - b);
  const place = part * (ordered.length - 1);
  const [below = 0, above = below] = ordered.slice(Math.floor(place));
  return below + (above - below) * (place - Math.floor(place));
}
