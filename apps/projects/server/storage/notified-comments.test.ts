/** Words of comments that older versions kept beside them are gone after the upgrade, and what told of them finds its comment. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Database, openDatabase } from '@gatehouse/storage/database.ts';
import { migrate } from '@gatehouse/storage/migrate.ts';
import { needs } from '@gatehouse/testing/needs.ts';
import { startPostgres } from '@gatehouse/testing/postgres.ts';
import { sql } from 'kysely';
import { fill } from './filling.testing.ts';
import { frameMigrations, frameNamespace, workspaceMigrations, workspaceNamespace } from './migrations.ts';

const facts = { number: 1, title: 'Call', commentId: 'said', excerpt: 'The key is hunter2' };
/** Words were cut by UTF-16 units: what the cut left of a sign, PostgreSQL's JSON refuses. */
const cutFacts = { ...facts, excerpt: `C:\\ "${'x'.repeat(194)}😀`.slice(0, 200), mentionedIds: ['few'] };

function withoutWords({ excerpt: _, ...others }: typeof facts): object {
  return others;
}

async function assertWordless(database: Database<unknown>): Promise<void> {
  const { kysely } = database;
  const before = workspaceMigrations.findIndex(({ name }) => name === '099-notified-comments');
  await migrate(database, frameNamespace, frameMigrations);
  await migrate(database, workspaceNamespace, workspaceMigrations.slice(0, before));
  await fill(database, before);
  for (const [id, kind, told] of [
    [70, 'comment.added', facts],
    [71, 'comment.changed', cutFacts],
    [72, 'statusUpdate.added', facts],
  ] as const)
    await sql`insert into changes (id, actor_id, kind, subject_id, facts, at, told)
      values (${id}, 'few', ${kind}, 'few', ${JSON.stringify(told)}, 1, 1)`.execute(kysely);
  for (const [id, kind, once] of [
    ['n0', 'comment', 'change 70'],
    ['n1', 'mention', 'change 71'],
    ['n2', 'comment', 'change 9'],
    ['n3', 'statusUpdate', 'change 72'],
  ])
    await sql`insert into notifications (id, person_id, kind, project_id, title, detail, once, created_at, mail)
      values (${id}, 'few', ${kind}, 'few', 'Call', ${facts.excerpt}, ${once}, 1, 'no')`.execute(kysely);
  for (const [id, kind, data] of [
    ['d0', 'comment.added', facts],
    ['d1', 'comment.changed', cutFacts],
    ['d2', 'statusUpdate.added', facts],
  ] as const)
    await sql`insert into webhook_deliveries
      (id, webhook_id, change_id, kind, body, state, attempts, due_at, created_at)
      values (${id}, 'few', 1, ${kind}, ${JSON.stringify({ id, data })}, 'sent', 1, 1, 1)`.execute(kysely);
  await migrate(database, workspaceNamespace, workspaceMigrations);
  const told = await sql`select kind, detail, comment_id from notifications where id like 'n_' order by id`.execute(
    kysely,
  );
  assert.deepEqual(
    told.rows.map((row) => Object.values(row as object)),
    [
      ['comment', '', 'said'],
      ['mention', '', 'said'],
      ['comment', '', null],
      ['statusUpdate', facts.excerpt, null],
    ],
  );
  const changes = await sql<{ facts: string }>`select facts from changes where id >= 70 order by id`.execute(kysely);
  assert.deepEqual(
    changes.rows.map((row) => JSON.parse(row.facts)),
    [withoutWords(facts), withoutWords(cutFacts), facts],
  );
  const { rows } = await sql<{ body: string }>`select body from webhook_deliveries where id like 'd_'
    order by id`.execute(kysely);
  assert.deepEqual(
    rows.map(({ body }) => JSON.parse(body)),
    [
      { id: 'd0', data: withoutWords(facts) },
      { id: 'd1', data: withoutWords(cutFacts) },
      { id: 'd2', data: facts },
    ],
  );
  await database.close();
}

test('comments that were told before are told of by their id, on SQLite', async () =>
  assertWordless(await openDatabase({ dialect: 'sqlite', path: ':memory:' })));

test('comments that were told before are told of by their id, on PostgreSQL', {
  skip: needs('postgresql'),
}, async () => {
  await using server = await startPostgres();
  await assertWordless(await openDatabase({ dialect: 'postgres', ...server }));
});
