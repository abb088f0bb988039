/** The plan for front-channel logout: the page that ends a session opens the suite's own, and leads on. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { linkBack } from '../../house/html-browser.ts';
import { seeReturn, seeSignedOut, signedIn, signOut } from './logout.ts';
import { openSuite, type Suite } from './suite.ts';

const logoutUri = 'https://suite.test:8443/test/a/gatehouse/frontchannel_logout';

describe('frontchannel-rp-initiated-logout', () => {
  let suite: Suite;
  before(async () => {
    suite = await openSuite({
      clientOptions: { frontchannel_logout_uri: logoutUri, frontchannel_logout_session_required: true },
    });
  });
  after(() => suite[Symbol.asyncDispose]());

  test('oidcc-frontchannel-logout-discovery-endpoint-verification: the document says it is there', () => {
    assert.equal(suite.discovery.frontchannel_logout_supported, true);
    assert.equal(suite.discovery.frontchannel_logout_session_supported, true);
    assert.match(String(suite.discovery.end_session_endpoint), /^https:/);
  });

  test('oidcc-frontchannel-rp-initiated-logout: a frame with issuer and session, and the way back', async () => {
    const { run, outcome, request } = await signedIn(suite);
    const shown = await signOut(run, request);
    assert.equal(shown.kind, 'page');
    if (shown.kind !== 'page') return;
    const [frame = '', ...more] = shown.frames;
    assert.deepEqual(more, []);
    const url = new URL(frame);
    assert.equal(url.origin + url.pathname, logoutUri);
    assert.deepEqual([...url.searchParams.keys()].sort(), ['iss', 'sid']);
    assert.equal(url.searchParams.get('iss'), suite.portal.issuer);
    assert.equal(url.searchParams.get('sid'), outcome.claims.sid);
    const back = linkBack(shown);
    assert.ok(back);
    seeReturn(back, request.state);
    await seeSignedOut(run);
  });
});
