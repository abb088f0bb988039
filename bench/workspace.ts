/** What is measured of a workspace, and how large it is: its answers on both databases, rows written, and a board in a browser. */
import type { Figure } from './figure.ts';
import { measureApi } from './workspace-api.ts';
import { measureBoard } from './workspace-board.ts';
import { countRowsOfMove } from './workspace-rows.ts';

/** `GATEHOUSE_BENCH_TO_DOS` makes it smaller, to see whether all of this still runs; such figures are not to be written down. */
const toDosEach = Number(process.env.GATEHOUSE_BENCH_TO_DOS ?? 2_000);
const large = { people: 100, projects: 50, toDosEach };

export async function measureWorkspace(): Promise<readonly Figure[]> {
  return [...(await measureApi(large, 'sqlite')), ...(await countRowsOfMove()), ...(await measureBoard(toDosEach))];
}

/** The same answers; what is written and what a browser does is no affair of the database. */
export function measureWorkspaceOnPostgres(): Promise<readonly Figure[]> {
  return measureApi(large, 'postgres');
}
