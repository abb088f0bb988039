/** Tokens bound to a key (DPoP) are neither exchanged, nor given by an exchange, nor credentials for introspection. */
import assert from 'node:assert/strict';
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { exportJWK, SignJWT } from 'jose';
import { codeFor, type Params, post, verifier } from '../../../../apps/identity/src/oidc/client.testing.ts';
import { callback, guideClient, type House, openHouse } from '../../../../apps/identity/src/oidc/house.testing.ts';

const grant = 'urn:ietf:params:oauth:grant-type:token-exchange';
const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const app = {
  ...guideClient,
  consent_mode: 'implicit' as const,
  grant_types: ['authorization_code', grant],
  introspection_endpoint_auth_method: 'client_secret_post',
};

let house: House;
before(async () => {
  house = await openHouse({ clients: [app, { ...app, client_id: 'bound', dpop_bound_access_tokens: true }] });
});
after(() => house.close());

async function proof(): Promise<Record<string, string>> {
  const dpop = await new SignJWT({ htm: 'POST', htu: `${house.issuer}/api/oidc/token`, jti: randomUUID() })
    .setIssuedAt()
    .setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk: await exportJWK(publicKey) })
    .sign(privateKey);
  return { dpop };
}

const ask = (fields: Params, headers: Record<string, string> = {}) =>
  post(house, '/api/oidc/token', { client_id: 'leantime', client_secret: 'insecure_secret', ...fields }, headers);

async function tokenWith(headers: Record<string, string>, client_id = 'leantime'): Promise<string> {
  const code = await codeFor(house.browser(), { client_id });
  const fields = { grant_type: 'authorization_code', code, redirect_uri: callback, code_verifier: verifier, client_id };
  return String((await ask(fields, headers)).body.access_token);
}

function swap(subject_token: string, changes: Params = {}, headers: Record<string, string> = {}) {
  const subject_token_type = 'urn:ietf:params:oauth:token-type:access_token';
  return ask({ grant_type: grant, subject_token, subject_token_type, ...changes }, headers);
}

test('attack 50: a bound token is not exchanged for one that anybody can use', async () => {
  assert.equal((await swap(await tokenWith(await proof()))).body.error, 'invalid_request');
  assert.equal((await swap(await tokenWith({}))).status, 200);
});

test('attack 50: whoever asks for a bound token, or has to, gets no unbound one', async () => {
  assert.equal((await swap(await tokenWith({}), {}, await proof())).body.error, 'invalid_request');
  const bound = await tokenWith(await proof(), 'bound');
  for (const headers of [{}, await proof()])
    assert.equal((await swap(bound, { client_id: 'bound' }, headers)).body.error, 'invalid_request');
});

test('attack 47: a bound token without its key introspects nothing', async () => {
  const [caller, token] = [await tokenWith(await proof()), await tokenWith({})];
  const authorization = `Bearer ${caller}`;
  assert.equal((await post(house, '/api/oidc/introspection', { token }, { authorization })).status, 401);
  const free = `Bearer ${await tokenWith({})}`;
  const told = await post(house, '/api/oidc/introspection', { token }, { authorization: free });
  assert.equal(Reflect.get(told.body, 'active'), true);
});
