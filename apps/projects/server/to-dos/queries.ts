/** Reads to-dos: the board, the next cards of a column, one to-do with its history. Limits stand at every list. */

import type { MoreCardsQuery } from '../../wire/more-cards.ts';
import type { ReportType } from '../../wire/project.ts';
import type { BoardColumn, Card, ToDo } from '../../wire/to-do.ts';
import type { Executor } from '../api/workspace.ts';
import type { Viewer } from '../projects/policy.ts';
import type { SeenProject } from '../projects/present.ts';
import { keepSeenKeys, listStatuses } from '../projects/queries.ts';
import type { ProjectRow } from '../projects/schema.ts';
import { readAround } from './around.ts';
import { readCardParts } from './card-parts.ts';
import { idsOf } from './fields.ts';
import {
  type CardRow,
  type HistoryRow,
  type Names,
  presentCard,
  presentToDo,
  projectKeyOf,
  type ToDoRow,
} from './present.ts';

/** Done grows for ever and is looked at last, so it starts short. */
const firstCards: Readonly<Record<ReportType, number>> = { new: 500, in_progress: 500, done: 10, none: 10 };
const moreCards = 50;
const historyMax = 200;

export const cardColumns = [
  'to_dos.id',
  'to_dos.number',
  'to_dos.title',
  'to_dos.status_id',
  'to_dos.due_on',
  'to_dos.priority',
  'to_dos.type',
  'to_dos.effort',
  'to_dos.milestone_id',
  'to_dos.sprint_id',
  'to_dos.parent_id',
  'to_dos.work_start_on',
  'to_dos.work_end_on',
  'to_dos.planned_hours',
  'to_dos.remaining_hours',
  'to_dos.rank',
  'to_dos.version',
] as const;

export async function readBoard(db: Executor, project: SeenProject): Promise<BoardColumn[]> {
  const statuses = await listStatuses(db, project.row.id);
  const counts = await countByStatus(db, project.row.id);
  const rows = await Promise.all(
    statuses.map((status) => selectCards(db, status.id, firstCards[status.report_type]).execute()),
  );
  const cards = await presentCards(db, project.row.key, rows.flat());
  const byStatus = Map.groupBy(cards, (card) => card.statusId);
  return statuses.map(({ id }) => ({
    statusId: id,
    ...(counts.get(id) ?? { count: 0, parts: 0 }),
    cards: byStatus.get(id) ?? [],
  }));
}

async function countByStatus(
  db: Executor,
  projectId: string,
): Promise<Map<string, Pick<BoardColumn, 'count' | 'parts'>>> {
  const rows = await db
    .selectFrom('project_statuses')
    .leftJoin('to_dos', (join) =>
      join.onRef('to_dos.status_id', '=', 'project_statuses.id').on('to_dos.deleted_at', 'is', null),
    )
    .where('project_statuses.project_id', '=', projectId)
    .groupBy('project_statuses.id')
    .select(({ fn }) => [
      'project_statuses.id as id',
      fn.count<number>('to_dos.rank').as('count'),
      fn.count<number>('to_dos.parent_id').as('parts'),
    ])
    .execute();
  return new Map(rows.map(({ id, count, parts }) => [id, { count: Number(count), parts: Number(parts) }]));
}

function selectCards(db: Executor, statusId: string, limit: number) {
  return db
    .selectFrom('to_dos')
    .select(cardColumns)
    .where('status_id', '=', statusId)
    .where('deleted_at', 'is', null)
    .orderBy('rank')
    .limit(limit);
}

/** The cards of a column that come after a rank. */
export async function readMoreCards(
  db: Executor,
  project: SeenProject,
  { statusId, afterRank, max = moreCards }: MoreCardsQuery,
): Promise<Card[]> {
  const rows = await selectCards(db, statusId, max)
    .where('project_id', '=', project.row.id)
    .where('rank', '>', afterRank)
    .execute();
  return presentCards(db, project.row.key, rows);
}

/** The to-do with that number, unless it is in the trash. */
export async function findToDo(db: Executor, project: SeenProject, number: number): Promise<ToDoRow | undefined> {
  return db
    .selectFrom('to_dos')
    .selectAll()
    .where('project_id', '=', project.row.id)
    .where('number', '=', number)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
}

export async function readCard(db: Executor, project: SeenProject, row: CardRow): Promise<Card> {
  const partsOf = await readCardParts(db, [row]);
  return presentCard(project.row.key, row, partsOf(row));
}

