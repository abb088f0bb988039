/**
 * Apache httpd with mod_auth_openidc as a person meets it: a page that only a signed-in person sees, signing out through it,
 * and the portal ending its session behind the person's back.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startApache } from '@gatehouse/testing/apache.ts';
import { needs } from '@gatehouse/testing/needs.ts';
import type { Page } from 'playwright-core';
import { openStreet } from '../../house/street.ts';
import { decide, enterFreshCode, enterPassword, follow, type Person, portal, seeText, seeTitle } from '../verbs.ts';

const site = 'https://intranet.example.com';
const redirectUri = `${site}/oidc/callback`;
const secret = 'a secret of the intranet';

const client = {
  client_id: 'intranet',
  client_name: 'Intranet',
  client_secret: `$plaintext$${secret}`,
  redirect_uris: [redirectUri],
  post_logout_redirect_uris: [`${site}/out.html`],
  backchannel_logout_uri: `${redirectUri}?logout=backchannel`,
  allow_private_network: true,
  scopes: ['openid', 'profile', 'email', 'groups'],
  require_pkce: true,
  pkce_challenge_method: 'S256',
  authorization_policy: 'two_factor',
};

const pages = {
  'index.shtml': `<title>Intranet</title><p>Hello <b id="who"><!--#echo var="REMOTE_USER" --></b>,
<i id="mail"><!--#echo var="OIDC_CLAIM_email" --></i> of <i id="groups"><!--#echo var="OIDC_CLAIM_groups" --></i></p>`,
  'out.html': '<title>Signed out of the intranet</title><p>Good bye</p>',
};

function directives(proxyPort: number): string {
  return `OIDCProviderMetadataURL ${portal}/.well-known/openid-configuration
OIDCClientID intranet
OIDCClientSecret "${secret}"
OIDCRedirectURI ${redirectUri}
OIDCCryptoPassphrase a-passphrase-of-a-test
OIDCScope "openid profile email groups"
OIDCPKCEMethod S256
OIDCRemoteUserClaim preferred_username
OIDCPassClaimsAs environment
OIDCCABundlePath {caPath}
OIDCOutgoingProxy 127.0.0.1:${proxyPort}
# Its port is not the one that the browser names.
RequestHeader set X-Forwarded-Proto https early
OIDCXForwardedHeaders X-Forwarded-Proto
<Location />
  AuthType openid-connect
  Require valid-user
</Location>
<Location /out.html>
  AuthType None
  Require all granted
</Location>`;
}

test('Apache with mod_auth_openidc signs a person in, out, and learns of a sign-out at the portal', {
  skip: needs('chromium', 'nginx', 'openssl', 'apache2', 'libapache2-mod-auth-openidc'),
}, async (t) => {
  await using street = await openStreet({ oidc: { clients: [client] }, withTls: ['intranet.example.com'] });
  await using apache = await startApache({
    name: 'intranet.example.com',
    port: street.portOf('intranet.example.com'),
    certificates: street.certificates,
    pages,
    modules: ['headers', 'auth_openidc'],
    directives: directives(street.proxyPort),
  });
  const [alice] = street.portal.people;
  assert.ok(alice);
  const page = await (await street.openProfile()).newPage();

  await t.test('a page behind it shows who is there, from code, PKCE and userinfo', async () => {
    await page.goto(`${site}/index.shtml`);
    assert.equal(new URL(page.url()).origin, portal);
    await signIn(page, alice);
    assert.equal(page.url(), `${site}/index.shtml`);
    assert.equal(await page.locator('#who').innerText(), 'alice');
    assert.equal(await page.locator('#mail').innerText(), 'alice@example.com');
    assert.equal(await page.locator('#groups').innerText(), 'dev');
  });

  await t.test('its session lasts without asking the portal again', async () => {
    await page.reload();
    assert.equal(await page.locator('#who').innerText(), 'alice');
  });

  await t.test('signing out at the portal ends its session too, by the back channel', async () => {
    const other = await page.context().newPage();
    await other.goto(`${portal}/logout`);
    await follow(other, 'Sign out');
    await seeText(other, /signed out/i);
    await apache.line(/POST \/oidc\/callback\?logout=backchannel 200/);
    await other.close();
    await page.goto(`${site}/index.shtml`);
    assert.equal(new URL(page.url()).origin, portal);
    await seeTitle(page, /^Sign in/);
  });

  await t.test('signing out through it ends both sessions and leads back to it', async () => {
    await signIn(page, alice);
    await page.goto(`${redirectUri}?logout=${encodeURIComponent(`${site}/out.html`)}`);
    await seeTitle(page, /^Signed out of the intranet/);
    await page.goto(`${site}/index.shtml`);
    await seeTitle(page, /^Sign in/);
  });
});

async function signIn(page: Page, person: Person): Promise<void> {
  await seeTitle(page, /^Sign in/);
  await enterPassword(page, person);
  await enterFreshCode(page, person);
  await seeTitle(page, /^Allow Intranet/);
  await decide(page, 'accept');
}
