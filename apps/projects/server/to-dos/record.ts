/** What the change record holds of a to-do: which facts tell a change of it. Sends nothing to anybody. */
import type { ChangeFacts, ChangeKind } from '../../wire/change.ts';
import type { Executor, Workspace } from '../api/workspace.ts';
import { recordChange } from '../changes/record.ts';
import type { Viewer } from '../projects/policy.ts';
import { listStatuses } from '../projects/queries.ts';
import { newMentions, parseDoc } from './description.ts';
import { idsOf } from './fields.ts';
import type { Change } from './history.ts';
import type { ToDoRow } from './present.ts';

/** Writes a change of a to-do into the change record. */
export function recordToDo(
  workspace: Workspace,
  trx: Executor,
  viewer: Viewer,
  row: ToDoRow,
  kind: ChangeKind,
  facts: ChangeFacts,
): Promise<void> {
  const data = { number: row.number, title: row.title, ...facts };
  return recordChange(workspace, trx, { projectId: row.project_id, actorId: viewer.id, kind, subjectId: row.id, data });
}

/** What others are told of an edit: which fields, from which column to which, and who has it now and had not. */
export async function tellChanges(trx: Executor, row: ToDoRow, changes: readonly Change[]): Promise<ChangeFacts> {
  const status = changes.find(({ field }) => field === 'status');
  const assignees = changes.find(({ field }) => field === 'assignees');
  const before = idsOf(assignees?.from ?? null);
  const assignedIds = idsOf(assignees?.to ?? null).filter((id) => !before.includes(id));
  const statuses = status ? await listStatuses(trx, row.project_id) : [];
  const nameOf = (id: string | null): string | undefined => statuses.find((each) => each.id === id)?.name;
  const description = changes.find(({ field }) => field === 'description');
  const mentionedIds = newMentions(parseDoc(description?.from ?? null), parseDoc(description?.to ?? null));
  return {
    fields: changes.map(({ field }) => field),
    ...(status && { fromStatus: nameOf(status.from) ?? '', toStatus: nameOf(status.to) ?? '' }),
    ...(assignedIds.length > 0 && { assignedIds }),
    ...(mentionedIds.length > 0 && { mentionedIds }),
  };
}
