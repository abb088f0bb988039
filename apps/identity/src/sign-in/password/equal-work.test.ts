/**
 * Attack 16 by counting: what a refusal asks of the database and of the LDAP server is the same whoever was meant, from the
 * first failure over the one that makes a ban to those that a ban refuses.
 */
import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { openDigestPool } from '@gatehouse/password/digest-pool.ts';
import { generateDigest } from '@gatehouse/password/generate.ts';
import { argon2Defaults } from '@gatehouse/password/hash-options.ts';
import { needs } from '@gatehouse/testing/needs.ts';
import { temporaryFolder } from '@gatehouse/testing/temporary-folder.ts';
import { openLog } from '@gatehouse/web/log.ts';
import type { Directory } from '../../directory/directory.ts';
import { openFileDirectory } from '../../directory/file/file-directory.ts';
import { openCostlySlapd } from '../../directory/ldap/costly-slapd.testing.ts';
import { openBanStore } from '../../regulation/ban.store.ts';
import { openAttemptLimiter } from '../../regulation/limiter.ts';
import { openRegulation } from '../../regulation/regulation.ts';
import { openMemoryDatabase } from '../../storage/databases.suite.ts';
import { listened } from '../../storage/statements.testing.ts';
import { openPasswordCheck } from './password.check.ts';

const nowMs = (): number => 1_800_000_000_000;
const log = openLog({ level: 'silent', format: 'text' });
const password = 'a password';
const rules = { modes: ['user', 'ip'] as const, failuresMax: 3, findTimeMs: 120_000, banTimeMs: 300_000 };
/** Bob is disabled, and nobody is called mallory. */
const names = ['alice', 'bob', 'mallory'];

async function openRoom(directory: Directory) {
  const plain = await openMemoryDatabase();
  const { database, statements } = listened(plain);
  const parts = { database, nowMs, newId: randomUUID };
  const regulation = openRegulation({ ...parts, rules, log, digestKey: randomBytes(32) });
  const limiter = openAttemptLimiter({ database, nowMs });
  const checkPassword = openPasswordCheck({ directory, regulation, limiter, addressLimits: [] });
  async function tried(login: string, typed: string): Promise<readonly string[]> {
    statements();
    // Everybody comes from an address of their own: what one tries bans no other.
    const address = `192.0.2.${names.indexOf(login) + 1}`;
    const answer = await checkPassword({ login, password: typed, address });
    assert.deepEqual(answer, { kind: 'refused' });
    return statements();
  }
  return { tried, regulation, statements, bans: openBanStore(parts), [Symbol.asyncDispose]: () => plain.close() };
}

const failed = ['select bans', 'insert sign_in_attempts', 'select sign_in_attempts', 'select sign_in_attempts'];
const closing = [...failed.slice(0, 3), 'insert bans', 'select sign_in_attempts', 'insert bans'];

test('attack 16: a refusal asks as much of the database for an unknown and a disabled name as for a known one', async () => {
  await using people = await openPeople();
  for (const name of names) {
    await using room = await openRoom(people.directory);
    for (const expected of [failed, failed, closing, failed, failed])
      assert.deepEqual(await room.tried(name, 'a guess'), expected, name);
    assert.deepEqual(await room.tried(name, password), failed, `${name}, banned, with the right password`);
  }
});

test('attack 16: whoever an administrator banned costs as much as anybody', async () => {
  await using people = await openPeople();
  await using room = await openRoom(people.directory);
  await room.bans.add({ kind: 'user', subject: 'alice' }, undefined, 'left the company');
  for (const typed of ['a guess', password]) assert.deepEqual(await room.tried('alice', typed), failed);
});

test('attack 16: a right password among too many wrong ones at the same moment costs what those cost', async () => {
  await using people = await openPeople();
  await using room = await openRoom(people.directory);
  const { regulation, statements } = room;
  const attempt = { username: 'alice', address: '192.0.2.1' };
  for (let count = 0; count < 3; count++) await regulation.recordFailure(attempt);
  statements();
  await regulation.recordFailure(attempt);
  const wrong = statements();
  assert.equal(await regulation.recordSuccess(attempt), 'banned');
  assert.deepEqual(statements().toSorted(), wrong.toSorted());
});

test('attack 16: a refusal asks as much of an LDAP server for an unknown and a disabled name as for a known one', {
  skip: needs('slapd', 'openssl'),
}, async () => {
  await using slapd = await openCostlySlapd(['alice', 'bob'], password, ['bob']);
  await using room = await openRoom(slapd.directory);
  async function asked(ask: () => Promise<unknown>) {
    const before = await slapd.operations();
    await ask();
    const after = await slapd.operations();
    return { binds: after.binds - before.binds, searches: after.searches - before.searches - 2 };
  }
  await room.tried('mallory', 'a guess');
  // The search for who is meant, the bind as them, and one back to the account to search with.
  const once = { binds: 2, searches: 1 };
  for (const name of names)
    for (const typed of ['a guess', 'a guess', 'a guess', 'a guess', password])
      assert.deepEqual(await asked(() => room.tried(name, typed)), once, `${name}, ${typed}`);
  await slapd.directory.find('alice');
  for (const name of names)
    assert.deepEqual(await asked(() => slapd.directory.find(name)), { binds: 0, searches: 2 }, `finding ${name}`);
});

async function openPeople() {
  const folder = temporaryFolder('equal-work');
  const path = join(folder.path, 'users.yml');
  const cheap = { ...argon2Defaults, memory: 64, iterations: 1, parallelism: 1 };
  const digest = await generateDigest(cheap, password);
  const entries = ['alice', 'bob'].map(
    (name) => `  ${name}: { displayname: ${name}, password: '${digest}', disabled: ${name === 'bob'} }\n`,
  );
  writeFileSync(path, `users:\n${entries.join('')}`);
  const pool = openDigestPool({ concurrency: 1 });
  const directory = await openFileDirectory({
    ...{ path, pool, log, watch: false, hashing: cheap, extraAttributes: {} },
    search: { email: false, caseInsensitive: false },
  });
  return {
    directory,
    async [Symbol.asyncDispose]() {
      await directory.close();
      await pool.close();
      await folder.remove();
    },
  };
}
