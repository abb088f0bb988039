/**
 * Takes back what one act changed, on one to-do or on many: each field gets the value it had, unless somebody changed that
 * field again since. What undoing changes is an act of its own, which can be undone.
 */
import { refuse } from '../api/permit.ts';
import { changedMeanwhile, isRefusal, notFound, type Refusal } from '../api/refusal.ts';
import { wholeOrNothing } from '../api/whole.ts';
import type { Executor, Workspace } from '../api/workspace.ts';
import { keepAssignable } from '../projects/people-queries.ts';
import type { Viewer } from '../projects/policy.ts';
import type { SeenProject } from '../projects/present.ts';
import { applyWish, findStatus, type Wish } from './apply.ts';
import { parseDoc } from './description.ts';
import { idsOf, plainFields } from './fields.ts';
import { fieldsChangedSince } from './history.ts';
import { holdProject } from './holding.ts';
import { keepPlace } from './plan-place.ts';
import type { HistoryRow, ToDoRow } from './present.ts';
import { putIntoTrash, takeFromTrash } from './trash.ts';

/** The whole act or nothing of it. */
export async function undoChange(
  workspace: Workspace,
  viewer: Viewer,
  project: SeenProject,
  changeId: string,
): Promise<{ changeId: string; numbers: number[] } | Refusal> {
  const refusal = refuse(viewer, 'toDo.edit', project.facts);
  if (refusal) return refusal;
  const undoId = workspace.newId();
  const undone = await wholeOrNothing<{ numbers: number[] }>(workspace, async (trx) => {
    await holdProject(workspace, trx, project);
    const lines = await readLines(trx, project, changeId);
    if (lines.length === 0) return notFound('change');
    const numbers: number[] = [];
    for (const [toDoId, ofOne] of Map.groupBy(lines, (line) => line.to_do_id)) {
      const row = await trx.selectFrom('to_dos').selectAll().where('id', '=', toDoId).executeTakeFirstOrThrow();
      const refused = await undoOne(workspace, trx, viewer, project, row, ofOne, undoId);
      if (refused) return refused;
      numbers.push(row.number);
    }
    return { numbers };
  });
  return isRefusal(undone) ? undone : { changeId: undoId, numbers: undone.numbers };
}

async function readLines(trx: Executor, project: SeenProject, changeId: string): Promise<HistoryRow[]> {
  return trx
    .selectFrom('to_do_history')
    .innerJoin('to_dos', 'to_dos.id', 'to_do_history.to_do_id')
    .selectAll('to_do_history')
    .where('to_do_history.change_id', '=', changeId)
    .where('to_dos.project_id', '=', project.row.id)
    .execute();
}

async function undoOne(
  workspace: Workspace,
  trx: Executor,
  viewer: Viewer,
  project: SeenProject,
  row: ToDoRow,
  lines: readonly HistoryRow[],
  changeId: string,
): Promise<Refusal | undefined> {
  // A move into another column and lane writes its row twice.
  const version = Math.max(...lines.map((line) => line.version));
  const changedSince = await fieldsChangedSince(trx, row.id, version);
  if (lines.some(({ field }) => changedSince.has(field))) return changedMeanwhile('to-do');
  const fields = new Set(lines.map(({ field }) => field));
  if (fields.has('trashed')) {
    if (row.deleted_at !== null) await takeFromTrash(workspace, trx, viewer, row, changeId);
    return undefined;
  }
  if (fields.has('created') || fields.has('restored')) {
    // It may be there already: a part goes with its whole, which the same act made.
    if (row.deleted_at === null) await putIntoTrash(workspace, trx, viewer, row, changeId);
    return undefined;
  }
  if (row.deleted_at !== null) return changedMeanwhile('to-do');
  if (fields.has('project')) return changedMeanwhile('to-do');
  const wish = await wishToUndo(trx, project, lines);
  const applied = await applyWish(workspace, trx, viewer, project, row, wish, { changeId, onVersion: row.version });
  return isRefusal(applied) ? applied : undefined;
}

/**
 * What is gone meanwhile (a person, a tag, a milestone, a sprint) or stayed in the project that the to-do came from cannot come
 * back and is left out; a to-do whose column is gone stays in the one it is in.
 */
async function wishToUndo(trx: Executor, project: SeenProject, lines: readonly HistoryRow[]): Promise<Wish> {
  const wish: Record<string, unknown> = {};
  for (const { field, old_value: old } of lines) {
    const plain = plainFields.find(({ history }) => history === field);
    if (plain) wish[plain.key] = old !== null && plain.kind === 'number' ? Number(old) : old;
    if (field === 'description') wish.description = parseDoc(old);
    if (field === 'milestone') wish.milestoneId = await keepPlace(trx, 'milestones', project, old);
    if (field === 'sprint') wish.sprintId = await keepPlace(trx, 'sprints', project, old);
    if (field === 'status' && old !== null && (await findStatus(trx, project, old))) wish.statusId = old;
    if (field === 'parent')
      wish.parentNumber = old === null ? null : ((await readNumbers(trx, project, [old]))[0] ?? null);
    if (field === 'blockers') wish.blockedBy = await readNumbers(trx, project, idsOf(old));
    if (field === 'tags') wish.tags = await readTagNames(trx, project, idsOf(old));
    if (field === 'assignees') {
      const assignable = await keepAssignable(trx, project.row, idsOf(old));
      wish.assigneeIds = idsOf(old).filter((id) => assignable.has(id));
    }
  }
  return wish as Wish;
}

async function readNumbers(trx: Executor, project: SeenProject, ids: readonly string[]): Promise<number[]> {
  if (ids.length === 0) return [];
  const rows = await trx
    .selectFrom('to_dos')
    .select('number')
    .where('id', 'in', ids)
    .where('project_id', '=', project.row.id)
    .where('deleted_at', 'is', null)
    .execute();
  return rows.map(({ number }) => number);
}

async function readTagNames(trx: Executor, project: SeenProject, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await trx
    .selectFrom('tags')
    .select('name')
    .where('id', 'in', ids)
    .where('project_id', '=', project.row.id)
    .execute();
  return rows.map(({ name }) => name);
}
