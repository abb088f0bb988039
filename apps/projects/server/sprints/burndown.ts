/**
 * What was left of a sprint at each moment, told from what happened to its to-dos: from how each stands now, back through
 * its history. So nothing has to be counted at night, and a day on which nobody was there is as right as any other. Pure.
 */
import type { HistoryField } from '../../wire/to-do.ts';

export type PastEntry = {
  readonly field: HistoryField;
  readonly old_value: string | null;
  readonly at: number;
};

export type PastToDo = {
  readonly sprintId: string | null;
  readonly statusId: string;
  readonly effort: number | null;
  readonly isDeleted: boolean;
  /** The latest first. */
  readonly history: readonly PastEntry[];
};

type State = Omit<PastToDo, 'history'> | undefined;
type Left = { readonly toDos: number; readonly effort: number };
export type Point = Left & { readonly atMs: number };

const none: Left = { toDos: 0, effort: 0 };

export function burndownOf(
  toDos: readonly PastToDo[],
  sprintId: string,
  doneStatusIds: ReadonlySet<string>,
): readonly Point[] {
  function leftIn(state: State): Left {
    if (!state || state.isDeleted || state.sprintId !== sprintId || doneStatusIds.has(state.statusId)) return none;
    return { toDos: 1, effort: state.effort ?? 0 };
  }
  const steps = toDos.flatMap(({ history, ...now }) => {
    let state: State = now;
    const found: Point[] = [];
    for (const entry of history) {
      const after = leftIn(state);
      state = before(state, entry);
      const was = leftIn(state);
      if (after.toDos !== was.toDos || after.effort !== was.effort)
        found.push({ atMs: entry.at, toDos: after.toDos - was.toDos, effort: after.effort - was.effort });
    }
    return found;
  });
  return addUp(steps.toSorted((a, b) => a.atMs - b.atMs));
}

/** How a to-do stood before that entry; undefined when it was not there yet. */
function before(state: State, { field, old_value }: PastEntry): State {
  if (!state) return undefined;
  switch (field) {
    case 'created':
      return undefined;
    case 'status':
      return { ...state, statusId: old_value ?? '' };
    case 'sprint':
      return { ...state, sprintId: old_value };
    case 'effort':
      return { ...state, effort: old_value === null ? null : Number(old_value) };
    case 'trashed':
      return { ...state, isDeleted: false };
    case 'restored':
      return { ...state, isDeleted: true };
    default:
      return state;
  }
}

function addUp(steps: readonly Point[]): Point[] {
  const points: Point[] = [];
  let left = none;
  for (const { atMs, toDos, effort } of steps) {
    left = { toDos: left.toDos + toDos, effort: left.effort + effort };
    if (points.at(-1)?.atMs === atMs) points.pop();
    points.push({ atMs, ...left });
  }
  return points;
}
