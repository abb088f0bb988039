/** A users file that several have open: two configurations of one process while one takes over, and two processes. */
import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { type DigestPool, openDigestPool } from '@gatehouse/password/digest-pool.ts';
import { generateDigest } from '@gatehouse/password/generate.ts';
import { argon2Defaults, type HashOptions } from '@gatehouse/password/hash-options.ts';
import { openLog } from '@gatehouse/web/log.ts';
import type { Directory } from '../directory.ts';
import { type FileDirectoryOptions, openFileDirectory } from './file-directory.ts';
import { type FileTurns, openFileTurns } from './file-turns.ts';

const cheap: HashOptions = { ...argon2Defaults, memory: 256, iterations: 1 };
const old = await generateDigest(cheap, 'old');
const person = (name: string) => `  ${name}: { displayname: '${name}', password: '${old}' }\n`;
const text = `users:\n${person('ana')}${person('bob')}`;

async function setUp(t: TestContext) {
  const folder = await mkdtemp(join(tmpdir(), 'shared-users-'));
  const path = join(folder, 'users.yml');
  await writeFile(path, text);
  const pool = openDigestPool();
  const opened: Directory[] = [];
  const told = new EventEmitter();
  t.after(async () => {
    for (const directory of opened) await directory.close();
    await pool.close();
    await rm(folder, { recursive: true });
  });
  const log = openLog({ level: 'info', format: 'json' }, { write: (line) => void told.emit('line', line) });
  /** What one process shares among its configurations. */
  const process = () => {
    const turns = openFileTurns();
    return {
      turns,
      async open(more: Partial<FileDirectoryOptions> = {}): Promise<Directory> {
        const directory = await openFileDirectory({
          ...{ path, pool, log, turns, watch: false, hashing: cheap, extraAttributes: {} },
          search: { email: false, caseInsensitive: false },
          ...more,
        });
        opened.push(directory);
        return directory;
      },
    };
  };
  return { folder, path, pool, process, nextLine: async () => String((await once(told, 'line'))[0]) };
}

async function assertHolds(directory: Directory, name: string, password: string): Promise<void> {
  assert.equal((await directory.checkPassword(name, password)).kind, 'verified', `${password} of ${name}`);
  assert.deepEqual(await directory.checkPassword(name, 'old'), { kind: 'refused' });
}

test('a password set by one configuration holds at once in the others of the process, older or newer', async (t) => {
  const { open } = (await setUp(t)).process();
  const [former, next] = [await open(), await open()];
  assert.deepEqual(await former.setPassword('ana', 'new of ana'), { kind: 'set' });
  await assertHolds(next, 'ana', 'new of ana');
  assert.deepEqual(await next.setPassword('bob', 'new of bob', 'old'), { kind: 'set' });
  await assertHolds(former, 'bob', 'new of bob');
  assert.deepEqual(await former.passwordMark('bob'), await next.passwordMark('bob'));
});

/** Somebody in this process who is at the file, until they are told to go on. */
function holdTurn({ take }: FileTurns): () => void {
  const { promise, resolve } = Promise.withResolvers<void>();
  void take(() => promise);
  return resolve;
}

/** Whoever waits for nobody has read the file by then. */
async function letOthersRead(path: string): Promise<void> {
  for (let times = 0; times < 100; times += 1) await stat(path);
}

const changed = text.replace(old, await generateDigest(cheap, 'new of ana'));

test('a password set while another configuration is opened holds there', async (t) => {
  const { path, process } = await setUp(t);
  const { open, turns } = process();
  const goOn = holdTurn(turns);
  const opening = open();
  await letOthersRead(path);
  await writeFile(path, changed);
  goOn();
  await assertHolds(await opening, 'ana', 'new of ana');
});

test('a password is compared and set when whoever is at the file in this process is done', async (t) => {
  const { path, pool, process } = await setUp(t);
  const { open, turns } = process();
  const compared: string[] = [];
  const verify: DigestPool['verify'] = (digest, secret) => {
    compared.push(secret);
    return pool.verify(digest, secret);
  };
  const directory = await open({ pool: { ...pool, verify } });
  const goOn = holdTurn(turns);
  const setting = directory.setPassword('ana', 'of an intruder', 'old');
  await letOthersRead(path);
  assert.deepEqual(compared, []);
  await writeFile(path, changed);
  goOn();
  assert.deepEqual(await setting, { kind: 'refused' });
  assert.deepEqual(compared, ['old']);
});

test('a change that is seen is read when whoever is at the file in this process is done', async (t) => {
  const { path, process, nextLine } = await setUp(t);
  const { open, turns } = process();
  t.mock.timers.enable({ apis: ['setInterval', 'setTimeout'] });
  const directory = await open({ watch: true });
  const goOn = holdTurn(turns);
  let isOver = false;
  const line = nextLine().finally(() => {
    isOver = true;
  });
  await writeFile(path, changed);
  t.mock.timers.tick(500);
  await letOthersRead(path);
  assert.equal(isOver, false);
  goOn();
  assert.match(await line, /users file read again/);
  await assertHolds(directory, 'ana', 'new of ana');
});

