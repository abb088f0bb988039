/**
 * Attack 16 by a clock, at the door: a stranger posts the sign-in form over HTTP, with wrong passwords for people and for names
 * that nobody has, and cannot read off the time which is which.
 */
import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { openDigestPool } from '@gatehouse/password/digest-pool.ts';
import { generateDigest } from '@gatehouse/password/generate.ts';
import { argon2Defaults } from '@gatehouse/password/hash-options.ts';
import { openHttpAsker } from '@gatehouse/testing/http-asker.ts';
import { needs } from '@gatehouse/testing/needs.ts';
import { zMax, zOfPairs } from '@gatehouse/testing/paired-times.ts';
import { temporaryFolder } from '@gatehouse/testing/temporary-folder.ts';
import { drain, listen } from '@gatehouse/web/listen.ts';
import { openLog } from '@gatehouse/web/log.ts';
import { getRequestListener } from '@hono/node-server';
import type { Directory } from '../../directory/directory.ts';
import { openFileDirectory } from '../../directory/file/file-directory.ts';
import { openCostlySlapd } from '../../directory/ldap/costly-slapd.testing.ts';
import { openPortal, origin } from '../../portal.suite.ts';
import { openAttemptLimiter } from '../../regulation/limiter.ts';
import { openRegulation } from '../../regulation/regulation.ts';
import { openMemoryDatabase } from '../../storage/databases.suite.ts';
import { openPasswordCheck } from './password.check.ts';

const log = openLog({ level: 'silent', format: 'text' });
/** Costs a fraction of a millisecond, so that anything beside it would show. */
const cheap = { ...argon2Defaults, memory: 64, iterations: 1, parallelism: 1 };
/** Known too: with them whatever is computed once is computed before the clock runs. */
const first = 'known999';

/** As long as one another: the page shows the name that was typed. */
const namesOf = (kind: 'known' | 'other' | 'ended', count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${kind}${String(index).padStart(3, '0')}`);

async function openDoor(t: TestContext, directory: Directory) {
  const database = await openMemoryDatabase();
  const rules = { modes: ['user' as const], failuresMax: 3, findTimeMs: 120_000, banTimeMs: 300_000 };
  const nowMs = (): number => 1_800_000_000_000;
  const regulation = openRegulation({ database, rules, nowMs, newId: randomUUID, log, digestKey: randomBytes(32) });
  const limiter = openAttemptLimiter({ database, nowMs });
  const { app } = await openPortal(t, {
    services: { regulation, checkPassword: openPasswordCheck({ directory, regulation, limiter, addressLimits: [] }) },
  });
  const server = createServer(getRequestListener(app.fetch, { overrideGlobalObjects: false }));
  await listen(server, { port: 0, host: '127.0.0.1' });
  const { port } = server.address() as AddressInfo;
  const asker = openHttpAsker(port, { host: 'auth.example.com', origin });
  t.after(async () => {
    asker[Symbol.dispose]();
    await drain(server);
    await database.close();
  });

  async function refused(username: string) {
    const { status, headers, body } = await asker.post('/sign-in/flow1/password', { username, password: 'a guess' });
    assert.equal(status, 401);
    const { date: _, ...told } = headers;
    return { told, body: body.replaceAll(username, '(name)') };
  }

  return async function assertEqual(tries: number, known: readonly string[], other: readonly string[]): Promise<void> {
    for (let warm = 0; warm < 25; warm++) assert.deepEqual(await refused('other999'), await refused(first));
    const z = await zOfPairs({
      pairs: known.length * tries,
      one: (pair) => refused(known[pair % known.length] ?? ''),
      other: (pair) => refused(other[pair % other.length] ?? ''),
    });
    assert.ok(
      Math.abs(z) < zMax,
      `refusing '${known[0]}' and '${other[0]}' takes different times: z is ${z.toFixed(1)}`,
    );
  };
}

test('attack 16: at the door, a users file behind it, refusing an unknown or a disabled name takes as long as a known one', async (t) => {
  await using folder = temporaryFolder('equal-time');
  const path = join(folder.path, 'users.yml');
  const digest = await generateDigest(cheap, 'a password');
  const entries = [first, ...namesOf('known', 140), ...namesOf('ended', 40)].map(
    (name) => `  ${name}: { displayname: ${name}, password: '${digest}', disabled: ${name.startsWith('ended')} }\n`,
  );
  writeFileSync(path, `users:\n${entries.join('')}`);
  const pool = openDigestPool({ concurrency: 1 });
  const directory = await openFileDirectory({
    ...{ path, pool, log, watch: false, hashing: cheap, extraAttributes: {} },
    search: { email: false, caseInsensitive: false },
  });
  t.after(async () => {
    await directory.close();
    await pool.close();
  });
  const assertEqual = await openDoor(t, directory);
  const known = namesOf('known', 140);
  // The first failures, the one that closes a name, and two that find it closed.
  await assertEqual(5, known.slice(0, 100), namesOf('other', 100));
  await assertEqual(5, known.slice(100), namesOf('ended', 40));
});

test('attack 16: at the door, an LDAP server behind it, refusing an unknown name takes as long as a known one', {
  skip: needs('slapd', 'openssl'),
}, async (t) => {
  const known = namesOf('known', 250);
  await using slapd = await openCostlySlapd([first, ...known], 'a password');
  const assertEqual = await openDoor(t, slapd.directory);
  // A thousand tries, before names are closed: while the server pays for those it knows.
  await assertEqual(2, known, namesOf('other', 250));
});
