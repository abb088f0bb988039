/** Reads to-dos: the board, the next cards of a column, one to-do with its history. Limits stand at every list. */
import type { PersonRef } from '../../wire/me.ts';
import type { ReportType } from '../../wire/project.ts';
import type { BoardColumn, Card, ToDo } from '../../wire/to-do.ts';
import type { Executor } from '../api/workspace.ts';
import type { Viewer } from '../projects/policy.ts';
import type { SeenProject } from '../projects/present.ts';
import { listStatuses } from '../projects/queries.ts';
import { assigneeIdsOf, type CardRow, type HistoryRow, presentCard, presentToDo, type ToDoRow } from './present.ts';

/** Done grows for ever and is looked at last, so it starts short. */
const firstCards: Readonly<Record<ReportType, number>> = { new: 500, in_progress: 500, done: 10, none: 10 };
const moreCards = 50;
const historyMax = 200;

const cardColumns = ['to_dos.id', 'number', 'title', 'status_id', 'due_on', 'priority', 'rank', 'version'] as const;

export async function readBoard(db: Executor, project: SeenProject): Promise<BoardColumn[]> {
  const statuses = await listStatuses(db, project.row.id);
  const counts = await countByStatus(db, project.row.id);
  const rows = await Promise.all(
    statuses.map((status) => selectCards(db, status.id, firstCards[status.report_type]).execute()),
  );
  const cards = await presentCards(db, project.row.key, rows.flat());
  const byStatus = Map.groupBy(cards, (card) => card.statusId);
  return statuses.map(({ id }) => ({ statusId: id, count: counts.get(id) ?? 0, cards: byStatus.get(id) ?? [] }));
}

async function countByStatus(db: Executor, projectId: string): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('project_statuses')
    .leftJoin('to_dos', 'to_dos.status_id', 'project_statuses.id')
    .where('project_statuses.project_id', '=', projectId)
    .groupBy('project_statuses.id')
    .select(({ fn }) => ['project_statuses.id as id', fn.count<number>('to_dos.rank').as('count')])
    .execute();
  return new Map(rows.map((row) => [row.id, Number(row.count)]));
}

function selectCards(db: Executor, statusId: string, limit: number) {
  return db.selectFrom('to_dos').select(cardColumns).where('status_id', '=', statusId).orderBy('rank').limit(limit);
}

/** The cards of a column that come after a rank. */
export async function readMoreCards(
  db: Executor,
  project: SeenProject,
  statusId: string,
  afterRank: string,
): Promise<Card[]> {
  const rows = await selectCards(db, statusId, moreCards)
    .where('project_id', '=', project.row.id)
    .where('rank', '>', afterRank)
    .execute();
  return presentCards(db, project.row.key, rows);
}

export async function findToDo(db: Executor, project: SeenProject, number: number): Promise<ToDoRow | undefined> {
  return db
    .selectFrom('to_dos')
    .selectAll()
    .where('project_id', '=', project.row.id)
    .where('number', '=', number)
    .executeTakeFirst();
}

export async function readCard(db: Executor, project: SeenProject, row: CardRow): Promise<Card> {
  const assignees = await readAssignees(db, [row.id]);
  return presentCard(project.row.key, row, assignees.get(row.id) ?? []);
}

export async function readToDo(db: Executor, viewer: Viewer, project: SeenProject, row: ToDoRow): Promise<ToDo> {
  const history = await db
    .selectFrom('to_do_history')
    .selectAll()
    .where('to_do_id', '=', row.id)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(historyMax)
    .execute();
  const assignees = await readAssignees(db, [row.id]);
  const statuses = await listStatuses(db, project.row.id);
  const names = {
    people: await readPeopleNames(db, peopleIn(row, history)),
    statuses: new Map(statuses.map(({ id, name }) => [id, name])),
  };
  const place = { key: project.row.key, facts: project.facts };
  return presentToDo(viewer, place, row, assignees.get(row.id) ?? [], history, names);
}

function peopleIn(row: ToDoRow, history: readonly HistoryRow[]): string[] {
  const inHistory = history.flatMap((entry) => [
    entry.person_id,
    ...(entry.field === 'assignees'
      ? [entry.old_value, entry.new_value].flatMap((value) => (value === null ? [] : assigneeIdsOf(value)))
      : []),
  ]);
  return [...new Set([row.created_by, ...inHistory])];
}

async function readPeopleNames(db: Executor, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await db.selectFrom('people').select(['id', 'name']).where('id', 'in', ids).execute();
  return new Map(rows.map(({ id, name }) => [id, name]));
}

export async function presentCards(db: Executor, projectKey: string, rows: readonly CardRow[]): Promise<Card[]> {
  const assignees = await readAssignees(
    db,
    rows.map((row) => row.id),
  );
  return rows.map((row) => presentCard(projectKey, row, assignees.get(row.id) ?? []));
}

/** Who has each of these to-dos, by name. */
export async function readAssignees(db: Executor, toDoIds: readonly string[]): Promise<Map<string, PersonRef[]>> {
  if (toDoIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('to_do_assignees')
    .innerJoin('people', 'people.id', 'to_do_assignees.person_id')
    .where('to_do_id', 'in', toDoIds)
    .select(['to_do_id', 'people.id', 'people.name'])
    .orderBy('people.name')
    .execute();
  const byToDo = new Map<string, PersonRef[]>();
  for (const { to_do_id, id, name } of rows) byToDo.set(to_do_id, [...(byToDo.get(to_do_id) ?? []), { id, name }]);
  return byToDo;
}
