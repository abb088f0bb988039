/** What a card shows beside its own row: people, tags, its parent's number, how many parts are done, what it waits for. */
import type { PersonRef } from '../../wire/me.ts';
import type { Tag } from '../../wire/tag.ts';
import type { Executor } from '../api/workspace.ts';
import { readTagsOf } from '../tags/queries.ts';

export type CardParts = {
  readonly assignees: readonly PersonRef[];
  readonly tags: readonly Tag[];
  readonly parentNumber: number | null;
  readonly subtasks: { readonly done: number; readonly total: number };
  readonly openBlockers: number;
  readonly comments: number;
  readonly files: number;
};

type Owner = { readonly id: string; readonly parent_id: string | null };

/** Answers with a function, so that every card finds its own parts. */
export async function readCardParts(db: Executor, rows: readonly Owner[]): Promise<(row: Owner) => CardParts> {
  const ids = rows.map(({ id }) => id);
  const [assignees, tags, parents, subtasks, blockers, comments, files] = await Promise.all([
    readAssignees(db, ids),
    readTagsOf(db, ids),
    readNumbers(db, [...new Set(rows.flatMap(({ parent_id }) => parent_id ?? []))]),
    countSubtasks(db, ids),
    countOpenBlockers(db, ids),
    countKept(db, 'comments', ids),
    countKept(db, 'files', ids),
  ]);
  return ({ id, parent_id }) => ({
    assignees: assignees.get(id) ?? [],
    tags: tags.get(id) ?? [],
    parentNumber: parent_id === null ? null : (parents.get(parent_id) ?? null),
    subtasks: subtasks.get(id) ?? { done: 0, total: 0 },
    openBlockers: blockers.get(id) ?? 0,
    comments: comments.get(id) ?? 0,
    files: files.get(id) ?? 0,
  });
}

/** Who has each of these to-dos, by name. */
export async function readAssignees(db: Executor, toDoIds: readonly string[]): Promise<Map<string, PersonRef[]>> {
  const byToDo = new Map<string, PersonRef[]>();
  if (toDoIds.length === 0) return byToDo;
  const rows = await db
    .selectFrom('to_do_assignees')
    .innerJoin('people', 'people.id', 'to_do_assignees.person_id')
    .where('to_do_id', 'in', toDoIds)
    .select(['to_do_id', 'people.id', 'people.name'])
    .orderBy('people.name')
    .execute();
  for (const { to_do_id, id, name } of rows) byToDo.set(to_do_id, [...(byToDo.get(to_do_id) ?? []), { id, name }]);
  return byToDo;
}

async function readNumbers(db: Executor, ids: readonly string[]): Promise<Map<string, number>> {
  if (ids.length === 0) return new Map();
  const rows = await db.selectFrom('to_dos').select(['id', 'number']).where('id', 'in', ids).execute();
  return new Map(rows.map(({ id, number }) => [id, number]));
}

async function countSubtasks(db: Executor, ids: readonly string[]): Promise<Map<string, CardParts['subtasks']>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('to_dos')
    .where('parent_id', 'in', ids)
    .where('deleted_at', 'is', null)
    .groupBy('parent_id')
    .select(({ fn }) => ['parent_id', fn.countAll<number>().as('total'), fn.count<number>('completed_at').as('done')])
    .execute();
  return new Map(rows.map((row) => [row.parent_id ?? '', { done: Number(row.done), total: Number(row.total) }]));
}

async function countOpenBlockers(db: Executor, ids: readonly string[]): Promise<Map<string, number>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('to_do_blockers')
    .innerJoin('to_dos', 'to_dos.id', 'to_do_blockers.blocked_by_id')
    .where('to_do_blockers.to_do_id', 'in', ids)
    .where('to_dos.completed_at', 'is', null)
    .where('to_dos.deleted_at', 'is', null)
    .groupBy('to_do_blockers.to_do_id')
    .select(({ fn }) => ['to_do_blockers.to_do_id as id', fn.countAll<number>().as('count')])
    .execute();
  return new Map(rows.map(({ id, count }) => [id, Number(count)]));
}

async function countKept(
  db: Executor,
  table: 'comments' | 'files',
  ids: readonly string[],
): Promise<Map<string, number>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom(table)
    .where('to_do_id', 'in', ids)
    .where('removed_at', 'is', null)
    .groupBy('to_do_id')
    .select(({ fn }) => ['to_do_id', fn.countAll<number>().as('count')])
    .execute();
  return new Map(rows.map(({ to_do_id, count }) => [to_do_id ?? '', Number(count)]));
}
