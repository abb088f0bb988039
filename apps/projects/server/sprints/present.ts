/** Rows of sprints as the API shows them. Pure. */
import type { Sprint, SprintTotals } from '../../wire/sprint.ts';
import type { SprintTables } from './schema.ts';

export type SprintRow = SprintTables['sprints'];
export type TotalsRow = {
  readonly to_dos: number;
  readonly done: number;
  readonly effort: number | null;
  readonly effort_done: number | null;
};

export function presentTotals(row: TotalsRow | undefined): SprintTotals {
  return {
    toDos: row?.to_dos ?? 0,
    done: row?.done ?? 0,
    effort: row?.effort ?? 0,
    effortDone: row?.effort_done ?? 0,
  };
}

export function presentSprint(row: SprintRow, totals: SprintTotals): Sprint {
  return {
    id: row.id,
    name: row.name,
    aim: row.aim,
    startOn: row.start_on,
    endOn: row.end_on,
    closedAt: row.closed_at === null ? null : new Date(row.closed_at).toISOString(),
    totals,
    version: row.version,
  };
}
