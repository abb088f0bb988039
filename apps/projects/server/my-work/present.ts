/** The rows of somebody's work as the API shows them. Pure. */
import type { MyToDo } from '../../wire/to-do.ts';
import { can, type Viewer } from '../projects/policy.ts';
import type { CardParts } from '../to-dos/card-parts.ts';
import { presentCard } from '../to-dos/present.ts';
import type { MyRow } from './queries.ts';

export function presentMyToDo(viewer: Viewer, row: MyRow, parts: CardParts): MyToDo {
  return {
    ...presentCard(row.projectKey, row, parts),
    projectName: row.projectName,
    statusName: row.statusName,
    reportType: row.reportType,
    doneStatusId: can(viewer, 'toDo.edit', row.facts) ? row.doneStatusId : null,
  };
}
