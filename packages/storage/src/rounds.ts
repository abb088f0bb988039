/**
 * Work that is done again and again as long as the process lives, one round after the other and never two at once. Knows
 * nothing of the work.
 */
export type Rounds = {
  /** A round soon; a wish while one waits is that same wish. Resolves once it is over. */
  wake(): Promise<void>;
  /** Waits for a round under way; afterwards there is none. */
  stop(): Promise<void>;
};

export type RoundsOptions = {
  readonly intervalMs: number;
  /** `stopped` is aborted by `stop`: long work looks at it between its steps. */
  work(stopped: AbortSignal): Promise<void>;
  /** A round that fails is reported here, and the next one comes as if nothing had happened. */
  onFailure(cause: unknown): void;
};

/** The first round comes after an interval or when woken. The timer keeps no process alive. */
export function startRounds({ intervalMs, work, onFailure }: RoundsOptions): Rounds {
  let running: Promise<void> = Promise.resolve();
  let underWay = false;
  let isQueued = false;
  const stopped = new AbortController();

  async function round(): Promise<void> {
    isQueued = false;
    if (stopped.signal.aborted) return;
    underWay = true;
    try {
      await work(stopped.signal);
    } catch (cause) {
      onFailure(cause);
    } finally {
      underWay = false;
    }
  }

  function wake(): Promise<void> {
    if (isQueued || stopped.signal.aborted) return running;
    isQueued = true;
    running = running.then(round);
    return running;
  }

  const timer = setInterval(() => {
    if (!underWay) void wake();
  }, intervalMs).unref();
  return {
    wake,
    async stop() {
      stopped.abort();
      clearInterval(timer);
      await running;
    },
  };
}
