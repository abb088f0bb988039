import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { test } from 'node:test';
import { openSealer } from '@gatehouse/storage/sealer.ts';
import { memoryVolatile } from '@gatehouse/storage/volatile/memory-volatile.ts';
import { sealedVolatile } from '@gatehouse/storage/volatile/sealed-volatile.ts';
import { needs } from '@gatehouse/testing/needs.ts';
import { temporaryFolder } from '@gatehouse/testing/temporary-folder.ts';
import { openLog } from '@gatehouse/web/log.ts';
import { takeKeyAt } from '../moving/take-over.ts';
import { openAttemptLimiter } from '../regulation/limiter.ts';
import { auditKey } from '../sign-in/webauthn/audit.ts';
import {
  type AuthenticatorOptions,
  openAuthenticator,
  usualWebauthn,
} from '../sign-in/webauthn/authenticator.testing.ts';
import { portalAt } from '../sign-in/webauthn/browser-options.ts';
import { openMakers, serviceSubject, signBlob } from '../sign-in/webauthn/metadata/makers.testing.ts';
import { openMetadataStore } from '../sign-in/webauthn/metadata/metadata.store.ts';
import { openMetadata } from '../sign-in/webauthn/metadata/metadata.ts';
import type { WebauthnOptions } from '../sign-in/webauthn/webauthn.options.ts';
import { openWebauthnStore } from '../sign-in/webauthn/webauthn.store.ts';
import { openWebauthn } from '../sign-in/webauthn/webauthn.ts';
import { openMemoryDatabase } from '../storage/databases.suite.ts';
import type { Command } from './command.ts';
import { storageCache } from './storage-cache.ts';
import { storageUserWebauthn } from './storage-user-webauthn.ts';

const origin = 'https://auth.example.com';
const at = { place: '/settings', portal: portalAt(origin) };
const nowMs = () => Date.UTC(2026, 10, 28);
const sealer = openSealer('an encryption key for tests');

async function run(command: Command, ...args: string[]) {
  let output = '';
  const sink = () =>
    new Writable({
      write(chunk, _encoding, done) {
        output += chunk;
        done();
      },
    });
  const code = await command(args, { stdin: Readable.from([]), stdout: sink(), stderr: sink(), env: {} });
  return { code, output };
}

/** A house whose people have the keys that a test gives them. */
async function openHouse(options: Partial<WebauthnOptions> = {}) {
  const database = await openMemoryDatabase();
  const keys = openWebauthnStore(database, sealer);
  const rules = { ...usualWebauthn, ...options };
  const room = openWebauthn({
    ...{ database, sealer, nowMs, randomBytes, newId: randomUUID, onRefused: () => undefined, options: usualWebauthn },
    volatile: sealedVolatile(memoryVolatile(nowMs), sealer),
    limiter: openAttemptLimiter({ database, nowMs }),
  });
  const command = storageUserWebauthn(async () => ({
    keys,
    take: (key, overwrite) => takeKeyAt(database, sealer, { key, overwrite, rpIds: ['auth.example.com'] }),
    audit: (key) => auditKey(key, rules, undefined),
    nowMs,
    close: async () => undefined,
  }));
  return {
    ...{ database, keys, room },
    command: (...args: string[]) => run(command, ...args),
    async add(username: string, name: string, options: Partial<AuthenticatorOptions> = {}) {
      const authenticator = openAuthenticator({ origin, ...options });
      const person = { username, displayName: username };
      const sent = authenticator.register(await room.askToAdd(person, 's', at));
      assert.equal((await room.add(person, 's', at, name, sent)).kind, 'added');
      return authenticator;
    },
    [Symbol.asyncDispose]: () => database.close(),
  };
}

