import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openDatabase } from '@gatehouse/storage/database.ts';
import { migrate } from '@gatehouse/storage/migrate.ts';
import { identityMigrations, identityNamespace } from '../../storage/migrations.ts';
import type { IdentityTables } from '../../storage/tables.ts';
import { openSubjects } from './subjects.ts';

test('processes that need the subject of a new person at once agree on one', async () => {
  const database = await openDatabase<IdentityTables>({ dialect: 'sqlite', path: ':memory:' });
  await migrate(database, identityNamespace, identityMigrations);
  const processes = Array.from({ length: 20 }, () => openSubjects(database.kysely, Date.now));
  const subjects = await Promise.all(processes.map((process) => process.subjectOf('alice')));
  assert.equal(new Set(subjects).size, 1);
  assert.equal(await openSubjects(database.kysely, Date.now).usernameOf(subjects[0] ?? ''), 'alice');
  assert.notEqual(await processes[0]?.subjectOf('bob'), subjects[0]);
  assert.equal(await processes[0]?.usernameOf('nobody'), undefined);
  await database.close();
});
