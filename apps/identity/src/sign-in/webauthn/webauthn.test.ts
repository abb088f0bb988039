import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { openSealer } from '@gatehouse/storage/sealer.ts';
import { memoryVolatile } from '@gatehouse/storage/volatile/memory-volatile.ts';
import { sealedVolatile } from '@gatehouse/storage/volatile/sealed-volatile.ts';
import { openAttemptLimiter } from '../../regulation/limiter.ts';
import { onEveryDatabase } from '../../storage/databases.suite.ts';
import type { IdentityDatabase } from '../../storage/tables.ts';
import { type AuthenticatorOptions, type Lies, openAuthenticator, usualWebauthn } from './authenticator.testing.ts';
import { portalAt } from './browser-options.ts';
import type { WebauthnOptions } from './webauthn.options.ts';
import { openWebauthn, type RefusedKey } from './webauthn.ts';

const origin = 'https://auth.example.com';
const portal = portalAt(origin);
const at = { place: '/sign-in/flow1', portal };
const address = '192.0.2.1';
const model = '08987058-cadc-4b81-b6e1-30de50dcbe96';

function openRoom(database: IdentityDatabase, changed: Partial<WebauthnOptions> = {}) {
  const clock = { ms: 1_800_000_000_000 };
  const nowMs = () => clock.ms;
  const sealer = openSealer('an encryption key for tests');
  const refused: RefusedKey[] = [];
  const room = openWebauthn({
    ...{ database, sealer, nowMs, randomBytes, newId: randomUUID },
    volatile: sealedVolatile(memoryVolatile(nowMs), sealer),
    limiter: openAttemptLimiter({ database, nowMs }),
    options: { ...usualWebauthn, ...changed },
    onRefused: (attempt) => void refused.push(attempt),
  });
  const person = (username: string) => ({ username, displayName: username });

  async function addKey(
    username: string,
    options: Partial<AuthenticatorOptions> = {},
    lies: Lies = {},
    name = 'A key',
  ) {
    const authenticator = openAuthenticator({ origin, ...options });
    const asked = await room.askToAdd(person(username), `${username} session`, at);
    const answer = await room.add(
      person(username),
      `${username} session`,
      at,
      name,
      authenticator.register(asked, lies),
    );
    return { authenticator, asked, answer };
  }
  const ask = (username: string) => room.askForProof(username, `${username} session`, at);
  const prove = (username: string, answer: Parameters<typeof room.prove>[4]) =>
    room.prove(username, `${username} session`, at, address, answer);
  return { room, clock, refused, addKey, ask, prove, person };
}

