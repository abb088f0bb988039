/** Waiting in a test for something outside of it to become so. It asks again and again from here, whatever a page's policy forbids. */
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';

const askedEveryMs = 50;

/**
 * What `ask` answers once that is neither false nor undefined.
 *
 * @throws with what was waited for when it is not so within `withinMs`.
 */
export async function until<T>(what: string, ask: () => Promise<T | false | undefined>, withinMs = 10_000): Promise<T> {
  for (const end = Date.now() + withinMs; ; await pause(askedEveryMs)) {
    const found = await ask();
    if (found !== false && found !== undefined) return found;
    if (Date.now() > end) throw new Error(`not within ${withinMs} ms: ${what}`);
  }
}

/**
 * Waits for `ask` to answer `expected`: a page draws what it was told some time after.
 *
 * @throws with the difference to the last answer when it is not so within `withinMs`.
 */
export async function becomes<T>(ask: () => Promise<T>, expected: T, withinMs = 10_000): Promise<void> {
  for (const end = Date.now() + withinMs; ; await pause(askedEveryMs)) {
    const found = await ask();
    if (isDeepStrictEqual(found, expected)) return;
    if (Date.now() > end) assert.deepEqual(found, expected, `not within ${withinMs} ms`);
  }
}
