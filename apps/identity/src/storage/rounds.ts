/** Work that is done now and then as long as the process lives, never twice at once. Knows nothing of the work. */

export type Rounds = {
  /** Waits for a round under way; afterwards there is none. */
  stop(): Promise<void>;
};

/** The timer keeps no process alive. A round that fails is reported, and the next one tries again. */
export function startRounds(parts: {
  readonly intervalMs: number;
  work(): Promise<void>;
  onFailure(cause: unknown): void;
}): Rounds {
  let underWay: Promise<void> | undefined;

  async function round(): Promise<void> {
    try {
      await parts.work();
    } catch (cause) {
      parts.onFailure(cause);
    } finally {
      underWay = undefined;
    }
  }

  const timer = setInterval(() => {
    underWay ??= round();
  }, parts.intervalMs);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await underWay;
    },
  };
}
