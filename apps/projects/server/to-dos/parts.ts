/** Subtasks of a to-do from lines of text, and a copy of a to-do: what makes several to-dos in one act. */
import type { AddPartsRequest, DuplicateRequest, NewPart } from '../../wire/to-do.ts';
import { refuse } from '../api/permit.ts';
import { isRefusal, notFound, type Refusal } from '../api/refusal.ts';
import { wholeOrNothing } from '../api/whole.ts';
import type { Workspace } from '../api/workspace.ts';
import type { Viewer } from '../projects/policy.ts';
import type { SeenProject } from '../projects/present.ts';
import { listStatuses } from '../projects/queries.ts';
import { readTagsOf } from '../tags/queries.ts';
import { findByCreationKey, insertToDo } from './commands.ts';
import { docOf } from './description.ts';
import { holdProject } from './holding.ts';
import { findParent } from './parent.ts';
import type { ToDoRow } from './present.ts';
import { findToDo } from './queries.ts';

/** A subtask a line, in their order. Sent again with the same key, it adds nothing. */
export async function addParts(
  workspace: Workspace,
  viewer: Viewer,
  project: SeenProject,
  number: number,
  { creationKey, titles }: AddPartsRequest,
): Promise<{ changeId: string } | Refusal> {
  const refusal = refuse(viewer, 'toDo.create', project.facts);
  if (refusal) return refusal;
  return wholeOrNothing(workspace, async (trx) => {
    await holdProject(workspace, trx, project);
    const parent = await findParent(trx, project, undefined, number);
    if (isRefusal(parent)) return parent;
    const changeId = workspace.newId();
    const statuses = await listStatuses(trx, project.row.id);
    const doneId = statuses.find(({ report_type }) => report_type === 'done')?.id;
    for (const [index, line] of titles.entries()) {
      const { done = false, ...part } = asPart(line);
      const key = `${creationKey}-${index}`;
      if (await findByCreationKey(trx, viewer, project, key)) continue;
      const made = await insertToDo(
        workspace,
        trx,
        viewer,
        project,
        { ...part, creationKey: key, parentNumber: number, ...(done && { statusId: doneId }) },
        changeId,
      );
      if (isRefusal(made)) return made;
    }
    return { changeId };
  });
}

function asPart(line: string | NewPart): NewPart {
  return typeof line === 'string' ? { title: line } : line;
}

/** A copy with everything that was said, without what happened: no comments, files, history, and not done. */
export async function duplicateToDo(
  workspace: Workspace,
  viewer: Viewer,
  project: SeenProject,
  number: number,
  { creationKey, title }: DuplicateRequest,
): Promise<{ row: ToDoRow; changeId: string } | Refusal> {
  const refusal = refuse(viewer, 'toDo.create', project.facts);
  if (refusal) return refusal;
  return wholeOrNothing(workspace, async (trx) => {
    await holdProject(workspace, trx, project);
    const changeId = workspace.newId();
    const made = await findByCreationKey(trx, viewer, project, creationKey);
    if (made) return { row: made, changeId };
    const row = await findToDo(trx, project, number);
    if (!row) return notFound('to-do');
    const parent = row.parent_id
      ? await trx.selectFrom('to_dos').select('number').where('id', '=', row.parent_id).executeTakeFirst()
      : undefined;
    const copied = await insertToDo(
      workspace,
      trx,
      viewer,
      project,
      {
        ...(await whatWasSaid(trx, row)),
        creationKey,
        title,
        parentNumber: parent?.number ?? null,
      },
      changeId,
    );
    if (isRefusal(copied)) return copied;
    const parts = await trx
      .selectFrom('to_dos')
      .selectAll()
      .where('parent_id', '=', row.id)
      .where('deleted_at', 'is', null)
      .orderBy('rank')
      .execute();
    for (const [index, part] of parts.entries()) {
      const said = await whatWasSaid(trx, part);
      const key = `${creationKey.slice(0, 60)}-${index}`;
      const request = { ...said, creationKey: key, title: part.title, parentNumber: copied.number };
      const copy = await insertToDo(workspace, trx, viewer, project, request, changeId);
      if (isRefusal(copy)) return copy;
    }
    return { row: copied, changeId };
  });
}

async function whatWasSaid(trx: Parameters<typeof readTagsOf>[0], row: ToDoRow) {
  const tags = (await readTagsOf(trx, [row.id])).get(row.id) ?? [];
  return {
    description: docOf(row),
    dueOn: row.due_on,
    priority: row.priority,
    type: row.type,
    effort: row.effort,
    milestoneId: row.milestone_id,
    sprintId: row.sprint_id,
    workStartOn: row.work_start_on,
    workEndOn: row.work_end_on,
    plannedHours: row.planned_hours,
    remainingHours: row.remaining_hours,
    tags: tags.map(({ name }) => name),
  };
}
