/**
 * Turns: work under names that meet is done one after the other, in the order in which it came; work that shares no name does
 * not wait for it. Nobody waits for ever: whoever's turn does not come in time is told so, and takes no turn.
 *
 * They are this process's own. It knows nothing of what is done.
 */

export type Turns = {
  /** `waitMs`: how long to wait at most until it begins. Rejects with `NoTurn`, or as the work does. */
  take<Result>(names: readonly string[], waitMs: number, work: () => Promise<Result>): Promise<Result>;
};

export class NoTurn extends Error {
  readonly code = 'no-turn';
  override readonly name = 'NoTurn';
}

export function openTurns(): Turns {
  /** By name: resolves when the last turn of it is over. None of them rejects. */
  const last = new Map<string, Promise<unknown>>();

  return {
    async take(names, waitMs, work) {
      const ahead = Promise.all(names.map((name) => last.get(name)));
      const own = Promise.withResolvers<void>();
      const over = Promise.all([ahead, own.promise]);
      for (const name of names) last.set(name, over);
      void over.then(() => {
        for (const name of names) if (last.get(name) === over) last.delete(name);
      });
      try {
        await soon(ahead, waitMs);
        return await work();
      } finally {
        own.resolve();
      }
    },
  };
}

async function soon(awaited: Promise<unknown>, waitMs: number): Promise<void> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new NoTurn('What came before takes too long.')), waitMs);
  try {
    await Promise.race([awaited, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
