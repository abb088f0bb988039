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
    .select((select) => [
      ...cardColumns,
      'projects.key as projectKey',
      'projects.name as projectName',
      'projects.visibility',
      'projects.state',
      'projects.client_id as clientId',
      'project_statuses.name as statusName',
      'project_statuses.report_type as reportType',
      'project_members.person_id as memberId',
      'project_members.role as memberRole',
      select
        .selectFrom('project_statuses as done')
        .whereRef('done.project_id', '=', 'projects.id')
        .where('done.report_type', '=', 'done')
        .select('done.id')
        .orderBy('done.position')
        .limit(1)
        .as('doneStatusId'),
    ])
    .orderBy((order) => order('to_dos.due_on', 'is', null))
    .orderBy('to_dos.due_on')
    .orderBy((order) => order.fn.coalesce('to_dos.priority', order.lit(6)))
    .orderBy('projects.name')
    .orderBy('to_dos.rank')
    .limit(toDosMax + 1)
    .execute();
  const visible = rows.map(toMyRow).filter(({ facts }) => can(viewer, 'project.view', facts));
  return { rows: visible.slice(0, toDosMax), more: rows.length > toDosMax };
}

type JoinedRow = Omit<MyRow, 'facts'> & {
  visibility: ProjectFacts['visibility'];
  state: ProjectFacts['state'];
  clientId: string | null;
  memberId: string | null;
  memberRole: ProjectTables['project_members']['role'];
};

function toMyRow({ visibility, state, clientId, memberId, memberRole, ...row }: JoinedRow): MyRow {
  const membership = memberId === null ? null : { role: memberRole };
  return { ...row, facts: { kind: 'project', visibility, state, clientId, membership } };
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
