/** The plan for RP-initiated logout. A sign-out that worked shows in the next request: with prompt=none nobody is there. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import type { Page, Shown } from '../../house/html-browser.ts';
import { seeReturn, seeSignedOut, signedIn, signOut } from './logout.ts';
import { sentences } from './run.ts';
import { openSuite, postLogoutRedirect, type Suite } from './suite.ts';

describe('rp-initiated-logout', () => {
  let suite: Suite;
  before(async () => {
    suite = await openSuite();
  });
  after(() => suite[Symbol.asyncDispose]());

  function seePage(shown: Shown): Page {
    if (shown.kind !== 'page') throw new Error(`redirected to ${shown.url.href.split(/[?#]/)[0]}`);
    return shown;
  }

  test('oidcc-rp-initiated-logout-discovery-endpoint-verification: the endpoint is announced', () => {
    assert.match(String(suite.discovery.end_session_endpoint), /^https:\/\/auth\.example\.com\//);
  });

  test('oidcc-rp-initiated-logout: the person is signed out and comes back with the state', async () => {
    const { run, request } = await signedIn(suite);
    seeReturn(await signOut(run, request), request.state);
    await seeSignedOut(run);
  });

  test('oidcc-rp-initiated-logout-no-state: without a state none comes back', async () => {
    const { run, request } = await signedIn(suite);
    seeReturn(await signOut(run, { ...request, state: undefined }), undefined);
    await seeSignedOut(run);
  });

  for (const [name, uri] of [
    ['bad-post-logout-redirect-uri', `${postLogoutRedirect}/${randomBytes(4).toString('hex')}`],
    ['query-added-to-post-logout-redirect-uri', `${postLogoutRedirect}?foo=bar`],
  ] as const)
    test(`oidcc-rp-initiated-logout-${name}: an address that is not registered gets a page`, async () => {
      const { run, request } = await signedIn(suite);
      const page = run.refused(await signOut(run, { ...request, post_logout_redirect_uri: uri }), sentences.signOut);
      assert.ok(!page.html.includes('href="https://suite.test'), 'nothing on the page leads there');
    });

  test('oidcc-rp-initiated-logout-modified-id-token-hint: an unsigned hint leads nowhere', async () => {
    const { run, outcome, request } = await signedIn(suite);
    const hint = new UnsecuredJWT(outcome.claims).encode();
    seePage(await signOut(run, { ...request, id_token_hint: hint }));
  });

  test('oidcc-rp-initiated-logout-bad-id-token-hint: a hint of another signer leads nowhere', async () => {
    const { run, outcome, request } = await signedIn(suite);
    const { privateKey } = await generateKeyPair('RS256', { extractable: true });
    const { kid = 'suite' } = await exportJWK(privateKey);
    const hint = await new SignJWT(outcome.claims).setProtectedHeader({ alg: 'RS256', kid }).sign(privateKey);
    seePage(await signOut(run, { ...request, id_token_hint: hint }));
  });

  test('oidcc-rp-initiated-logout-no-id-token-hint: an address without a hint is not followed', async () => {
    const { run, request } = await signedIn(suite);
    seePage(await signOut(run, { ...request, id_token_hint: undefined }));
  });

  for (const [name, kept] of [
    ['no-params', []],
    ['only-state', ['state']],
    ['no-post-logout-redirect-uri', ['id_token_hint', 'state']],
  ] as const)
    test(`oidcc-rp-initiated-logout-${name}: the person is signed out and sees so`, async () => {
      const { run, request } = await signedIn(suite);
      const some = Object.fromEntries(Object.entries(request).filter(([key]) => kept.some((each) => each === key)));
      const page = seePage(await signOut(run, some));
      assert.equal(page.status, 200);
      assert.match(page.text, /signed out/i);
      await seeSignedOut(run);
    });
});
