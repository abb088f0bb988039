import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import {
  chmod,
  lstat,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  unlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { costOf, type Digest } from '@gatehouse/password/digest.ts';
import { type DigestPool, openDigestPool } from '@gatehouse/password/digest-pool.ts';
import { generateDigest } from '@gatehouse/password/generate.ts';
import { argon2Defaults, type HashOptions, sha2CryptDefaults } from '@gatehouse/password/hash-options.ts';
import { openLog } from '@gatehouse/web/log.ts';
import { describeDirectory, describePasswordChange, suitePeople } from '../directory.suite.ts';
import type { Directory } from '../directory.ts';
import { type FileDirectoryOptions, openFileDirectory } from './file-directory.ts';
import { PasswordShared, UsersFileBroken, UsersFileMissing, UsersFileUnreadable } from './users-file-failures.ts';

const cheap: HashOptions = { ...argon2Defaults, memory: 256, iterations: 1 };

async function suiteFile(): Promise<string> {
  const blocks = suitePeople.map(
    async ({ username, displayName, email, groups, password, disabled }) => `  ${username}:
    password: '${await generateDigest(cheap, password)}'
    displayname: '${displayName}'
    email: ${email ?? '~'}
    groups: [${groups.join(', ')}]
    disabled: ${disabled}
`,
  );
  return `users:\n${(await Promise.all(blocks)).join('')}`;
}

const text = await suiteFile();

type Bench = {
  readonly path: string;
  readonly lines: string[];
  /** Resolves with the next line of the log. */
  readonly nextLine: () => Promise<string>;
  readonly open: (more?: Partial<FileDirectoryOptions>) => Promise<Directory>;
};

/** A folder with the suite's people, a pool and a log, all gone after the test. */
async function setUp(t: Pick<TestContext, 'after'>): Promise<Bench> {
  const folder = await mkdtemp(join(tmpdir(), 'users-'));
  const path = join(folder, 'users_database.yml');
  await writeFile(path, text);
  const pool = openDigestPool();
  const opened: Directory[] = [];
  t.after(async () => {
    for (const directory of opened) await directory.close();
    await pool.close();
    await rm(folder, { recursive: true });
  });
  const lines: string[] = [];
  const told = new EventEmitter();
  const write = (line: string): void => {
    lines.push(line);
    told.emit('line', line);
  };
  return {
    path,
    lines,
    nextLine: async () => String((await once(told, 'line'))[0]),
    open: async (more) => {
      const directory = await openFileDirectory({
        path,
        watch: false,
        hashing: cheap,
        search: { email: false, caseInsensitive: false },
        extraAttributes: {},
        pool,
        log: openLog({ level: 'info', format: 'json' }, { write }),
        ...more,
      });
      opened.push(directory);
      return directory;
    },
  };
}

const openSuite = async () => {
  const closers: (() => unknown)[] = [];
  const bench = await setUp({ after: (close) => void closers.push(close as () => unknown) });
  return {
    directory: await bench.open(),
    close: async () => void (await Promise.all(closers.map((close) => close()))),
  };
};
describeDirectory('a users file', openSuite);
describePasswordChange('a users file', openSuite);

test('a swapped file is followed, and the one before stays when the new one is broken', async (t) => {
  const { path, open, nextLine, lines } = await setUp(t);
  const directory = await open({ watch: true });

  let line = nextLine();
  await writeFile(`${path}.new`, text.replace('Alice Adams', 'Alice Abel'));
  await rename(`${path}.new`, path);
  assert.match(await line, /users file read again/);
  const found = await directory.find('alice');
  assert.ok(found.kind === 'found');
  assert.equal(found.identity.displayName, 'Alice Abel');

  line = nextLine();
  await writeFile(path, text.replace("displayname: 'Carol Clark'", 'displayname: [alice@example.com]'));
  const told = JSON.parse(await line);
  assert.match(told.msg, /people read before stay in force: This is not a text/);
  assert.deepEqual([told.level, told.line, told.key], ['error', 16, 'users.carol.displayname']);
  assert.doesNotMatch(lines.join(''), /@example/);
  assert.equal((await directory.checkPassword('carol', 'password three')).kind, 'verified');

  line = nextLine();
  await unlink(path);
  assert.match(await line, /stay in force: There is no users file/);

  line = nextLine();
  await writeFile(path, text.replaceAll('disabled: false', 'disabled: true'));
  assert.match(await line, /users file read again/);
  assert.deepEqual(await directory.checkPassword('alice', 'pä$$word one'), { kind: 'refused' });
  assert.equal(lines.length, 4);
});

test('a missing file is left as a sample that only its owner reads, and the start fails', async (t) => {
  const { path, open } = await setUp(t);
  await unlink(path);
  await assert.rejects(open(), (failure) => {
    assert.ok(failure instanceof UsersFileMissing);
    assert.match(failure.message, /A sample has been written there/);
    return true;
  });
  assert.equal((await stat(path)).mode & 0o777, 0o600);
  const directory = await open();
  assert.deepEqual(await directory.find('alice'), { kind: 'unknown' });
});

test('a file that cannot be had is named, and so is the cure', async (t) => {
  const { path, open } = await setUp(t);
  await assert.rejects(open({ path: join(path, '..', 'no', 'users.yml') }), UsersFileUnreadable);
  await assert.rejects(open({ path: join(path, '..') }), /is a file and may be read/);
});

test('a broken file stops the start with every problem listed', async (t) => {
  const { path, open } = await setUp(t);
  await writeFile(path, 'users:\n  alice:\n    disabled: perhaps\n');
  await assert.rejects(open(), (failure) => {
    assert.ok(failure instanceof UsersFileBroken);
    assert.equal(failure.problems.length, 3);
    assert.match(failure.message, /users_database\.yml:3: error at users\.alice\.disabled/);
    return true;
  });
  assert.match(await readFile(path, 'utf8'), /perhaps/);
});

test('unknown and disabled people cost one digest like that of most people', async (t) => {
  const { path, open } = await setUp(t);
  const odd = await generateDigest({ ...sha2CryptDefaults, iterations: 1000 }, 'password two');
  await writeFile(
    path,
    text.replace(/(bob:\s+password: )'[^']*'/, (_, key: string) => `${key}'${odd}'`),
  );
  const asked: Digest[] = [];
  const inner = openDigestPool();
  t.after(() => inner.close());
  const pool: DigestPool = {
    ...inner,
    verify(digest, secret) {
      asked.push(digest);
      return inner.verify(digest, secret);
    },
  };
  const directory = await open({ pool });
  assert.equal((await directory.checkPassword('alice', 'pä$$word one')).kind, 'verified');
  assert.deepEqual(await directory.checkPassword('bob', 'password two'), { kind: 'refused' });
  assert.deepEqual(await directory.checkPassword('nobody', 'password two'), { kind: 'refused' });
  assert.equal(asked.length, 3);
  assert.equal(new Set(asked.map(costOf)).size, 1);
});

test('a full queue is told as unavailable, never as a wrong password', async (t) => {
  const { open } = await setUp(t);
  const pool = openDigestPool({ concurrency: 1, queueMax: 1 });
  t.after(() => pool.close());
  const directory = await open({ pool });
  const answers = await Promise.all([1, 2, 3, 4, 5].map(() => directory.checkPassword('alice', 'pä$$word one')));
  assert.deepEqual(
    answers.map(({ kind }) => kind),
    ['verified', 'verified', 'unavailable', 'unavailable', 'unavailable'],
  );
});

test('a new password changes its own place in the file and not a byte beside it', async (t) => {
  const { path, open } = await setUp(t);
  const odd = `# People of the house
users:   # in no order
  carol: {displayname: "Carol Clark",  password: "${await generateDigest(cheap, 'password three')}" , groups: []}

  'alice':
      nickname: Al          # an unknown key stays too
      password: >-
        ${await generateDigest(cheap, 'pä$$word one')}
      displayname: Alice
      note: |
        kept
  bob:
    displayname: Bob
    disabled: true
    password: "${await generateDigest(cheap, 'password two')}"
# the end`;
  await writeFile(path, odd);
  await chmod(path, 0o664);
  const directory = await open();
  assert.deepEqual(await directory.setPassword('alice', 'new one'), { kind: 'set' });
  assert.deepEqual(await directory.setPassword('carol', 'new three'), { kind: 'set' });
  const rewritten = await readFile(path, 'utf8');
  const masked = (text: string): string => text.replace(/(>-\s+)?['"]?\$argon2id\$[^\s'"]+['"]?/g, 'DIGEST');
  assert.equal(masked(rewritten), masked(odd));
  assert.equal((await stat(path)).mode & 0o777, 0o664);
  assert.deepEqual(await readdir(join(path, '..')), ['users_database.yml'], 'nothing is left beside the file');
  const again = await open();
  assert.equal((await again.checkPassword('alice', 'new one')).kind, 'verified');
  assert.equal((await again.checkPassword('carol', 'new three')).kind, 'verified');
  assert.deepEqual(await again.checkPassword('bob', 'password two'), { kind: 'refused' }, 'bob is disabled still');
});

test('attack 17: a password that was changed while it waited to be looked at is wrong', async (t) => {
  const { open } = await setUp(t);
  const directory = await open();
  const heard: boolean[] = [];
  const answer = await directory.checkPassword('alice', 'pä$$word one', {
    async mayTry() {
      assert.deepEqual(await directory.setPassword('alice', 'new one'), { kind: 'set' });
      return true;
    },
    async conclude(_username, isRight) {
      heard.push(isRight);
      return isRight;
    },
  });
  assert.deepEqual([answer, heard], [{ kind: 'refused' }, [false]]);
  assert.equal((await directory.checkPassword('alice', 'new one')).kind, 'verified');
});

test('a password whose file was written anew while it waited to be looked at is right', async (t) => {
  const { path, open } = await setUp(t);
  const directory = await open();
  const answer = await directory.checkPassword('alice', 'pä$$word one', {
    async mayTry() {
      await directory.setPassword('alice', 'pä$$word one');
      return true;
    },
    conclude: async (_username, isRight) => isRight,
  });
  assert.notEqual(await readFile(path, 'utf8'), text, 'the digest is another one');
  assert.equal(answer.kind, 'verified');
});

test('a file edited meanwhile keeps the edit, and two people at once both get their password', async (t) => {
  const { path, open } = await setUp(t);
  const directory = await open();
  await writeFile(path, text.replace('Carol Clark', 'Carol Cole'));
  const answers = await Promise.all([directory.setPassword('alice', 'one'), directory.setPassword('carol', 'three')]);
  assert.deepEqual(answers, [{ kind: 'set' }, { kind: 'set' }]);
  assert.equal((await directory.checkPassword('alice', 'one')).kind, 'verified');
  assert.equal((await directory.checkPassword('carol', 'three')).kind, 'verified');
  assert.match(await readFile(path, 'utf8'), /Carol Cole/);
});

test('a file that cannot be written, is broken or shares digests keeps what it has, and says why', async (t) => {
  const { path, open } = await setUp(t);
  const directory = await open();
  const shared = text
    .replace(/(alice:\s+password: )('[^']*')/, '$1&all $2')
    .replace(/(carol:\s+password: )'[^']*'/, '$1*all');
  for (const [content, cause] of [
    ['users:\n  alice: [', UsersFileBroken],
    [shared, PasswordShared],
  ] as const) {
    await writeFile(path, content);
    const answer = await directory.setPassword('alice', 'new');
    assert.ok(answer.kind === 'unavailable' && answer.cause instanceof cause);
    assert.equal(await readFile(path, 'utf8'), content);
  }
  await unlink(path);
  assert.equal((await directory.setPassword('alice', 'new')).kind, 'unavailable');
  assert.equal((await directory.checkPassword('alice', 'pä$$word one')).kind, 'verified');
});

test('a link to the file stays a link', async (t) => {
  const { path, open } = await setUp(t);
  await rename(path, `${path}.real`);
  await symlink(`${path}.real`, path);
  const directory = await open();
  assert.deepEqual(await directory.setPassword('alice', 'new one'), { kind: 'set' });
  assert.ok((await lstat(path)).isSymbolicLink());
  assert.equal((await (await open()).checkPassword('alice', 'new one')).kind, 'verified');
});