test('keys are listed and removed by name, by identifier or all at once, and a call that is not clear does nothing', async () => {
  await using house = await openHouse();
  const blue = await house.add('alice', 'Blue key');
  await house.add('alice', 'Green key');
  await house.add('bob', 'Blue key');
  const names = async () => (await house.keys.all()).map(({ username, name }) => `${username} ${name}`).toSorted();
  const { command } = house;
  const kid = Buffer.from(blue.credentialId, 'base64url').toString('base64');
  const listed = await command('list');
  assert.match(listed.output, /^alice\tauth\.example\.com\tBlue key\t2026[^\n]*\tnever\taccepted\t/m);
  assert.ok(listed.output.includes(kid));
  assert.equal((await command('list', 'carol')).code, 1);
  for (const unclear of [
    ...[['delete'], ['delete', 'alice'], ['delete', 'alice', '--all', '--description', 'x'], ['drop'], []],
    ...[['delete', '--all'], ['list', 'a', 'b'], ['verify', 'x'], ['import'], ['export', 'x']],
  ])
    assert.equal((await command(...unclear)).code, 2, unclear.join(' '));
  assert.equal((await command('delete', 'alice', '--description', 'Red key')).code, 1);
  assert.deepEqual(await names(), ['alice Blue key', 'alice Green key', 'bob Blue key']);
  assert.equal((await command('delete', '--kid', kid)).code, 0);
  assert.deepEqual(await names(), ['alice Green key', 'bob Blue key']);
  assert.equal((await command('delete', 'alice', '--all')).code, 0);
  assert.deepEqual(await names(), ['bob Blue key']);
});

test('an export comes in again elsewhere, whole, and keys of Authelia’s files work, of its first protocol too', async () => {
  await using house = await openHouse();
  await using other = await openHouse();
  await using folder = temporaryFolder('keys');
  const file = join(folder.path, 'keys.yml');
  await house.add('alice', 'Blue key', { attestation: 'packed', aaguid: '08987058-cadc-4b81-b6e1-30de50dcbe96' });
  assert.match((await house.command('export', '--file', file)).output, /^Wrote 1 security keys/);
  assert.match(readFileSync(file, 'utf8'), /^webauthn_credentials:\n {2}- created_at: 2026-11-28T00:00:00.000Z\n/);
  assert.equal(await house.command('export', '--file', file).catch((cause) => cause.code), 'file-refused');
  assert.match((await other.command('import', file)).output, /^security keys: 1 taken/);
  assert.match((await other.command('import', file)).output, /^security keys: 0 taken, 1 there already/);
  const facts = async ({ keys }: typeof house) => {
    const { id: _, userHandle: __, ...rest } = (await keys.all())[0] ?? assert.fail();
    return rest;
  };
  assert.deepEqual(await facts(other), await facts(house));

  const old = openAuthenticator({ origin });
  writeFileSync(
    join(folder.path, 'theirs.yml'),
    `webauthn_credentials:
    - created_at: 2022-05-12T09:11:38+10:00
      last_used_at: 2023-05-12T09:11:38+10:00
      rpid: ${origin}
      username: bob
      description: Primary
      kid: ${Buffer.from(old.credentialId, 'base64url').toString('base64')}
      aaguid: 00000000-0000-0000-0000-000000000000
      attestation_type: fido-u2f
      attachment: cross-platform
      transports: []
      sign_count: 3
      clone_warning: false
      legacy: true
      discoverable: false
      present: false
      verified: false
      backup_eligible: false
      backup_state: false
      public_key: ${old.point().toString('base64')}
      attestation: ""
    - username: carol
      kid: AAAA
`,
  );
  const taken = await other.command('import', join(folder.path, 'theirs.yml'));
  assert.equal(
    taken.output,
    "security keys: 1 taken, 0 there already, 1 skipped\n  that of 'carol' has no identifier or no public key\n",
  );
  const asked = await other.room.askForProof('bob', 's', at);
  const sent = old.assert(asked, { counter: 4, rpId: origin, userVerified: false, userHandle: null });
  assert.equal((await other.room.prove('bob', 's', at, '192.0.2.1', sent)).kind, 'verified');
  const again = join(folder.path, 'again.yml');
  await other.command('export', '--file', again);
  assert.ok(readFileSync(again, 'utf8').includes(old.point().toString('base64')), 'as Authelia reads it');
});

