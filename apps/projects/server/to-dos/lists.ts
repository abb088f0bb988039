/**
 * The people and the tags of a to-do as a request changes them: all of them anew, or some that come and some that go. The
 * caller holds the project.
 */
import { lengths } from '../../wire/fields.ts';
import { foldTag } from '../../wire/tag.ts';
import type { SeveralChange } from '../../wire/to-do.ts';
import { invalid, isRefusal, type Refusal } from '../api/refusal.ts';
import type { Executor, Workspace } from '../api/workspace.ts';
import type { SeenProject } from '../projects/present.ts';
import { tagIdsFor } from '../tags/commands.ts';
import { readTagsOf } from '../tags/queries.ts';
import { asList } from './fields.ts';
import type { Change } from './history.ts';
import { readAssigneeIds, refuseStrangers } from './people.ts';

type PeopleWish = Pick<SeveralChange, 'assigneeIds' | 'addAssigneeIds' | 'removeAssigneeIds'>;
type TagsWish = Pick<SeveralChange, 'tags' | 'addTags' | 'removeTags'>;
export type ListWish = PeopleWish & TagsWish;

export async function planLists(
  workspace: Workspace,
  trx: Executor,
  project: SeenProject,
  toDoId: string,
  wish: ListWish,
  changes: Change[],
): Promise<Refusal | undefined> {
  for (const change of [
    await planAssignees(trx, project, toDoId, wish),
    await planTags(workspace, trx, project, toDoId, wish),
  ]) {
    if (change && isRefusal(change)) return change;
    if (change) changes.push(change);
  }
  return undefined;
}

/** Somebody who has it already may stay whatever they see. */
async function planAssignees(
  trx: Executor,
  project: SeenProject,
  toDoId: string,
  { assigneeIds, addAssigneeIds, removeAssigneeIds }: PeopleWish,
): Promise<Change | Refusal | undefined> {
  if (!(assigneeIds ?? addAssigneeIds ?? removeAssigneeIds)) return undefined;
  const before = await readAssigneeIds(trx, toDoId);
  const after = changed(assigneeIds ?? before, addAssigneeIds, removeAssigneeIds).sort();
  const added = after.filter((id) => !before.includes(id));
  if (added.length > 0 && after.length > lengths.assignees)
    return invalid([{ path: 'assigneeIds', message: 'At most {max} people.', values: { max: lengths.assignees } }]);
  return (await refuseStrangers(trx, project, added, 'assigneeIds')) ?? difference('assignees', before, after);
}

async function planTags(
  workspace: Workspace,
  trx: Executor,
  project: SeenProject,
  toDoId: string,
  { tags, addTags, removeTags }: TagsWish,
): Promise<Change | Refusal | undefined> {
  if (!(tags ?? addTags ?? removeTags)) return undefined;
  const had = (await readTagsOf(trx, [toDoId])).get(toDoId) ?? [];
  const names = changed(tags ?? had.map(({ name }) => name), addTags, removeTags, foldTag);
  if (names.length > Math.max(had.length, lengths.tags))
    return invalid([{ path: 'tags', message: 'At most {max} tags.', values: { max: lengths.tags } }]);
  const after = await tagIdsFor(workspace, trx, project.row.id, names);
  if (isRefusal(after)) return after;
  return difference('tags', had.map(({ id }) => id).sort(), after.sort());
}

/** Without those that go and with those that come, each once. */
function changed(
  list: readonly string[],
  coming: readonly string[] = [],
  going: readonly string[] = [],
  fold: (value: string) => string = (value) => value,
): string[] {
  const gone = new Set(going.map(fold));
  const kept = list.filter((value) => !gone.has(fold(value)));
  return [...new Map([...kept, ...coming].map((value) => [fold(value), value])).values()];
}

function difference(
  field: 'assignees' | 'tags',
  before: readonly string[],
  after: readonly string[],
): Change | undefined {
  const [from, to] = [asList(before), asList(after)];
  return from === to ? undefined : { field, from, to };
}
