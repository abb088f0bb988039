/** Security keys that people had with Authelia go on working here, from databases of several versions and from its files. */
import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { test } from 'node:test';
import { openSealer } from '@gatehouse/storage/sealer.ts';
import { memoryVolatile } from '@gatehouse/storage/volatile/memory-volatile.ts';
import { sealedVolatile } from '@gatehouse/storage/volatile/sealed-volatile.ts';
import { temporaryFolder } from '@gatehouse/testing/temporary-folder.ts';
import { openAttemptLimiter } from '../regulation/limiter.ts';
import { openPushStore } from '../sign-in/push/push.store.ts';
import { openSecondFactors } from '../sign-in/second-factors.ts';
import { openAuthenticator, usualWebauthn } from '../sign-in/webauthn/authenticator.testing.ts';
import { portalAt } from '../sign-in/webauthn/browser-options.ts';
import { openWebauthnStore } from '../sign-in/webauthn/webauthn.store.ts';
import { openWebauthn } from '../sign-in/webauthn/webauthn.ts';
import { onEveryDatabase, openMemoryDatabase } from '../storage/databases.suite.ts';
import type { IdentityDatabase } from '../storage/tables.ts';
import { type AutheliaKeyRow, type AutheliaRows, autheliaKey, writeAuthelia } from './authelia.testing.ts';
import { readAutheliaAt } from './authelia-source.ts';
import { takeOver } from './take-over.ts';

const origin = 'https://auth.example.com';
const rpId = 'auth.example.com';
const at = { place: '/sign-in/flow1', portal: portalAt(origin) };
const address = '192.0.2.1';
const handle = 'a'.repeat(64);
const model = '08987058-cadc-4b81-b6e1-30de50dcbe96';
const nowMs = () => Date.UTC(2026, 10, 24);
const sealer = openSealer('an encryption key of this house');

const keyOf = () => openAuthenticator({ origin, userHandle: handle });
type Key = ReturnType<typeof keyOf>;

/** What every version has. */
const oldRow = (key: Key): AutheliaKeyRow => ({
  ...{ username: 'alice', rpid: rpId, description: 'Blue key', aaguid: model, attestation_type: 'packed' },
  ...{ transport: 'usb,nfc', sign_count: 41, last_used_at: '2026-11-23 20:00:00+00:00' },
  ...{ kid: Buffer.from(key.credentialId, 'base64url').toString('base64'), public_key: key.publicKey() },
});

const row = (key: Key): AutheliaKeyRow => ({
  ...oldRow(key),
  ...{ attestation_type: 'basic_full', attestation_format: 'packed' },
  ...{ attachment: 'cross-platform', discoverable: 1, present: 1, verified: 1, backup_eligible: 0, backup_state: 0 },
});

async function take(
  database: IdentityDatabase,
  rows: AutheliaRows,
  how: { overwrite?: boolean; rpIds?: string[] } = {},
) {
  await using folder = temporaryFolder('authelia');
  const path = join(folder.path, 'db.sqlite3');
  await writeAuthelia(path, rows);
  const data = await readAutheliaAt({ dialect: 'sqlite', path }, autheliaKey, nowMs());
  const { overwrite = false, rpIds = [rpId] } = how;
  return takeOver(data, { database, sealer, clientIds: new Set(), rpIds, overwrite, dryRun: false, nowMs });
}

function openRoom(database: IdentityDatabase) {
  return openWebauthn({
    ...{ database, sealer, nowMs, randomBytes, newId: randomUUID, onRefused: () => undefined },
    volatile: sealedVolatile(memoryVolatile(nowMs), sealer),
    limiter: openAttemptLimiter({ database, nowMs }),
    options: usualWebauthn,
  });
}

async function prove(database: IdentityDatabase, key: Key, lies: Parameters<Key['assert']>[1]) {
  const room = openRoom(database);
  const asked = await room.askForProof('alice', 'session', at);
  return (await room.prove('alice', 'session', at, address, key.assert(asked, lies))).kind;
}

