/**
 * The dynamic plan: each module registers a client of its own with an initial access token, and that client proves itself by
 * signed assertions. The suite's own addresses stand under `suite.test`. Left out is what discovery does not offer: unsigned
 * ID tokens, request objects by reference.
 */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { makeCertificates } from '@gatehouse/testing/certificates.ts';
import { loopbackEnvironment } from '@gatehouse/testing/names.ts';
import { needs } from '@gatehouse/testing/needs.ts';
import { temporaryFolder } from '@gatehouse/testing/temporary-folder.ts';
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import { linkBack } from '../../house/html-browser.ts';
import { type Reply, Run, sentences } from './run.ts';
import { callback, type Json, openSuite, type Suite, type SuiteClient } from './suite.ts';

const host = 'https://suite.test:8443';

type Keys = { privateKey: CryptoKey; publicJwk: JWK };

async function newKeys(): Promise<Keys> {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
  return { privateKey, publicJwk: { ...(await exportJWK(publicKey)), kid: randomUUID(), use: 'sig', alg: 'RS256' } };
}

describe('dynamic', { skip: needs('openssl') }, () => {
  const folder = temporaryFolder('dynamic');
  /** What the suite's own addresses answer, by path. */
  const documents = new Map<string, unknown>();
  let server: Server;
  let suite: Suite;
  let keys: Keys;
  let initialAccessToken: string;

  before(async () => {
    keys = await newKeys();
    const certificates = makeCertificates(folder.path, ['suite.test']);
    const tls = { cert: readFileSync(certificates.chainPath), key: readFileSync(certificates.keyPath) };
    server = createServer(tls, (req, res) => {
      const document = documents.get(req.url ?? '');
      res.writeHead(document === undefined ? 404 : 200, { 'content-type': 'application/json' });
      res.end(JSON.stringify(document ?? {}));
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const { port } = server.address() as AddressInfo;
    suite = await openSuite({
      oidc: {
        dynamic_client_registration: {
          enabled: true,
          authorization_policy: 'one_factor',
          scopes: ['openid', 'profile', 'email', 'offline_access'],
        },
      },
      environment: loopbackEnvironment({ 'suite.test:8443': port }, certificates.caPath),
    });
    const generate = ['storage', 'oidc', 'initial-access-tokens', 'generate', '--uses', '30'];
    initialAccessToken = /[\w-]{43}/.exec(await suite.portal.gatehouse(...generate))?.[0] ?? '';
  });
  after(async () => {
    await suite[Symbol.asyncDispose]();
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
    await folder.remove();
  });

  async function post(metadata: Json): Promise<Reply> {
    const caller = suite.browser();
    const { pathname } = new URL(String(suite.discovery.registration_endpoint));
    const { status, headers, body } = await caller.http.send('POST', pathname, JSON.stringify(metadata), {
      'Content-Type': 'application/json',
      Accept: 'application/json',
      Authorization: `Bearer ${initialAccessToken}`,
    });
    return { status, headers, json: JSON.parse(body) as Json };
  }

  function metadataOf(changes: Json = {}): Json {
    return {
      client_name: 'A client of the suite',
      redirect_uris: [callback],
      response_types: ['code'],
      grant_types: ['authorization_code'],
      contacts: ['suite@example.com'],
      token_endpoint_auth_method: 'private_key_jwt',
      jwks: { keys: [keys.publicJwk] },
      ...changes,
    };
  }

  async function registered(changes: Json = {}): Promise<Run> {
    const { status, headers, json } = await post(metadataOf(changes));
    assert.equal(status, 201, JSON.stringify(json));
    assert.match(String(headers['content-type']), /^application\/json/);
    assert.notEqual(json.client_id ?? '', '');
    assert.ok(String(json.registration_client_uri).startsWith(`${suite.portal.issuer}/`));
    assert.notEqual(json.registration_access_token ?? '', '');
    return new Run(suite, { responseType: 'code', formPost: false }, assertingClient(String(json.client_id)));
  }

  /** Signs with the keys of the moment. */
  function assertingClient(id: string, audience: string = suite.portal.issuer): SuiteClient {
    const assertion = () =>
      new SignJWT()
        .setProtectedHeader({ alg: 'RS256', kid: keys.publicJwk.kid ?? '' })
        .setIssuer(id)
        .setSubject(id)
        .setAudience(audience)
        .setJti(randomUUID())
        .setIssuedAt()
        .setExpirationTime('1m')
        .sign(keys.privateKey);
    return { id, secret: '', method: 'private_key_jwt', assertion };
  }

  test('oidcc-discovery-endpoint-verification: registration is announced', () => {
    assert.match(String(suite.discovery.registration_endpoint), /^https:\/\/auth\.example\.com\//);
  });

  test('oidcc-server: a client that registered itself signs a person in', async () => {
    await (await registered()).flow();
  });

  test('oidcc-idtoken-rs256: the algorithm that was registered signs', async () => {
    await (await registered({ id_token_signed_response_alg: 'RS256' })).flow();
  });

  test('oidcc-userinfo-rs256: userinfo is signed where that was registered', async () => {
    const run = await registered({ userinfo_signed_response_alg: 'RS256' });
    const request = run.request();
    const { params } = run.landed(await run.authorize(request));
    const exchange = { grant_type: 'authorization_code', code: params.get('code') ?? '', redirect_uri: callback };
    const { json } = await run.token(exchange);
    const caller = suite.browser();
    const authorization = { Authorization: `Bearer ${json.access_token}` };
    const { headers, body } = await caller.http.send('GET', '/api/oidc/userinfo', undefined, authorization);
    assert.match(String(headers['content-type']), /^application\/jwt/);
    const { payload, protectedHeader } = await suite.verify(body, run.client.id);
    assert.equal(protectedHeader.alg, 'RS256');
    assert.ok(payload.sub && !('nonce' in payload));
  });

  test('oidcc-ensure-redirect-uri-in-authorization-request: of two addresses one has to be named', async () => {
    const run = await registered({ redirect_uris: [callback, `${callback}/second`] });
    const shown = await run.authorize(run.request({ redirect_uri: undefined }));
    assert.equal(shown.kind, 'page');
    if (shown.kind === 'page') assert.ok(shown.status === 400 && linkBack(shown) === undefined);
  });

  test('oidcc-redirect-uri-query-OK: a registered query belongs to the address', async () => {
    const redirectUri = `${callback}?foo=bar`;
    const run = await registered({ redirect_uris: [redirectUri] });
    const request = run.request({ redirect_uri: redirectUri });
    const shown = await run.authorize(request);
    assert.equal(shown.kind === 'away' && shown.url.searchParams.get('foo'), 'bar');
    await run.complete(request, shown, { redirect_uri: redirectUri });
  });

  for (const [name, own, asked] of [
    ['mismatch', `${callback}?foo=bar`, `${callback}?foo=baz`],
    ['added', callback, `${callback}?foo=bar`],
  ] as const)
    test(`oidcc-redirect-uri-query-${name}: another query is another address`, async () => {
      const run = await registered({ redirect_uris: [own] });
      run.refused(await run.open(run.request({ redirect_uri: asked })), sentences.redirectUri);
    });

  test('oidcc-redirect-uri-regfrag: an address with a fragment is not registered', async () => {
    const { status, json } = await post(metadataOf({ redirect_uris: [`${callback}#foobar`] }));
    assert.equal(status, 400);
    assert.ok(['invalid_redirect_uri', 'invalid_client_metadata'].includes(String(json.error)));
  });

  for (const member of ['logo_uri', 'policy_uri', 'tos_uri'])
    test(`oidcc-registration-${member.replace('_', '-')}: a client with a ${member} signs a person in`, async () => {
      const run = await registered({ [member]: `${host}/about` });
      const shown = await run.open(run.request());
      assert.equal(shown.kind === 'page' && shown.status, 200);
    });

  test('oidcc-registration-jwks-uri: keys are read where the client publishes them', async () => {
    documents.set('/jwks', { keys: [keys.publicJwk] });
    await (await registered({ jwks: undefined, jwks_uri: `${host}/jwks` })).flow();
  });

  test('oidcc-registration-sector-uri: a document that names the redirect URIs makes a sector', async () => {
    documents.set('/sector', [callback]);
    const metadata = metadataOf({ subject_type: 'pairwise', sector_identifier_uri: `${host}/sector` });
    assert.equal((await post(metadata)).status, 201);
  });

  test('oidcc-registration-sector-bad: a document without them does not', async () => {
    documents.set('/bad-sector', ['https://elsewhere.example.org/callback']);
    const metadata = metadataOf({ subject_type: 'pairwise', sector_identifier_uri: `${host}/bad-sector` });
    const { status, json } = await post(metadata);
    assert.deepEqual([status, json.error], [400, 'invalid_client_metadata']);
  });

  test('oidcc-refresh-token-rp-key-rotation: a refresh goes through with a key published since', async () => {
    documents.set('/rotating', { keys: [keys.publicJwk] });
    const grants = ['authorization_code', 'refresh_token'];
    const run = await registered({ jwks: undefined, jwks_uri: `${host}/rotating`, grant_types: grants });
    const { refreshToken } = await run.flow({ scope: 'openid offline_access', prompt: 'consent' });
    const old = keys;
    keys = await newKeys();
    documents.set('/rotating', { keys: [keys.publicJwk] });
    // The suite waits as long as keys may be kept.
    await suite.portal.advance(60_000);
    const renewed = await run.token({ grant_type: 'refresh_token', refresh_token: refreshToken });
    assert.equal(renewed.status, 200, JSON.stringify(renewed.json));
    keys = old;
  });

  test('oidcc-ensure-client-assertion-with-iss-aud-succeeds: the issuer is an audience, and so is the endpoint', async () => {
    const run = await registered();
    await run.flow();
    run.client = assertingClient(run.client.id, String(suite.discovery.token_endpoint));
    await run.flow();
  });
});
