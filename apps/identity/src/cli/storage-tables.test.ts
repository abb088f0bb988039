/** `storage schema-info`, `storage migrate` and `storage encryption` as typed, on configurations over SQLite and PostgreSQL. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { describe, test } from 'node:test';
import { needs } from '@gatehouse/testing/needs.ts';
import { startPostgres } from '@gatehouse/testing/postgres.ts';
import { temporaryFolder } from '@gatehouse/testing/temporary-folder.ts';
import { identityMigrations } from '../storage/migrations.ts';
import { runStorage } from './storage.ts';

const keys = { old: 'the first encryption key of this test', new: 'the second encryption key of this test' };
const stepCount = identityMigrations.length;
const lastStep = identityMigrations.at(-1)?.name;

async function openDesk(storage: 'SQLite' | 'PostgreSQL') {
  await using opened = new AsyncDisposableStack();
  const folder = opened.use(temporaryFolder('storage'));
  const postgres = storage === 'PostgreSQL' ? opened.use(await startPostgres()) : undefined;
  const path = join(folder.path, 'configuration.yml');
  const place = postgres
    ? `  postgres:
    address: 'tcp://127.0.0.1:${postgres.port}'
    database: '${postgres.database}'
    username: '${postgres.username}'
    password: '${postgres.password}'`
    : `  local:
    path: '${join(folder.path, 'identity.sqlite3')}'`;
  writeFileSync(
    path,
    `identity_validation:
  reset_password:
    jwt_secret: 'a long enough secret for reset links'
authentication_backend:
  file:
    path: '${join(folder.path, 'users.yml')}'
access_control:
  default_policy: 'one_factor'
session:
  cookies:
    - domain: 'example.com'
      authelia_url: 'https://auth.example.com'
storage:
${place}
notifier:
  filesystem:
    filename: '${join(folder.path, 'mail.txt')}'
`,
  );
  async function run(key: string, ...args: string[]) {
    const [stdout, stderr] = [new PassThrough(), new PassThrough()];
    const io = { stdin: Readable.from([]), stdout, stderr, env: {} };
    const code = await runStorage([...args, '--encryption-key', key, '--config', path], io);
    return { code, out: String(stdout.read() ?? ''), err: String(stderr.read() ?? '') };
  }
  const everything = opened.move();
  return { run, folder: folder.path, [Symbol.asyncDispose]: () => everything.disposeAsync() };
}

for (const storage of ['SQLite', 'PostgreSQL'] as const)
  describe(`the tables of a portal on ${storage}`, { skip: storage === 'PostgreSQL' && needs('postgresql') }, () => {
    test('schema-info tells how far they are and changes nothing; migrate brings them forward, once', async () => {
      await using desk = await openDesk(storage);
      const { run } = desk;
      for (const _ of [1, 2]) {
        const fresh = await run(keys.old, 'schema-info');
        assert.deepEqual(fresh, {
          ...{ code: 0, err: '' },
          out: `Storage: ${storage}\nSchema: none, 0 steps\nUpgrade: ${stepCount} steps, to ${lastStep}\nEncryption key: not used yet\n`,
        });
      }
      assert.deepEqual(
        (await run(keys.old, 'migrate', 'list-up')).out.trim().split('\n'),
        identityMigrations.map(({ name }) => name),
      );
      assert.equal((await run(keys.old, 'migrate', 'up')).out, `Applied ${stepCount} steps, to ${lastStep}.\n`);
      assert.match((await run(keys.old, 'migrate', 'up')).out, /as this version wants them/);
      assert.match((await run(keys.old, 'migrate', 'list-up')).out, /^None/);
      const history = (await run(keys.old, 'migrate', 'history')).out.trim().split('\n');
      assert.deepEqual(
        history.map((line) => line.split('\t')[0]),
        identityMigrations.map(({ name }) => name),
      );
      const info = await run(keys.old, 'schema-info');
      assert.match(info.out, new RegExp(`^Schema: ${lastStep}, ${stepCount} steps\nUpgrade: none needed\n`, 'm'));
      assert.match(info.out, /is the one of this database/);
      const foreign = await run(keys.new, 'schema-info');
      assert.equal(foreign.code, 1);
      assert.match(foreign.out, /is another one/);
    });

    test('there is no way down, and a call that is not clear does nothing', async () => {
      await using desk = await openDesk(storage);
      const down = await desk.run(keys.old, 'migrate', 'down');
      assert.equal(down.code, 1);
      assert.match(down.err, /Restore a backup/);
      for (const unclear of [
        ['migrate'],
        ['migrate', 'sideways'],
        ['schema-info', 'all'],
        ['encryption'],
        ['encryption', 'change-key'],
      ])
        assert.equal((await desk.run(keys.old, ...unclear)).code, 2, unclear.join(' '));
      assert.match((await desk.run(keys.old, 'schema-info')).out, /Schema: none/);
    });

    test('change-key seals everything anew: the new key opens it, the old one no longer does', async () => {
      await using desk = await openDesk(storage);
      const { run } = desk;
      const uri = (await run(keys.old, 'user', 'totp', 'generate', 'alice')).out.trim();
      assert.match(uri, /^otpauth:/);
      const short = await run(keys.old, 'encryption', 'change-key', '--new-encryption-key', 'short');
      assert.equal(short.code, 1);
      assert.match(short.err, /fewer than 20 characters/);
      const path = join(desk.folder, 'new-key');
      writeFileSync(path, `${keys.new}\n`, { mode: 0o600 });
      const changed = await run(keys.old, 'encryption', 'change-key', '--new-encryption-key-file', path);
      assert.deepEqual([changed.code, changed.err], [0, '']);
      assert.match(changed.out, /^Sealed 2 values anew, and 0 sessions/);

      const old = await run(keys.old, 'encryption', 'check');
      assert.equal(old.code, 1);
      assert.match(old.err, /^Nothing was done: /);
      const checked = await run(keys.new, 'encryption', 'check', '--verbose');
      assert.equal(checked.code, 0);
      assert.match(checked.out, /one_time_code_factors\.\w+: 1 open, 0 do not/);
      const exported = await run(keys.new, 'user', 'totp', 'export', 'uri');
      assert.ok(exported.out.includes(/secret=[A-Z2-7]+/.exec(uri)?.[0] ?? assert.fail(uri)));
    });
  });
