/** What goes on behind answers that were given: nobody waits for it but the end of the program. */

export type Background = {
  /** What it rejects with goes to `onFailure`. */
  run(work: () => Promise<void>): void;
  /** Resolves when nothing goes on any more. */
  settled(): Promise<void>;
};

export function openBackground(onFailure: (cause: unknown) => void): Background {
  const underWay = new Set<Promise<void>>();
  return {
    run(work) {
      const running = work()
        .catch(onFailure)
        .finally(() => underWay.delete(running));
      underWay.add(running);
    },
    async settled() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
}
