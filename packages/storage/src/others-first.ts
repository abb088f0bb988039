/**
 * For long work between its steps: requests that arrived meanwhile go first. SQLite answers at once, so that an `await` of it
 * alone lets nobody in.
 */
export function othersFirst(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
