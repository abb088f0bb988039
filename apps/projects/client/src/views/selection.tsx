/** Which cards are selected on the page that is open. Forgotten when the page is left. */
import { createContext, type ReactNode, use, useCallback, useMemo, useState } from 'react';

export type Selected = {
  readonly numbers: ReadonlySet<number>;
  /** Sets which of `among` are selected; what stands elsewhere stays as it is. */
  select(among: readonly number[], selected: Iterable<number>): void;
  toggle(number: number): void;
  clear(): void;
};

const nobody: Selected = {
  numbers: new Set(),
  select: () => undefined,
  toggle: () => undefined,
  clear: () => undefined,
};
const SelectionContext = createContext<Selected>(nobody);

export function useSelection(): Selected {
  return use(SelectionContext);
}

export function SelectionProvider({ children }: { children: ReactNode }) {
  const [numbers, setNumbers] = useState<ReadonlySet<number>>(new Set());
  const select = useCallback((among: readonly number[], selected: Iterable<number>) => {
    setNumbers((before) => new Set([...[...before].filter((number) => !among.includes(number)), ...selected]));
  }, []);
  const toggle = useCallback((number: number) => {
    setNumbers((before) => {
      const next = new Set(before);
      if (!next.delete(number)) next.add(number);
      return next;
    });
  }, []);
  const clear = useCallback(() => setNumbers(new Set()), []);
  const selection = useMemo(() => ({ numbers, select, toggle, clear }), [numbers, select, toggle, clear]);
  return <SelectionContext value={selection}>{children}</SelectionContext>;
}