onEveryDatabase('security keys that move over', (open) => {
  test('prove their person from where their counter was, and sign in as passkeys under their handle', async () => {
    const { database } = await open();
    const key = keyOf();
    const told = await take(database, {
      keys: [row(key)],
      handles: [{ rpid: rpId, username: 'alice', userid: handle }],
    });
    assert.deepEqual(told.keys, { taken: 1, same: 0, skipped: [] });
    const [stored] = await openWebauthnStore(database, sealer).all();
    const { id: _, credentialId: __, publicKey: ___, attestation: ____, ...facts } = stored ?? assert.fail();
    assert.deepEqual(facts, {
      ...{ rpId, username: 'alice', name: 'Blue key', userHandle: handle, aaguid: model, legacy: false },
      ...{
        createdAtMs: facts.createdAtMs,
        lastUsedAtMs: Date.UTC(2026, 10, 23, 20),
        signCount: 41,
        cloneWarning: false,
      },
      ...{
        attestationType: 'basic_full',
        attestationFormat: 'packed',
        attachment: 'cross-platform',
        transports: ['usb', 'nfc'],
      },
      ...{ discoverable: true, userPresent: true, userVerified: true, backupEligible: false, backupState: false },
    });
    assert.equal(await prove(database, key, { counter: 42 }), 'verified');
    const room = openRoom(database);
    const passkey = key.assert(await room.askForPasskey(at), { counter: 43 });
    assert.equal((await room.signIn(at, address, passkey)).kind, 'verified');
    assert.equal(
      (await room.askToAdd({ username: 'alice', displayName: 'Alice' }, 's', at)).options.user.id,
      base64url(handle),
    );
    assert.equal(await prove(database, key, { counter: 43 }), 'copied');
  });

  test('a second run takes nothing, or a counter that has gone on with Authelia', async () => {
    const { database } = await open();
    const key = keyOf();
    await take(database, { keys: [row(key)] });
    assert.deepEqual((await take(database, { keys: [row(key)] })).keys, { taken: 0, same: 1, skipped: [] });
    assert.equal((await take(database, { keys: [{ ...row(key), sign_count: 50 }] })).keys.taken, 1);
    assert.equal((await take(database, { keys: [row(key)] })).keys.same, 1);
    assert.equal((await openWebauthnStore(database, sealer).all())[0]?.signCount, 50);
  });

  test('a key that is somebody else’s here stays theirs, and one that differs stays unless it is to give way', async () => {
    const { database } = await open();
    const [key, other] = [keyOf(), keyOf()];
    await take(database, { keys: [row(key)] });
    const stolen = await take(database, { keys: [{ ...row(key), username: 'bob' }] }, { overwrite: true });
    assert.match(stolen.keys.skipped[0]?.why ?? '', /belongs to somebody else here/);
    const changed = { ...row(key), public_key: other.publicKey() };
    assert.match((await take(database, { keys: [changed] })).keys.skipped[0]?.why ?? '', /has another one here/);
    assert.equal((await take(database, { keys: [changed] }, { overwrite: true })).keys.taken, 1);
    assert.equal(await prove(database, key, { counter: 60 }), 'refused');
  });

  test('a name that the person uses here gets a number', async () => {
    const { database } = await open();
    await take(database, { keys: [row(keyOf())] });
    await take(database, { keys: [row(keyOf())] });
    const names = (await openWebauthnStore(database, sealer).all('alice')).map(({ name }) => name);
    assert.deepEqual(names.toSorted(), ['Blue key', 'Blue key (2)']);
  });

  test('what people liked best comes along, and stays where they chose otherwise here', async () => {
    const { database } = await open();
    const factors = openSecondFactors({ database, offered: ['totp', 'webauthn'], preset: undefined });
    await factors.prefer('bob', 'webauthn');
    const preferences = [
      { username: 'alice', second_factor_method: 'u2f' },
      { username: 'bob', second_factor_method: 'totp' },
      { username: 'carol', second_factor_method: 'pigeon' },
    ];
    const secret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
    const told = await take(database, { preferences, codes: [{ username: 'alice', secret }], keys: [row(keyOf())] });
    assert.deepEqual([told.preferences.taken, told.preferences.skipped.map(({ of }) => of)], [1, ['carol', 'bob']]);
    assert.deepEqual(await factors.methodsOf('alice', rpId), ['webauthn', 'totp']);
  });
});

