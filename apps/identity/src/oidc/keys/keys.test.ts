import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { test } from 'node:test';
import { createRemoteJWKSet, customFetch, jwtVerify } from 'jose';
import { codeFor, exchange } from '../client.testing.ts';
import { guideClient, openHouse, rsaKey } from '../house.testing.ts';
import { signingKeys } from './keys.ts';

const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;

test('a client gets the algorithm or the key it is registered with, and the published keys verify it', async () => {
  const house = await openHouse({
    clients: [
      { ...guideClient, consent_mode: 'implicit' },
      { ...guideClient, client_id: 'es', consent_mode: 'implicit', id_token_signed_response_alg: 'ES256' },
      { ...guideClient, client_id: 'ps', consent_mode: 'implicit', id_token_signed_response_key_id: 'pss' },
    ],
    oidc: {
      jwks: [{ key: rsaKey() }, { key: rsaKey(), algorithm: 'PS256', key_id: 'pss' }, { key: ec }],
    },
  });
  try {
    const { port } = new URL(house.issuer);
    const jwks = createRemoteJWKSet(new URL(`http://127.0.0.1:${port}/jwks.json`), { [customFetch]: fetch });
    for (const [client_id, alg] of [
      ['leantime', 'RS256'],
      ['es', 'ES256'],
      ['ps', 'PS256'],
    ] as const) {
      const code = await codeFor(house.browser(), { client_id }, { as: 'alice', factors: '2' });
      const { body } = await exchange(house, code, { client_id });
      const verified = await jwtVerify(body.id_token ?? '', jwks, { issuer: house.issuer, audience: client_id });
      assert.equal(verified.protectedHeader.alg, alg);
    }
  } finally {
    await house.close();
  }
});

test('a set of keys without RS256 is misuse, and keys for encryption do not count', () => {
  assert.throws(() => signingKeys([{ key: ec }], 0), /RS256/);
  assert.throws(() => signingKeys([{ key: rsaKey(), use: 'enc' }], 0), /RS256/);
});

test('a key without an id is named by six digits of its thumbprint and its algorithm', () => {
  const [key] = signingKeys([{ key: rsaKey() }], 0);
  assert.match(key?.kid ?? '', /^[0-9a-f]{6}-rs256$/);
});
