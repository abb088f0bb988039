/** How many rows moving one card writes, with what tells others of it. */
import { setTimeout as pause } from 'node:timers/promises';
import { type Database, openDatabase } from '@gatehouse/storage/database.ts';
import { sql } from 'kysely';
import type { Tables } from '../apps/projects/server/api/workspace.ts';
import type { Figure } from './figure.ts';
import { askerOf } from './workspace-asking.ts';
import { prepareWorkspace } from './workspace-house.ts';

/** Adding, changing and removing one count as one each; the pages of the index of words are the database's own affair. */
export async function countRowsOfMove(): Promise<readonly Figure[]> {
  const workspace = await prepareWorkspace({ people: 2, projects: 1, toDosEach: 50 });
  const server = await workspace.start();
  const database = await openDatabase<Tables>(workspace.database);
  try {
    const ask = askerOf(workspace);
    const move = (number: number) =>
      ask(0, 'POST', `/projects/P000/to-dos/${number}/move`, { statusId: 'P000-1', afterNumber: null });
    // Two that nobody follows but who moves them. The first request of a person and the first change of a process write what later ones do not.
    await move(1);
    await told(database);
    const before = await readRows(database);
    await move(13);
    await told(database);
    const after = await readRows(database);
    const touched = [...after].filter(([row, content]) => before.get(row) !== content).map(([row]) => row);
    const removed = [...before.keys()].filter((row) => !after.has(row));
    const written = [...touched, ...removed];
    const cards = written.filter((row) => row.startsWith('to_dos '));
    return [
      { what: 'Moving one card: rows of cards written', value: cards.length, unit: '', promised: { atMost: 1 } },
      { what: 'Moving one card: rows written, with what tells others of it', value: written.length, unit: '' },
    ];
  } finally {
    await database.close();
    await server.stop();
    await workspace.remove();
  }
}

/** Until notifications and webhooks were made of every change. */
async function told({ kysely }: Database<Tables>): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    const waiting = await kysely.selectFrom('changes').select('id').where('told', '=', 0).executeTakeFirst();
    if (!waiting) return;
    await pause(50);
  }
  throw new Error('a change was not told within five seconds');
}

/** Every row of the workspace's own tables, by table and row number. */
async function readRows({ kysely }: Database<Tables>): Promise<Map<string, string>> {
  const rows = new Map<string, string>();
  for (const { name } of await kysely.introspection.getTables()) {
    if (/^(search_words|volatile)/.test(name)) continue;
    const read = await sql<{ rowid: number }>`select rowid, * from ${sql.table(name)}`.execute(kysely);
    for (const row of read.rows) rows.set(`${name} ${row.rowid}`, JSON.stringify(row));
  }
  return rows;
}
