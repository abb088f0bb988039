import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { describe, test } from 'node:test';
import { openSealer } from '@gatehouse/storage/sealer.ts';
import { type AttemptLimit, openAttemptLimiter } from '../../regulation/limiter.ts';
import { onEveryDatabase, openMemoryDatabase } from '../../storage/databases.suite.ts';
import type { IdentityDatabase } from '../../storage/tables.ts';
import { codeAtStep, stepAt, type TotpKey } from './totp.code.ts';
import { openTotp, type TotpOptions } from './totp.verify.ts';

const defaults: TotpOptions = {
  issuer: 'Gatehouse',
  algorithm: 'SHA1',
  digits: 6,
  periodSeconds: 30,
  skew: 1,
  secretBytes: 32,
  allowedAlgorithms: ['SHA1'],
  allowedDigits: [6],
  allowedPeriodsSeconds: [30],
  allowReuse: false,
};
const startMs = 1_800_000_000_000;
const sealer = openSealer('an encryption key for tests');

function openHouse(
  database: IdentityDatabase,
  clock: { ms: number },
  options: Partial<TotpOptions> = {},
  more: { readonly addressLimits?: readonly AttemptLimit[] } = {},
) {
  const nowMs = () => clock.ms;
  const limiter = openAttemptLimiter({ database, nowMs });
  const totp = openTotp({
    database,
    sealer,
    limiter,
    nowMs,
    newId: randomUUID,
    randomBytes,
    options: { ...defaults, ...options },
    ...more,
  });
  return { totp, limiter };
}

function codeNow(key: TotpKey, clock: { ms: number }, offset = 0): string {
  return codeAtStep(key, stepAt(clock.ms, key.periodSeconds) + offset);
}

/** Some code that is not right now, in any step of the window. */
function wrongCode(key: TotpKey, clock: { ms: number }): string {
  const right = [-1, 0, 1].map((offset) => codeNow(key, clock, offset));
  return ['000000', '111111', '222222', '333333'].find((code) => !right.includes(code)) ?? '';
}

