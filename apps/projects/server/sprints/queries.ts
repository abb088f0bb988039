/** Reads sprints with what is in them, their cards and the backlog, and the past of their to-dos. */
import { sql } from 'kysely';
import {
  type PlannedCard,
  type Sprint,
  type SprintCardsQuery,
  type SprintTotals,
  sprintsMax,
} from '../../wire/sprint.ts';
import type { Executor } from '../api/workspace.ts';
import type { SeenProject } from '../projects/present.ts';
import { presentCards } from '../to-dos/queries.ts';
import { burndownOf, type Point } from './burndown.ts';
import { presentSprint, presentTotals, type SprintRow } from './present.ts';

const cardsMax = 100;
const pastToDosMax = 2_000;

const effort = sql<number>`sum(coalesce(to_dos.effort, 0))`;
const effortDone = sql<number>`sum(case when to_dos.completed_at is null then 0 else coalesce(to_dos.effort, 0) end)`;

/** All of a project, the latest first. */
export async function listSprints(db: Executor, projectId: string): Promise<Sprint[]> {
  const rows = await db
    .selectFrom('sprints')
    .selectAll()
    .where('project_id', '=', projectId)
    .orderBy('start_on', 'desc')
    .orderBy('created_at', 'desc')
    .limit(sprintsMax)
    .execute();
  const totals = await db
    .selectFrom('sprints')
    .innerJoin('to_dos', 'to_dos.sprint_id', 'sprints.id')
    .where('sprints.project_id', '=', projectId)
    .where('to_dos.deleted_at', 'is', null)
    .groupBy('sprints.id')
    .select(({ fn }) => [
      'sprints.id',
      fn.countAll<number>().as('to_dos'),
      fn.count<number>('to_dos.completed_at').as('done'),
      effort.as('effort'),
      effortDone.as('effort_done'),
    ])
    .execute();
  const byId = new Map(totals.map((row) => [row.id, row]));
  return rows.map((row) => presentSprint(row, presentTotals(byId.get(row.id))));
}

export async function findSprint(db: Executor, projectId: string, id: string): Promise<SprintRow | undefined> {
  return db
    .selectFrom('sprints')
    .selectAll()
    .where('project_id', '=', projectId)
    .where('id', '=', id)
    .executeTakeFirst();
}

/** The open to-dos that are in no sprint. */
export async function countBacklog(db: Executor, projectId: string): Promise<SprintTotals> {
  const row = await db
    .selectFrom('to_dos')
    .where('project_id', '=', projectId)
    .where('sprint_id', 'is', null)
    .where('completed_at', 'is', null)
    .where('deleted_at', 'is', null)
    .select(({ fn }) => [
      fn.countAll<number>().as('to_dos'),
      fn.count<number>('completed_at').as('done'),
      effort.as('effort'),
      effortDone.as('effort_done'),
    ])
    .executeTakeFirst();
  return presentTotals(row);
}

/** The cards of a sprint; with null those of the backlog, which holds only what is open. In the order of the board. */
export async function readPlannedCards(
  db: Executor,
  project: SeenProject,
  sprintId: string | null,
  { afterRank, subtasks }: SprintCardsQuery,
): Promise<{ cards: PlannedCard[]; more: boolean }> {
  let query = db
    .selectFrom('to_dos')
    .selectAll()
    .where('project_id', '=', project.row.id)
    .where('deleted_at', 'is', null)
    .orderBy('rank')
    .limit(cardsMax + 1);
  query =
    sprintId === null
      ? query.where('sprint_id', 'is', null).where('completed_at', 'is', null)
      : query.where('sprint_id', '=', sprintId);
  if (subtasks === 'hidden') query = query.where('parent_id', 'is', null);
  if (afterRank !== undefined) query = query.where('rank', '>', afterRank);
  const rows = await query.execute();
  const shown = rows.slice(0, cardsMax);
  const cards = await presentCards(db, project.row.key, shown);
  return {
    cards: cards.map((card, index) => ({ ...card, done: shown[index]?.completed_at !== null })),
    more: rows.length > cardsMax,
  };
}

/** What was left in the sprint at each moment. Two queries, whatever happened. */
export async function readBurndown(db: Executor, projectId: string, sprintId: string): Promise<readonly Point[]> {
  const toDos = await db
    .selectFrom('to_dos')
    .select(['id', 'sprint_id', 'status_id', 'effort', 'deleted_at'])
    .where('project_id', '=', projectId)
    .where((where) =>
      where.or([
        where('sprint_id', '=', sprintId),
        where(
          'id',
          'in',
          where
            .selectFrom('to_do_history')
            .select('to_do_id')
            // Written out, so that the index that holds these lines alone is used.
            .where('field', '=', sql.lit('sprint'))
            .where('old_value', '=', sprintId),
        ),
      ]),
    )
    .limit(pastToDosMax)
    .execute();
  if (toDos.length === 0) return [];
  const history = await db
    .selectFrom('to_do_history')
    .select(['to_do_id', 'field', 'old_value', 'at'])
    .where(
      'to_do_id',
      'in',
      toDos.map(({ id }) => id),
    )
    .where('field', 'in', ['created', 'status', 'sprint', 'effort', 'trashed', 'restored'])
    .orderBy('at', 'desc')
    .orderBy('version', 'desc')
    .execute();
  const done = await db
    .selectFrom('project_statuses')
    .select('id')
    .where('project_id', '=', projectId)
    .where('report_type', '=', 'done')
    .execute();
  const byToDo = Map.groupBy(history, ({ to_do_id }) => to_do_id);
  const past = toDos.map((row) => ({
    sprintId: row.sprint_id,
    statusId: row.status_id,
    effort: row.effort,
    isDeleted: row.deleted_at !== null,
    history: byToDo.get(row.id) ?? [],
  }));
  return burndownOf(past, sprintId, new Set(done.map(({ id }) => id)));
}
