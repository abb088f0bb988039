/** Which cards are selected on the page of a project that is open, by their numbers. */
import { createContext, type ReactNode, use } from 'react';
import { type Selected, useSelected } from '../kit/use-selected.ts';

const nobody: Selected<number> = {
  ids: new Set(),
  select: () => undefined,
  toggle: () => undefined,
  remove: () => undefined,
  clear: () => undefined,
};
const SelectionContext = createContext<Selected<number>>(nobody);

export function useSelection(): Selected<number> {
  return use(SelectionContext);
}

/** Of the to-do that a page names so: `PARTY-12`. What was not sent yet has a number below zero. */
export function numberOf(roam: string): number {
  return Number(roam.slice(roam.indexOf('-') + 1));
}

export function SelectionProvider({ children }: { children: ReactNode }) {
  return <SelectionContext value={useSelected(numberOf)}>{children}</SelectionContext>;
}
