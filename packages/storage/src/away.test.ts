import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { temporaryFolder } from '@gatehouse/testing/temporary-folder.ts';
import { isDatabaseAway } from './away.ts';

const folder = temporaryFolder('away');
const path = join(folder.path, 'db.sqlite3');

test('a SQLite file that somebody else writes for too long is away; a row that breaks a rule is not', () => {
  using one = new DatabaseSync(path, { timeout: 1 });
  using other = new DatabaseSync(path);
  one.exec('create table rows (id integer primary key)');
  other.exec('begin immediate');
  assert.throws(() => one.exec('insert into rows values (1)'), isDatabaseAway);
  other.exec('commit');
  one.exec('insert into rows values (1)');
  assert.throws(
    () => one.exec('insert into rows values (1)'),
    (cause) => !isDatabaseAway(cause),
  );
});

test('a SQLite file that is full or cannot be opened is away', () => {
  using one = new DatabaseSync(join(folder.path, 'full.sqlite3'));
  one.exec('create table rows (text text); pragma max_page_count = 3');
  const fill = one.prepare('insert into rows values (?)');
  assert.throws(() => fill.run('x'.repeat(100_000)), isDatabaseAway);
  assert.throws(() => new DatabaseSync(join(folder.path, 'nowhere', 'db.sqlite3')), isDatabaseAway);
});
