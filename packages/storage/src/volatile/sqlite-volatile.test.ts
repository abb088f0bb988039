import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from '@gatehouse/testing/temporary-folder.ts';
import { openSqliteVolatile, volatilePath } from './sqlite-volatile.ts';
import { volatileSuite } from './volatile.suite.ts';

volatileSuite({
  name: 'SQLite',
  async open(nowMs) {
    const folder = temporaryFolder('volatile');
    const path = join(folder.path, 'volatile.sqlite3');
    const [first, second] = [openSqliteVolatile(path, nowMs), openSqliteVolatile(path, nowMs)];
    return {
      first,
      second,
      async close() {
        await Promise.all([first.close(), second.close()]);
        await folder.remove();
      },
    };
  },
});

const modulePath = fileURLToPath(new URL('./sqlite-volatile.ts', import.meta.url));
const laterMs = (): number => Date.now() + 60_000;

/** Runs `code` in a process of its own, with `volatile` open on the file. */
function runNode(path: string, code: string) {
  const program = `import { openSqliteVolatile } from ${JSON.stringify(modulePath)};
    const volatile = openSqliteVolatile(${JSON.stringify(path)}, Date.now);
    const laterMs = Date.now() + 60_000;
    ${code}`;
  return spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: ['pipe', 'pipe', 'inherit'] });
}

test('of four processes consuming the same hundred values each value goes to one', async () => {
  await using folder = temporaryFolder('volatile');
  const path = join(folder.path, 'v');
  const volatile = openSqliteVolatile(path, Date.now);
  const ids = Array.from({ length: 100 }, (_, i) => `code-${i}`);
  const write = { payload: Buffer.from('x'), expiresAtMs: laterMs() };
  await Promise.all(ids.map((id) => volatile.put('code', id, write)));
  const children = Array.from({ length: 4 }, () =>
    runNode(
      path,
      `process.stdout.write('ready,');
      process.stdin.once('data', async () => {
        let won = 0;
        for (let i = 0; i < 100; i += 1) if (await volatile.consume('code', 'code-' + i) === 'consumed') won += 1;
        process.stdout.write(String(won));
        process.exit();
      });`,
    ),
  );
  await Promise.all(children.map((child) => new Promise((resolve) => child.stdout.once('readable', resolve))));
  for (const child of children) child.stdin.end('go');
  const won = await Promise.all(children.map(async (child) => Number((await text(child.stdout)).split(',')[1])));
  assert.equal(
    won.reduce((sum, count) => sum + count, 0),
    100,
  );
  await volatile.close();
});

test('what was acknowledged before kill -9 is there afterwards', async () => {
  await using folder = temporaryFolder('volatile');
  const path = join(folder.path, 'v');
  const child = runNode(
    path,
    `for (let i = 0; ; i += 1) {
      await Promise.all([0, 1, 2].map((j) => volatile.put('code', i + '-' + j, { payload: Buffer.from('x'), expiresAtMs: laterMs })));
      await volatile.consume('code', i + '-0');
      process.stdout.write(i + '\\n');
    }`,
  );
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    said += part;
    if (said.length > 2_000) child.kill('SIGKILL');
  });
  await new Promise((resolve) => child.once('close', resolve));
  const rounds = said.split('\n').slice(0, -1);
  assert(rounds.length > 100);
  const volatile = openSqliteVolatile(path, Date.now);
  for (const round of rounds) {
    assert.equal(await volatile.consume('code', `${round}-0`), 'already-consumed');
    assert(await volatile.get('code', `${round}-2`));
  }
  await volatile.close();
});

test('one caller with a wrong payload harms no other', async () => {
  await using folder = temporaryFolder('volatile');
  const volatile = openSqliteVolatile(join(folder.path, 'v'), Date.now);
  const good = volatile.put('code', 'a', { payload: Buffer.from('x'), expiresAtMs: laterMs() });
  const wrong = volatile.put('code', 'b', { payload: Buffer.from('x'), expiresAtMs: Number.NaN });
  await assert.rejects(wrong, TypeError);
  await good;
  assert(await volatile.get('code', 'a'));
  await volatile.close();
});

test('writes made without waiting take effect in their order', async () => {
  await using folder = temporaryFolder('volatile');
  const volatile = openSqliteVolatile(join(folder.path, 'v'), Date.now);
  const write = { payload: Buffer.from('x'), expiresAtMs: laterMs() };
  const [, first, , second] = await Promise.all([
    volatile.put('code', 'a', write),
    volatile.add('code', 'a', write),
    volatile.delete('code', 'a'),
    volatile.add('code', 'a', write),
  ]);
  assert.deepEqual([first, second], ['exists', 'added']);
  await volatile.close();
});

test('closing waits for what is under way', async () => {
  await using folder = temporaryFolder('volatile');
  const path = join(folder.path, 'v');
  const volatile = openSqliteVolatile(path, Date.now);
  const stored = volatile.put('code', 'a', { payload: Buffer.from('x'), expiresAtMs: laterMs() });
  await volatile.close();
  await stored;
  const again = openSqliteVolatile(path, Date.now);
  assert(await again.get('code', 'a'));
  await again.close();
});

test('the file stands beside the database file, readable by its owner alone', async () => {
  await using folder = temporaryFolder('volatile');
  const path = volatilePath(join(folder.path, 'db.sqlite3'));
  const volatile = openSqliteVolatile(path, Date.now);
  assert.equal(path, join(folder.path, 'db.sqlite3-volatile'));
  await volatile.put('code', 'a', { payload: Buffer.from('x'), expiresAtMs: laterMs() });
  for (const file of [path, `${path}-wal`, `${path}-shm`]) assert.equal(statSync(file).mode & 0o777, 0o600, file);
  await volatile.close();
});
