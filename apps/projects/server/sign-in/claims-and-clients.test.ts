/** Where claims come from, how this client proves itself, the overrides, TLS. One test a fact, each seen from both sides. */
import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { freePort } from '@gatehouse/testing/free-port.ts';
import { temporaryFolder } from '@gatehouse/testing/temporary-folder.ts';
import { createLocalJWKSet, type JWK, jwtVerify } from 'jose';
import { startHostileProvider } from './hostile-provider.testing.ts';
import { openProviderFetch } from './provider-fetch.ts';
import { assertRefused, assertSignedIn, openHouse } from './sign-in.suite.ts';

/** As the printed configuration of the provider does without a claims policy: the ID token says who, and no more. */
const minimal = (claims: Record<string, unknown>): Record<string, unknown> => {
  const { email: _, email_verified: __, given_name: ___, family_name: ____, ...rest } = claims;
  return rest;
};

test('userinfo is asked when a mapped claim is missing from the ID token, and only then', async (t) => {
  const { provider, somebody } = await openHouse(t);
  const alice = somebody();
  await assertSignedIn(alice, await alice.signIn());
  assert.equal(provider.seen.userinfos, 0);
  provider.behaviour = { claims: minimal };
  await assertSignedIn(alice, await alice.signIn());
  assert.equal(provider.seen.userinfos, 1);
});

test('userinfo that speaks of somebody else, or of nobody, is refused', async (t) => {
  const { provider, somebody } = await openHouse(t);
  const alice = somebody();
  provider.behaviour = { claims: minimal, userinfo: (claims) => ({ ...claims, sub: 'mallory-1' }) };
  await assertRefused(alice, await alice.signIn(), 'userinfo-subject');
  provider.behaviour = { claims: minimal, userinfo: ({ sub: _, ...claims }) => claims };
  const seen = await alice.signIn();
  assert.match(seen.text, /userinfo-(subject|failed)/);
  provider.behaviour = { claims: minimal };
  await assertSignedIn(alice, await alice.signIn());
});

test('attack 53: what userinfo says of an address does not vouch for another one in the ID token', async (t) => {
  const { provider, somebody } = await openHouse(t);
  const alice = somebody();
  provider.behaviour = {
    claims: ({ given_name: _, ...claims }) => ({ ...claims, email: 'bob@example.com', email_verified: false }),
    userinfo: (claims) => ({ ...claims, email: 'alice@example.com', email_verified: true }),
  };
  await assertRefused(alice, await alice.signIn(), 'email-not-verified');
});

test('a missing address names the claims that came; a list where a text belongs names the path', async (t) => {
  const { provider, somebody } = await openHouse(t);
  const alice = somebody();
  const { email: _, ...account } = provider.account;
  provider.account = { ...account, sub: 'alice-1' };
  const seen = await alice.signIn();
  await assertRefused(alice, seen, 'email-missing');
  assert.match(seen.text, /given_name/);
  provider.account = { ...account, sub: 'alice-1', email: ['alice@example.com'] };
  const list = await alice.signIn();
  await assertRefused(alice, list, 'claim-unusable');
  assert.match(list.text, /email\.0/);
});

test('fields are dotted paths into objects and lists', async (t) => {
  const { provider, somebody } = await openHouse(t, () => ({
    LEAN_OIDC_FIELD_EMAIL: 'emails.0.value',
    LEAN_OIDC_FIELD_FIRSTNAME: 'name.first',
    LEAN_OIDC_FIELD_LASTNAME: 'https://example.com/last',
  }));
  provider.account = {
    sub: 'alice-1',
    emails: [{ value: 'alice@example.com' }],
    name: { first: 'Alice' },
    'https://example.com/last': 'Dotted',
  };
  const alice = somebody();
  await assertSignedIn(alice, await alice.signIn(), 'Alice Dotted');
});

test('the client proves itself by post, basic, nothing or a signed assertion, as configured', async (t) => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  for (const method of ['client_secret_post', 'client_secret_basic', 'none', 'private_key_jwt']) {
    const { provider, somebody } = await openHouse(t, () => ({
      LEAN_OIDC_TOKEN_AUTH_METHOD: method,
      LEAN_OIDC_CLIENT_KEY: pem,
    }));
    const alice = somebody();
    await assertSignedIn(alice, await alice.signIn());
    const [request] = provider.seen.tokens;
    const sent = { secret: request?.body.get('client_secret'), basic: request?.authorization?.startsWith('Basic ') };
    assert.equal(sent.secret, method === 'client_secret_post' ? 'a-secret-of-the-client' : null);
    assert.equal(sent.basic ?? false, method === 'client_secret_basic');
    const assertion = request?.body.get('client_assertion') ?? undefined;
    assert.equal(assertion !== undefined, method === 'private_key_jwt');
    if (assertion === undefined) continue;
    const jwk = createPublicKey(pem).export({ format: 'jwk' });
    const { payload } = await jwtVerify(assertion, createLocalJWKSet({ keys: [{ ...jwk, kty: 'EC' }] }));
    assert.equal(payload.sub, 'workspace');
  }
});

