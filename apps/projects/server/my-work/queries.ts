/** What is on somebody's plate: the open to-dos they have, in all projects they may see. Groups nothing by day: only the
 * person's own clock knows which day it is. */
import type { ReportType } from '../../wire/project.ts';
import type { Executor } from '../api/workspace.ts';
import type { ProjectFacts, Viewer } from '../projects/policy.ts';
import { can } from '../projects/policy.ts';
import type { ProjectTables } from '../projects/schema.ts';
import type { CardRow } from '../to-dos/present.ts';
import { cardColumns } from '../to-dos/queries.ts';

const toDosMax = 500;

export type MyRow = CardRow & {
  readonly projectKey: string;
  readonly projectName: string;
  readonly statusName: string;
  readonly reportType: ReportType;
  readonly doneStatusId: string | null;
  readonly facts: ProjectFacts;
};

export async function readMyWork(db: Executor, viewer: Viewer): Promise<{ rows: MyRow[]; more: boolean }> {
  const rows = await db
    .selectFrom('to_do_assignees')
    .innerJoin('to_dos', 'to_dos.id', 'to_do_assignees.to_do_id')
    .innerJoin('projects', 'projects.id', 'to_dos.project_id')
    .innerJoin('project_statuses', 'project_statuses.id', 'to_dos.status_id')
    .leftJoin('project_members', (join) =>
      join.onRef('project_members.project_id', '=', 'projects.id').on('project_members.person_id', '=', viewer.id),
    )
    .where('to_do_assignees.person_id', '=', viewer.id)
    .where('to_dos.completed_at', 'is', null)
    .where('to_dos.deleted_at', 'is', null)
    .where('projects.state', '=', 'open')
    .select([
      ...cardColumns,
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
    .orderBy((order) => order('to_dos.due_on', 'is', null))
    .orderBy('to_dos.due_on')
    .orderBy((order) => order.fn.coalesce('to_dos.priority', order.lit(6)))
    .orderBy('projects.name')
    .orderBy('to_dos.rank')
    .limit(toDosMax + 1)
    .execute();
  const doneStatuses = await readDoneStatuses(db, [...new Set(rows.map(({ projectId }) => projectId))]);
  const visible = rows
    .map((row) => toMyRow(row, doneStatuses.get(row.projectId) ?? null))
    .filter(({ facts }) => can(viewer, 'project.view', facts));
  return { rows: visible.slice(0, toDosMax), more: rows.length > toDosMax };
}

/**
 * The first status of each project that counts as done. Asked for what is shown alone: in the query above it would be worked
 * out for every open to-do.
 */
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
  projectId: string;
  visibility: ProjectFacts['visibility'];
  state: ProjectFacts['state'];
  clientId: string | null;
  memberId: string | null;
  memberRole: ProjectTables['project_members']['role'];
};

function toMyRow(joined: JoinedRow, doneStatusId: string | null): MyRow {
  const { projectId: _, visibility, state, clientId, memberId, memberRole, ...row } = joined;
  const membership = memberId === null ? null : { role: memberRole };
  return { ...row, doneStatusId, facts: { kind: 'project', visibility, state, clientId, membership } };
}

export async function countDoneSince(db: Executor, viewer: Viewer, sinceMs: number): Promise<number> {
  const row = await db
    .selectFrom('to_do_assignees')
    .innerJoin('to_dos', 'to_dos.id', 'to_do_assignees.to_do_id')
    .where('to_do_assignees.person_id', '=', viewer.id)
    .where('to_dos.completed_at', '>=', sinceMs)
    .where('to_dos.deleted_at', 'is', null)
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirst();
  return Number(row?.count ?? 0);
}
