/**
 * A power cut in the middle of a team's work: the workspace dies by SIGKILL twenty times while people make, move, change and
 * comment. What an answer said is there after each: titles, columns and places, no number is given twice, and a request that
 * was not answered can be sent again and is done once.
 */
import assert from 'node:assert/strict';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type DatabaseLocation, openDatabase } from '@gatehouse/storage/database.ts';
import { migrate } from '@gatehouse/storage/migrate.ts';
import { type Child, startChild } from '@gatehouse/testing/child.ts';
import { freePort } from '@gatehouse/testing/free-port.ts';
import { needs } from '@gatehouse/testing/needs.ts';
import { startPostgres } from '@gatehouse/testing/postgres.ts';
import { temporaryFolder } from '@gatehouse/testing/temporary-folder.ts';
import type { Tables } from '../../apps/projects/server/api/workspace.ts';
import {
  frameMigrations,
  frameNamespace,
  workspaceMigrations,
  workspaceNamespace,
} from '../../apps/projects/server/storage/migrations.ts';
import { digestOf } from '../../apps/projects/server/tokens/secret.ts';
import { type Team, Worker } from './worker.ts';

const main = fileURLToPath(new URL('../../apps/projects/projects.js', import.meta.url));
const seed = fileURLToPath(new URL('../seed/leantime.env', import.meta.url));
const kills = 20;
const workers = 4;
/** Of the work before each kill, in milliseconds: from the first requests to well into it. */
const momentOf = (round: number): number => 40 + ((round * 137) % 360);

for (const engine of ['SQLite', 'PostgreSQL'] as const)
  test(`twenty kills of the workspace under load lose nothing that was acknowledged, on ${engine}`, {
    skip: engine === 'PostgreSQL' && needs('postgresql'),
  }, async () => {
    await using place = await openPlace(engine);
    const team: Team = { origin: place.origin, tokens: place.tokens, statusIds: [] };
    const people = place.tokens.map((token) => new Worker(team, token));
    let server = await place.start();
    await people[0]?.makeProject();
    for (let round = 0; round < kills; round++) {
      let isDark = false;
      const working = people.map((person) => person.work(() => isDark));
      await pause(momentOf(round));
      isDark = true;
      await Promise.all([server.kill(), ...working]);
      await assertKept(place.location, people);
      server = await place.start();
      for (const person of people) await person.askAgain();
    }
    await assertKept(place.location, people);
    await server.stop();
    const acknowledged = people.reduce((sum, person) => sum + person.toDos.size, 0);
    assert.ok(acknowledged >= kills, `${acknowledged} to-dos are too few to say anything`);
  });

async function openPlace(engine: 'SQLite' | 'PostgreSQL') {
  await using opened = new AsyncDisposableStack();
  const folder = opened.use(temporaryFolder('workspace-crash'));
  copyFileSync(seed, join(folder.path, '.env'));
  const port = await freePort();
  const sqlite = { dialect: 'sqlite', path: join(folder.path, 'projects.sqlite3') } as const;
  const location: DatabaseLocation =
    engine === 'SQLite' ? sqlite : { dialect: 'postgres', ...opened.use(await startPostgres()) };
  const tokens = await prepare(location);
  const origin = `http://projects.localhost:${port}`;
  const everything = opened.move();
  return {
    location,
    tokens,
    origin: `http://127.0.0.1:${port}`,
    start: (): Promise<Child> =>
      startChild({
        name: 'projects',
        command: process.execPath,
        arguments: [main],
        folder: folder.path,
        environment: {
          LEAN_APP_URL: origin,
          LEAN_SESSION_PASSWORD: 'a session password of a test',
          HOST: '127.0.0.1',
          PORT: String(port),
          ...variablesOf(location),
        },
        ready: { port },
        // The first start may build the client.
        readyMsMax: 120_000,
      }),
    [Symbol.asyncDispose]: () => everything.disposeAsync(),
  };
}

