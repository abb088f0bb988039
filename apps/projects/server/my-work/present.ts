/** The rows of somebody's work as the API shows them. Pure. */
import type { MyToDo } from '../../wire/my-work.ts';
import { can, type Viewer } from '../projects/policy.ts';
import type { MyRow } from './queries.ts';

export function presentMyToDos(viewer: Viewer, rows: readonly MyRow[]): MyToDo[] {
  // Asked once for each project rather than for each of its to-dos.
  const places = [...new Set(rows.map(({ place }) => place))];
  const editable = new Set(places.filter(({ facts }) => can(viewer, 'toDo.edit', facts)));
  return rows.map(({ place, status, ...row }) => ({
    projectKey: place.row.key,
    number: row.number,
    title: row.title,
    statusId: row.status_id,
    dueOn: row.due_on,
    priority: row.priority,
    effort: row.effort,
    plannedHours: row.planned_hours,
    version: row.version,
    projectName: place.row.name,
    statusName: status.name,
    reportType: status.report_type,
    doneStatusId: editable.has(place) ? place.doneStatusId : null,
  }));
}
