/**
 * What failed is tried again by itself, for work that nobody waits for: a directory or a mail server that is started anew is back
 * by then. What still waits when the program ends is tried once more, at once.
 */

export type TryAgain = {
  /** Settles as the last try does. `onFailure` hears of every other one. */
  run<T>(work: (isRepeat: boolean) => Promise<T>, onFailure: (cause: unknown, againInMs: number) => void): Promise<T>;
  /** Nothing waits any more: its next try is its last. */
  close(): void;
};

const usualAfterMs = [5_000, 30_000, 120_000];
/** At once. Whatever comes beyond is given up at its first failure. */
const waitingMax = 1_000;

/** `afterMs`: how long to wait, time after time. */
export function openTryAgain(afterMs: readonly number[] = usualAfterMs): TryAgain {
  const waiting = new Set<() => void>();
  let isClosed = false;

  function wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const goOn = (): void => {
        clearTimeout(timer);
        waiting.delete(goOn);
        resolve();
      };
      const timer = setTimeout(goOn, ms);
      waiting.add(goOn);
    });
  }

  return {
    async run(work, onFailure) {
      for (let failures = 0; ; failures++) {
        try {
          return await work(failures > 0);
        } catch (cause) {
          const waitMs = afterMs[failures];
          if (waitMs === undefined || isClosed || waiting.size >= waitingMax) throw cause;
          onFailure(cause, waitMs);
          await wait(waitMs);
        }
      }
    },
    close() {
      isClosed = true;
      for (const goOn of [...waiting]) goOn();
    },
  };
}
