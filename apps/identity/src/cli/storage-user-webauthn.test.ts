import assert from 'node:assert/strict';
import { Readable, Writable } from 'node:stream';
import { test } from 'node:test';
import { openSealer } from '@gatehouse/storage/sealer.ts';
import { openWebauthnStore, type SecurityKey } from '../sign-in/webauthn/webauthn.store.ts';
import { openMemoryDatabase } from '../storage/databases.suite.ts';
import { storageUserWebauthn } from './storage-user-webauthn.ts';

const usual: SecurityKey = {
  ...{ id: '1', credentialId: 'AAAA', rpId: 'auth.example.com', username: 'alice', name: 'Blue key' },
  ...{ userHandle: undefined, createdAtMs: 0, lastUsedAtMs: undefined, aaguid: undefined, attestationType: 'none' },
  ...{ attestationFormat: 'none', attachment: '', transports: [], signCount: 0, cloneWarning: false, legacy: false },
  ...{ discoverable: true, userPresent: true, userVerified: true, backupEligible: false, backupState: false },
  ...{ publicKey: new Uint8Array(1), attestation: new Uint8Array() },
};

test('keys are listed and removed by name or all at once, and a call that is not clear does nothing', async () => {
  const database = await openMemoryDatabase();
  const keys = openWebauthnStore(database, openSealer('an encryption key for tests'));
  for (const [id, username, name] of [
    ['1', 'alice', 'Blue key'],
    ['2', 'alice', 'Green key'],
    ['3', 'bob', 'Blue key'],
  ] as const)
    await keys.add({ ...usual, id, username, name, credentialId: `AAA${id}` });
  const run = async (...args: string[]) => {
    let output = '';
    const sink = () =>
      new Writable({
        write(chunk, _encoding, done) {
          output += chunk;
          done();
        },
      });
    const io = { stdin: Readable.from([]), stdout: sink(), stderr: sink(), env: {} };
    const code = await storageUserWebauthn(async () => ({ keys, close: async () => undefined }))(args, io);
    return { code, output };
  };
  assert.match((await run('list')).output, /^alice\tauth\.example\.com\tBlue key\t1970[^\n]*\tnever\taccepted$/m);
  assert.equal((await run('list', 'carol')).code, 1);
  for (const unclear of [['delete'], ['delete', 'alice'], ['delete', 'alice', '--all', '--description', 'x'], ['drop']])
    assert.equal((await run(...unclear)).code, 2);
  assert.equal((await run('delete', 'alice', '--description', 'Red key')).code, 1);
  assert.equal((await keys.all()).length, 3);
  assert.equal((await run('delete', 'alice', '--description', 'Blue key')).code, 0);
  assert.deepEqual(
    (await keys.all()).map(({ id }) => id),
    ['2', '3'],
  );
  assert.equal((await run('delete', 'alice', '--all')).code, 0);
  assert.deepEqual(
    (await keys.all()).map(({ id }) => id),
    ['3'],
  );
  await database.close();
});
