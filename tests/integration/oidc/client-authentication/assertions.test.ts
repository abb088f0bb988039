/** Clients that prove themselves with a signed assertion (RFC 7523): what is taken, and everything that is not. */
import assert from 'node:assert/strict';
import { createHmac, createPublicKey, randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { post } from '../../../../apps/identity/src/oidc/client.testing.ts';
import {
  type AssertionChanges,
  assertionType,
  keyPair,
  signAssertion,
} from '../../../../apps/identity/src/oidc/clients/client-keys.testing.ts';
import { type House, openHouse } from '../../../../apps/identity/src/oidc/house.testing.ts';
import type { ClientOptions } from '../../../../apps/identity/src/oidc/options.ts';

const own = keyPair();
const rsa = keyPair({ key_id: 'rsa' }, 'rsa');
const stranger = keyPair();
const secret = 'a plaintext secret of more than thirty-two characters';

function machine(client_id: string, options: Partial<ClientOptions>): ClientOptions {
  return { client_id, grant_types: ['client_credentials'], scopes: ['reports'], ...options };
}

const clients: readonly ClientOptions[] = [
  machine('signer', {
    token_endpoint_auth_method: 'private_key_jwt',
    token_endpoint_auth_signing_alg: 'ES256',
    jwks: [own.stated, rsa.stated],
  }),
  machine('other', {
    token_endpoint_auth_method: 'private_key_jwt',
    token_endpoint_auth_signing_alg: 'ES256',
    jwks: [stranger.stated],
  }),
  machine('shared', {
    client_secret: { kind: 'plaintext', text: secret },
    token_endpoint_auth_method: 'client_secret_jwt',
    token_endpoint_auth_signing_alg: 'HS512',
  }),
  machine('by-default', {
    client_secret: { kind: 'plaintext', text: secret },
    token_endpoint_auth_method: 'client_secret_jwt',
  }),
];

let house: House;
before(async () => {
  house = await openHouse({ clients });
});
after(() => house.close());

function present(client_assertion: string, fields: Record<string, string> = {}) {
  return post(house, '/api/oidc/token', {
    grant_type: 'client_credentials',
    scope: 'reports',
    client_assertion_type: assertionType,
    client_assertion,
    ...fields,
  });
}

async function answerTo(changes: AssertionChanges): Promise<string> {
  const { status, body } = await present(await signAssertion(house, 'signer', own.privateKey, changes));
  return status === 200 ? 'taken' : `${status} ${body.error}`;
}

const refused = '401 invalid_client';

test('a client with private_key_jwt is known by its signature', async () => {
  assert.equal(await answerTo({}), 'taken');
  assert.equal(await answerTo({ header: { kid: 'one', typ: 'client-authentication+jwt' } }), 'taken');
});

test('a client with client_secret_jwt is known by a signature with its plaintext secret, of the registered algorithm', async () => {
  const key = Buffer.from(secret);
  const answer = async (id: string, alg: string) =>
    (await present(await signAssertion(house, id, key, { header: { alg } }))).status;
  assert.equal(await answer('shared', 'HS512'), 200);
  assert.equal(await answer('shared', 'HS256'), 401);
  assert.equal(await answer('by-default', 'HS256'), 200);
  assert.equal(await answer('by-default', 'HS512'), 401);
});

test('the audience is the issuer or the token endpoint, alone or in a list', async () => {
  const token = `${house.issuer}/api/oidc/token`;
  for (const aud of [house.issuer, token, [house.issuer], ['https://elsewhere.example', token]])
    assert.equal(await answerTo({ claims: { aud } }), 'taken');
});

test('attack 39: an assertion for another audience is refused', async () => {
  for (const aud of [
    'https://elsewhere.example',
    `${house.issuer}/`,
    `${house.issuer}.example`,
    ['https://elsewhere.example'],
    [],
    '',
    undefined,
  ])
    assert.equal(await answerTo({ claims: { aud } }), refused, JSON.stringify(aud));
});

test('attack 39: an assertion issued in the future is refused, with and without an expiry after it', async () => {
  const future = Math.floor(Date.now() / 1000) + 3600;
  assert.equal(await answerTo({ claims: { iat: future, exp: future + 60 } }), refused);
  assert.equal(await answerTo({ claims: { iat: 'tomorrow' } }), refused);
  assert.equal(await answerTo({ claims: { nbf: future, exp: future + 60 } }), refused);
});

test('attack 39: an assertion without expiry, or after it, is refused', async () => {
  for (const exp of [undefined, 0, Math.floor(Date.now() / 1000) - 60, '9999999999'])
    assert.equal(await answerTo({ claims: { exp } }), refused, String(exp));
});

test('attack 39: an assertion of another issuer or subject is refused', async () => {
  assert.equal(await answerTo({ claims: { iss: 'other' } }), refused);
  assert.equal(await answerTo({ claims: { sub: 'other' } }), refused);
  assert.equal(await answerTo({ claims: { sub: undefined } }), refused);
  assert.equal(await answerTo({ claims: { iss: undefined } }), refused);
});

test("attack 39: an assertion signed with another client's key is refused", async () => {
  const forged = await signAssertion(house, 'signer', stranger.privateKey);
  const { status, body } = await present(forged);
  assert.deepEqual([status, body.error], [401, 'invalid_client']);
  const own = await signAssertion(house, 'other', stranger.privateKey);
  const mixed = await present(own, { client_id: 'signer' });
  assert.deepEqual([mixed.status, mixed.body.error], [400, 'invalid_request']);
});

test('attack 39: an assertion is taken once, and once among fifty at the same time', async () => {
  const once = await signAssertion(house, 'signer', own.privateKey);
  assert.equal((await present(once)).status, 200);
  const again = await present(once);
  assert.deepEqual([again.status, again.body.error], [401, 'invalid_client']);
  const raced = await signAssertion(house, 'signer', own.privateKey);
  const answers = await Promise.all(Array.from({ length: 50 }, () => present(raced)));
  const statuses = answers.map(({ status }) => status).sort();
  assert.deepEqual(statuses, [200, ...Array.from({ length: 49 }, () => 401)]);
  assert.equal(await answerTo({ claims: { jti: undefined } }), refused);
});

test('attack 39: two clients may use the same jti', async () => {
  const jti = randomUUID();
  const claims = { jti };
  assert.equal((await present(await signAssertion(house, 'signer', own.privateKey, { claims }))).status, 200);
  assert.equal((await present(await signAssertion(house, 'other', stranger.privateKey, { claims }))).status, 200);
});

test('attack 38: an assertion without a signature is refused', async () => {
  const [, payload] = (await signAssertion(house, 'signer', own.privateKey)).split('.');
  for (const alg of ['none', 'None', 'NONE', '']) {
    const header = Buffer.from(JSON.stringify({ alg })).toString('base64url');
    const { status } = await present(`${header}.${payload}.`);
    assert.equal(status, 401, alg);
  }
});

test('attack 38: an assertion signed by HMAC with the public key as its secret is refused', async () => {
  const [, payload] = (await signAssertion(house, 'signer', own.privateKey)).split('.');
  const header = Buffer.from(JSON.stringify({ alg: 'HS256', typ: 'JWT' })).toString('base64url');
  const spki = createPublicKey(rsa.publicPem).export({ format: 'der', type: 'spki' });
  for (const key of [own.publicPem, rsa.publicPem, own.publicPem.trim(), spki]) {
    const signature = createHmac('sha256', key).update(`${header}.${payload}`).digest('base64url');
    assert.equal((await present(`${header}.${payload}.${signature}`)).status, 401);
  }
});

test('attack 38: a key that the assertion brings along is not used', async () => {
  const jwk = createPublicKey(stranger.publicPem).export({ format: 'jwk' });
  const header = { jwk, jku: 'https://evil.example/jwks.json', x5u: 'https://evil.example/cert.pem' };
  const forged = await signAssertion(house, 'signer', stranger.privateKey, { header });
  assert.equal((await present(forged)).status, 401);
  assert.equal(house.lines.filter(({ msg }) => String(msg).includes('evil.example')).length, 0);
});

test('attack 38: a key id that is a path or a statement finds no key', async () => {
  for (const kid of ['../../../../dev/null', "' or 1=1 --", '/etc/passwd', 'rsa', '__proto__', ''])
    assert.equal(await answerTo({ header: { kid } }), refused, kid);
});

test('attack 38: another algorithm than the registered one is refused, even from a key of the client', async () => {
  const signed = await signAssertion(house, 'signer', rsa.privateKey, { header: { alg: 'RS256', kid: 'rsa' } });
  assert.equal((await present(signed)).status, 401);
});

test('attack 38: a token of another type is no assertion', async () => {
  for (const typ of ['at+jwt', 'logout+jwt', 'dpop+jwt', 'token-introspection+jwt', 'application/at+jwt'])
    assert.equal(await answerTo({ header: { typ } }), refused, typ);
});

test('attack 38: a member that must be understood and is not refuses the assertion', async () => {
  const [, payload, signature] = (await signAssertion(house, 'signer', own.privateKey)).split('.');
  const header = Buffer.from(JSON.stringify({ alg: 'ES256', crit: ['exp'], exp: 1 })).toString('base64url');
  assert.equal((await present(`${header}.${payload}.${signature}`)).status, 401);
});

test('what is no assertion at all is refused without a failure', async () => {
  for (const text of ['', 'a', 'a.b', 'a.b.c', '..', '{}', 'e30.e30.', `${'a'.repeat(20_000)}.b.c`]) {
    const { status } = await present(text);
    assert.ok(status === 400 || status === 401, `${text.slice(0, 20)}: ${status}`);
  }
  const good = await signAssertion(house, 'signer', own.privateKey);
  assert.equal((await present(good, { client_assertion_type: 'urn:example:other' })).status, 400);
});