test('verify tells what of each key would not be let in today, and changes nothing', async () => {
  await using house = await openHouse({
    prohibitedModels: ['11111111-cadc-4b81-b6e1-30de50dcbe96'],
    prohibitBackupEligible: true,
  });
  await house.add('alice', 'Blue key', { attestation: 'packed' });
  assert.equal((await house.command('verify')).code, 0);
  await house.add('bob', 'Green key', { aaguid: '11111111-cadc-4b81-b6e1-30de50dcbe96' });
  await house.add('carol', 'Red key');
  await house.database.kysely
    .updateTable('security_keys')
    .set({ backup_eligible: 1 })
    .where('username', '=', 'carol')
    .execute();
  const { code, output } = await house.command('verify', '--verbose');
  assert.equal(code, 1);
  assert.match(output, /^alice\t.*\tstatement verified\tmodel allowed\tbackup allowed\tmaker not asked$/m);
  assert.match(output, /^bob\t.*\tstatement verified\tmodel prohibited\tbackup allowed/m);
  assert.match(output, /^carol\t.*\tmodel allowed\tbackup prohibited/m);
  assert.match(output, /^3 security keys; 2 would not be let in today\./m);
  // A public key that was put in place of the one that was attested shows.
  const [alice] = await house.keys.all('alice');
  const swapped = { ...(alice ?? assert.fail()), publicKey: new Uint8Array(openAuthenticator({ origin }).publicKey()) };
  assert.equal((await auditKey(swapped, usualWebauthn, undefined)).statement, 'broken');
  assert.equal(
    (await auditKey({ ...swapped, attestation: new Uint8Array() }, usualWebauthn, undefined)).statement,
    'missing',
  );
});

test('the metadata of makers is fetched from a file, told, written out and removed', {
  skip: needs('openssl'),
}, async () => {
  await using makers = openMakers();
  await using folder = temporaryFolder('mds3');
  const database = await openMemoryDatabase();
  const alliance = makers.authority('Alliance');
  const { key, certificate } = alliance.issue(serviceSubject);
  const later = () => Date.now() + 60_000;
  const blob = await signBlob(
    { key, certificates: [certificate] },
    { no: 4, nextUpdate: new Date(later() + 86_400_000).toISOString().slice(0, 10), models: [] },
  );
  const store = openMetadataStore(database);
  const url = new URL('https://localhost:1/');
  const rules = { trustAnchor: true, entry: true, permitZeroModel: false, status: true };
  const metadata = openMetadata({
    options: { url, keptCounts: true, rules: { ...rules, permittedStatuses: [], prohibitedStatuses: [] } },
    ...{ store, roots: [alliance.pem], trusted: undefined, nowMs: later },
    log: openLog({ level: 'silent', format: 'text' }),
  });
  const command = storageCache(async () => ({ metadata, store, nowMs: later, close: async () => undefined }));
  const [file, copy] = [join(folder.path, 'mds3.jwt'), join(folder.path, 'copy.jwt')];
  writeFileSync(file, `${blob}\n`);
  assert.equal((await run(command, 'mds3', 'status')).code, 1);
  assert.equal((await run(command, 'mds3', 'dump', '--path', copy)).code, 1);
  assert.match((await run(command, 'mds3', 'update', '--path', file)).output, /^Number 4 with 0 models is kept/);
  assert.match((await run(command, 'mds3', 'status')).output, /^Number 4, 0 models, fetched .*, good until /);
  assert.match((await run(command, 'mds3', 'update')).output, /--force fetches anyway/);
  await assert.rejects(run(command, 'mds3', 'update', '--force'), { code: 'ECONNREFUSED' });
  assert.equal((await run(command, 'mds3', 'dump', '--path', copy)).code, 0);
  assert.equal(readFileSync(copy, 'utf8').trim(), blob);
  assert.match((await run(command, 'mds3', 'delete')).output, /^Removed/);
  assert.match((await run(command, 'mds3', 'delete')).output, /^None was kept/);
  for (const unclear of [[], ['mds3'], ['mds2', 'status'], ['mds3', 'status', 'x'], ['mds3', 'update', 'x']])
    assert.equal((await run(command, ...unclear)).code, 2);
  await database.close();
});
