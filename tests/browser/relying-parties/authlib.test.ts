/** An application on Python, with Flask and Authlib, as a person meets it. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { startChild } from '@gatehouse/testing/child.ts';
import { needs } from '@gatehouse/testing/needs.ts';
import { temporaryFolder } from '@gatehouse/testing/temporary-folder.ts';
import { openStreet } from '../../house/street.ts';
import { decide, enterFreshCode, enterPassword, follow, portal, seeText, seeTitle } from '../verbs.ts';

const site = 'https://notes.example.com';
const secret = 'a secret of the notes, with + and %';

const client = {
  client_id: 'notes',
  client_name: 'Notes',
  client_secret: `$plaintext$${secret}`,
  redirect_uris: [`${site}/callback`],
  scopes: ['openid', 'profile', 'email', 'offline_access'],
  grant_types: ['authorization_code', 'refresh_token'],
  require_pkce: true,
  pkce_challenge_method: 'S256',
  // Authlib sends credentials for client_secret_basic as they are, without encoding them first.
  token_endpoint_auth_method: 'client_secret_post',
  authorization_policy: 'two_factor',
};

test('Flask with Authlib signs a person in, reads userinfo and renews', {
  skip: needs('chromium', 'nginx', 'openssl', 'python3-authlib', 'python3-flask', 'python3-requests'),
}, async (t) => {
  await using street = await openStreet({ oidc: { clients: [client] }, behindProxy: ['notes.example.com'] });
  await using folder = temporaryFolder('notes');
  const port = street.portOf('notes.example.com');
  await using _app = await startChild({
    name: 'notes',
    command: '/usr/bin/python3',
    arguments: [join(import.meta.dirname, 'authlib_app.py')],
    folder: folder.path,
    environment: {
      PORT: String(port),
      SITE: site,
      ISSUER: portal,
      CLIENT_ID: client.client_id,
      CLIENT_SECRET: secret,
      HTTPS_PROXY: `http://127.0.0.1:${street.proxyPort}`,
      REQUESTS_CA_BUNDLE: street.certificates.caPath,
      PYTHONDONTWRITEBYTECODE: '1',
    },
    ready: { port },
  });
  const [alice] = street.portal.people;
  assert.ok(alice);
  const page = await (await street.openProfile()).newPage();

  await t.test('the person signs in with two factors, is told of lasting access, and is known by name', async () => {
    await page.goto(site);
    await follow(page, 'Sign in');
    await seeTitle(page, /^Sign in/);
    await enterPassword(page, alice);
    await enterFreshCode(page, alice);
    await seeTitle(page, /^Allow Notes/);
    await decide(page, 'accept');
    await seeTitle(page, /^Your notes/);
    assert.equal(await page.locator('#name').innerText(), 'Alice Example');
    assert.equal(await page.locator('#email').innerText(), 'alice@example.com');
  });

  await t.test('a renewal gives two new tokens that work', async () => {
    await page.goto(`${site}/renew`);
    await seeTitle(page, /^Renewed/);
    assert.equal(await page.locator('#differ').innerText(), 'True');
    await page.goto(site);
    await seeText(page, /Alice Example/);
  });
});
