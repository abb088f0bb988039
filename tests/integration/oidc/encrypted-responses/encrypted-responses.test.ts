/** Answers that are encrypted for the client: with its public key or with keys of its secret, always signed first. */
import assert from 'node:assert/strict';
import { createHash, type KeyObject } from 'node:crypto';
import { after, before, test } from 'node:test';
import { compactDecrypt, createRemoteJWKSet, customFetch, decodeProtectedHeader, jwtVerify } from 'jose';
import { codeFor, exchange } from '../../../../apps/identity/src/oidc/client.testing.ts';
import { keyPair } from '../../../../apps/identity/src/oidc/clients/client-keys.testing.ts';
import { guideClient, type House, openHouse } from '../../../../apps/identity/src/oidc/house.testing.ts';
import type { ClientOptions } from '../../../../apps/identity/src/oidc/options.ts';

const secret = 'a plaintext secret of more than thirty-two characters';
const rsa = keyPair({ key_id: 'rsa', use: 'enc' }, 'rsa');
const ec = keyPair({ key_id: 'ec', use: 'enc' });
const otherEc = keyPair({ key_id: 'other', use: 'enc' });
const sig = keyPair({ key_id: 'sig' });

const derived = (bytes: number) => createHash('sha256').update(secret).digest().subarray(0, bytes);

/** Each algorithm with what its owner decrypts it with. */
const table: readonly (readonly [alg: string, enc: string, key: KeyObject | Uint8Array])[] = [
  ['RSA-OAEP', 'A128CBC-HS256', rsa.privateKey],
  ['RSA-OAEP-256', 'A256GCM', rsa.privateKey],
  ['ECDH-ES', 'A192CBC-HS384', ec.privateKey],
  ['ECDH-ES+A128KW', 'A128GCM', ec.privateKey],
  ['ECDH-ES+A192KW', 'A192GCM', ec.privateKey],
  ['ECDH-ES+A256KW', 'A256CBC-HS512', ec.privateKey],
  ['A128KW', 'A128CBC-HS256', derived(16)],
  ['A192KW', 'A256GCM', derived(24)],
  ['A256KW', 'A256CBC-HS512', derived(32)],
  ['A128GCMKW', 'A128GCM', derived(16)],
  ['A192GCMKW', 'A192GCM', derived(24)],
  ['A256GCMKW', 'A256GCM', derived(32)],
  ['PBES2-HS256+A128KW', 'A128CBC-HS256', Buffer.from(secret)],
  ['PBES2-HS384+A192KW', 'A128GCM', Buffer.from(secret)],
  ['PBES2-HS512+A256KW', 'A256GCM', Buffer.from(secret)],
];

function client(client_id: string, options: Partial<ClientOptions>): ClientOptions {
  return {
    ...guideClient,
    client_id,
    client_secret: { kind: 'plaintext', text: secret },
    introspection_endpoint_auth_method: 'client_secret_post',
    consent_mode: 'implicit',
    jwks: [sig.stated, rsa.stated, ec.stated, otherEc.stated],
    ...options,
  };
}

const idOf = (alg: string) => alg.replaceAll('+', '.');

let house: House;
let published: ReturnType<typeof createRemoteJWKSet>;
before(async () => {
  house = await openHouse({
    clients: [
      ...table.map(([alg, enc]) =>
        client(idOf(alg), {
          id_token_encrypted_response_alg: alg,
          id_token_encrypted_response_enc: enc,
          userinfo_signed_response_alg: 'RS256',
          userinfo_encrypted_response_alg: alg,
          userinfo_encrypted_response_enc: enc,
          introspection_signed_response_alg: 'RS256',
          introspection_encrypted_response_alg: alg,
          introspection_encrypted_response_enc: enc,
        }),
      ),
      client('by-id', { id_token_encrypted_response_alg: 'ECDH-ES', id_token_encrypted_response_key_id: 'other' }),
      client('weak', { id_token_encrypted_response_alg: 'RSA1_5' }),
      client('keyless', { id_token_encrypted_response_alg: 'ECDH-ES', jwks: [sig.stated] }),
      client('digest', { id_token_encrypted_response_alg: 'A256KW', client_secret: guideClient.client_secret }),
    ],
  });
  const url = new URL(`http://127.0.0.1:${new URL(house.issuer).port}/jwks.json`);
  published = createRemoteJWKSet(url, { [customFetch]: fetch });
});
after(() => house.close());

