import assert from 'node:assert/strict';
import { randomInt, randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { openSealer } from '@gatehouse/storage/sealer.ts';
import { openAttemptLimiter } from '../../regulation/limiter.ts';
import { onEveryDatabase } from '../../storage/databases.suite.ts';
import type { IdentityDatabase } from '../../storage/tables.ts';
import { openPushStore } from '../push/push.store.ts';
import { openSecondFactors } from '../second-factors.ts';
import type { TotpKey } from '../totp/totp.code.ts';
import { openTotpStore } from '../totp/totp.store.ts';
import { openWebauthnStore, type SecurityKey } from '../webauthn/webauthn.store.ts';
import { takeKey } from '../webauthn/webauthn.take.ts';
import { makeCodes, parseCode } from './recovery.code.ts';
import { openRecovery } from './recovery.ts';

const address = '192.0.2.1';
const sealer = openSealer('an encryption key of this house');
const totpKey: TotpKey = {
  issuer: 'Example',
  algorithm: 'SHA1',
  digits: 6,
  periodSeconds: 30,
  secret: Buffer.alloc(20),
};
const phone = { device: 'DP1', name: 'Phone', method: 'push' } as const;
const key: SecurityKey = {
  id: 'key-1',
  credentialId: 'credential-1',
  rpId: 'auth.example.com',
  username: 'alice',
  name: 'Key',
  userHandle: undefined,
  createdAtMs: 0,
  lastUsedAtMs: undefined,
  aaguid: undefined,
  attestationType: 'none',
  attestationFormat: 'none',
  attachment: '',
  transports: [],
  signCount: 0,
  cloneWarning: false,
  legacy: false,
  discoverable: false,
  userPresent: true,
  userVerified: true,
  backupEligible: false,
  backupState: false,
  publicKey: new Uint8Array(8),
  attestation: new Uint8Array(),
};

onEveryDatabase('recovery codes', (open) => {
  async function openHouse() {
    const clock = { ms: 1_800_000_000_000 };
    const nowMs = () => clock.ms;
    const { database, again } = await open();
    const start = (each: IdentityDatabase) =>
      openRecovery({ database: each, limiter: openAttemptLimiter({ database: each, nowMs }), nowMs, randomInt });
    return { recovery: start(database), another: async () => start(await again()), database, clock };
  }

  test('there are ten, each is good once, in any case and with or without its groups', async () => {
    const { recovery } = await openHouse();
    assert.equal(await recovery.stateOf('alice'), undefined);
    const codes = await recovery.make('alice');
    assert.equal(new Set(codes).size, 10);
    const [first = '', second = ''] = codes;
    assert.deepEqual(await recovery.verify('alice', first, address), { kind: 'verified', left: 9 });
    assert.deepEqual(await recovery.verify('alice', first, address), { kind: 'wrong' });
    const typed = ` ${second.toLowerCase().replaceAll('-', ' ')} `;
    assert.deepEqual(await recovery.verify('alice', typed, address), { kind: 'verified', left: 8 });
    assert.deepEqual(await recovery.stateOf('alice'), { left: 8, made: 10, createdAtMs: 1_800_000_000_000 });
  });

  test('a code of somebody else, one of an earlier set, and one that was never made are wrong', async () => {
    const { recovery } = await openHouse();
    const [bobs = ''] = await recovery.make('bob');
    const [earlier = ''] = await recovery.make('alice');
    await recovery.make('alice');
    for (const code of [bobs, earlier, 'AAAA-AAAA-AAAA-AAAA'])
      assert.equal((await recovery.verify('alice', code, address)).kind, 'wrong');
    assert.equal((await recovery.verify('bob', bobs, address)).kind, 'verified');
  });

  test('of those that are made at once, in two processes, one set of ten is good', async () => {
    const { recovery, another, database } = await openHouse();
    // Of a file a process has one handle.
    const other = database.dialect === 'sqlite' ? recovery : await another();
    for (let round = 0; round < 20; round++) {
      await Promise.all([recovery.make('alice'), other.make('alice'), other.make('bob')]);
      for (const username of ['alice', 'bob'])
        assert.equal((await recovery.stateOf(username))?.left, 10, `round ${round}`);
    }
  });

  test('attack 17: of a hundred uses of one code at once, in two processes, one is heard', async () => {
    const { recovery, another } = await openHouse();
    const other = await another();
    const [code = ''] = await recovery.make('alice');
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, index) =>
        (index % 2 ? recovery : other).verify('alice', code, `198.51.100.${index}`),
      ),
    );
    assert.equal(answers.filter(({ kind }) => kind === 'verified').length, 1);
  });

  test('attack 17: of two hundred guesses at once five are looked at, and an address may guess for few', async () => {
    const { recovery, clock } = await openHouse();
    const [code = ''] = await recovery.make('alice');
    const guesses = makeCodes(randomInt);
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, index) =>
        recovery.verify('alice', guesses[index % 10] ?? '', `198.51.100.${index}`),
      ),
    );
    assert.equal(answers.filter(({ kind }) => kind === 'wrong').length, 5);
    assert.equal(answers.filter(({ kind }) => kind === 'limited').length, 195);
    assert.equal((await recovery.verify('alice', code, '203.0.113.1')).kind, 'limited');
    clock.ms += 300_000;
    assert.equal((await recovery.verify('alice', code, '203.0.113.1')).kind, 'verified');
    const many = [];
    for (let person = 0; person < 21; person++)
      many.push((await recovery.verify(`person${person}`, code, '203.0.113.9')).kind);
    assert.deepEqual([many.at(19), many.at(20)], ['wrong', 'limited']);
  });

  test('what is no code counts for nothing', async () => {
    const { recovery } = await openHouse();
    await recovery.make('alice');
    for (const text of ['', '123456', 'AAAA-AAAA-AAAA-AAA', 'OOOO-OOOO-OOOO-OOOO', 'A'.repeat(10_000)])
      for (let time = 0; time < 3; time++)
        assert.equal((await recovery.verify('alice', text, address)).kind, 'malformed');
  });

  test('a stored row is no code', async () => {
    const { recovery, database } = await openHouse();
    const codes = await recovery.make('alice');
    const rows = JSON.stringify(await database.kysely.selectFrom('recovery_codes').selectAll().execute());
    for (const code of codes) assert.ok(!rows.includes(code) && !rows.includes(code.replaceAll('-', '')));
  });

  test('they are offered while a second factor is there, and go once none is', async () => {
    const { recovery, database } = await openHouse();
    const factors = openSecondFactors({ database, offered: ['totp', 'webauthn', 'mobile_push'], preset: undefined });
    const device = { device: 'DP1', name: 'Phone', method: 'push', chosen_at_ms: 0, last_used_at_ms: null };
    for (const username of ['alice', 'bob']) await recovery.make(username);
    await database.kysely
      .insertInto('push_devices')
      .values({ username: 'alice', ...device })
      .execute();
    assert.equal((await factors.waysOf('alice', 'auth.example.com')).recovery, true);
    assert.equal((await factors.waysOf('bob', 'auth.example.com')).recovery, false);
    assert.deepEqual([await factors.hasAny('alice'), await factors.hasAny('bob')], [true, false]);
    assert.equal(await recovery.sweep(1000), 10);
    assert.equal(await recovery.stateOf('bob'), undefined);
    assert.equal((await recovery.stateOf('alice'))?.left, 10);
    await database.kysely.deleteFrom('push_devices').execute();
    assert.equal(await recovery.sweep(1000), 10);
    assert.equal(await recovery.sweep(1000), 0);
  });

  test('they go at once with the last second factor, whoever removes it, and not before', async () => {
    const { recovery, database, clock } = await openHouse();
    const totp = openTotpStore(database, sealer);
    const keys = openWebauthnStore(database, sealer);
    const phones = openPushStore(database, () => clock.ms);
    const addTotp = () => totp.replace('alice', { factorId: randomUUID(), createdAtMs: 0, key: totpKey }, undefined);
    const factors = [
      { add: addTotp, remove: () => totp.remove('alice') },
      { add: () => keys.add(key), remove: () => keys.remove('alice', key.id) },
      { add: () => phones.choose('alice', phone), remove: () => phones.forget('alice') },
    ];
    for (const last of factors) {
      const [code = ''] = await recovery.make('alice');
      for (const { add } of factors) await add();
      for (const { remove } of factors.filter((each) => each !== last)) await remove();
      assert.equal((await recovery.stateOf('alice'))?.left, 10);
      await last.remove();
      assert.equal(await recovery.stateOf('alice'), undefined);
      await addTotp();
      assert.equal((await recovery.verify('alice', code, address)).kind, 'wrong', 'not with the next factor either');
      await totp.remove('alice');
      clock.ms += 10 * 60_000;
    }
  });

  test('of two factors that are removed at once the later one takes them along', async () => {
    const { recovery, database, clock } = await openHouse();
    const totp = openTotpStore(database, sealer);
    const phones = openPushStore(database, () => clock.ms);
    for (let round = 0; round < 30; round++) {
      await recovery.make('alice');
      await totp.replace('alice', { factorId: randomUUID(), createdAtMs: 0, key: totpKey }, undefined);
      await phones.choose('alice', phone);
      await Promise.all([totp.remove('alice'), phones.forget('alice')]);
      assert.equal(await recovery.stateOf('alice'), undefined, `round ${round}`);
    }
  });

  test('they stay when a key makes room for the one that moves here in its place', async () => {
    const { recovery, database } = await openHouse();
    await openWebauthnStore(database, sealer).add(key);
    await recovery.make('alice');
    const another = { ...key, publicKey: new Uint8Array(9) };
    const taken = await database.kysely.transaction().execute((trx) => takeKey(trx, sealer, another, true));
    assert.equal(taken, 'taken');
    assert.equal((await recovery.stateOf('alice'))?.left, 10);
  });

  test('none is left to offer once all are used', async () => {
    const { recovery, database, clock } = await openHouse();
    const factors = openSecondFactors({ database, offered: ['mobile_push'], preset: undefined });
    const device = { device: 'DP1', name: randomUUID(), method: 'push', chosen_at_ms: 0, last_used_at_ms: null };
    await database.kysely
      .insertInto('push_devices')
      .values({ username: 'alice', ...device })
      .execute();
    for (const code of await recovery.make('alice')) {
      assert.equal((await recovery.verify('alice', code, address)).kind, 'verified');
      clock.ms += 1;
    }
    assert.equal((await factors.waysOf('alice', 'auth.example.com')).recovery, false);
    assert.equal((await recovery.stateOf('alice'))?.left, 0);
  });
});

test('no letter of a code can be mistaken for another', () => {
  const codes = makeCodes(randomInt).join('');
  assert.doesNotMatch(codes, /[0O1I2Z5S8BUV]/);
  assert.equal(parseCode('acde fghj klmn pqrt'), 'ACDE-FGHJ-KLMN-PQRT');
});
