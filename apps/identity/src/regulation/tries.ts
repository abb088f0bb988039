/**
 * Tries within limits. A try is charged before it is made and given back when it turns out right, so of any number of guesses
 * at once no more are looked at than the limit says. But tries under way are no failures yet: while they fill a limit, the
 * next one waits in line until one of them ends, and is refused only when all of them were guesses. So an office behind one
 * address signs in at once on Monday morning, and whoever guesses gains nothing.
 *
 * Whoever shares no limit with a try that hangs does not notice it; whoever does is told after a while that it takes too long,
 * which is no refusal. The line is this process's own; what counts is in the database. It knows nothing of what is tried.
 */
import type { AttemptLimiter, Charge } from './limiter.ts';
import { NoTurn, openTurns } from './turns.ts';

export type Limited = { readonly kind: 'limited'; readonly retryAtMs: number };

export type Tries = {
  /**
   * `isGuess`: whether this answer was somebody's wrong guess. A try that rejects stays charged. Rejects with `TriesHeldUp`
   * when it was not made because others take too long.
   */
  make<Answer>(
    charges: readonly Charge[],
    tryIt: () => Promise<Answer>,
    isGuess: (answer: Answer) => boolean,
  ): Promise<Answer | Limited>;
};

/** Nothing was tried: what is ahead, or the database, does not come to an end. */
export class TriesHeldUp extends Error {
  readonly code = 'tries-held-up';
  override readonly name = 'TriesHeldUp';
}

type Try = { readonly buckets: readonly string[]; readonly order: number; readonly untilMs: number };
type Next =
  /** Ask again. `offered`: the buckets in which there may be room now. It has entered. */
  { readonly kind: 'again'; readonly offered: readonly string[] } | Limited | { readonly kind: 'held-up' };
/** `full`: the buckets that had no room. */
type NoRoom = { readonly retryAtMs: number; readonly retryAfterMs: number; readonly full: readonly string[] };
type Waiting = NoRoom & { readonly order: number; resume(next: Next): void };
/** Of a bucket, while anybody asks for it or is under way in it. */
type Traffic = { running: number; roomGiven: number };

/** In the whole line; beyond it nobody waits. */
const waitingMax = 1000;
/**
 * How long a try waits at most: `turnMs` for its turn to ask the database, which takes long only when that is unwell, and
 * `lineMs` for all that is ahead, which is less than a browser or a proxy waits.
 */
export type Patience = { readonly turnMs: number; readonly lineMs: number };
const usualPatience: Patience = { turnMs: 10_000, lineMs: 30_000 };

