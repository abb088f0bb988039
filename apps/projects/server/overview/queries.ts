/** Reads what the overview of a project tells that no other feature keeps. */
import type { Activity, Light, StatusUpdate } from '../../wire/overview.ts';
import type { Card } from '../../wire/to-do.ts';
import type { Executor, Workspace } from '../api/workspace.ts';
import type { SeenProject } from '../projects/present.ts';
import { presentCards } from '../to-dos/queries.ts';
import { gatherActivity } from './activity.ts';
import type { Sums } from './forecast.ts';
import { presentUpdate } from './present.ts';

const lateShownMax = 5;

const nothingYet: Sums = {
  to_dos: 0,
  done: 0,
  parts: 0,
  parts_done: 0,
  weighed: 0,
  weighed_done: 0,
  weight: 0,
  weight_done: 0,
};

export async function readProgress({ progress }: Workspace, { row }: SeenProject): Promise<Sums> {
  return (await progress.ofProjects([{ id: row.id, stamp: row.progress_stamp }])).get(row.id) ?? nothingYet;
}

/** When the first of its to-dos was made; null without any. */
export async function readBegin(db: Executor, projectId: string): Promise<number | null> {
  const row = await db
    .selectFrom('to_dos')
    .where('project_id', '=', projectId)
    .where('deleted_at', 'is', null)
    .select(({ fn }) => fn.min<number | null>('created_at').as('first_at'))
    .executeTakeFirst();
  return row?.first_at ?? null;
}

/** The open to-dos that were due before `today`, the latest due first to be told. */
export async function readLate(
  db: Executor,
  project: SeenProject,
  today: string,
): Promise<{ count: number; cards: Card[] }> {
  const late = db
    .selectFrom('to_dos')
    .where('project_id', '=', project.row.id)
    .where('completed_at', 'is', null)
    .where('deleted_at', 'is', null)
    .where('due_on', '<', today);
  const { count } = await late.select(({ fn }) => fn.countAll<number>().as('count')).executeTakeFirstOrThrow();
  const rows =
    count === 0 ? [] : await late.selectAll().orderBy('due_on').orderBy('rank').limit(lateShownMax).execute();
  return { count, cards: await presentCards(db, project.row.key, rows) };
}

/** The latest first. */
export async function listUpdates(db: Executor, projectId: string, max: number): Promise<StatusUpdate[]> {
  const rows = await db
    .selectFrom('status_updates')
    .leftJoin('people', 'people.id', 'status_updates.person_id')
    .selectAll('status_updates')
    .select('people.name as person_name')
    .where('project_id', '=', projectId)
    .orderBy('at', 'desc')
    .limit(max)
    .execute();
  return rows.map(presentUpdate);
}

/** What was said last about each of these projects. */
export async function readLastLights(db: Executor, projectIds: readonly string[]): Promise<Map<string, Light>> {
  if (projectIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('status_updates')
    .where('project_id', 'in', projectIds)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('status_updates as later')
            .select('later.id')
            .whereRef('later.project_id', '=', 'status_updates.project_id')
            .whereRef('later.at', '>', 'status_updates.at'),
        ),
      ),
    )
    .select(['project_id', 'light'])
    .execute();
  return new Map(rows.map(({ project_id, light }) => [project_id, light]));
}

/** The last acts that are gathered: as many as fit what is shown where each line gathers some. */
const actsMax = 200;

/** What happened in the project, the latest first, out of the change record; `max` lines at most. */
export async function listActivity(db: Executor, projectId: string, max: number): Promise<Activity[]> {
  const rows = await db
    .selectFrom('changes')
    .leftJoin('people', 'people.id', 'changes.actor_id')
    .where('changes.project_id', '=', projectId)
    .select([
      'changes.id',
      'changes.kind',
      'changes.actor_id',
      'changes.facts',
      'changes.at',
      'people.name as actor_name',
    ])
    .orderBy('changes.id', 'desc')
    .limit(actsMax)
    .execute();
  return gatherActivity(rows, max);
}

/** The projects that somebody keeps at hand, by id. */
export async function readFavourites(db: Executor, personId: string): Promise<Set<string>> {
  const rows = await db
    .selectFrom('project_favourites')
    .select('project_id')
    .where('person_id', '=', personId)
    .execute();
  return new Set(rows.map(({ project_id }) => project_id));
}
