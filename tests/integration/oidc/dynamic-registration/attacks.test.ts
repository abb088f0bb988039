/** Attack 51, as far as a registration goes: addresses that an application names lead nowhere into the house. */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, beforeEach, test } from 'node:test';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { codeFor, post } from '../../../../apps/identity/src/oidc/client.testing.ts';
import { type House, openHouse } from '../../../../apps/identity/src/oidc/house.testing.ts';
import { house as house_, itsCallback, register } from './registering.testing.ts';

const alice = { as: 'alice', factors: '1', consent: 'accept' } as const;
let house: House;
let inside: string;
const calls: string[] = [];
/** A server of the house: who reaches it could ask it for anything. */
const server = createServer((req, res) => {
  calls.push(req.url ?? '');
  res.setHeader('content-type', 'application/json').end(JSON.stringify([itsCallback]));
});
before(async () => {
  house = await openHouse({ oidc: { dynamic_client_registration: house_ } });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  inside = `http://inside.localhost:${(server.address() as AddressInfo).port}`;
});
after(async () => {
  server.close();
  await house.close();
});
beforeEach(() => {
  calls.length = 0;
});

test('attack 51: a sector document of a registration is never read from the house', async () => {
  for (const origin of [inside, 'https://127.0.0.1', 'https://[::1]', 'https://10.0.0.1', 'https://169.254.169.254']) {
    const { status, body } = await register(house, { sector_identifier_uri: `${origin}/sector` });
    assert.deepEqual([status, body.error], [400, 'invalid_client_metadata'], origin);
    assert.doesNotMatch(String(body.error_description), /127|10\.0|169|refused|ECONN/);
  }
  assert.deepEqual(calls, []);
});

test('attack 51: the keys of a registered client are never fetched from the house', async () => {
  const { privateKey } = await generateKeyPair('RS256');
  for (const origin of [inside, 'https://127.0.0.1', 'https://192.168.0.1']) {
    const { status, body } = await register(house, {
      jwks_uri: `${origin}/jwks`,
      token_endpoint_auth_method: 'private_key_jwt',
      token_endpoint_auth_signing_alg: 'RS256',
    });
    assert.equal(status, 201);
    const assertion = await assertionOf(String(body.client_id), privateKey);
    const code = await codeFor(
      house.browser(),
      { client_id: String(body.client_id), redirect_uri: itsCallback, scope: 'openid' },
      alice,
    );
    const answer = await post(house, '/api/oidc/token', {
      grant_type: 'authorization_code',
      code,
      redirect_uri: itsCallback,
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: assertion,
    });
    assert.notEqual(answer.status, 200, origin);
  }
  assert.deepEqual(calls, []);
});

test('attack 51: the pictures and pages that a registration names are never fetched', async () => {
  const names = ['logo_uri', 'client_uri', 'tos_uri', 'policy_uri'];
  const { status, body } = await register(house, Object.fromEntries(names.map((name) => [name, `${inside}/${name}`])));
  assert.equal(status, 201);
  await codeFor(
    house.browser(),
    { client_id: String(body.client_id), redirect_uri: itsCallback, scope: 'openid' },
    alice,
  );
  assert.deepEqual(calls, []);
});

test('attack 51: no address of a registration may carry credentials, leave https or run in a browser', async () => {
  for (const [name, value] of [
    ['jwks_uri', 'https://user:secret@app.example.com/jwks'],
    ['jwks_uri', 'http://app.example.com/jwks'],
    ['logo_uri', 'javascript:alert(1)'],
    ['client_uri', 'data:text/html,x'],
    ['backchannel_logout_uri', 'file:///etc/passwd'],
  ] as const) {
    const { status, body } = await register(house, { [name]: value });
    assert.deepEqual([status, body.error], [400, 'invalid_client_metadata'], value);
  }
  for (const uri of [
    'javascript:alert(1)',
    'data:text/html,x',
    'http://app.example.com/callback',
    'https://app.example.com/#here',
    'app:/callback',
  ]) {
    const { status, body } = await register(house, { redirect_uris: [uri] });
    assert.deepEqual([status, body.error], [400, 'invalid_redirect_uri'], uri);
  }
});

async function assertionOf(clientId: string, key: Parameters<SignJWT['sign']>[0]): Promise<string> {
  return new SignJWT({ jti: crypto.randomUUID() })
    .setProtectedHeader({ alg: 'RS256', kid: 'one' })
    .setIssuer(clientId)
    .setSubject(clientId)
    .setAudience(house.issuer)
    .setIssuedAt()
    .setExpirationTime('1m')
    .sign(key);
}

test('keys that a registration holds itself prove the client', async () => {
  const { privateKey, publicKey } = await generateKeyPair('RS256');
  const keys = [{ ...(await exportJWK(publicKey)), kid: 'one', alg: 'RS256', use: 'sig' }];
  const { body } = await register(house, {
    jwks: { keys },
    token_endpoint_auth_method: 'private_key_jwt',
    token_endpoint_auth_signing_alg: 'RS256',
  });
  const answer = await post(house, '/api/oidc/token', {
    grant_type: 'authorization_code',
    code: 'none',
    redirect_uri: itsCallback,
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: await assertionOf(String(body.client_id), privateKey),
  });
  assert.equal(answer.body.error, 'invalid_grant');
});
