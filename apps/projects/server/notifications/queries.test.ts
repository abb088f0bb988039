/** What is behind the bell is found by its time: of all that somebody was ever told no more is looked at than is shown. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openDatabase } from '@gatehouse/storage/database.ts';
import { migrate } from '@gatehouse/storage/migrate.ts';
import type { Tables } from '../api/workspace.ts';
import { frameMigrations, frameNamespace, workspaceMigrations, workspaceNamespace } from '../storage/migrations.ts';
import { plansOf } from '../storage/query-plans.testing.ts';
import { listNotifications } from './queries.ts';

test('a page of notifications is read along their times, and nothing is gathered over all of them', async () => {
  const database = await openDatabase<Tables>({ dialect: 'sqlite', path: ':memory:' });
  await migrate(database, frameNamespace, frameMigrations);
  await migrate(database, workspaceNamespace, workspaceMigrations);
  const viewer = { id: 'mara', role: 20, clientId: null } as const;
  const steps = await plansOf(database.kysely, (db) => listNotifications(db.withTables<Tables>(), viewer, {}));
  assert.ok(steps.includes('SEARCH notifications USING INDEX notifications_person (person_id=?)'), steps.join('\n'));
  assert.deepEqual(
    steps.filter((step) => step.includes('GROUP BY')),
    [],
  );
  await database.close();
});
