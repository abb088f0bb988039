/** Discovery says what this configuration can do and nothing else, signed where it asks; keys with their certificates. */
import assert from 'node:assert/strict';
import { createHash, createPrivateKey, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from 'jose';
import { guideClient, type House, openHouse, rsaKey } from '../../../../apps/identity/src/oidc/house.testing.ts';

type Document = Record<string, unknown>;
const openid = '/.well-known/openid-configuration';
const oauth = '/.well-known/oauth-authorization-server';

async function read<T = Document>(house: House, path: string): Promise<T> {
  return (await (await house.browser().go(path)).json()) as T;
}

async function inHouse(options: Parameters<typeof openHouse>[0], work: (house: House) => Promise<void>): Promise<void> {
  const house = await openHouse(options);
  try {
    await work(house);
  } finally {
    await house.close();
  }
}

test('without secrets in plain text and keys for encryption, discovery offers no algorithm that needs them', () =>
  inHouse({}, async (house) => {
    const document = await read(house, openid);
    assert.deepEqual(document.id_token_signing_alg_values_supported, ['RS256']);
    assert.deepEqual(document.introspection_signing_alg_values_supported, ['RS256']);
    assert.equal(document.request_object_encryption_alg_values_supported, undefined);
    assert.ok(!(document.userinfo_encryption_alg_values_supported as string[]).includes('A128KW'));
    const algs = document.request_object_signing_alg_values_supported as string[];
    assert.ok(algs.includes('ES256') && !algs.includes('HS256') && !algs.includes('none'));
    assert.equal(document.request_uri_parameter_supported, false);
    assert.equal(document.signed_metadata, undefined);
    for (const values of Object.values(document)) assert.notDeepEqual(values, []);
    assert.ok(!JSON.stringify(document).includes('RSA1_5'));
  }));

test('a secret in plain text, an unsigned object and a key for encryption each make their algorithms offered', () =>
  inHouse(
    {
      clients: [
        { ...guideClient, client_secret: { kind: 'plaintext', text: 'x'.repeat(40) } },
        { ...guideClient, client_id: 'unsigned', request_object_signing_alg: 'none' },
      ],
      oidc: { jwks: [{ key: rsaKey() }, { key: rsaKey(), use: 'enc' }] },
    },
    async (house) => {
      const document = await read(house, openid);
      assert.deepEqual(document.id_token_signing_alg_values_supported, ['HS256', 'HS384', 'HS512', 'RS256']);
      assert.ok((document.request_object_signing_alg_values_supported as string[]).includes('none'));
      assert.ok((document.request_object_encryption_alg_values_supported as string[]).includes('RSA-OAEP-256'));
      for (const response of ['id_token', 'userinfo', 'introspection', 'authorization']) {
        const algs = document[`${response}_encryption_alg_values_supported`] as string[];
        for (const alg of ['A128KW', 'PBES2-HS256+A128KW', 'ECDH-ES']) assert.ok(algs.includes(alg), alg);
      }
    },
  ));

test('the document of OAuth says nothing of OpenID Connect', () =>
  inHouse({}, async (house) => {
    const whole = await read(house, openid);
    const part = await read(house, oauth);
    const left = Object.keys(whole).filter((name) => !(name in part));
    assert.ok(left.includes('userinfo_endpoint') && left.includes('id_token_signing_alg_values_supported'));
    for (const name of [
      'issuer',
      'token_endpoint',
      'jwks_uri',
      'code_challenge_methods_supported',
      'dpop_signing_alg_values_supported',
    ])
      assert.deepEqual(part[name], whole[name], name);
  }));

for (const [title, signed, kid] of [
  ['an algorithm', { discovery_signed_response_alg: 'RS256' }, 'first'],
  ['a key', { discovery_signed_response_alg: 'RS256', discovery_signed_response_key_id: 'second' }, 'second'],
] as const)
  test(`discovery is signed by ${title}, with every field, for an hour`, () =>
    inHouse(
      {
        oidc: {
          jwks: [
            { key: rsaKey(), key_id: 'first' },
            { key: rsaKey(), key_id: 'second' },
          ],
          ...signed,
        },
      },
      async (house) => {
        const keys = createLocalJWKSet(await read<JSONWebKeySet>(house, '/jwks.json'));
        for (const path of [openid, oauth]) {
          const { signed_metadata, ...document } = await read(house, path);
          const { payload, protectedHeader } = await jwtVerify(String(signed_metadata), keys, { issuer: house.issuer });
          assert.equal(protectedHeader.kid, kid);
          const { iss: _iss, jti, iat, exp, ...fields } = payload;
          assert.deepEqual(fields, document);
          assert.ok(typeof jti === 'string' && Number(exp) - Number(iat) === 3600);
        }
      },
    ));

test('keys stand in the order of algorithm and id, with the thumbprints of their certificates', async () => {
  const folder = new URL('../../../../apps/identity/src/config/fixtures/keys/', import.meta.url);
  const key = createPrivateKey(await readFile(new URL('rsa.pem', folder)));
  const leaf = new X509Certificate(await readFile(new URL('rsa.chain.pem', folder)));
  await inHouse(
    {
      oidc: {
        jwks: [
          { key: rsaKey(), key_id: 'z' },
          { key: rsaKey(), key_id: 'a', algorithm: 'PS256' },
          { key, key_id: 'b', certificate_chain: [leaf] },
          { key: rsaKey(), use: 'enc' },
        ],
      },
    },
    async (house) => {
      const { keys } = await read<{ keys: Record<string, string>[] }>(house, '/jwks.json');
      const names = keys.map(({ alg, kid, use }) => `${alg} ${kid} ${use}`);
      assert.deepEqual(names.slice(0, 3), ['PS256 a sig', 'RS256 b sig', 'RS256 z sig']);
      assert.match(names.find((name) => name.endsWith('enc')) ?? '', /^RSA-OAEP-256 [0-9a-f]{6}-rsa-oaep-256 enc$/);
      const chained = keys.find(({ kid }) => kid === 'b');
      const digest = (name: string) => createHash(name).update(leaf.raw).digest('base64url');
      assert.deepEqual([chained?.x5t, chained?.['x5t#S256']], [digest('sha1'), digest('sha256')]);
      assert.deepEqual(chained?.x5c, [leaf.raw.toString('base64')]);
      assert.equal(keys.find(({ kid }) => kid === 'z')?.x5t, undefined);
      for (const member of ['d', 'p', 'q']) assert.ok(keys.every((each) => !(member in each)));
    },
  );
});