async function tokensOf(client_id: string) {
  const code = await codeFor(house.browser(), { client_id }, { as: 'alice', factors: '2' });
  return (await exchange(house, code, { client_id, client_secret: secret })).body;
}

async function open(jwe: string, key: KeyObject | Uint8Array, audience: string) {
  const { plaintext, protectedHeader } = await compactDecrypt(jwe, key, {
    keyManagementAlgorithms: [String(decodeProtectedHeader(jwe).alg)],
  });
  assert.equal(protectedHeader.cty, 'JWT');
  const jwt = Buffer.from(plaintext).toString();
  const { payload } = await jwtVerify(jwt, published, { issuer: house.issuer, audience });
  return { header: protectedHeader, payload };
}

for (const [alg, enc, key] of table)
  test(`ID token, userinfo and introspection are encrypted with ${alg} and ${enc} around their signature`, async () => {
    const id = idOf(alg);
    const body = await tokensOf(id);
    const at = `http://127.0.0.1:${new URL(house.issuer).port}/api/oidc`;
    const info = await fetch(`${at}/userinfo`, { headers: { authorization: `Bearer ${body.access_token}` } });
    const form = new URLSearchParams({ client_id: id, client_secret: secret, token: String(body.access_token) });
    const introspected = await fetch(`${at}/introspection`, { method: 'POST', body: form });
    const opened = [
      await open(String(body.id_token), key, id),
      await open(await info.text(), key, id),
      await open(await introspected.text(), key, id),
    ];
    for (const { header } of opened) assert.deepEqual([header.alg, header.enc], [alg, enc]);
    const [idToken, userinfo, introspection] = opened.map(({ payload }) => payload);
    assert.equal(idToken?.sub, userinfo?.sub);
    assert.partialDeepStrictEqual(introspection, { token_introspection: { active: true } });
  });

test('introspection by an access token in place of credentials is encrypted too', async () => {
  const [alg, enc, key] = table[0] ?? assert.fail();
  const id = idOf(alg);
  const caller = (await tokensOf(id)).access_token;
  const answer = await fetch(`http://127.0.0.1:${new URL(house.issuer).port}/api/oidc/introspection`, {
    method: 'POST',
    body: new URLSearchParams({ token: String((await tokensOf(id)).access_token) }),
    headers: { authorization: `Bearer ${caller}` },
  });
  const { header, payload } = await open(await answer.text(), key, id);
  assert.deepEqual([header.alg, header.enc], [alg, enc]);
  assert.partialDeepStrictEqual(payload, { token_introspection: { active: true } });
});

test('of several keys the one with the registered id is used', async () => {
  const body = await tokensOf('by-id');
  const { header } = await open(String(body.id_token), otherEc.privateKey, 'by-id');
  assert.deepEqual([header.kid, header.enc], ['other', 'A128CBC-HS256']);
});

test('a client whose answers cannot be encrypted as asked is left out with a warning, and never answered in clear', async () => {
  const told = house.lines.filter(({ msg }) => String(msg).includes('cannot sign in')).map(({ msg }) => String(msg));
  assert.equal(told.length, 3);
  assert.match(told[0] ?? '', /Client weak .*RSA1_5/);
  assert.match(told[1] ?? '', /Client keyless .*use: enc/);
  assert.match(told[2] ?? '', /Client digest .*plain text/);
  const answer = await house.browser().go('/api/oidc/authorization?client_id=weak&response_type=code');
  assert.equal(answer.status, 400);
});
