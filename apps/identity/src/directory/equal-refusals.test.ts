/**
 * Attack 16 by a clock, at the directory alone: whether a name is known cannot be read off how long a refusal takes. A thousand
 * tries in pairs, one wrong password for a known name and one for an unknown; half as many of an LDAP server, which gets its
 * thousand at the door (`sign-in/password/equal-time.test.ts`).
 */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { openDigestPool } from '@gatehouse/password/digest-pool.ts';
import { generateDigest } from '@gatehouse/password/generate.ts';
import { argon2Defaults } from '@gatehouse/password/hash-options.ts';
import { needs } from '@gatehouse/testing/needs.ts';
import { zMax, zOfPairs } from '@gatehouse/testing/paired-times.ts';
import { temporaryFolder } from '@gatehouse/testing/temporary-folder.ts';
import { openLog } from '@gatehouse/web/log.ts';
import type { Directory } from './directory.ts';
import { openFileDirectory } from './file/file-directory.ts';
import { openCostlySlapd } from './ldap/costly-slapd.testing.ts';

const log = openLog({ level: 'silent', format: 'text' });
/** Costs a fraction of a millisecond, so that anything beside it would show. */
const cheap = { ...argon2Defaults, memory: 64, iterations: 1, parallelism: 1 };

test('attack 16: a refusal by the users file takes as long for an unknown and a disabled name as for a known one', async () => {
  await using folder = temporaryFolder('equal');
  const path = join(folder.path, 'users.yml');
  const entries = ['alice', 'bob'].map(
    async (name) => `  ${name}:
    displayname: ${name}
    password: '${await generateDigest(cheap, 'a password')}'
    disabled: ${name === 'bob'}
`,
  );
  writeFileSync(path, `users:\n${(await Promise.all(entries)).join('')}`);
  const pool = openDigestPool({ concurrency: 1 });
  const directory = await openFileDirectory({
    ...{ path, pool, log, watch: false, hashing: cheap, extraAttributes: {} },
    search: { email: false, caseInsensitive: false },
  });
  try {
    for (const name of ['nobody', 'bob']) assertEqual(await zOf(directory, 'alice', name), name);
  } finally {
    await directory.close();
    await pool.close();
  }
});

test('attack 16: a refusal by an LDAP server takes as long for an unknown name as for a known one, and for a right password that lets nobody in', {
  skip: needs('slapd', 'openssl'),
}, async () => {
  await using slapd = await openCostlySlapd(['alice'], 'a password');
  const { directory } = slapd;
  assert.equal((await directory.checkPassword('alice', 'a password')).kind, 'verified');
  assertEqual(await zOf(directory, 'alice', 'nobody', 250), 'nobody');
  const closed = { mayTry: async () => true, conclude: async () => false };
  const z = await zOfPairs({
    pairs: 100,
    one: () => wrong(directory, 'alice'),
    other: async () => assert.equal((await directory.checkPassword('alice', 'a password', closed)).kind, 'refused'),
  });
  assertEqual(z, 'alice, with the right password');
});

function assertEqual(z: number, name: string): void {
  assert.ok(Math.abs(z) < zMax, `refusing '${name}' and 'alice' takes different times: z is ${z.toFixed(1)}`);
}

async function wrong(directory: Directory, name: string): Promise<void> {
  assert.equal((await directory.checkPassword(name, 'a wrong password')).kind, 'refused');
}

async function zOf(directory: Directory, known: string, other: string, pairs = 500): Promise<number> {
  for (let warm = 0; warm < 50; warm++) await wrong(directory, warm % 2 === 0 ? known : other);
  return await zOfPairs({
    pairs,
    one: () => wrong(directory, known),
    other: () => wrong(directory, other),
  });
}
