/** What is on somebody's plate: the open to-dos they have, in all projects they may see. Groups nothing by day: only the
 * person's own clock knows which day it is. */
import { sql } from 'kysely';
import type { Day } from '../../wire/days.ts';
import type { ReportType } from '../../wire/project.ts';
import type { DueCount } from '../../wire/to-do.ts';
import type { Executor } from '../api/workspace.ts';
import type { ProjectFacts, Viewer } from '../projects/policy.ts';
import { can } from '../projects/policy.ts';
import { inSight } from '../projects/queries.ts';
import type { ProjectTables } from '../projects/schema.ts';
import type { ToDoTables } from '../to-dos/schema.ts';

const toDosMax = 200;
const countedMax = 2_000;
/** What somebody ever had, most of it done. To look these up takes less than to walk past what everybody has open. */
const lookedUpMax = 20_000;

type Shown = Pick<
  ToDoTables['to_dos'],
  'number' | 'title' | 'due_on' | 'priority' | 'effort' | 'planned_hours' | 'version'
>;

export type MyRow = Shown & {
  readonly statusId: string;
  readonly projectKey: string;
  readonly projectName: string;
  readonly statusName: string;
  readonly reportType: ReportType;
  readonly doneStatusId: string | null;
  readonly facts: ProjectFacts;
};

/** `rows`: the first 200. `beyond`: the others of the first 2,000, counted by the day they are due. `more`: there are yet others. */
export type MyWork = { readonly rows: readonly MyRow[]; readonly beyond: readonly DueCount[]; readonly more: boolean };

/** In order first, by what an index holds; then what is shown, read itself. */
export async function readMyWork(db: Executor, viewer: Viewer): Promise<MyWork> {
  const inOrder = await readOrder(db, viewer);
  const shown = inOrder.slice(0, toDosMax).map(({ id }) => id);
  const rows = await readRows(db, viewer, shown);
  return {
    rows: shown.flatMap((id) => rows.get(id) ?? []).filter(({ facts }) => can(viewer, 'project.view', facts)),
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

async function readRows(db: Executor, viewer: Viewer, ids: readonly string[]): Promise<Map<string, MyRow>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('to_dos')
    .innerJoin('projects', 'projects.id', 'to_dos.project_id')
    .innerJoin('project_statuses', 'project_statuses.id', 'to_dos.status_id')
    .leftJoin('project_members', (join) =>
      join.onRef('project_members.project_id', '=', 'projects.id').on('project_members.person_id', '=', viewer.id),
    )
    .where('to_dos.id', 'in', ids)
    .select([
      'to_dos.id',
      'to_dos.number',
      'to_dos.title',
      'to_dos.due_on',
      'to_dos.priority',
      'to_dos.effort',
      'to_dos.planned_hours',
      'to_dos.version',
      'to_dos.status_id as statusId',
      'projects.id as projectId',
      'projects.key as projectKey',
      'projects.name as projectName',
      'projects.visibility',
      'projects.state',
      'projects.client_id as clientId',
      'project_statuses.name as statusName',
      'project_statuses.report_type as reportType',
      'project_members.person_id as memberId',
      'project_members.role as memberRole',
    ])
    .execute();
  const doneStatuses = await readDoneStatuses(db, [...new Set(rows.map(({ projectId }) => projectId))]);
  return new Map(rows.map((row) => [row.id, toMyRow(row, doneStatuses.get(row.projectId) ?? null)]));
}

/** The first status of each project that counts as done. */
async function readDoneStatuses(db: Executor, projectIds: readonly string[]): Promise<Map<string, string>> {
  if (projectIds.length === 0) return new Map();
  const statuses = await db
    .selectFrom('project_statuses')
    .select(['project_id', 'id'])
    .where('project_id', 'in', projectIds)
    .where('report_type', '=', 'done')
    .orderBy('position', 'desc')
    .execute();
  return new Map(statuses.map(({ project_id, id }) => [project_id, id]));
}

type JoinedRow = Omit<MyRow, 'facts' | 'doneStatusId'> & {
  visibility: ProjectFacts['visibility'];
  state: ProjectFacts['state'];
  clientId: string | null;
  memberId: string | null;
  memberRole: ProjectTables['project_members']['role'];
};

/** Named one by one: to spread a row of the driver takes longer than to read it. */
function toMyRow(row: JoinedRow, doneStatusId: string | null): MyRow {
  const { visibility, state, clientId, memberId, memberRole } = row;
  const membership = memberId === null ? null : { role: memberRole };
  return {
    number: row.number,
    title: row.title,
    due_on: row.due_on,
    priority: row.priority,
    effort: row.effort,
    planned_hours: row.planned_hours,
    version: row.version,
    statusId: row.statusId,
    projectKey: row.projectKey,
    projectName: row.projectName,
    statusName: row.statusName,
    reportType: row.reportType,
    doneStatusId,
    facts: { kind: 'project', visibility, state, clientId, membership },
  };
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
