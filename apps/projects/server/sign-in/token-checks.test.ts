/** What an answer of the provider must be worth before anybody is in. One test a fact, each seen from both sides. */
import assert from 'node:assert/strict';
import { createHmac, createPublicKey } from 'node:crypto';
import { test } from 'node:test';
import { freePort } from '@gatehouse/testing/free-port.ts';
import { startHostileProvider } from './hostile-provider.testing.ts';
import { assertRefused, assertSignedIn, openHouse } from './sign-in.suite.ts';

const nowSeconds = (): number => Math.floor(Date.now() / 1000);
const base64 = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

test('every sign-in has an S256 challenge of its own, and a code of another sign-in is worth nothing', async (t) => {
  const { provider, somebody } = await openHouse(t);
  const [alice, mallory] = [somebody(), somebody()];
  await assertSignedIn(alice, await alice.signIn());
  let stolen = '';
  provider.behaviour = {
    answer(honest) {
      stolen = honest.code ?? '';
      return { ...honest, state: 'kept-back' };
    },
  };
  await alice.signIn();
  provider.behaviour = { answer: (honest) => ({ ...honest, code: stolen }) };
  await assertRefused(mallory, await mallory.signIn(), 'exchange-refused');
  const challenges = provider.seen.authorizations.map((query) => query.get('code_challenge'));
  assert.equal(new Set(challenges).size, challenges.length);
  assert.ok(provider.seen.authorizations.every((query) => query.get('code_challenge_method') === 'S256'));
});

test('attack 53: a nonce that is wrong or absent is refused', async (t) => {
  const { provider, somebody } = await openHouse(t);
  const alice = somebody();
  provider.behaviour = { claims: (claims) => ({ ...claims, nonce: 'another' }) };
  await assertRefused(alice, await alice.signIn(), 'id-token-invalid');
  provider.behaviour = { claims: ({ nonce: _, ...claims }) => claims };
  await assertRefused(alice, await alice.signIn(), 'id-token-invalid');
  provider.behaviour = {};
  await assertSignedIn(alice, await alice.signIn());
});

test('a token for another application is refused, also among several audiences', async (t) => {
  const { provider, somebody } = await openHouse(t);
  const alice = somebody();
  for (const claims of [
    { aud: 'another' },
    { aud: ['another'] },
    { aud: ['workspace', 'another'] },
    { aud: ['workspace', 'another'], azp: 'another' },
    { azp: 'another' },
  ]) {
    provider.behaviour = { claims: (honest) => ({ ...honest, ...claims }) };
    await assertRefused(alice, await alice.signIn(), 'id-token-invalid');
  }
  provider.behaviour = { claims: (honest) => ({ ...honest, aud: ['workspace', 'another'], azp: 'workspace' }) };
  await assertSignedIn(alice, await alice.signIn());
});

test('a token of another time is refused beyond 60 seconds', async (t) => {
  const { provider, somebody } = await openHouse(t);
  const alice = somebody();
  for (const [code, claims] of [
    ['id-token-expired', { exp: nowSeconds() - 90 }],
    ['id-token-expired', { nbf: nowSeconds() + 120 }],
    ['id-token-invalid', { iat: nowSeconds() + 120 }],
    ['id-token-invalid', { exp: 'tomorrow' }],
  ] as const) {
    provider.behaviour = { claims: (honest) => ({ ...honest, ...claims }) };
    await assertRefused(alice, await alice.signIn(), code);
  }
  provider.behaviour = {
    claims: (honest) => ({ ...honest, exp: nowSeconds() - 30, iat: nowSeconds() + 30, nbf: nowSeconds() + 30 }),
  };
  await assertSignedIn(alice, await alice.signIn());
});

test('RSA, PSS, elliptic and Edwards signatures are taken; none, a symmetric one and a broken one are not', async (t) => {
  const { provider, somebody } = await openHouse(t);
  for (const algorithm of ['RS256', 'PS256', 'ES256', 'ES384', 'EdDSA']) {
    provider.algorithm = algorithm;
    await provider.rotateKey();
  }
  for (const algorithm of ['RS256', 'PS256', 'ES256', 'ES384', 'EdDSA']) {
    provider.algorithm = algorithm;
    const alice = somebody();
    await assertSignedIn(alice, await alice.signIn());
  }
  const mallory = somebody();
  provider.behaviour = { idToken: (claims) => `${base64({ alg: 'none' })}.${base64(claims)}.` };
  await assertRefused(mallory, await mallory.signIn(), 'id-token-invalid');
  provider.behaviour = {
    idToken(claims) {
      const [jwk] = provider.publicKeys();
      const pem = createPublicKey({ key: jwk ?? {}, format: 'jwk' }).export({ type: 'spki', format: 'pem' });
      const signed = `${base64({ alg: 'HS256', kid: jwk?.kid })}.${base64(claims)}`;
      return `${signed}.${createHmac('sha256', pem).update(signed).digest('base64url')}`;
    },
  };
  await assertRefused(mallory, await mallory.signIn(), 'id-token-invalid');
  provider.behaviour = {
    idToken: async (claims) => {
      const [header = '', , signature = ''] = (await provider.sign(claims)).split('.');
      return `${header}.${base64({ ...claims, sub: 'bob-1' })}.${signature}`;
    },
  };
  await assertRefused(mallory, await mallory.signIn(), 'id-token-invalid');
});

