/**
 * Every published client configuration loads and runs to tokens as its guide says: one person, signed in once with two
 * factors, goes through all of them. What a guide prints wrongly is named and mended in `rows.ts`.
 */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { temporaryFolder } from '@gatehouse/testing/temporary-folder.ts';
import { createLocalJWKSet, type JWTPayload, type JWTVerifyResult, jwtVerify } from 'jose';
import { loadConfiguration, type Refused } from '../../../apps/identity/src/config/load.ts';
import type { Person } from '../../browser/verbs.ts';
import { type HtmlBrowser, linkBack, walk } from '../../house/html-browser.ts';
import { openPortal, type Portal } from '../../house/portal.ts';
import { wholeClaims, wholePerson, writeWholePerson } from '../../house/whole-person.ts';
import { Application, type Attempt, type Replied } from './application.ts';
import { clientSection, houses, hydratedClaims, mended, oidcSection, printedWrongly, type Row, rows } from './rows.ts';

/** Attributes that guides read into claims of their own: one computed, the others from the users file. */
const definitions = { user_attributes: { is_nextcloud_admin: { expression: '"dev" in groups' } } };
const extra = { sftpgo_role: 'editor', vaultwarden_roles: ['admin', 'user'] };
const extraAttributes = {
  sftpgo_role: { value_type: 'string' },
  vaultwarden_roles: { value_type: 'string', multi_valued: true },
};
/** Claims of the scopes that guides define. */
const ownClaims: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  mattermost: { username: 'alice' },
  nextcloud_userinfo: { is_nextcloud_admin: true },
  sftpgo: { sftpgo_role: 'editor' },
  vaultwarden: { vaultwarden_roles: ['admin', 'user'] },
};
const claimsByScope = { ...wholeClaims, ...ownClaims };

test('the table has 153 configurations', () => assert.equal(rows.length, 153));

for (const [id, { key }] of Object.entries(printedWrongly))
  test(`${id}: as printed it is refused as Authelia refuses it, by its ${key}`, async () => {
    await using folder = temporaryFolder('guides');
    const path = join(folder.path, 'configuration.yml');
    const row = rows.find((each) => each.client.client_id === id);
    assert.ok(row);
    writeFileSync(path, JSON.stringify({ identity_providers: { oidc: { clients: [clientSection(row)] } } }));
    const loaded = loadConfiguration({ paths: [path], env: {} });
    const problems = loaded.kind === 'refused' ? (loaded as Refused).problems : [];
    const ours = problems.filter((each) => each.key === `identity_providers.oidc.clients[0].${key}`);
    assert.equal(ours[0]?.severity, 'error', JSON.stringify(problems.map((each) => each.key)));
  });

