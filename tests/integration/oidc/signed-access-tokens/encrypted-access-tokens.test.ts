/** Access tokens that are encrypted for the client, and what it can do with them without decrypting. */
import assert from 'node:assert/strict';
import { createHash, createPublicKey } from 'node:crypto';
import { after, before, test } from 'node:test';
import { compactDecrypt, decodeProtectedHeader, jwtVerify } from 'jose';
import { codeFor, exchange, post, userinfo } from '../../../../apps/identity/src/oidc/client.testing.ts';
import { keyPair } from '../../../../apps/identity/src/oidc/clients/client-keys.testing.ts';
import { alice, guideClient, type House, openHouse, rsaKey } from '../../../../apps/identity/src/oidc/house.testing.ts';

const secret = 'a plaintext secret of more than thirty-two characters';
const ec = keyPair({ key_id: 'ec', use: 'enc' });
const client = {
  ...guideClient,
  client_secret: { kind: 'plaintext' as const, text: secret },
  introspection_endpoint_auth_method: 'client_secret_post',
  revocation_endpoint_auth_method: 'client_secret_post',
  consent_mode: 'implicit' as const,
  jwks: [ec.stated],
  access_token_signed_response_alg: 'RS256',
};

let house: House;
before(async () => {
  house = await openHouse({
    clients: [
      { ...client, client_id: 'public-key', access_token_encrypted_response_alg: 'ECDH-ES+A256KW' },
      {
        ...client,
        client_id: 'shared',
        access_token_encrypted_response_alg: 'A256KW',
        access_token_encrypted_response_enc: 'A256GCM',
      },
    ],
  });
});
after(() => house.close());

async function tokenOf(client_id: string): Promise<string> {
  const answer = await exchange(house, await codeFor(house.browser(), { client_id }), {
    client_id,
    client_secret: secret,
  });
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  return String(answer.body.access_token);
}

const as = (client_id: string) => ({ client_id, client_secret: secret });

test('the token is signed, then encrypted for the client', async () => {
  for (const [clientId, key] of [
    ['public-key', ec.privateKey],
    ['shared', createHash('sha256').update(secret).digest()],
  ] as const) {
    const token = await tokenOf(clientId);
    assert.equal(decodeProtectedHeader(token).cty, 'at+jwt');
    const signed = Buffer.from((await compactDecrypt(token, key)).plaintext).toString();
    const { payload } = await jwtVerify(signed, createPublicKey(rsaKey()), { typ: 'at+jwt', issuer: house.issuer });
    assert.equal(payload.client_id, clientId);
  }
});

test('it works at userinfo, introspection and revocation as it is', async () => {
  for (const clientId of ['public-key', 'shared']) {
    const token = await tokenOf(clientId);
    assert.deepEqual((await userinfo(house, token)).body.groups, alice.groups);
    const told = await post(house, '/api/oidc/introspection', { token, ...as(clientId) });
    assert.equal(told.body.username, 'alice');
    assert.equal((await post(house, '/api/oidc/revocation', { token, ...as(clientId) })).status, 200);
    assert.equal((await userinfo(house, token)).status, 401);
  }
});

test('attack 47: what is inside is not a second token, and one changed character makes it unknown', async () => {
  const token = await tokenOf('public-key');
  const inside = Buffer.from((await compactDecrypt(token, ec.privateKey)).plaintext).toString();
  const [header, key, iv, text, tag = ''] = token.split('.');
  const changed = [header, key, iv, text, `${tag.startsWith('A') ? 'B' : 'A'}${tag.slice(1)}`].join('.');
  for (const other of [inside, changed]) assert.equal((await userinfo(house, other)).status, 401);
});
