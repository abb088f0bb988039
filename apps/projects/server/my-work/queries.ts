/** What is on somebody's plate: the open to-dos they have, in all projects they may see. Groups nothing by day: only the
 * person's own clock knows which day it is. */
import { sql } from 'kysely';
import type { Day } from '../../wire/days.ts';
import type { DueCount } from '../../wire/my-work.ts';
import type { Executor } from '../api/workspace.ts';
import type { Viewer } from '../projects/policy.ts';
import type { SeenProject } from '../projects/present.ts';
import { inSight, listProjectsById } from '../projects/queries.ts';
import type { ProjectTables } from '../projects/schema.ts';
import type { ToDoTables } from '../to-dos/schema.ts';

const toDosMax = 200;
const countedMax = 2_000;
/** What somebody ever had, most of it done. To look these up takes less than to walk past what everybody has open. */
const lookedUpMax = 20_000;

type Shown = Pick<
  ToDoTables['to_dos'],
  'number' | 'title' | 'status_id' | 'due_on' | 'priority' | 'effort' | 'planned_hours' | 'version'
>;

/** A project of it. `doneStatusId`: its first status that counts as done. */
export type Place = Pick<SeenProject, 'row' | 'facts'> & { readonly doneStatusId: string | null };

export type MyRow = Shown & {
  /** The same one for all of a project. */
  readonly place: Place;
  readonly status: StatusRow;
};

type StatusRow = Pick<ProjectTables['project_statuses'], 'id' | 'project_id' | 'name' | 'report_type'>;

/** `rows`: the first 200. `beyond`: the others of the first 2,000, counted by the day they are due. `more`: there are yet others. */
export type MyWork = { readonly rows: readonly MyRow[]; readonly beyond: readonly DueCount[]; readonly more: boolean };

/** In order first, by what an index holds; then what is shown, read itself. */
export async function readMyWork(db: Executor, viewer: Viewer): Promise<MyWork> {
  const inOrder = await readOrder(db, viewer);
  const shown = inOrder.slice(0, toDosMax).map(({ id }) => id);
  const rows = await readRows(db, viewer, shown);
  return {
    rows: shown.flatMap((id) => rows.get(id) ?? []),
    beyond: countByDay(inOrder.slice(toDosMax, countedMax)),
    more: inOrder.length > countedMax,
  };
}

/**
 * Somebody with few to-dos has them looked up; for somebody with very many, the open ones of everybody are walked in the order
 * that is asked for, which an index has, until there are enough.
 */
async function readOrder(db: Executor, viewer: Viewer): Promise<{ id: string; due_on: Day | null }[]> {
  const hasMany = await hasMoreThan(db, viewer, lookedUpMax);
  return db
    .selectFrom('to_dos')
    .innerJoin('projects', 'projects.id', 'to_dos.project_id')
    .leftJoin('project_members', (join) =>
      join.onRef('project_members.project_id', '=', 'projects.id').on('project_members.person_id', '=', viewer.id),
    )
    .where((where) => {
      const mine = where.selectFrom('to_do_assignees').where('person_id', '=', viewer.id);
      return hasMany
        ? where.exists(mine.select('person_id').whereRef('to_do_id', '=', 'to_dos.id'))
        : where(openMineId, 'in', mine.select('to_do_id'));
    })
    .where('to_dos.completed_at', 'is', null)
    .where('to_dos.deleted_at', 'is', null)
    .where('projects.state', '=', 'open')
    .where(inSight(viewer))
    .select(['to_dos.id', 'to_dos.due_on'])
    .orderBy((order) => order('to_dos.due_on', 'is', null))
    .orderBy('to_dos.due_on')
    .orderBy((order) => order.fn.coalesce('to_dos.priority', order.lit(6)))
    .orderBy('projects.name')
    .orderBy('to_dos.rank')
    .limit(countedMax + 1)
    .execute();
}

/** As the index `to_dos_open_mine` has it: it holds all that is asked for, but by `id` alone SQLite would read every row. */
const openMineId = sql<string>`cast(to_dos.id as text)`;

async function hasMoreThan(db: Executor, viewer: Viewer, count: number): Promise<boolean> {
  const beyond = await db
    .selectFrom('to_do_assignees')
    .select('to_do_id')
    .where('person_id', '=', viewer.id)
    .limit(1)
    .offset(count)
    .executeTakeFirst();
  return beyond !== undefined;
}

function countByDay(toDos: readonly { readonly due_on: Day | null }[]): DueCount[] {
  const days = Map.groupBy(toDos, ({ due_on }) => due_on);
  return [...days].map(([dueOn, due]) => ({ dueOn, count: due.length }));
}

/** By id; what is in a project that the viewer does not see is missing. */
async function readRows(db: Executor, viewer: Viewer, ids: readonly string[]): Promise<Map<string, MyRow>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('to_dos')
    .where('id', 'in', ids)
    .select(['id', 'project_id', 'number', 'title', 'status_id'])
    .select(['due_on', 'priority', 'effort', 'planned_hours', 'version'])
    .execute();
  const projects = await listProjectsById(
    db,
    viewer,
    rows.map(({ project_id }) => project_id),
  );
  const statuses = await readStatuses(
    db,
    projects.map(({ row }) => row.id),
  );
  const places = new Map(projects.map((project) => [project.row.id, placeOf(project, statuses)]));
  const byId = new Map(statuses.map((status) => [status.id, status]));
  return new Map(
    rows.flatMap((row) => {
      const [place, status] = [places.get(row.project_id), byId.get(row.status_id)];
      return place && status ? [[row.id, { ...row, place, status }] as const] : [];
    }),
  );
}

/** Of all of these projects, in their order. */
async function readStatuses(db: Executor, projectIds: readonly string[]): Promise<StatusRow[]> {
  if (projectIds.length === 0) return [];
  return db
    .selectFrom('project_statuses')
    .select(['id', 'project_id', 'name', 'report_type'])
    .where('project_id', 'in', projectIds)
    .orderBy('position')
    .execute();
}

function placeOf({ row, facts }: SeenProject, statuses: readonly StatusRow[]): Place {
  const done = statuses.find(({ project_id, report_type }) => project_id === row.id && report_type === 'done');
  return { row, facts, doneStatusId: done?.id ?? null };
}

export async function countDoneSince(db: Executor, viewer: Viewer, sinceMs: number): Promise<number> {
  // What the whole workspace did in a few days is less than what one person ever had.
  const row = await db
    .selectFrom('to_dos')
    .where('completed_at', '>=', sinceMs)
    .where('deleted_at', 'is', null)
    .where((where) =>
      where.exists(
        where
          .selectFrom('to_do_assignees')
          .select('person_id')
          .whereRef('to_do_id', '=', 'to_dos.id')
          .where('person_id', '=', viewer.id),
      ),
    )
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirst();
  return Number(row?.count ?? 0);
}