for (const [index, group] of houses(rows.map(mended)).entries())
  describe(`house ${index + 1} with ${group.length} applications`, () => {
    let portal: Portal;
    let person: Person;
    let browser: HtmlBrowser;
    let verify: (jwt: string, audience?: string) => Promise<JWTVerifyResult>;

    before(async () => {
      portal = await openPortal({
        oidc: oidcSection(group),
        extraAttributes,
        further: { definitions },
        writeUsers: (path) => writeWholePerson(path, extra),
        withCode: [wholePerson],
      });
      [person = wholePerson] = portal.people;
      browser = portal.browser();
      await walk(browser, person, await browser.open('/'));
      const { body } = await browser.http.get('/jwks.json');
      const keys = createLocalJWKSet(JSON.parse(body));
      verify = (jwt, audience) => jwtVerify(jwt, keys, { issuer: portal.issuer, ...(audience && { audience }) });
    });
    after(() => portal[Symbol.asyncDispose]());

    for (const row of group) {
      const { client_id: id, redirect_uris: uris } = row.client;
      if (row.client.grant_types?.includes('client_credentials')) {
        test(`${row.app} (${id}) gets a token of its own`, () => runCredentials(row));
        continue;
      }
      for (const uri of uris) test(`${row.app} (${id}) signs in at ${uri}`, () => run(row, uri));
    }

    async function run(row: Row, uri: string): Promise<void> {
      using application = new Application(portal, row, browser);
      if (application.sendsChallenge) await seeRefusalWithoutChallenge(application, uri);
      const attempt = application.attempt(uri);
      const params = await land(application, attempt);
      if (application.responseType === 'id_token') {
        const { payload: claims } = await verify(params.get('id_token') ?? '', row.client.client_id);
        assert.equal(claims.nonce, attempt.nonce);
        // There is no access token to ask userinfo with, so everything is in the ID token.
        seeClaims(claims, expectedOf(row));
        return;
      }
      if (application.responseType === 'token') {
        const userinfo = await application.userinfo(params.get('access_token'));
        assert.equal(userinfo.status, 200);
        seeClaims(userinfo.json, expectedOf(row));
        return;
      }
      const tokens = await exchange(application, params.get('code') ?? '', attempt);
      const { payload: idToken } = await verify(String(tokens.json.id_token), row.client.client_id);
      assert.equal(idToken.nonce, attempt.nonce);
      seeHydration(row, idToken);
      const userinfo = await application.userinfo(tokens.json.access_token);
      assert.equal(userinfo.status, 200);
      assert.match(String(userinfo.headers['content-type']), /^application\/json/);
      assert.equal(userinfo.json.sub, idToken.sub);
      seeClaims(userinfo.json, expectedOf(row));
      await seeRenewal(application, tokens);
      await seeCrossOrigin(application, uri);
    }

    async function seeRefusalWithoutChallenge(application: Application, uri: string): Promise<void> {
      const attempt = application.attempt(uri, { code_challenge: undefined, code_challenge_method: undefined });
      if (application.row.client.require_pushed_authorization_requests) {
        const pushed = await application.post('/api/oidc/pushed-authorization-request', attempt.params);
        assert.equal(pushed.json.error, 'invalid_request');
        return;
      }
      const shown = await application.authorize(person, attempt);
      const told = shown.kind === 'away' ? shown : linkBack(shown);
      assert.equal(told?.params.get('error'), 'invalid_request');
      assert.match(told?.params.get('error_description') ?? '', /PKCE|code_challenge/);
    }

    /** The person comes back to the application with everything the protocol promises. */
    async function land(application: Application, attempt: Attempt): Promise<URLSearchParams> {
      const shown = await application.authorize(person, attempt);
      assert.equal(shown.kind, 'away', shown.kind === 'page' ? `${shown.title}: ${shown.text}` : '');
      if (shown.kind !== 'away') throw new TypeError('unreachable');
      const target = new URL(String(attempt.params.redirect_uri));
      assert.equal(
        shown.url.protocol + shown.url.host + shown.url.pathname,
        target.protocol + target.host + target.pathname,
      );
      assert.equal(shown.params.get('error'), null, shown.params.get('error_description') ?? '');
      assert.equal(shown.params.get('state'), attempt.state);
      assert.equal(shown.params.get('iss'), portal.issuer);
      const mode = attempt.params.response_mode ?? (application.responseType === 'code' ? 'query' : 'fragment');
      assert.equal(shown.by, mode);
      return shown.params;
    }

    async function exchange(application: Application, code: string, attempt: Attempt): Promise<Replied> {
      const { method } = application;
      if (method !== 'none') {
        const other = method === 'client_secret_basic' ? 'client_secret_post' : 'client_secret_basic';
        const refused = await application.exchange(code, attempt, other);
        assert.deepEqual([refused.status, refused.json.error], [401, 'invalid_client']);
      }
      const tokens = await application.exchange(code, attempt);
      assert.equal(tokens.status, 200, JSON.stringify(tokens.json));
      assert.equal(tokens.json.expires_in, lifespanOf(application.row));
      await seeFormat(application.row, String(tokens.json.access_token));
      return tokens;
    }

    /** Signed for its audience where the guide says so (RFC 9068), else a string that says nothing. */
    async function seeFormat(row: Row, accessToken: string): Promise<void> {
      const { access_token_signed_response_alg: alg = 'none', audience = [], client_id: id } = row.client;
      if (alg === 'none') return assert.ok(!accessToken.startsWith('eyJ'));
      const { payload, protectedHeader } = await verify(accessToken);
      assert.deepEqual([protectedHeader.alg, protectedHeader.typ, payload.client_id], [alg, 'at+jwt', id]);
      // RFC 9068 section 2.2 wants an audience; userinfo is the resource of a token that names none.
      assert.deepEqual([payload.aud].flat(), audience.length > 0 ? audience : [portal.issuer]);
    }

    async function seeRenewal(application: Application, tokens: Replied): Promise<void> {
      const { client } = application.row;
      const mayRenew = client.grant_types?.includes('refresh_token') && client.scopes.includes('offline_access');
      assert.equal('refresh_token' in tokens.json, mayRenew ?? false);
      if (!mayRenew) return;
      const renewed = await application.refresh(tokens.json.refresh_token);
      assert.equal(renewed.status, 200, JSON.stringify(renewed.json));
      await seeRefreshLifespan(application, String(renewed.json.refresh_token));
      assert.notEqual(renewed.json.refresh_token, tokens.json.refresh_token);
      assert.equal((await application.userinfo(renewed.json.access_token)).status, 200);
    }

    /** An endpoint has a method of its own, whatever the token endpoint's is: without one, client_secret_basic. */
    async function seeRefreshLifespan(application: Application, token: string): Promise<void> {
      if (application.row.client.public) return;
      const { json } = await application.post('/api/oidc/introspection', { token }, 'client_secret_basic');
      assert.equal(json.active, true, JSON.stringify(json));
      const secondsLeft = Number(json.exp) - Date.now() / 1000;
      assert.ok(Math.abs(secondsLeft - refreshSecondsOf(application.row)) < 60, String(secondsLeft));
    }

    /** A page of the application may read what its guide opens, and a page of anybody else may not. */
    async function seeCrossOrigin(application: Application, uri: string): Promise<void> {
      const endpoints = (application.row.provider?.cors as { endpoints?: string[] } | undefined)?.endpoints ?? [];
      const { origin, hostname } = new URL(uri);
      if (!endpoints.includes('token') || !uri.startsWith('https:') || hostname === 'localhost') return;
      for (const [from, allowed] of [
        [origin, origin],
        ['https://elsewhere.example.org', undefined],
      ] as const) {
        const answer = await application.post('/api/oidc/token', {}, application.method, { Origin: from });
        assert.equal(answer.headers['access-control-allow-origin'], allowed);
      }
    }

    async function runCredentials(row: Row): Promise<void> {
      using application = new Application(portal, row, browser);
      const scope = row.client.scopes.join(' ');
      const tokens = await application.post('/api/oidc/token', { grant_type: 'client_credentials', scope });
      assert.equal(tokens.status, 200, JSON.stringify(tokens.json));
      assert.equal(tokens.json.scope, scope);
      const token = String(tokens.json.access_token);
      const seen = await application.post('/api/oidc/introspection', { token });
      assert.equal(seen.json.active, true);
      // None was asked for: `requested_audience_mode: implicit` gives all that are registered.
      assert.deepEqual([seen.json.aud].flat(), row.client.audience);
    }
  });

