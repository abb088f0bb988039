/** The rows of somebody's work as the API shows them. Pure. */
import type { MyToDo } from '../../wire/to-do.ts';
import { can, type Viewer } from '../projects/policy.ts';
import type { MyRow } from './queries.ts';

export function presentMyToDo(viewer: Viewer, row: MyRow): MyToDo {
  return {
    projectKey: row.projectKey,
    number: row.number,
    title: row.title,
    statusId: row.statusId,
    dueOn: row.due_on,
    priority: row.priority,
    effort: row.effort,
    plannedHours: row.planned_hours,
    version: row.version,
    projectName: row.projectName,
    statusName: row.statusName,
    reportType: row.reportType,
    doneStatusId: can(viewer, 'toDo.edit', row.facts) ? row.doneStatusId : null,
  };
}