export function openTries(limiter: Pick<AttemptLimiter, 'charge'>, patience = usualPatience): Tries {
  const traffic = new Map<string, Traffic>();
  /** One at a time in a bucket: what is charged for a moment and found too much would look like no room to the next. */
  const turns = openTurns();
  /** In the order in which they came. */
  let line: Waiting[] = [];
  let lastOrder = 0;

  const meets = (one: readonly string[], other: readonly string[]): boolean => one.some((each) => other.includes(each));
  const runningIn = (bucket: string): number => traffic.get(bucket)?.running ?? 0;

  function enter(buckets: readonly string[]): void {
    for (const bucket of buckets) {
      const here = traffic.get(bucket) ?? { running: 0, roomGiven: 0 };
      here.running += 1;
      traffic.set(bucket, here);
    }
  }

  /**
   * Whoever now waits for room that nobody will make asks once more: the window may have ended meanwhile. Those behind wait for
   * that one.
   */
  function leave(buckets: readonly string[]): void {
    for (const bucket of buckets) {
      const here = traffic.get(bucket);
      if (!here) continue;
      here.running -= 1;
      if (here.running === 0) traffic.delete(bucket);
    }
    for (const each of line)
      if (each.full.some((bucket) => runningIn(bucket) === 0)) each.resume({ kind: 'again', offered: [] });
  }

  /** For each of these buckets, whoever waits longest for it goes on. */
  function offerRoom(buckets: readonly string[]): void {
    const offers = new Map<Waiting, string[]>();
    for (const bucket of buckets) {
      const next = line.find(({ full }) => full.includes(bucket));
      if (next) offers.set(next, [...(offers.get(next) ?? []), bucket]);
    }
    for (const [next, offered] of offers) next.resume({ kind: 'again', offered });
  }

  function giveRoom(buckets: readonly string[]): void {
    for (const bucket of buckets) {
      const here = traffic.get(bucket);
      if (here) here.roomGiven += 1;
    }
    offerRoom(buckets);
  }

  const roomGivenTo = (buckets: readonly string[]): number =>
    buckets.reduce((sum, bucket) => sum + (traffic.get(bucket)?.roomGiven ?? 0), 0);

  /** Leaves, and has entered again when it resolves with `again`. */
  function standInLine({ buckets, order, untilMs }: Try, noRoom: NoRoom): Promise<Next> {
    return new Promise((resolve) => {
      const leftMs = untilMs - performance.now();
      const atEnd: Next = noRoom.retryAfterMs < leftMs ? { kind: 'again', offered: [] } : { kind: 'held-up' };
      const timer = setTimeout(() => waiting.resume(atEnd), Math.min(noRoom.retryAfterMs, leftMs));
      const waiting: Waiting = {
        ...{ ...noRoom, order },
        resume(next) {
          clearTimeout(timer);
          line = line.filter((each) => each !== waiting);
          if (next.kind === 'again') enter(buckets);
          resolve(next);
        },
      };
      line = [...line, waiting].sort((a, b) => a.order - b.order);
      leave(buckets);
    });
  }

  /**
   * In a full bucket with nobody else under way nobody will make room before the window ends: this one is refused, and with it
   * those who wait for that bucket.
   */
  function refuse({ buckets }: Try, limited: Limited, hopeless: readonly string[]): Limited {
    for (const each of line.filter(({ full }) => meets(full, hopeless))) each.resume(limited);
    leave(buckets);
    return limited;
  }

  /** Asks once, in turn. Behind others who wait for somebody in the same bucket there is no need to. */
  function ask({ buckets, untilMs }: Try, charges: readonly Charge[], isWoken: boolean) {
    const waitMs = Math.min(patience.turnMs, untilMs - performance.now());
    return turns.take(buckets, waitMs, async () => {
      const roomBefore = roomGivenTo(buckets);
      const ahead = isWoken ? undefined : line.find(({ full }) => meets(full, buckets));
      const full = ahead?.full.filter((bucket) => buckets.includes(bucket)) ?? [];
      if (!ahead || full.some((bucket) => runningIn(bucket) === 1))
        return { roomBefore, ...(await limiter.charge(charges)) };
      const { retryAtMs, retryAfterMs } = ahead;
      return { roomBefore, kind: 'limited' as const, retryAtMs, retryAfterMs, full };
    });
  }

  /** Whether it may be made now; then it is charged. Otherwise it has left. */
  async function admit(it: Try, charges: readonly Charge[]) {
    enter(it.buckets);
    let next: Next | undefined;
    for (;;) {
      const offered = next?.kind === 'again' ? next.offered : [];
      const asked = await ask(it, charges, next !== undefined).catch((cause: unknown) => {
        offerRoom(offered);
        leave(it.buckets);
        throw cause instanceof NoTurn ? heldUp(cause) : cause;
      });
      if (asked.kind === 'allowed') return asked;
      const { full } = asked;
      const limited: Limited = { kind: 'limited', retryAtMs: asked.retryAtMs };
      // What it was offered and has no use for is for somebody else.
      offerRoom(offered.filter((bucket) => !full.includes(bucket)));
      if (roomGivenTo(it.buckets) !== asked.roomBefore) {
        next = { kind: 'again', offered: [] };
        continue;
      }
      const hopeless = full.filter((bucket) => runningIn(bucket) === 1);
      if (hopeless.length > 0) return refuse(it, limited, hopeless);
      if (line.length >= waitingMax) {
        leave(it.buckets);
        return limited;
      }
      next = await standInLine(it, asked);
      if (next.kind === 'limited') return next;
      if (next.kind === 'held-up') throw heldUp();
    }
  }

  return {
    async make(charges, tryIt, isGuess) {
      const buckets = [...new Set(charges.map(({ bucket }) => bucket))];
      const it: Try = { buckets, order: ++lastOrder, untilMs: performance.now() + patience.lineMs };
      const admitted = await admit(it, charges);
      if (admitted.kind === 'limited') return admitted;
      try {
        const answer = await tryIt();
        if (isGuess(answer)) return answer;
        await admitted.giveBack();
        giveRoom(it.buckets);
        return answer;
      } finally {
        leave(it.buckets);
      }
    },
  };
}

function heldUp(cause?: unknown): TriesHeldUp {
  return new TriesHeldUp('Tries that came before take too long, so this one was not made.', { cause });
}