const accessTokenSeconds = 60 * 60;
const daySeconds = 24 * accessTokenSeconds;

const refreshSeconds: Readonly<Record<string, number>> = { ocis: 3 * daySeconds, sambee: 31 * daySeconds };

function refreshSecondsOf(row: Row): number {
  return refreshSeconds[row.client.lifespan ?? ''] ?? 1.5 * accessTokenSeconds;
}

function lifespanOf(row: Row): number {
  return row.client.lifespan === 'ocis' ? 2 * daySeconds : accessTokenSeconds;
}

function expectedOf(row: Row): Readonly<Record<string, unknown>> {
  return Object.assign({}, ...row.client.scopes.map((scope) => claimsByScope[scope] ?? {}));
}

function seeClaims(actual: Readonly<Record<string, unknown>>, expected: Readonly<Record<string, unknown>>): void {
  const seen = Object.fromEntries(Object.keys(expected).map((name) => [name, actual[name]]));
  assert.deepEqual(seen, expected);
}

/** What the guide puts into the ID token is there, and nothing else that scopes bring. */
function seeHydration(row: Row, idToken: JWTPayload): void {
  const everything = Object.assign({}, ...Object.values(claimsByScope)) as Record<string, unknown>;
  const granted = expectedOf(row);
  const hydrated = hydratedClaims(row).filter((name) => name in granted);
  const found = Object.keys(idToken).filter((name) => name in everything);
  assert.deepEqual(found.sort(), [...hydrated].sort());
  seeClaims(idToken, Object.fromEntries(hydrated.map((name) => [name, granted[name]])));
}