function variablesOf(location: DatabaseLocation): Record<string, string> {
  if (location.dialect === 'sqlite') return { LEAN_DB_DEFAULT_CONNECTION: 'sqlite', LEAN_DB_PATH: location.path };
  return {
    LEAN_DB_DEFAULT_CONNECTION: 'pgsql',
    LEAN_DB_HOST: location.host,
    LEAN_DB_PORT: String(location.port),
    LEAN_DB_DATABASE: location.database,
    LEAN_DB_USER: location.username,
    LEAN_DB_PASSWORD: location.password,
  };
}

/** People with an access token each, so that no provider is asked. */
async function prepare(location: DatabaseLocation): Promise<string[]> {
  const database = await openDatabase<Tables>(location);
  await migrate(database, frameNamespace, frameMigrations);
  await migrate(database, workspaceNamespace, workspaceMigrations);
  const blank = { first_name: '', last_name: '', phone: '', job_title: '', job_level: '', department: '' };
  const tokens: string[] = [];
  for (let index = 0; index < workers; index++) {
    const id = `person-${index}`;
    const token = `ghp_token-of-person-number-${index}-of-this-test`;
    tokens.push(token);
    await database.kysely
      .insertInto('people')
      .values({
        ...{ id, name: `Person ${index}`, email: `${id}@example.com`, role: 30, ...blank, issuer: null, subject: null },
        ...{ created_at: 1, last_sign_in_at: null },
      })
      .execute();
    await database.kysely
      .insertInto('access_tokens')
      .values({
        ...{ id, person_id: id, name: 'Load', digest: digestOf(token), hint: 'test' },
        ...{ scopes: '["read","write","manage"]', created_at: 1, expires_at: null, last_used_at: null },
      })
      .execute();
  }
  await database.close();
  return tokens;
}

/** Read from the database itself, while no server runs or as a second reader. */
async function assertKept(location: DatabaseLocation, people: readonly Worker[]): Promise<void> {
  const database = await openDatabase<Tables>(location);
  try {
    const { kysely } = database;
    const rows = await kysely.selectFrom('to_dos').select(['id', 'number', 'title', 'status_id', 'rank']).execute();
    const comments = await kysely.selectFrom('comments').select('body').execute();
    const created = await kysely
      .selectFrom('to_do_history')
      .select('to_do_id')
      .where('field', '=', 'created')
      .execute();
    const records = await kysely
      .selectFrom('changes')
      .select('subject_id')
      .where('kind', '=', 'toDo.created')
      .execute();
    const byNumber = new Map(rows.map((row) => [row.number, row]));
    assert.equal(byNumber.size, rows.length, 'a number was used twice');
    assert.equal(new Set(rows.map(({ rank }) => rank)).size, rows.length, 'two cards have one place');
    assert.deepEqual(created.map(({ to_do_id }) => to_do_id).toSorted(), rows.map(({ id }) => id).toSorted());
    assert.deepEqual(records.map(({ subject_id }) => subject_id).toSorted(), rows.map(({ id }) => id).toSorted());
    const project = await kysely.selectFrom('projects').select('next_number').executeTakeFirst();
    assert.ok((project?.next_number ?? 1) > Math.max(0, ...byNumber.keys()), 'a number would be given again');
    const said = new Set(comments.map(({ body }) => body));
    assert.equal(said.size, comments.length, 'a comment is there twice');
    for (const person of people) {
      for (const [number, expected] of person.toDos) {
        const row = byNumber.get(number);
        assert.ok(row, `to-do ${number} was acknowledged and is lost`);
        assert.ok(expected.titles.has(row.title), `to-do ${number} is “${row.title}”, not ${[...expected.titles]}`);
        assert.ok(expected.statusIds.has(row.status_id), `to-do ${number} is not where it was moved`);
        if (expected.rank !== undefined) assert.equal(row.rank, expected.rank, `to-do ${number} lost its place`);
      }
      for (const body of person.comments)
        assert.ok(said.has(body), `the comment “${body}” was acknowledged and is lost`);
    }
  } finally {
    await database.close();
  }
}
