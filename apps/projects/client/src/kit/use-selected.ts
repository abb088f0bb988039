/** Which things of a page are selected, by what names each. Forgotten when the page is left. */
import { useCallback, useMemo, useState } from 'react';

export type Selected<Id> = {
  readonly ids: ReadonlySet<Id>;
  /** Sets which of `among` are selected; what stands elsewhere stays as it is. */
  select(among: readonly Id[], selected: Iterable<Id>): void;
  toggle(id: Id): void;
  /** These are selected no more. */
  remove(gone: readonly Id[]): void;
  clear(): void;
};

export function useSelected<Id>(): Selected<Id> {
  const [ids, setIds] = useState<ReadonlySet<Id>>(new Set());
  const select = useCallback((among: readonly Id[], selected: Iterable<Id>) => {
    setIds((before) => new Set([...[...before].filter((id) => !among.includes(id)), ...selected]));
  }, []);
  const toggle = useCallback((id: Id) => {
    setIds((before) => {
      const next = new Set(before);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  }, []);
  const remove = useCallback((gone: readonly Id[]) => {
    setIds((before) => new Set([...before].filter((id) => !gone.includes(id))));
  }, []);
  const clear = useCallback(() => setIds(new Set()), []);
  return useMemo(() => ({ ids, select, toggle, remove, clear }), [ids, select, toggle, remove, clear]);
}
