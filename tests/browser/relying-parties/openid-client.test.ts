/** An application on openid-client that pushes its requests, wants signed answers and has a key in place of a secret, as a person meets it. */
import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { startChild } from '@gatehouse/testing/child.ts';
import { needs } from '@gatehouse/testing/needs.ts';
import { temporaryFolder } from '@gatehouse/testing/temporary-folder.ts';
import { openStreet } from '../../house/street.ts';
import { decide, enterFreshCode, enterPassword, portal, seeTitle } from '../verbs.ts';

const site = 'https://ledger.example.com';

test('openid-client signs a person in with pushed requests, signed answers and a signed assertion', {
  skip: needs('chromium', 'nginx', 'openssl'),
}, async () => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const client = {
    client_id: 'ledger',
    client_name: 'Ledger',
    redirect_uris: [`${site}/callback`],
    scopes: ['openid', 'profile', 'groups'],
    require_pushed_authorization_requests: true,
    require_pkce: true,
    response_modes: ['jwt', 'query.jwt'],
    authorization_signed_response_alg: 'RS256',
    token_endpoint_auth_method: 'private_key_jwt',
    token_endpoint_auth_signing_alg: 'RS256',
    pushed_authorization_request_endpoint_auth_method: 'private_key_jwt',
    pushed_authorization_request_endpoint_auth_signing_alg: 'RS256',
    jwks: [{ key_id: 'ledger', key: publicKey.export({ type: 'spki', format: 'pem' }) }],
    authorization_policy: 'two_factor',
  };
  await using street = await openStreet({ oidc: { clients: [client] }, behindProxy: ['ledger.example.com'] });
  await using folder = temporaryFolder('ledger');
  const keyPath = join(folder.path, 'ledger.key');
  writeFileSync(keyPath, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  const port = street.portOf('ledger.example.com');
  await using _app = await startChild({
    name: 'ledger',
    command: process.execPath,
    arguments: [join(import.meta.dirname, 'openid-client.app.ts')],
    folder: folder.path,
    environment: {
      ...street.nodeEnvironment,
      PORT: String(port),
      SITE: site,
      ISSUER: portal,
      CLIENT_ID: client.client_id,
      KEY_PATH: keyPath,
    },
    ready: { port },
  });
  const [alice] = street.portal.people;
  assert.ok(alice);
  const page = await (await street.openProfile()).newPage();
  const requests: URL[] = [];
  page.on('request', (request) => void requests.push(new URL(request.url())));

  await page.goto(site);
  await seeTitle(page, /^Sign in/);
  await enterPassword(page, alice);
  await enterFreshCode(page, alice);
  await seeTitle(page, /^Allow Ledger/);
  await decide(page, 'accept');
  await seeTitle(page, /^Ledger of Alice Example/);
  assert.equal(await page.locator('#groups').innerText(), 'dev');
  const amr = (await page.locator('#amr').innerText()).split(',');
  for (const method of ['pwd', 'otp', 'mfa']) assert.ok(amr.includes(method), method);

  const asked = requests.find((url) => url.pathname === '/api/oidc/authorization');
  assert.deepEqual([...(asked?.searchParams.keys() ?? [])].sort(), ['client_id', 'request_uri']);
  const answer = requests.find((url) => url.href.startsWith(`${site}/callback`));
  assert.deepEqual([...(answer?.searchParams.keys() ?? [])], ['response']);
});
