/**
 * Attack 16 by a clock: whether a name is known cannot be read off how long a refusal takes. A thousand tries in pairs, one wrong
 * password for a known name and one for an unknown, in alternating order; then the rank test of Wilcoxon on the differences,
 * which asks whether one side tends to be slower and is not led astray by the pauses of a busy machine. Equal work gives a
 * |z| above 4.5 once in 150,000 runs; work that differs by a small part of the noise gives far more.
 */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { openDigestPool } from '@gatehouse/password/digest-pool.ts';
import { generateDigest } from '@gatehouse/password/generate.ts';
import { argon2Defaults, sha2CryptDefaults } from '@gatehouse/password/hash-options.ts';
import { needs } from '@gatehouse/testing/needs.ts';
import { startSlapd } from '@gatehouse/testing/slapd.ts';
import { temporaryFolder } from '@gatehouse/testing/temporary-folder.ts';
import { openLog } from '@gatehouse/web/log.ts';
import { loadTexts, minimal } from '../config/fixtures/loading.ts';
import type { Directory } from './directory.ts';
import { openFileDirectory } from './file/file-directory.ts';
import { posix } from './ldap/directories.testing.ts';
import { openLdapDirectory } from './ldap/ldap-directory.ts';

const pairs = 500;
const zMax = 4.5;
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

test('attack 16: a refusal by an LDAP server takes as long for an unknown name as for a known one', {
  skip: needs('slapd', 'openssl'),
}, async () => {
  // The server pays some milliseconds for a person it knows, and none for a name it does not.
  const digest = await generateDigest({ ...sha2CryptDefaults, iterations: 5000 }, 'a password');
  await using slapd = await startSlapd({
    ldif: `dn: uid=alice,ou=people,dc=example,dc=com
objectClass: inetOrgPerson
uid: alice
cn: Alice Adams
sn: Adams
employeeType: present
userPassword: {CRYPT}${digest}
`,
  });
  const ldap = {
    address: `ldap://127.0.0.1:${slapd.port}`,
    base_dn: slapd.baseDn,
    user: slapd.searcher.dn,
    password: slapd.searcher.password,
    pooling: { enable: true, count: 1 },
    ...posix.keys,
  };
  const loaded = loadTexts([JSON.stringify({ ...minimal(), authentication_backend: { ldap } })]);
  const completed = loaded.kind === 'loaded' ? loaded.configuration.authentication_backend.ldap : undefined;
  assert.ok(completed);
  const directory = openLdapDirectory({
    ...{ ldap: completed, log, nowMs: Date.now, refusalMs: 20 },
    tlsOptions: { ca: readFileSync(slapd.certificates.caPath) },
  });
  try {
    assert.equal((await directory.checkPassword('alice', 'a password')).kind, 'verified');
    assertEqual(await zOf(directory, 'alice', 'nobody'), 'nobody');
  } finally {
    await directory.close();
  }
});

function assertEqual(z: number, name: string): void {
  assert.ok(Math.abs(z) < zMax, `refusing '${name}' and 'alice' takes different times: z is ${z.toFixed(1)}`);
}

async function zOf(directory: Directory, known: string, other: string): Promise<number> {
  async function timed(name: string): Promise<number> {
    const started = performance.now();
    assert.equal((await directory.checkPassword(name, 'a wrong password')).kind, 'refused');
    return performance.now() - started;
  }
  for (let warm = 0; warm < 50; warm++) await timed(warm % 2 === 0 ? known : other);
  const differences: number[] = [];
  for (let pair = 0; pair < pairs; pair++) {
    const isFirst = pair % 2 === 0;
    const [first, second] = [await timed(isFirst ? known : other), await timed(isFirst ? other : known)];
    differences.push(isFirst ? first - second : second - first);
  }
  return signedRankZ(differences);
}

/** Wilcoxon's signed-rank statistic, standardised; clocks are fine enough that ties do not matter. */
function signedRankZ(differences: readonly number[]): number {
  const ordered = differences.toSorted((a, b) => Math.abs(a) - Math.abs(b));
  const sum = ordered.reduce((found, each, index) => found + Math.sign(each) * (index + 1), 0);
  const n = ordered.length;
  return sum / Math.sqrt((n * (n + 1) * (2 * n + 1)) / 6);
}
