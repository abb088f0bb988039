import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { test } from 'node:test';
import { temporaryFolder } from '@gatehouse/testing/temporary-folder.ts';
import { storageEncryption } from '../cli/storage-encryption.ts';
import type { TotpKey } from '../sign-in/totp/totp.code.ts';
import { takeTotp } from '../sign-in/totp/totp.take.ts';
import { openMemoryDatabase } from './databases.suite.ts';
import { openDurable } from './open-stores.ts';
import { countSeals, sealedColumns } from './sealed-columns.ts';

test('every column of bytes is known as sealed', async () => {
  const { kysely } = await openMemoryDatabase();
  const tables = await kysely.introspection.getTables();
  const bytes = tables.flatMap(({ name, columns }) =>
    columns.flatMap((column) => (/^blob$/i.test(column.dataType) ? [`${name}.${column.name}`] : [])),
  );
  const known = sealedColumns.map(({ table, column }) => `${table}.${column}`);
  // The check of the key is made by another hand, at the first opening.
  assert.deepEqual(bytes.toSorted(), known.filter((name) => name !== 'encryption_check.value').toSorted());
});

test('the check tells the values that open from those that were altered', async () => {
  await using folder = temporaryFolder('seals');
  const storage = {
    encryption_key: 'a key of this test, long enough',
    local: { path: join(folder.path, 'db.sqlite3') },
  };
  const { database, sealer } = await openDurable(storage, undefined);
  const key: TotpKey = { issuer: '', algorithm: 'SHA1', digits: 6, periodSeconds: 30, secret: new Uint8Array(20) };
  for (const username of ['alice', 'bob'])
    await takeTotp(database.kysely, sealer, { username, key, createdAtMs: 1, lastUsedAtMs: undefined }, false);
  const changeKey = () => assert.fail('nobody asked for it');
  const room = { count: () => countSeals(database.kysely, sealer), changeKey, close: async () => undefined };
  async function check(...args: string[]) {
    const [stdout, stderr] = [new PassThrough(), new PassThrough()];
    const code = await storageEncryption(async () => room)(args, { stdin: Readable.from([]), stdout, stderr, env: {} });
    return { code, out: String(stdout.read() ?? '') };
  }
  const whole = await check('check', '--verbose');
  assert.equal(whole.code, 0);
  assert.match(whole.out, /encryption_check.value: 1 open, 0 do not\none_time_code_factors.secret: 2 open, 0 do not/);
  // Moved to another row, a value does not open.
  await database.kysely
    .updateTable('one_time_code_factors')
    .set({ factor_id: randomUUID() })
    .where('username', '=', 'bob')
    .execute();
  const moved = await check('check', '--verbose');
  assert.equal(moved.code, 1);
  assert.match(moved.out, /one_time_code_factors.secret: 1 open, 1 do not/);
  assert.equal((await check('check')).code, 0);
  assert.equal((await check('check', '--all')).code, 2);
  assert.equal((await check()).code, 2);
  await database.close();
});