test('two people at once in two configurations both get their password', async (t) => {
  const { open } = (await setUp(t)).process();
  const [former, next] = [await open(), await open()];
  const answers = await Promise.all([former.setPassword('ana', 'new of ana'), next.setPassword('bob', 'new of bob')]);
  assert.deepEqual(answers, [{ kind: 'set' }, { kind: 'set' }]);
  for (const directory of [former, next, await open()]) {
    await assertHolds(directory, 'ana', 'new of ana');
    await assertHolds(directory, 'bob', 'new of bob');
  }
});

test('what a closed configuration is not told does not keep others from their password', async (t) => {
  const { open } = (await setUp(t)).process();
  const [former, next] = [await open(), await open()];
  await former.close();
  assert.deepEqual(await next.setPassword('ana', 'new of ana'), { kind: 'set' });
  await assertHolds(next, 'ana', 'new of ana');
  assert.equal((await former.checkPassword('ana', 'old')).kind, 'verified');
});

/** `meanwhile`: once, when the file was read and not written yet. */
function interrupted(pool: DigestPool, meanwhile: () => Promise<unknown>): DigestPool {
  let over = false;
  return {
    ...pool,
    async verify(digest, secret) {
      if (!over) {
        over = true;
        await meanwhile();
      }
      return pool.verify(digest, secret);
    },
  };
}

test('what another process wrote after the file was read is kept: people, and words of the administrator', async (t) => {
  const { path, pool, process } = await setUp(t);
  const elsewhere = await process().open();
  const here = await process().open({
    pool: interrupted(pool, async () => {
      assert.deepEqual(await elsewhere.setPassword('bob', 'new of bob'), { kind: 'set' });
      await writeFile(path, `# In order of age\n${await readFile(path, 'utf8')}`);
    }),
  });
  assert.deepEqual(await here.setPassword('ana', 'new of ana', 'old'), { kind: 'set' });
  assert.match(await readFile(path, 'utf8'), /^# In order of age\n/);
  await assertHolds(here, 'ana', 'new of ana');
  await assertHolds(here, 'bob', 'new of bob');
});

test('a password that another process replaced meanwhile changes nothing any more', async (t) => {
  const { pool, process } = await setUp(t);
  const elsewhere = await process().open();
  const here = await process().open({
    pool: interrupted(pool, () => elsewhere.setPassword('ana', 'new of ana')),
  });
  assert.deepEqual(await here.setPassword('ana', 'of an intruder', 'old'), { kind: 'refused' });
  await assertHolds(await process().open(), 'ana', 'new of ana');
});

test('a file that never stands still is told as unavailable', async (t) => {
  const { path, pool, process } = await setUp(t);
  let edits = 0;
  const here = await process().open({
    pool: {
      ...pool,
      async verify(digest, secret) {
        edits += 1;
        await writeFile(path, `# Edit ${edits}\n${text}`);
        return pool.verify(digest, secret);
      },
    },
  });
  const answer = await here.setPassword('ana', 'new of ana', 'old');
  assert.ok(answer.kind === 'unavailable');
  assert.match(String(answer.cause), /changes all the time/);
  assert.equal(await readFile(path, 'utf8'), `# Edit ${edits}\n${text}`);
});

test('a change that the file system does not report is seen by the clock', async (t) => {
  const { folder, path, process, nextLine } = await setUp(t);
  // Nothing happens in the folder of the link, as nothing does where another machine writes into a network file system.
  const link = join(folder, 'linked', 'users.yml');
  await mkdir(join(folder, 'linked'));
  await symlink(path, link);
  t.mock.timers.enable({ apis: ['setInterval'] });
  const watching = await process().open({ path: link, watch: true });
  const elsewhere = await process().open();
  // There is one look at the start.
  let line = nextLine();
  assert.deepEqual(await elsewhere.setPassword('bob', 'new of bob'), { kind: 'set' });
  assert.match(await line, /users file read again/);
  line = nextLine();
  assert.deepEqual(await elsewhere.setPassword('ana', 'new of ana'), { kind: 'set' });
  t.mock.timers.tick(5_000);
  assert.match(await line, /users file read again/);
  await assertHolds(watching, 'ana', 'new of ana');
});

test('a file that is broken or gone stands in the way of a new configuration, and not of one that is in force already', async (t) => {
  const { path, process } = await setUp(t);
  const { open } = process();
  const former = await open();
  assert.deepEqual(await former.setPassword('ana', 'new of ana'), { kind: 'set' });
  const good = await readFile(path, 'utf8');
  for (const spoil of [() => writeFile(path, 'users: ['), () => rm(path)]) {
    await spoil();
    await assert.rejects(open());
    await assertHolds(await open({ mayBeBroken: true }), 'ana', 'new of ana');
    await assert.rejects(process().open({ mayBeBroken: true }), /users file/, 'nobody in that process has read it');
    await writeFile(path, good);
  }
  await rm(path);
  await assert.rejects(open(), /There is no users file/);
  await assert.rejects(readFile(path), { code: 'ENOENT' }, 'no sample takes the place of people');
});
