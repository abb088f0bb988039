/** The plan for back-channel logout: the suite's own endpoint is told, over TLS, with a token that holds. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { after, before, describe, test } from 'node:test';
import { makeCertificates } from '@gatehouse/testing/certificates.ts';
import { needs } from '@gatehouse/testing/needs.ts';
import { temporaryFolder } from '@gatehouse/testing/temporary-folder.ts';
import { seeReturn, seeSignedOut, signedIn, signOut } from './logout.ts';
import { basicClient, openSuite, type Suite } from './suite.ts';

const path = '/test/a/gatehouse/backchannel_logout';
const event = 'http://schemas.openid.net/event/backchannel-logout';

type Told = { readonly method: string; readonly type: string; readonly form: URLSearchParams };

describe('backchannel-rp-initiated-logout', { skip: needs('openssl') }, () => {
  const folder = temporaryFolder('backchannel');
  let server: Server;
  let suite: Suite;
  let told: Promise<Told>;

  before(async () => {
    const certificates = makeCertificates(folder.path, []);
    const { promise, resolve } = Promise.withResolvers<Told>();
    told = promise;
    server = createServer(
      { cert: readFileSync(certificates.chainPath), key: readFileSync(certificates.keyPath) },
      async (req, res) => {
        const form = new URLSearchParams(await text(req));
        res.writeHead(200, { 'cache-control': 'no-store' }).end();
        if (req.url === path) resolve({ method: req.method ?? '', type: req.headers['content-type'] ?? '', form });
      },
    );
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const { port } = server.address() as AddressInfo;
    suite = await openSuite({
      clientOptions: { backchannel_logout_uri: `https://localhost:${port}${path}`, allow_private_network: true },
      environment: { NODE_EXTRA_CA_CERTS: certificates.caPath },
    });
  });
  after(async () => {
    await suite[Symbol.asyncDispose]();
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
    await folder.remove();
  });

  test('oidcc-backchannel-logout-discovery-endpoint-verification: the document says it is there', () => {
    assert.equal(suite.discovery.backchannel_logout_supported, true);
    assert.equal(suite.discovery.backchannel_logout_session_supported, true);
    assert.match(String(suite.discovery.end_session_endpoint), /^https:/);
  });

  test('oidcc-backchannel-rp-initiated-logout: the endpoint gets one logout token, and the person comes back', async () => {
    const { run, outcome, request } = await signedIn(suite);
    seeReturn(await signOut(run, request), request.state);
    const { method, type, form } = await told;
    assert.equal(method, 'POST');
    assert.match(type, /^application\/x-www-form-urlencoded/);
    assert.deepEqual([...form.keys()], ['logout_token']);
    const { payload, protectedHeader } = await suite.verify(form.get('logout_token') ?? '', basicClient.id);
    assert.equal(protectedHeader.alg, 'RS256');
    assert.deepEqual(payload.events, { [event]: {} });
    assert.equal(payload.sub, outcome.claims.sub);
    assert.equal(payload.sid, outcome.claims.sid);
    assert.notEqual(payload.jti ?? '', '');
    assert.ok(Math.abs(Number(payload.iat) - suite.portal.nowMs() / 1000) < 60);
    assert.ok(!('nonce' in payload));
    await seeSignedOut(run);
  });
});
