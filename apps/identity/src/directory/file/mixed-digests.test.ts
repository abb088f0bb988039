/**
 * Attack 16 where digests differ: a users file keeps old ones beside those that people set themselves, and neither the count of
 * the work nor the clock tells whose kind is which, or who is nobody.
 */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { costOf } from '@gatehouse/password/digest.ts';
import { openDigestPool } from '@gatehouse/password/digest-pool.ts';
import { generateDigest } from '@gatehouse/password/generate.ts';
import { argon2Defaults, type HashOptions, sha2CryptDefaults } from '@gatehouse/password/hash-options.ts';
import { zMax, zOfPairs } from '@gatehouse/testing/paired-times.ts';
import { temporaryFolder } from '@gatehouse/testing/temporary-folder.ts';
import { openLog } from '@gatehouse/web/log.ts';
import { type Hearing, openHearing } from '../directory.ts';
import { openFileDirectory } from './file-directory.ts';

const argon2 = { ...argon2Defaults, memory: 64, iterations: 1, parallelism: 1 };
/** bcrypt would take a hundred times as long at the least cost it may have. */
const sha512 = { ...sha2CryptDefaults, iterations: 1000 };
const people: Readonly<Record<string, HashOptions>> = { alice: argon2, bob: sha512, carol: argon2, gone: sha512 };

async function openMixed(t: TestContext) {
  const folder = temporaryFolder('mixed');
  const path = join(folder.path, 'users.yml');
  const entries = Object.entries(people).map(
    async ([name, options]) => `  ${name}:
    displayname: ${name}
    password: '${await generateDigest(options, 'a password')}'
    disabled: ${name === 'gone'}
`,
  );
  writeFileSync(path, `users:\n${(await Promise.all(entries)).join('')}`);
  const pool = openDigestPool({ concurrency: 1 });
  let paid: string[] = [];
  const directory = await openFileDirectory({
    ...{ path, watch: false, hashing: argon2, extraAttributes: {} },
    search: { email: false, caseInsensitive: false },
    log: openLog({ level: 'silent', format: 'text' }),
    pool: {
      ...pool,
      verify(digest, secret) {
        paid.push(costOf(digest).split(' ')[0] ?? '');
        return pool.verify(digest, secret);
      },
    },
  });
  t.after(async () => {
    await directory.close();
    await pool.close();
    await folder[Symbol.asyncDispose]();
  });
  return {
    /** What one try comes to, and the kinds of digest it cost. */
    async tried(name: string, password: string, hearing?: Hearing) {
      paid = [];
      const { kind } = await directory.checkPassword(name, password, hearing);
      return [kind, ...paid];
    },
  };
}

test('attack 16: a refusal costs one digest of each kind, in one order, whoever is refused and whyever', async (t) => {
  const { tried } = await openMixed(t);
  const refused = ['refused', 'argon2id', 'sha2crypt'];
  for (const name of [...Object.keys(people), 'nobody']) assert.deepEqual(await tried(name, 'a guess'), refused, name);
  const banned: Hearing = { ...openHearing, mayTry: async () => false };
  const tooLate: Hearing = { ...openHearing, conclude: async () => false };
  for (const name of ['alice', 'bob'])
    for (const hearing of [banned, tooLate]) assert.deepEqual(await tried(name, 'a password', hearing), refused, name);
  assert.deepEqual(
    await tried('alice', 'a password'),
    ['verified', 'argon2id'],
    'nobody who is let in pays for others',
  );
});

test('attack 16: from the first try on, refusals take as long for people with digests of either kind and for nobody', async (t) => {
  const { tried } = await openMixed(t);
  for (const [known, other] of [
    ['bob', 'nobody'],
    ['alice', 'bob'],
  ] as const) {
    const z = await zOfPairs({
      pairs: 250,
      one: () => tried(known, 'a guess'),
      other: () => tried(other, 'a guess'),
    });
    assert.ok(Math.abs(z) < zMax, `refusing '${known}' and '${other}' takes different times: z is ${z.toFixed(1)}`);
  }
});