test('with every endpoint given nothing is discovered', async (t) => {
  const { provider, somebody } = await openHouse(t, (issuer) => ({
    LEAN_OIDC_AUTH_URL_OVERRIDE: `${issuer}/authorize?tenant=one`,
    LEAN_OIDC_TOKEN_URL_OVERRIDE: `${issuer}/token`,
    LEAN_OIDC_JWKS_URL_OVERRIDE: `${issuer}/keys`,
    LEAN_OIDC_USERINFO_URL_OVERRIDE: `${issuer}/userinfo`,
  }));
  provider.behaviour = { claims: minimal };
  const alice = somebody();
  await assertSignedIn(alice, await alice.signIn());
  assert.equal(provider.seen.discoveries, 0);
  assert.equal(provider.seen.authorizations[0]?.get('tenant'), 'one', 'the query of the override stays');
});

test('discovery may stand elsewhere than the issuer', async (t) => {
  const { provider, somebody } = await openHouse(t, (issuer) => ({
    LEAN_OIDC_PROVIDER_URL: 'https://login.example.com',
    LEAN_OIDC_AUTO_DISCOVER: issuer,
  }));
  const alice = somebody();
  await assertRefused(alice, await alice.signIn(), 'issuer-mismatch');
  const issuer = 'https://login.example.com';
  provider.behaviour = {
    discovery: (metadata) => ({ ...metadata, issuer }),
    claims: (claims) => ({ ...claims, iss: issuer }),
    answer: (honest) => ({ ...honest, iss: issuer }),
  };
  await assertSignedIn(alice, await alice.signIn());
});

const pemOf = (jwk: JWK | undefined): string =>
  createPublicKey({ key: jwk ?? {}, format: 'jwk' })
    .export({ type: 'spki', format: 'pem' })
    .toString();

test('a given public key replaces the key set of the provider', async (t) => {
  const other = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const wrong = other.publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const mismatched = await openHouse(t, () => ({ LEAN_OIDC_CERTIFICATE_STRING: wrong }));
  const mallory = mismatched.somebody();
  await assertRefused(mallory, await mallory.signIn(), 'id-token-invalid');
  const { provider, somebody } = await openHouse(t, (_, { publicKeys }) => ({
    LEAN_OIDC_CERTIFICATE_STRING: pemOf(publicKeys()[0]),
  }));
  const alice = somebody();
  await assertSignedIn(alice, await alice.signIn());
  assert.equal(mismatched.provider.seen.keyRequests + provider.seen.keyRequests, 0);
});

test('a provider without OpenID Connect signs people in by userinfo alone, when its addresses are given', async (t) => {
  const { provider, somebody } = await openHouse(t, (issuer) => ({
    LEAN_OIDC_AUTH_URL_OVERRIDE: `${issuer}/authorize`,
    LEAN_OIDC_TOKEN_URL_OVERRIDE: `${issuer}/token`,
    LEAN_OIDC_USERINFO_URL_OVERRIDE: `${issuer}/userinfo,${issuer}/more-userinfo`,
    LEAN_OIDC_SCOPES: 'user:email,read:user',
    LEAN_OIDC_FIELD_EMAIL: '0.email',
    LEAN_OIDC_FIELD_FIRSTNAME: 'name',
    LEAN_OIDC_FIELD_LASTNAME: '',
  }));
  let calls = 0;
  provider.behaviour = {
    answer: ({ iss: _, ...honest }) => honest,
    tokens: ({ id_token: _, ...tokens }) => tokens,
    userinfo: () => (calls++ % 2 === 0 ? { id: 42, name: 'Alice Example' } : [{ email: 'alice@example.com' }]),
  };
  const alice = somebody();
  await assertSignedIn(alice, await alice.signIn());
  assert.equal(provider.seen.authorizations[0]?.get('scope'), 'user:email,read:user');
  provider.behaviour.userinfo = () => ({ name: 'Nobody' });
  const nobody = somebody();
  await assertRefused(nobody, await nobody.signIn(), 'userinfo-failed');
});

test('a certificate nobody vouches for is refused, and one of a known authority taken', async (t) => {
  const folder = temporaryFolder('tls');
  t.after(() => folder.remove());
  const [key, cert] = [join(folder.path, 'key.pem'), join(folder.path, 'cert.pem')];
  const subject = ['-subj', '/CN=provider.localhost', '-addext', 'subjectAltName=DNS:provider.localhost'];
  execFileSync(
    'openssl',
    [
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-nodes',
      '-keyout',
      key,
      '-out',
      cert,
      '-days',
      '2',
      ...subject,
    ],
    { stdio: 'ignore' },
  );
  const provider = await startHostileProvider(await freePort(), {
    key: readFileSync(key, 'utf8'),
    cert: readFileSync(cert, 'utf8'),
  });
  t.after(() => provider.close());
  const url = `${provider.issuer}/.well-known/openid-configuration`;
  const fetch = openProviderFetch();
  t.after(() => fetch.close());
  await assert.rejects(fetch(url), /certificate is not trusted.*NODE_EXTRA_CA_CERTS/);
  assert.equal(provider.seen.discoveries, 0);

  const module = fileURLToPath(import.meta.resolve('./provider-fetch.ts'));
  const script = `import { openProviderFetch } from ${JSON.stringify(module)};
    const answer = await openProviderFetch()(${JSON.stringify(url)}); console.log(answer.status); process.exit(0);`;
  const env = { ...process.env, NODE_EXTRA_CA_CERTS: cert };
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], { env });
  assert.equal(stdout.trim(), '200');
});

test('plain http is spoken to names under localhost alone', async (t) => {
  const fetch = openProviderFetch();
  t.after(() => fetch.close());
  for (const url of ['http://auth.example.com/', 'http://127.0.0.1:1/', 'http://localhost.example.com/'])
    await assert.rejects(fetch(url), /is not https/);
});
