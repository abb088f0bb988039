import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '@gatehouse/testing/temporary-folder.ts';
import { sql } from 'kysely';
import { openDatabase } from './database.ts';
import { readForeignSqlite } from './foreign-sqlite.ts';

test('rows come as they are stored, in order, and a table that is not there has none', async () => {
  await using folder = temporaryFolder('foreign');
  const path = join(folder.path, 'theirs.sqlite3');
  const { kysely, close } = await openDatabase<unknown>({ dialect: 'sqlite', path });
  await sql`create table songs (id integer primary key, name text, noise blob)`.execute(kysely);
  await sql`insert into songs values (2, 'b', null), (1, 'a', x'00ff')`.execute(kysely);
  await close();
  const read = readForeignSqlite(path, (tables) => [tables.has('none'), tables.rows('none'), tables.rows('songs')]);
  const [has, none, songs] = read;
  assert.deepEqual([has, none], [false, []]);
  assert.deepEqual(JSON.parse(JSON.stringify(songs)), [
    { id: 1, name: 'a', noise: { 0: 0, 1: 255 } },
    { id: 2, name: 'b', noise: null },
  ]);
});

test('a file that another program keeps locked is told as such', async () => {
  await using folder = temporaryFolder('foreign');
  const path = join(folder.path, 'theirs.sqlite3');
  const { kysely, close } = await openDatabase<unknown>({ dialect: 'sqlite', path });
  await sql`pragma locking_mode = exclusive`.execute(kysely);
  await sql`create table songs (id integer)`.execute(kysely);
  assert.throws(
    () => readForeignSqlite(path, () => undefined, 10),
    /another program keeps it locked. Stop that program/,
  );
  await close();
});

test('a file that is not there is not made', async () => {
  await using folder = temporaryFolder('foreign');
  assert.throws(() => readForeignSqlite(join(folder.path, 'none'), () => undefined), /no such file/);
  assert.deepEqual(readdirSync(folder.path), []);
});