onEveryDatabase('one-time codes', (open) => {
  async function openEnrolled(options: Partial<TotpOptions> = {}) {
    const clock = { ms: startMs };
    const { database, again } = await open();
    const { totp, limiter } = openHouse(database, clock, options);
    const key = totp.propose();
    await totp.create('alice', key);
    return { clock, database, again, totp, limiter, key };
  }

  test('attack 18: the right code verifies once', async () => {
    const { totp, key, clock } = await openEnrolled();
    assert.deepEqual(await totp.verify('alice', codeNow(key, clock), '192.0.2.1'), { kind: 'verified' });
    assert.deepEqual(await totp.verify('alice', codeNow(key, clock), '192.0.2.1'), { kind: 'used', periodSeconds: 30 });
    clock.ms += 30_000;
    assert.equal((await totp.verify('alice', codeNow(key, clock, -1), '192.0.2.1')).kind, 'used');
    assert.equal((await totp.verify('alice', codeNow(key, clock), '192.0.2.1')).kind, 'verified');
  });

  test('attack 18: a code that was used stays used over a restart and in another process', async () => {
    const { totp, key, clock, again } = await openEnrolled();
    await totp.verify('alice', codeNow(key, clock), '192.0.2.1');
    const { totp: other } = openHouse(await again(), clock);
    assert.equal((await other.verify('alice', codeNow(key, clock), '192.0.2.1')).kind, 'used');
  });

  test('attack 18: of parallel uses of one code in two processes exactly one verifies', async () => {
    const { totp, key, clock, again } = await openEnrolled();
    const { totp: other } = openHouse(await again(), clock);
    const code = codeNow(key, clock);
    const answers = await Promise.all(
      [totp, other, totp, other].map((each, index) => each.verify('alice', code, `192.0.2.${index}`)),
    );
    assert.equal(answers.filter((answer) => answer.kind === 'verified').length, 1);
  });

  test('reuse inside the window is allowed only where the configuration says so', async () => {
    const { totp, key, clock } = await openEnrolled({ allowReuse: true });
    for (const _ of [1, 2])
      assert.equal((await totp.verify('alice', codeNow(key, clock), '192.0.2.1')).kind, 'verified');
  });

  test('attack 17: of two hundred parallel wrong codes five are looked at, and the right one is limited with the rest', async () => {
    const { totp, key, clock, again } = await openEnrolled();
    const { totp: other } = openHouse(await again(), clock);
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, index) =>
        (index % 2 ? totp : other).verify('alice', wrongCode(key, clock), `198.51.100.${index}`),
      ),
    );
    assert.equal(answers.filter((answer) => answer.kind === 'wrong').length, 5);
    assert.equal(answers.filter((answer) => answer.kind === 'limited').length, 195);
    const limited = await totp.verify('alice', codeNow(key, clock), '203.0.113.1');
    assert.deepEqual(limited, { kind: 'limited', retryAtMs: startMs + 300_000 });
    clock.ms += 300_000;
    assert.equal((await totp.verify('alice', codeNow(key, clock), '203.0.113.1')).kind, 'verified');
  });

  test('attack 17: fifty wrong codes in a day are the most, however patient the guesser is', async () => {
    const { totp, key, clock } = await openEnrolled();
    const kinds: string[] = [];
    for (let round = 0; round < 11; round++) {
      for (let guess = 0; guess < 5; guess++)
        kinds.push((await totp.verify('alice', wrongCode(key, clock), `203.0.113.${round}`)).kind);
      clock.ms += 300_000;
    }
    assert.equal(kinds.filter((kind) => kind === 'wrong').length, 50);
  });

  test('an address that guesses for many people is limited too, with its whole IPv6 network', async () => {
    const { totp, key, clock } = await openEnrolled();
    const guess = wrongCode(key, clock);
    for (let person = 0; person < 10; person++) {
      await totp.create(`person${person}`, key);
      for (let attempt = 0; attempt < 5; attempt++)
        await totp.verify(`person${person}`, guess, `2001:db8::${person}:${attempt}`);
    }
    assert.equal((await totp.verify('alice', codeNow(key, clock), '2001:db8::ffff')).kind, 'limited');
    assert.equal((await totp.verify('alice', codeNow(key, clock), '2001:db8:0:1::1')).kind, 'verified');
  });

  test('attack 17: an address may guess as often as the configuration says', async () => {
    const clock = { ms: startMs };
    const { database } = await open();
    const { totp } = openHouse(database, clock, {}, { addressLimits: [{ attemptsMax: 2, windowMs: 60_000 }] });
    const kinds: string[] = [];
    for (const name of ['alice', 'bob', 'carol']) {
      const key = totp.propose();
      await totp.create(name, key);
      kinds.push((await totp.verify(name, wrongCode(key, clock), '192.0.2.1')).kind);
    }
    assert.deepEqual(kinds, ['wrong', 'wrong', 'limited']);
  });

  test('what succeeds does not count, for the person or for the address', async () => {
    const { totp, key, clock } = await openEnrolled();
    for (let round = 0; round < 60; round++) {
      assert.equal((await totp.verify('alice', codeNow(key, clock), '192.0.2.1')).kind, 'verified');
      clock.ms += 30_000;
    }
  });

  test('what is no code is said so and does not count', async () => {
    const { totp, key, clock } = await openEnrolled();
    for (const text of ['', '12345', 'abcdef', '1234567', '', '12'])
      assert.deepEqual(await totp.verify('alice', text, '192.0.2.1'), { kind: 'malformed', digits: 6 });
    assert.equal((await totp.verify('alice', codeNow(key, clock), '192.0.2.1')).kind, 'verified');
  });

  test('nobody has a factor until it is enrolled with a code, and that code is spent', async () => {
    const clock = { ms: startMs };
    const { totp } = openHouse((await open()).database, clock);
    const key = totp.propose();
    assert.equal(await totp.has('bob'), false);
    assert.equal((await totp.verify('bob', codeNow(key, clock), '192.0.2.1')).kind, 'not-enrolled');
    assert.equal((await totp.enrol('bob', key, wrongCode(key, clock), '192.0.2.1')).kind, 'wrong');
    assert.equal(await totp.has('bob'), false);
    assert.equal((await totp.enrol('bob', key, codeNow(key, clock), '192.0.2.1')).kind, 'verified');
    assert.equal(await totp.has('bob'), true);
    assert.equal((await totp.verify('bob', codeNow(key, clock), '192.0.2.1')).kind, 'used');
  });

  test('a new enrolment takes the place of the old one', async () => {
    const { totp, key, clock } = await openEnrolled();
    await totp.verify('alice', codeNow(key, clock), '192.0.2.1');
    const fresh = totp.propose();
    await totp.enrol('alice', fresh, codeNow(fresh, clock), '192.0.2.1');
    clock.ms += 30_000;
    assert.equal((await totp.verify('alice', codeNow(key, clock), '192.0.2.1')).kind, 'wrong');
    assert.equal((await totp.verify('alice', codeNow(fresh, clock), '192.0.2.1')).kind, 'verified');
  });

  test('a description says when the factor came and when it was last used, and holds no secret', async () => {
    const { totp, key, clock } = await openEnrolled();
    const described = { issuer: 'Gatehouse', algorithm: 'SHA1', digits: 6, periodSeconds: 30, createdAtMs: startMs };
    assert.deepEqual(await totp.describe('alice'), { ...described, lastUsedAtMs: undefined });
    for (const _ of [1, 2]) {
      clock.ms += 30_000;
      await totp.verify('alice', codeNow(key, clock), '192.0.2.1');
    }
    assert.deepEqual(await totp.describe('alice'), { ...described, lastUsedAtMs: startMs + 60_000 });
    assert.equal(await totp.describe('bob'), undefined);
  });

  test('removing takes the factor and its steps', async () => {
    const { totp, key, clock, database } = await openEnrolled();
    await totp.verify('alice', codeNow(key, clock), '192.0.2.1');
    assert.equal(await totp.remove('alice'), 'removed');
    assert.equal(await totp.remove('alice'), 'missing');
    assert.equal(await totp.has('alice'), false);
    assert.deepEqual(await database.kysely.selectFrom('totp_used_steps').selectAll().execute(), []);
  });

  test('spent steps are swept after a day, in portions, but for the newest', async () => {
    const { totp, key, clock, database } = await openEnrolled();
    for (let round = 0; round < 5; round++) {
      await totp.verify('alice', codeNow(key, clock), '192.0.2.1');
      clock.ms += 30_000;
    }
    assert.equal(await totp.sweep(100), 0);
    clock.ms += 86_400_000;
    assert.equal(await totp.sweep(3), 3);
    assert.equal(await totp.sweep(3), 1);
    assert.equal((await database.kysely.selectFrom('totp_used_steps').selectAll().execute()).length, 1);
    assert.equal((await totp.describe('alice'))?.lastUsedAtMs, startMs + 120_000);
  });

  test('the secret is sealed, and bound to its factor', async () => {
    const { totp, key, database } = await openEnrolled();
    const row = await database.kysely.selectFrom('one_time_code_factors').selectAll().executeTakeFirstOrThrow();
    assert.ok(!Buffer.from(row.secret).includes(Buffer.from(key.secret)));
    await totp.create('bob', totp.propose());
    await database.kysely
      .updateTable('one_time_code_factors')
      .set({ secret: row.secret })
      .where('username', '=', 'bob')
      .execute();
    await assert.rejects(totp.verify('bob', '123456', '192.0.2.1'), { code: 'seal-broken' });
  });

  test('counters whose window ended are swept', async () => {
    const { totp, key, clock, limiter, database } = await openEnrolled();
    await totp.verify('alice', wrongCode(key, clock), '192.0.2.1');
    assert.equal(await limiter.sweep(100), 0);
    clock.ms += 86_400_000;
    assert.equal(await limiter.sweep(2), 2);
    assert.equal(await limiter.sweep(2), 1);
    assert.deepEqual(await database.kysely.selectFrom('attempt_counters').selectAll().execute(), []);
  });
});

describe('a proposed key', () => {
  test('has a secret of the configured size, new each time', async () => {
    const { totp } = openHouse(await openMemoryDatabase(), { ms: startMs }, { secretBytes: 20 });
    const [one, other] = [totp.propose(), totp.propose()];
    assert.equal(one.secret.length, 20);
    assert.notDeepEqual(one.secret, other.secret);
  });

  test('may differ from the default only as far as the configuration allows', async () => {
    const { totp } = openHouse(
      await openMemoryDatabase(),
      { ms: startMs },
      { allowedAlgorithms: ['SHA1', 'SHA512'], allowedDigits: [6, 8] },
    );
    assert.equal(totp.propose({ algorithm: 'SHA512', digits: 8, periodSeconds: 30 }).digits, 8);
    for (const refused of [
      { algorithm: 'SHA256', digits: 6, periodSeconds: 30 },
      { algorithm: 'SHA1', digits: 7, periodSeconds: 30 },
      { algorithm: 'SHA1', digits: 6, periodSeconds: 60 },
    ] as const)
      assert.throws(() => totp.propose(refused), TypeError);
  });
});
