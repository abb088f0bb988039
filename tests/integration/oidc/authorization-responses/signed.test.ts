/** Authorization responses as JWTs (JARM): every mode, in success and error, signed and encrypted by client. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { compactDecrypt, createRemoteJWKSet, customFetch, jwtVerify } from 'jose';
import {
  authorizationPath,
  authorize,
  exchange,
  type Params,
  state,
} from '../../../../apps/identity/src/oidc/client.testing.ts';
import { keyPair } from '../../../../apps/identity/src/oidc/clients/client-keys.testing.ts';
import {
  callback,
  guideClient,
  type House,
  openHouse,
  rsaKey,
} from '../../../../apps/identity/src/oidc/house.testing.ts';
import type { ClientOptions } from '../../../../apps/identity/src/oidc/options.ts';

const encryption = keyPair({ key_id: 'enc', use: 'enc' });
const modes = ['jwt', 'query.jwt', 'fragment.jwt', 'form_post.jwt'] as const;
const secret = 'a plaintext secret of more than thirty-two characters';

function client(client_id: string, options: Partial<ClientOptions>): ClientOptions {
  return { ...guideClient, client_id, consent_mode: 'implicit', response_modes: modes, ...options };
}

let house: House;
let published: ReturnType<typeof createRemoteJWKSet>;
before(async () => {
  house = await openHouse({
    clients: [
      client('code', {}),
      client('hybrid', {
        response_types: ['code id_token'],
        grant_types: ['authorization_code', 'implicit'],
        authorization_signed_response_key_id: 'second',
      }),
      client('encrypted', {
        response_types: ['code', 'code id_token'],
        grant_types: ['authorization_code', 'implicit'],
        jwks: [encryption.stated],
        authorization_encrypted_response_alg: 'ECDH-ES',
      }),
      client('secret', {
        client_secret: { kind: 'plaintext', text: secret },
        authorization_signed_response_alg: 'HS256',
      }),
      client('plain', { response_modes: ['query', 'fragment', 'form_post'] }),
    ],
    oidc: {
      jwks: [
        { key: rsaKey(), key_id: 'first' },
        { key: rsaKey(), key_id: 'second' },
      ],
      lifespans: { jwt_secured_authorization: 90 },
    },
  });
  const url = new URL(`http://127.0.0.1:${new URL(house.issuer).port}/jwks.json`);
  published = createRemoteJWKSet(url, { [customFetch]: fetch });
});
after(() => house.close());

type Delivered = { readonly place: 'query' | 'fragment' | 'form'; readonly values: URLSearchParams };

/** Where the answer stands, and all of it. */
async function deliver(params: Params): Promise<Delivered> {
  const answer = await authorize(house.browser(), authorizationPath({ nonce: 'a-nonce-of-enough', ...params }), {
    as: 'alice',
    factors: '2',
  });
  const location = answer.headers.get('location');
  if (location === null) {
    const html = await answer.text();
    const fields = [...html.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)];
    return {
      place: 'form',
      values: new URLSearchParams(Object.fromEntries(fields.map(([, name, value]) => [name, value]))),
    };
  }
  const url = new URL(location);
  assert.equal(`${url.origin}${url.pathname}`, callback);
  return url.hash
    ? { place: 'fragment', values: new URLSearchParams(url.hash.slice(1)) }
    : { place: 'query', values: url.searchParams };
}

function responseIn({ values }: Delivered): string {
  assert.deepEqual([...values.keys()], ['response'], 'nothing stands beside the response');
  return values.get('response') ?? '';
}

const verify = (jwt: string, audience: string) => jwtVerify(jwt, published, { issuer: house.issuer, audience });

for (const [mode, place] of [
  ['jwt', 'query'],
  ['query.jwt', 'query'],
  ['fragment.jwt', 'fragment'],
  ['form_post.jwt', 'form'],
] as const) {
  test(`a code comes in the ${place} with response_mode ${mode}, and can be exchanged`, async () => {
    const delivered = await deliver({ client_id: 'code', response_mode: mode });
    assert.equal(delivered.place, place);
    const { payload, protectedHeader } = await verify(responseIn(delivered), 'code');
    assert.deepEqual([protectedHeader.alg, protectedHeader.kid], ['RS256', 'first']);
    assert.equal(payload.state, state);
    assert.ok(Math.abs(Number(payload.exp) - Date.now() / 1000 - 90) < 10);
    const { status } = await exchange(house, String(payload.code), { client_id: 'code' });
    assert.equal(status, 200);
  });

  test(`an error comes in the ${place} with response_mode ${mode}, signed like an answer`, async () => {
    const delivered = await deliver({ client_id: 'code', response_mode: mode, scope: 'openid unregistered' });
    assert.equal(delivered.place, place);
    const { payload } = await verify(responseIn(delivered), 'code');
    assert.deepEqual([payload.error, payload.state, payload.code], ['invalid_scope', state, undefined]);
  });
}

test('a hybrid answer comes in the fragment, signed with the registered key', async () => {
  const delivered = await deliver({ client_id: 'hybrid', response_type: 'code id_token', response_mode: 'jwt' });
  assert.equal(delivered.place, 'fragment');
  const { payload, protectedHeader } = await verify(responseIn(delivered), 'hybrid');
  assert.equal(protectedHeader.kid, 'second');
  assert.ok(payload.code && payload.id_token);
});

test('an answer with tokens comes in the query only when it is encrypted', async () => {
  const params = { response_type: 'code id_token', response_mode: 'query.jwt' };
  const bare = await deliver({ ...params, client_id: 'hybrid' });
  const { payload: refused } = await verify(responseIn(bare), 'hybrid');
  assert.equal(refused.error, 'invalid_request');
  const { plaintext } = await compactDecrypt(
    responseIn(await deliver({ ...params, client_id: 'encrypted' })),
    encryption.privateKey,
  );
  const { payload } = await verify(Buffer.from(plaintext).toString(), 'encrypted');
  assert.ok(payload.code && payload.id_token);
});

test('a client with a plaintext secret may have its answers signed with it', async () => {
  const response = responseIn(await deliver({ client_id: 'secret', response_mode: 'jwt' }));
  const { payload } = await jwtVerify(response, Buffer.from(secret), { issuer: house.issuer, audience: 'secret' });
  assert.ok(payload.code);
});

test('a signed mode that is not registered is refused, in a way the client understands', async () => {
  const { values } = await deliver({ client_id: 'plain', response_mode: 'fragment.jwt', prompt: 'none' });
  const answer = values.get('response');
  const told = answer ? (await verify(answer, 'plain')).payload : Object.fromEntries(values);
  assert.equal(told.error, 'invalid_request');
});
