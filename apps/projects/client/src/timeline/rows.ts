/** What stands under what on the timeline, and where plans contradict each other. Pure. */
import type { Milestone, TimelineToDo } from '../../../wire/milestone.ts';
import type { Span } from './geometry.ts';

export type Row =
  | { readonly kind: 'milestone'; readonly id: string; readonly milestone: Milestone }
  | { readonly kind: 'to-do'; readonly id: string; readonly toDo: TimelineToDo }
  | { readonly kind: 'rest'; readonly id: 'rest' };

/** Milestones in their order; with `withToDos` each followed by its to-dos, and at the end those that belong to none. */
export function rowsOf(milestones: readonly Milestone[], toDos: readonly TimelineToDo[], withToDos: boolean): Row[] {
  const asRow = (toDo: TimelineToDo): Row => ({ kind: 'to-do', id: `to-do-${toDo.number}`, toDo });
  const byMilestone = Map.groupBy(withToDos ? toDos : [], ({ milestoneId }) => milestoneId);
  const rows = milestones.flatMap((milestone): Row[] => [
    { kind: 'milestone', id: milestone.id, milestone },
    ...(byMilestone.get(milestone.id) ?? []).map(asRow),
  ]);
  const rest = byMilestone.get(null) ?? [];
  return rest.length === 0 ? rows : [...rows, { kind: 'rest', id: 'rest' }, ...rest.map(asRow)];
}

export function spanOf(row: Row): Span | undefined {
  if (row.kind === 'rest') return undefined;
  if (row.kind === 'to-do') return { startOn: row.toDo.workStartOn, endOn: row.toDo.workEndOn };
  const { startOn, endOn } = row.milestone;
  return startOn && endOn ? { startOn, endOn } : undefined;
}

/** The milestones, by id, that this one should wait for and does not: it begins before they end. */
export function conflictsOf(milestone: Milestone, all: readonly Milestone[]): readonly Milestone[] {
  const { startOn, dependsOnIds } = milestone;
  if (startOn === null || milestone.status === 'done') return [];
  return all.filter(
    ({ id, endOn, status }) => dependsOnIds.includes(id) && status !== 'done' && endOn !== null && startOn <= endOn,
  );
}