test('the issuer in a token is exactly that of the provider; a slash at the end is forgiven in the variable alone', async (t) => {
  const { provider, somebody } = await openHouse(t, (issuer) => ({ LEAN_OIDC_PROVIDER_URL: `${issuer}/` }));
  const alice = somebody();
  for (const iss of [`${provider.issuer}/`, 'http://other.localhost', provider.issuer.toUpperCase()]) {
    provider.behaviour = { claims: (claims) => ({ ...claims, iss }) };
    await assertRefused(alice, await alice.signIn(), 'id-token-invalid');
  }
  provider.behaviour = {};
  await assertSignedIn(alice, await alice.signIn());
});

test('a token without kid is checked with the one key that fits', async (t) => {
  const { provider, somebody } = await openHouse(t);
  provider.algorithm = 'ES256';
  await provider.rotateKey();
  provider.algorithm = 'RS256';
  provider.behaviour = { header: ({ alg }) => ({ alg }) };
  const alice = somebody();
  await assertSignedIn(alice, await alice.signIn());
  const mallory = somebody();
  provider.behaviour = { header: ({ alg }) => ({ alg, kid: 'unheard-of' }) };
  await assertRefused(mallory, await mallory.signIn(), 'id-token-key');
});

test('keys are kept, and asked for again once when a kid is unknown, at most every minute', async (t) => {
  t.mock.timers.enable({ apis: ['Date'], now: Date.now() });
  const { provider, somebody } = await openHouse(t);
  const alice = somebody();
  await alice.signIn();
  await assertSignedIn(alice, await alice.signIn());
  assert.equal(provider.seen.keyRequests, 1);
  assert.equal(provider.seen.discoveries, 1);
  await provider.rotateKey();
  const bob = somebody();
  await assertRefused(bob, await bob.signIn(), 'id-token-key');
  assert.equal(provider.seen.keyRequests, 1);
  t.mock.timers.tick(61_000);
  await assertSignedIn(bob, await bob.signIn());
  assert.equal(provider.seen.keyRequests, 2);
});

test('a key for encryption, another algorithm or other operations does not check signatures', async (t) => {
  for (const change of [{ use: 'enc' }, { alg: 'RS512' }, { key_ops: ['encrypt'] }]) {
    const { provider, somebody } = await openHouse(t);
    provider.behaviour = { keys: (keys) => keys.map((key) => ({ ...key, ...change })) };
    const alice = somebody();
    await assertRefused(alice, await alice.signIn(), 'id-token-key');
  }
  const { somebody } = await openHouse(t);
  const alice = somebody();
  await assertSignedIn(alice, await alice.signIn());
});

test('attack 53: a provider that calls itself by another name is refused, and the page names the variable', async (t) => {
  const { provider, somebody } = await openHouse(t);
  const alice = somebody();
  provider.behaviour = { discovery: (metadata) => ({ ...metadata, issuer: 'https://elsewhere.example.com' }) };
  const seen = await alice.signIn();
  await assertRefused(alice, seen, 'issuer-mismatch');
  assert.match(seen.text, /LEAN_OIDC_PROVIDER_URL/);
  assert.match(seen.text, /https:\/\/elsewhere\.example\.com/);
  provider.behaviour = {};
  await assertSignedIn(alice, await alice.signIn());
});

test('attack 53: an answer that names another issuer, or none though one was promised, is refused', async (t) => {
  const { provider, somebody } = await openHouse(t);
  const alice = somebody();
  const other = await startHostileProvider(await freePort());
  t.after(() => other.close());
  provider.behaviour = { answer: (honest) => ({ ...honest, iss: other.issuer }) };
  await assertRefused(alice, await alice.signIn(), 'response-invalid');
  provider.behaviour = { answer: ({ iss: _, ...honest }) => honest };
  await assertRefused(alice, await alice.signIn(), 'response-invalid');
  assert.equal(provider.seen.tokens.length, 0, 'the code was not sent anywhere');
  provider.behaviour = {};
  await assertSignedIn(alice, await alice.signIn());
});

test('an answer without an ID token signs nobody in', async (t) => {
  const { provider, somebody } = await openHouse(t);
  const alice = somebody();
  provider.behaviour = { tokens: ({ id_token: _, ...tokens }) => tokens };
  await assertRefused(alice, await alice.signIn(), 'id-token-missing');
  provider.behaviour = {};
  await assertSignedIn(alice, await alice.signIn());
});