onEveryDatabase('security keys', (open) => {
  test('a key that was added proves its person, and says by what', async () => {
    const { addKey, ask, prove, room } = openRoom((await open()).database);
    const { authenticator, answer } = await addKey('alice');
    assert.equal(answer.kind, 'added');
    const proven = await prove('alice', authenticator.assert(await ask('alice')));
    const proof = { attachment: 'cross-platform', userPresent: true, userVerified: true, countsTwice: false };
    assert.deepEqual(proven, { kind: 'verified', username: 'alice', proof });
    const [key] = await room.listOf('alice', portal.rpId);
    assert.deepEqual([key?.name, key?.signCount, key?.lastUsedAtMs], ['A key', 2, 1_800_000_000_000]);
  });

  test('the browser is asked for exactly what the configuration says', async () => {
    const { addKey, ask } = openRoom((await open()).database, {
      ...{ attestation: 'direct', attachment: 'platform', discoverability: 'required', userVerification: 'required' },
    });
    const { asked, authenticator } = await addKey('alice');
    const { challenge, user, ...rest } = asked.options;
    assert.ok(Buffer.from(challenge, 'base64url').length >= 32);
    assert.equal(Buffer.from(user.id, 'base64url').length, 64);
    assert.deepEqual(rest, {
      rp: { id: 'auth.example.com', name: 'Example' },
      pubKeyCredParams: [-8, -7, -35, -36, -257].map((alg) => ({ type: 'public-key', alg })),
      timeout: 60_000,
      excludeCredentials: [],
      authenticatorSelection: {
        ...{ authenticatorAttachment: 'platform', residentKey: 'required' },
        ...{ requireResidentKey: true, userVerification: 'required' },
      },
      attestation: 'direct',
      extensions: { credProps: true },
    });
    const { challenge: _, ...request } = (await ask('alice')).options;
    assert.deepEqual(request, {
      ...{ rpId: 'auth.example.com', timeout: 60_000, userVerification: 'required' },
      allowCredentials: [{ type: 'public-key', id: authenticator.credentialId, transports: ['usb'] }],
    });
  });

  test('a person has several keys under one handle, none of them twice, each with a name of its own', async () => {
    const { addKey, room, person } = openRoom((await open()).database);
    const { asked, authenticator } = await addKey('alice');
    const again = await room.askToAdd(person('alice'), 'alice session', at);
    assert.equal(again.options.user.id, asked.options.user.id);
    assert.deepEqual(
      again.options.excludeCredentials.map(({ id }) => id),
      [authenticator.credentialId],
    );
    const twice = await room.add(person('alice'), 'alice session', at, 'Another', authenticator.register(again));
    assert.equal(twice.kind, 'known');
    assert.equal((await addKey('alice')).answer.kind, 'name-taken');
    assert.equal((await addKey('alice', {}, {}, 'Another')).answer.kind, 'added');
    assert.equal((await addKey('bob')).answer.kind, 'added');
    const first = (await room.listOf('alice', portal.rpId)).find(({ name }) => name === 'A key');
    assert.equal(await room.rename('alice', first?.id ?? '', 'Another'), 'name-taken');
    assert.equal(await room.rename('bob', first?.id ?? '', 'Mine'), 'missing');
    assert.equal(await room.rename('alice', first?.id ?? '', 'Blue'), 'renamed');
    assert.equal(await room.remove('bob', first?.id ?? ''), 'missing');
    assert.equal(await room.remove('alice', first?.id ?? ''), 'removed');
    assert.deepEqual(
      (await room.listOf('alice', portal.rpId)).map(({ name }) => name),
      ['Another'],
    );
  });

  test('attack 21: an answer for another origin, site, purpose or challenge', async () => {
    const { addKey, ask, prove, refused } = openRoom((await open()).database);
    const { authenticator } = await addKey('alice');
    const lies: Lies[] = [
      { origin: 'https://auth.example.com.evil.test' },
      { rpId: 'evil.test' },
      { type: 'webauthn.create' },
      { challenge: randomBytes(32).toString('base64url') },
    ];
    for (const lie of lies)
      assert.equal((await prove('alice', authenticator.assert(await ask('alice'), lie))).kind, 'refused');
    assert.deepEqual(
      refused.map(({ reason }) => reason),
      lies.map(() => 'wrong'),
    );
  });

  test('attack 21: an answer that was given in a frame, and one without anybody there', async () => {
    const { addKey, ask, prove } = openRoom((await open()).database);
    const { authenticator } = await addKey('alice');
    for (const lie of [{ crossOrigin: true }, { userPresent: false }])
      assert.equal((await prove('alice', authenticator.assert(await ask('alice'), lie))).kind, 'refused');
    authenticator.swapKey();
    assert.equal((await prove('alice', authenticator.assert(await ask('alice')))).kind, 'refused');
  });

  test('attack 21: a challenge answered twice, too late, from another session or for another sign-in', async () => {
    const { addKey, ask, prove, room, clock } = openRoom((await open()).database);
    const { authenticator } = await addKey('alice');
    const answer = authenticator.assert(await ask('alice'));
    assert.equal((await prove('alice', answer)).kind, 'verified');
    assert.equal((await prove('alice', answer)).kind, 'gone');
    const late = authenticator.assert(await ask('alice'));
    clock.ms += 70_000;
    assert.equal((await prove('alice', late)).kind, 'gone');
    const other = authenticator.assert(await ask('alice'));
    assert.equal((await room.prove('alice', 'other session', at, address, other)).kind, 'gone');
    const elsewhere = { ...at, place: '/sign-in/flow2' };
    assert.equal((await room.prove('alice', 'alice session', elsewhere, address, other)).kind, 'gone');
    assert.equal((await room.signIn(at, address, other)).kind, 'gone');
    assert.equal((await prove('alice', other)).kind, 'verified', 'none of them spent it');
  });

  test('attack 21: a hundred answers to one challenge at once are one', async () => {
    const { addKey, ask, prove } = openRoom((await open()).database);
    const { authenticator } = await addKey('alice', {}, { counter: 0 });
    const answer = authenticator.assert(await ask('alice'), { counter: 0 });
    const kinds = await Promise.all(Array.from({ length: 100 }, async () => (await prove('alice', answer)).kind));
    assert.equal(kinds.filter((kind) => kind === 'verified').length, 1);
  });

  test('attack 21: no user verification where it is required, at registration and later', async () => {
    const { database } = await open();
    const strict = openRoom(database, { userVerification: 'required' });
    assert.equal((await strict.addKey('alice', {}, { userVerified: false })).answer.kind, 'refused');
    const { authenticator } = await strict.addKey('alice');
    const answer = authenticator.assert(await strict.ask('alice'), { userVerified: false });
    assert.equal((await strict.prove('alice', answer)).kind, 'refused');
  });

  test('attack 21: the key of another person proves nothing for this one', async () => {
    const { addKey, ask, prove, room } = openRoom((await open()).database);
    await addKey('alice');
    const { authenticator } = await addKey('bob');
    assert.equal((await prove('alice', authenticator.assert(await ask('alice')))).kind, 'refused');
    const { asked } = await addKey('carol');
    const stolen = { userHandle: asked.options.user.id };
    assert.equal(
      (await room.signIn(at, address, authenticator.assert(await room.askForPasskey(at), stolen))).kind,
      'refused',
    );
    const none = authenticator.assert(await room.askForPasskey(at), { userHandle: null });
    assert.equal((await room.signIn(at, address, none)).kind, 'refused');
  });

  test('attack 21: a key of one portal is none at another', async () => {
    const { addKey, room } = openRoom((await open()).database);
    const { authenticator } = await addKey('alice');
    const other = { place: '/sign-in/flow1', portal: portalAt('https://auth.example.net') };
    const answer = authenticator.assert(await room.askForPasskey(other), { origin: other.portal.origin });
    assert.equal((await room.signIn(other, address, answer)).kind, 'refused');
    assert.deepEqual(await room.listOf('alice', 'auth.example.net'), []);
  });

  test('attack 21: a counter that goes back or stands still is refused, and the key stays refused', async () => {
    const { addKey, ask, prove, refused, room } = openRoom((await open()).database);
    const { authenticator } = await addKey('alice', {}, { counter: 7 });
    assert.equal((await prove('alice', authenticator.assert(await ask('alice'), { counter: 9 }))).kind, 'verified');
    assert.equal((await prove('alice', authenticator.assert(await ask('alice'), { counter: 9 }))).kind, 'copied');
    assert.equal((await prove('alice', authenticator.assert(await ask('alice'), { counter: 20 }))).kind, 'copied');
    assert.deepEqual(
      refused.map(({ reason }) => reason),
      ['copied', 'copied'],
    );
    const [key] = await room.listOf('alice', portal.rpId);
    assert.deepEqual([key?.cloneWarning, key?.signCount], [true, 9]);
  });

  test('a key that does not count is taken', async () => {
    const { addKey, ask, prove } = openRoom((await open()).database);
    const { authenticator } = await addKey('alice', {}, { counter: 0 });
    for (const counter of [0, 0])
      assert.equal((await prove('alice', authenticator.assert(await ask('alice'), { counter }))).kind, 'verified');
  });

  test('attack 17: failures count for person and address, a burst at once too, and what succeeds does not', async () => {
    const { addKey, ask, prove, room, clock } = openRoom((await open()).database);
    const { authenticator } = await addKey('alice');
    const wrong = async () => authenticator.assert(await ask('alice'), { origin: 'https://evil.test' });
    const burst = await Promise.all(Array.from({ length: 30 }, wrong));
    const kinds = await Promise.all(burst.map(async (answer) => (await prove('alice', answer)).kind));
    assert.equal(kinds.filter((kind) => kind === 'refused').length, 5);
    assert.equal((await prove('alice', authenticator.assert(await ask('alice')))).kind, 'limited');
    clock.ms += 300_000;
    for (let round = 0; round < 60; round++)
      assert.equal((await prove('alice', authenticator.assert(await ask('alice')))).kind, 'verified');
    const passkey = async () => authenticator.assert(await room.askForPasskey(at), { credentialId: 'bm9uZQ' });
    for (let round = 0; round < 50; round++)
      assert.equal((await room.signIn(at, '192.0.2.9', await passkey())).kind, 'refused');
    assert.equal((await room.signIn(at, '192.0.2.9', await passkey())).kind, 'limited');
  });

  test('a passkey signs in alone, at two factors only where its verification counts', async () => {
    const { database } = await open();
    const plain = openRoom(database);
    const { authenticator } = await plain.addKey('alice');
    const asked = await plain.room.askForPasskey(at);
    assert.deepEqual(asked.options.allowCredentials, []);
    const once = await plain.room.signIn(at, address, authenticator.assert(asked));
    assert.ok(once.kind === 'verified' && once.username === 'alice' && !once.proof.countsTwice);
    const twice = openRoom(database, { verifiedCountsTwice: true });
    const signIn = async (lies: Lies) =>
      twice.room.signIn(at, address, authenticator.assert(await twice.room.askForPasskey(at), lies));
    const verified = await signIn({});
    assert.ok(verified.kind === 'verified' && verified.proof.countsTwice);
    const touched = await signIn({ userVerified: false });
    assert.ok(touched.kind === 'verified' && !touched.proof.countsTwice);
    const beside = await twice.prove('alice', authenticator.assert(await twice.ask('alice')));
    assert.ok(beside.kind === 'verified' && !beside.proof.countsTwice);
  });

  test('a key that is not discoverable signs in alone only where keys are upgraded', async () => {
    const { database } = await open();
    const { authenticator } = await openRoom(database).addKey('alice', { discoverable: false });
    const signIn = async (upgrades: boolean) => {
      const { room } = openRoom(database, { upgrades });
      return (await room.signIn(at, address, authenticator.assert(await room.askForPasskey(at)))).kind;
    };
    assert.equal(await signIn(false), 'refused');
    assert.equal(await signIn(true), 'verified');
    assert.equal(await signIn(false), 'verified', 'it is known to be discoverable now');
  });

  test('the filters of the configuration decide what may be added', async () => {
    const { database } = await open();
    const kind = async (changed: Partial<WebauthnOptions>, aaguid: string, lies: Lies = {}) =>
      (await openRoom(database, changed).addKey('alice', { aaguid }, lies, randomUUID())).answer.kind;
    assert.equal(await kind({ permittedModels: [model] }, model), 'added');
    assert.equal(await kind({ permittedModels: [model] }, randomUUID()), 'not-allowed');
    assert.equal(await kind({ prohibitedModels: [model] }, model), 'not-allowed');
    assert.equal(await kind({ prohibitedModels: [model] }, randomUUID()), 'added');
    assert.equal(await kind({ prohibitBackupEligible: true }, model, { backedUp: true }), 'not-allowed');
    assert.equal(await kind({}, model, { backedUp: true }), 'added');
  });

  test('an attestation statement is verified, and kept', async () => {
    const { addKey } = openRoom((await open()).database);
    const { answer } = await addKey('alice', { attestation: 'packed' });
    assert.ok(answer.kind === 'added');
    const { attestationFormat, attestationType, attestation } = answer.key;
    assert.deepEqual([attestationFormat, attestationType], ['packed', 'basic_surrogate']);
    assert.deepEqual(Object.keys(JSON.parse(Buffer.from(attestation).toString())), ['clientDataJSON', 'object']);
    const authenticator = openAuthenticator({ origin, attestation: 'packed' });
    const room = openRoom((await open()).database);
    const asked = await room.room.askToAdd(room.person('bob'), 's', at);
    const broken = authenticator.register(asked, { origin: `${origin}` });
    const flipped = broken.response.replace(/"clientDataJSON":"[^"]+"/, () => {
      const said = {
        type: 'webauthn.create',
        challenge: asked.options.challenge,
        origin,
        crossOrigin: false,
        extra: 1,
      };
      return `"clientDataJSON":"${Buffer.from(JSON.stringify(said)).toString('base64url')}"`;
    });
    const verdict = await room.room.add(room.person('bob'), 's', at, 'A key', { ...broken, response: flipped });
    assert.equal(verdict.kind, 'refused');
  });

  test('the public key is sealed and bound to its row', async () => {
    const { database } = await open();
    const { addKey, ask, prove } = openRoom(database);
    const { authenticator } = await addKey('alice');
    await addKey('bob');
    const bobs = database.kysely.selectFrom('security_keys').select('public_key').where('username', '=', 'bob');
    const row = await bobs.executeTakeFirstOrThrow();
    await database.kysely.updateTable('security_keys').set(row).where('username', '=', 'alice').execute();
    await assert.rejects(async () => prove('alice', authenticator.assert(await ask('alice'))), { code: 'seal-broken' });
  });
});

test('an answer that is none is refused without reading further', async () => {
  const { parseAssertion, parseRegistration } = await import('./response.ts');
  for (const json of [
    '',
    '{',
    'null',
    '[]',
    '{"id":"a"}',
    '{"id":"a","rawId":"a","type":"public-key","response":{"clientDataJSON":"€"}}',
  ])
    assert.deepEqual([parseAssertion(json), parseRegistration(json)], [undefined, undefined]);
});
