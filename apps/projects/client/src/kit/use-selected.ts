/**
 * Which things of a page are selected, by what names each. Forgotten when the page is left. With Shift, everything from the one
 * that was selected last to this one is selected, in the order in which they stand on the page.
 */
import { useCallback, useMemo, useRef, useState } from 'react';
import { stopsBetween } from '../shell/roam.ts';

export type Selected<Id> = {
  readonly ids: ReadonlySet<Id>;
  /** Sets which of `among` are selected; what stands elsewhere stays as it is. */
  select(among: readonly Id[], selected: Iterable<Id>): void;
  toggle(id: Id): void;
  /** These are selected no more. */
  remove(gone: readonly Id[]): void;
  clear(): void;
};

/** `idOf` reads how a row is named out of its `data-roam`. */
export function useSelected<Id>(idOf: (roam: string) => Id): Selected<Id> {
  const [ids, setIds] = useState<ReadonlySet<Id>>(new Set());
  const last = useRef<string>(undefined);
  /** What the click reaches that is being answered: nothing without Shift, or where nothing was selected before. */
  const reach = useCallback((): readonly Id[] => {
    // React Aria tells of no keys.
    const { event } = window;
    const here = event?.target instanceof Element && event.target.closest<HTMLElement>('[data-roam]');
    if (!here) return [];
    const from = event instanceof MouseEvent && event.shiftKey ? last.current : undefined;
    last.current = here.dataset.roam;
    return from === undefined ? [] : stopsBetween(from, here).map(idOf);
  }, [idOf]);
  const select = useCallback(
    (among: readonly Id[], selected: Iterable<Id>) => {
      const reached = reach().filter((id) => among.includes(id));
      setIds((before) => {
        const kept = reached.length === 0 ? [...before].filter((id) => !among.includes(id)) : before;
        return new Set([...kept, ...selected, ...reached]);
      });
    },
    [reach],
  );
  const toggle = useCallback(
    (id: Id) => {
      const reached = reach();
      setIds((before) => {
        const next = new Set([...before, ...reached]);
        if (reached.length === 0 && !next.delete(id)) next.add(id);
        return next;
      });
    },
    [reach],
  );
  const remove = useCallback((gone: readonly Id[]) => {
    setIds((before) => new Set([...before].filter((id) => !gone.includes(id))));
  }, []);
  const clear = useCallback(() => {
    last.current = undefined;
    setIds(new Set());
  }, []);
  return useMemo(() => ({ ids, select, toggle, remove, clear }), [ids, select, toggle, remove, clear]);
}
