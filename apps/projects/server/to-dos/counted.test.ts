/** What is added up of to-dos is read from indexes alone: a project may have thousands. That it is right is told where it is shown. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openDatabase } from '@gatehouse/storage/database.ts';
import { migrate } from '@gatehouse/storage/migrate.ts';
import { sql } from 'kysely';
import type { Tables } from '../api/workspace.ts';
import { workspaceMigrations, workspaceNamespace } from '../storage/migrations.ts';
import { plansOf } from '../storage/query-plans.testing.ts';
import { sumCounted, type Weigh } from './counted.ts';

const byEffort: Weigh = (effort) => sql`${effort}`;
const byBoth: Weigh = (effort, priority) => sql`coalesce(${effort}, 3) * ${priority}`;

for (const [whole, weigh] of [
  ['project_id', byEffort],
  ['milestone_id', byBoth],
] as const)
  test(`of to-dos by ${whole} rows are read of cards with subtasks alone`, async () => {
    const database = await openDatabase<Tables>({ dialect: 'sqlite', path: ':memory:' });
    await migrate(database, workspaceNamespace, workspaceMigrations);
    const steps = await plansOf(database.kysely, (db) => sumCounted(db, whole, ['one', 'two'], weigh));
    const rowsRead = steps.filter((step) => /^(SCAN|SEARCH) (to_dos|card)/.test(step) && !step.includes('COVERING'));
    assert.deepEqual(rowsRead, ['SEARCH card USING INDEX sqlite_autoindex_to_dos_1 (id=?)']);
    await database.close();
  });
