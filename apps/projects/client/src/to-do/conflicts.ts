/**
 * Two people changed one text at once, and the second has to choose. What there is to choose outlives the dialog that the text
 * was written in: the server may answer after it was closed.
 */
import { useSyncExternalStore } from 'react';

export type Conflict = {
  readonly projectKey: string;
  readonly number: number;
  readonly field: 'title' | 'description';
  /** As people read them. */
  readonly mine: string;
  readonly theirs: string;
  readonly onSettle: (keep: 'mine' | 'theirs') => void;
};
type Place = Pick<Conflict, 'projectKey' | 'number'>;

let open: readonly Conflict[] = [];
const listeners = new Set<() => void>();

function change(conflicts: readonly Conflict[]): void {
  open = conflicts;
  for (const listener of listeners) listener();
}

export function isOf({ projectKey, number }: Place, place: Place): boolean {
  return projectKey === place.projectKey && number === place.number;
}

/** Takes the place of an earlier one about the same text. */
export function addConflict(conflict: Conflict): void {
  change([...open.filter((each) => !(isOf(each, conflict) && each.field === conflict.field)), conflict]);
}

export function settleConflict(conflict: Conflict, keep: 'mine' | 'theirs'): void {
  change(open.filter((each) => each !== conflict));
  conflict.onSettle(keep);
}

export function useConflicts(): readonly Conflict[] {
  return useSyncExternalStore(subscribe, () => open);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}