/** By id; one that is not on the board of that project is missing. */
export async function readCardsById(
  db: Executor,
  project: ProjectRow,
  ids: readonly string[],
): Promise<Map<string, Card>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('to_dos')
    .select(cardColumns)
    .where('id', 'in', ids)
    .where('project_id', '=', project.id)
    .where('deleted_at', 'is', null)
    .execute();
  const cards = await presentCards(db, project.key, rows);
  return new Map(rows.flatMap(({ id }, index) => (cards[index] ? [[id, cards[index]] as const] : [])));
}

export async function presentCards(db: Executor, projectKey: string, rows: readonly CardRow[]): Promise<Card[]> {
  const partsOf = await readCardParts(db, rows);
  return rows.map((row) => presentCard(projectKey, row, partsOf(row)));
}

/** The to-do with that number in the trash. */
export async function findTrashed(db: Executor, project: SeenProject, number: number): Promise<ToDoRow | undefined> {
  return db
    .selectFrom('to_dos')
    .selectAll()
    .where('project_id', '=', project.row.id)
    .where('number', '=', number)
    .where('deleted_at', 'is not', null)
    .executeTakeFirst();
}

export async function readToDo(db: Executor, viewer: Viewer, project: SeenProject, row: ToDoRow): Promise<ToDo> {
  const history = await db
    .selectFrom('to_do_history')
    .selectAll()
    .where('to_do_id', '=', row.id)
    .orderBy('at', 'desc')
    .orderBy('version', 'desc')
    .orderBy('id', 'desc')
    .limit(historyMax)
    .execute();
  const partsOf = await readCardParts(db, [row]);
  const names = await readNames(db, viewer, project, row, history);
  const around = await readAround(db, row);
  const place = { key: project.row.key, facts: project.facts };
  return presentToDo(viewer, place, row, partsOf(row), around, history, names);
}

/**
 * Of everything but people only what is or was of this project: whoever reads this may not see the one that the to-do came
 * from.
 */
async function readNames(
  db: Executor,
  viewer: Viewer,
  project: SeenProject,
  row: ToDoRow,
  history: readonly HistoryRow[],
): Promise<Names> {
  const valuesOf = (...fields: readonly HistoryRow['field'][]): string[] =>
    history
      .filter(({ field }) => fields.includes(field))
      .flatMap((entry) => [entry.old_value, entry.new_value].filter((value) => value !== null));
  const projectId = project.row.id;
  const inProject = (ids: readonly string[], table: 'tags' | 'sprints' | 'former_names'): Promise<Named[]> =>
    db.selectFrom(table).select(['id', 'name']).where('id', 'in', ids).where('project_id', '=', projectId).execute();
  const inProjectByTitle = (ids: readonly string[], table: 'milestones' | 'to_dos'): Promise<Named[]> =>
    db
      .selectFrom(table)
      .select(['id', 'title as name'])
      .where('id', 'in', ids)
      .where('project_id', '=', projectId)
      .execute();
  const personIds = [row.created_by, ...history.map((each) => each.person_id), ...valuesOf('assignees').flatMap(idsOf)];
  const tagIds = valuesOf('tags').flatMap(idsOf);
  const placeIds = valuesOf('status', 'milestone', 'sprint');
  const gone = await readIfAny([...tagIds, ...placeIds], (ids) => inProject(ids, 'former_names'));
  const withGone = (there: ReadonlyMap<string, string>): Map<string, string> => new Map([...gone, ...there]);
  return {
    projectKeys: await keepSeenKeys(db, viewer, valuesOf('project').map(projectKeyOf)),
    people: await readIfAny(personIds, (ids) =>
      db.selectFrom('people').select(['id', 'name']).where('id', 'in', ids).execute(),
    ),
    statuses: withGone(byId(await listStatuses(db, projectId))),
    tags: withGone(await readIfAny(tagIds, (ids) => inProject(ids, 'tags'))),
    milestones: withGone(await readIfAny(valuesOf('milestone'), (ids) => inProjectByTitle(ids, 'milestones'))),
    sprints: withGone(await readIfAny(valuesOf('sprint'), (ids) => inProject(ids, 'sprints'))),
    toDos: await readIfAny([...valuesOf('parent'), ...valuesOf('blockers').flatMap(idsOf)], (ids) =>
      inProjectByTitle(ids, 'to_dos'),
    ),
  };
}

type Named = { readonly id: string; readonly name: string };

const byId = (rows: readonly Named[]): Map<string, string> => new Map(rows.map(({ id, name }) => [id, name]));

/** PostgreSQL takes no empty list. */
async function readIfAny(
  ids: readonly string[],
  read: (ids: readonly string[]) => Promise<Named[]>,
): Promise<Map<string, string>> {
  return ids.length === 0 ? new Map() : byId(await read([...new Set(ids)]));
}