test('the device on which Duo asks comes along, and one that makes no sense is named', async () => {
  const database = await openMemoryDatabase();
  const devices = [
    { username: 'alice', device: 'DPABC', method: 'push' },
    { username: 'bob', device: 'DPXYZ', method: 'pigeon' },
  ];
  const first = await take(database, { devices });
  assert.deepEqual([first.devices.taken, first.devices.skipped.map(({ of }) => of)], [1, ['bob']]);
  const chosen = await openPushStore(database, nowMs).find('alice');
  assert.deepEqual([chosen?.device, chosen?.method], ['DPABC', 'push']);
  assert.equal((await take(database, { devices })).devices.same, 1);
  const other = [{ username: 'alice', device: 'DPABC', method: 'phone' }];
  assert.match((await take(database, { devices: other })).devices.skipped[0]?.why ?? '', /has another one here/);
  assert.equal((await take(database, { devices: other }, { overwrite: true })).devices.taken, 1);
  await database.close();
});

for (const version of [11, 12, 18, 19, 23, 24, 25, 26])
  test(`a key of schema version ${version} works`, async () => {
    const database = await openMemoryDatabase();
    const key = keyOf();
    const { attestation_format: format = '', ...rest } = row(key);
    const middle: AutheliaKeyRow = { ...rest, attestation_type: format };
    const columns = version < 12 ? oldRow(key) : version < 24 ? middle : row(key);
    const written = version < 19 ? columns : { ...columns, attestation: '{"object":""}' };
    assert.equal((await take(database, { version, keys: [written] })).keys.taken, 1);
    const [stored] = await openWebauthnStore(database, sealer).all();
    assert.deepEqual(
      [stored?.attestationFormat, stored?.attestationType, Buffer.from(stored?.attestation ?? '').toString()],
      ['packed', version < 24 ? '' : 'basic_full', version < 19 ? '' : '{"object":""}'],
    );
    assert.equal(await prove(database, key, { counter: 42 }), 'verified');
    await database.close();
  });

test('a key of the protocol before WebAuthn signs for the address of the portal, and others may not', async () => {
  const database = await openMemoryDatabase();
  const [key, usual] = [keyOf(), keyOf()];
  const old = {
    ...oldRow(key),
    rpid: '',
    description: 'Old key',
    attestation_type: 'fido-u2f',
    public_key: key.point(),
  };
  const told = await take(database, { version: 11, keys: [old, { ...oldRow(usual), rpid: origin }] });
  assert.equal(told.keys.taken, 2);
  const asked = await openRoom(database).askForProof('alice', 'session', at);
  assert.deepEqual(asked.options.extensions, { appid: origin });
  assert.equal(
    await prove(database, key, { counter: 42, rpId: origin, userVerified: false, userHandle: null }),
    'verified',
  );
  assert.equal(await prove(database, usual, { counter: 42, rpId: origin }), 'refused');
  assert.equal(await prove(database, usual, { counter: 43 }), 'verified');
  await database.close();
});

test('a key that names no portal is left where there are several, and rows that make no sense are named', async () => {
  const database = await openMemoryDatabase();
  const [key, second] = [keyOf(), keyOf()];
  const keys = [
    { ...oldRow(key), rpid: '' },
    { ...oldRow(second), rpid: 'https://', description: 'Odd key' },
  ];
  const told = await take(database, { version: 11, keys }, { rpIds: [rpId, 'auth.example.net'] });
  assert.deepEqual(
    told.keys.skipped.map(({ why }) => why),
    ['belongs to a portal whose address makes no sense', 'names no portal, and the configuration has several'],
  );
  await database.close();
});

test('a key whose flags Authelia never saw learns them at first use, and they hold from then on', async () => {
  const database = await openMemoryDatabase();
  const key = keyOf();
  await take(database, { version: 12, keys: [oldRow(key)] });
  assert.equal(await prove(database, key, { counter: 42, backedUp: true }), 'verified');
  assert.equal((await openWebauthnStore(database, sealer).all())[0]?.backupEligible, true);
  assert.equal(await prove(database, key, { counter: 43 }), 'refused');
  await database.close();
});

function base64url(text: string): string {
  return Buffer.from(text).toString('base64url');
}
