/**
 * Whoever reads or writes a users file in this process does it in turn, and what one of them wrote the others read before the
 * turn ends. While a configuration takes over from another both have the file open, and each answers for it: a password set
 * through one is the password in both. It does not know what a file says.
 */

export type FileTurns = {
  /** Waits for those who came before. A turn begins no other and waits for none. */
  take<T>(work: () => Promise<T>): Promise<T>;
  /** To be called in a turn: `read` is awaited within the turns of others, each time they have written. */
  join(read: () => Promise<void>): Member;
  /** By path: the text that somebody could use last. */
  readonly usable: Map<string, string>;
};

export type Member = {
  /** To be called in a turn, before it ends. */
  wrote(): Promise<void>;
  leave(): void;
};

export function openFileTurns(): FileTurns {
  const members = new Set<() => Promise<void>>();
  let last: Promise<unknown> = Promise.resolve();
  return {
    usable: new Map(),
    take(work) {
      const turn = last.then(work);
      last = turn.catch(() => undefined);
      return turn;
    },
    join(read) {
      members.add(read);
      return {
        async wrote() {
          for (const other of members) if (other !== read) await other();
        },
        leave: () => void members.delete(read),
      };
    },
  };
}
