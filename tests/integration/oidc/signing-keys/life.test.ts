/** Signing keys in every part of their life at once: what is published, what signs, and whose signature is still understood. */
import assert from 'node:assert/strict';
import { createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { after, before, test } from 'node:test';
import { aliceAgrees, codeFor, exchange } from '../../../../apps/identity/src/oidc/client.testing.ts';
import { guideClient, type House, openHouse } from '../../../../apps/identity/src/oidc/house.testing.ts';

const hourMs = 3_600_000;
const makeKey = (): KeyObject => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
const retired = makeKey();
const gone = makeKey();
const removed = makeKey();

let house: House;

before(async () => {
  const now = Date.now();
  house = await openHouse({
    clients: [{ ...guideClient, post_logout_redirect_uris: ['https://leantime.example.com/bye'] }],
    oidc: {
      // Nothing signed lives longer than the default hour.
      jwks: [
        { key: makeKey(), key_id: 'announced', not_before: now + hourMs },
        { key: retired, key_id: 'retired', not_after: now - hourMs / 2 },
        { key: gone, key_id: 'gone', not_after: now - 2 * hourMs },
        { key: makeKey(), key_id: 'older' },
        { key: makeKey(), key_id: 'newest', not_before: now - hourMs },
        {
          key: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey,
          key_id: 'curve',
          not_before: now + hourMs,
        },
      ],
    },
  });
});
after(() => house.close());

const at = (path: string): string => `http://127.0.0.1:${new URL(house.issuer).port}${path}`;

test('a key is published from its announcement until the last thing it signed has expired', async () => {
  const answer = await fetch(at('/jwks.json'));
  const { keys } = (await answer.json()) as { keys: { kid: string; d?: string }[] };
  assert.deepEqual(keys.map(({ kid }) => kid).sort(), ['announced', 'curve', 'newest', 'older', 'retired']);
  assert.ok(keys.every(({ d }) => d === undefined));
});

test('the published keys may be kept for less time than a key is announced ahead', async () => {
  const answer = await fetch(at('/jwks.json'));
  assert.equal(answer.headers.get('cache-control'), 'public, max-age=900');
  assert.match(answer.headers.get('content-type') ?? '', /^application\/jwk-set\+json/);
});

test('the key whose use began last signs', async () => {
  const code = await codeFor(house.browser(), {}, aliceAgrees);
  const { body } = await exchange(house, code);
  assert.equal(headerOf(body.id_token).kid, 'newest');
});

test('discovery offers only algorithms that a key signs now', async () => {
  const discovery = (await (await fetch(at('/.well-known/openid-configuration'))).json()) as Record<string, unknown>;
  assert.deepEqual(discovery.id_token_signing_alg_values_supported, ['RS256']);
});

test('a hint is understood as long as its key stands in the file, published or not', async () => {
  for (const [kid, key] of [
    ['retired', retired],
    ['gone', gone],
  ] as const) {
    const answer = await signOutWith(hint(kid, key));
    assert.ok(answer.status < 400, `${kid}: ${await answer.text()}`);
  }
});

test('a hint whose key left the file is refused as a request, not as a failure of the server', async () => {
  for (const kid of ['removed', 'newest']) {
    const answer = await signOutWith(hint(kid, removed));
    assert.equal(answer.status, 400);
  }
  assert.deepEqual(
    house.lines.filter(({ level }) => level === 'error'),
    [],
  );
});

function signOutWith(idTokenHint: string): Promise<Response> {
  const query = new URLSearchParams({
    id_token_hint: idTokenHint,
    post_logout_redirect_uri: 'https://leantime.example.com/bye',
  });
  return house.browser().go(`/api/oidc/logout?${query}`);
}

function headerOf(token: string | undefined): { kid?: string } {
  return JSON.parse(Buffer.from(token?.split('.')[0] ?? '', 'base64url').toString());
}

function hint(kid: string, key: KeyObject): string {
  assert.equal(createPublicKey(key).asymmetricKeyType, 'rsa');
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const iat = Math.floor(Date.now() / 1000) - 4 * 3600;
  const signed = [
    part({ alg: 'RS256', kid }),
    part({ iss: house.issuer, sub: 'a-subject', aud: 'leantime', iat, exp: iat + 3600 }),
  ].join('.');
  return `${signed}.${sign('sha256', Buffer.from(signed), key).toString('base64url')}`;
}
