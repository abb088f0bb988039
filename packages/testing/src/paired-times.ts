/**
 * Whether two ways of asking take the same time, on a machine that is busy with other things: they are asked in pairs, by turns
 * the one first and the other, and the differences are put to the rank test of Wilcoxon, which asks whether one side tends to
 * be slower and is not led astray by pauses. Equal work gives a |z| above 4.5 once in 150,000 runs; work that differs by a
 * small part of the noise gives far more. A few microseconds are nobody's to see across a network, and count for nothing.
 * It knows nothing of what is asked.
 */

/** What a test holds |z| below. */
export const zMax = 4.5;

const toleratedMs = 0.01;

/** Both get the number of the pair. */
export type Pairs = {
  readonly pairs: number;
  one(pair: number): Promise<unknown>;
  other(pair: number): Promise<unknown>;
  /** What is to be over before the next one is asked; its time does not count. */
  settled?(): Promise<void>;
};

/** Positive when `one` tends to be slower than `other`, by more than is tolerated. */
export async function zOfPairs({ pairs, one, other, settled }: Pairs): Promise<number> {
  async function msOf(ask: Pairs['one'], pair: number): Promise<number> {
    const startedMs = performance.now();
    await ask(pair);
    const tookMs = performance.now() - startedMs;
    await settled?.();
    return tookMs;
  }
  const differences: number[] = [];
  for (let pair = 0; pair < pairs; pair++) {
    const isFirst = pair % 2 === 0;
    const first = await msOf(isFirst ? one : other, pair);
    const second = await msOf(isFirst ? other : one, pair);
    differences.push(isFirst ? first - second : second - first);
  }
  const slower = signedRankZ(differences.map((each) => each - toleratedMs));
  const faster = signedRankZ(differences.map((each) => each + toleratedMs));
  return Math.max(slower, 0) + Math.min(faster, 0);
}

/** Wilcoxon's signed-rank statistic, standardised; clocks are fine enough that ties do not matter. */
function signedRankZ(differences: readonly number[]): number {
  const ordered = differences.toSorted((a, b) => Math.abs(a) - Math.abs(b));
  const sum = ordered.reduce((found, each, index) => found + Math.sign(each) * (index + 1), 0);
  const n = ordered.length;
  return sum / Math.sqrt((n * (n + 1) * (2 * n + 1)) / 6);
}
