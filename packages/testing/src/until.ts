/** Waiting in a test for something outside of it to become so. It asks again and again from here, whatever a page's policy forbids. */
import { setTimeout as pause } from 'node:timers/promises';

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
