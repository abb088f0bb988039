/**
 * The modules of the basic, implicit and hybrid plans, by the names the suite gives them: what each asks for and what it
 * asserts. Order and selection are the plans' matter (`plans.ts`).
 */
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { linkBack, walk } from '../../house/html-browser.ts';
import { wholeClaims } from '../../house/whole-person.ts';
import {
  claimsSeen,
  type Module,
  needsPerson,
  sameSignIn,
  scope,
  sendsRequestObject,
  signsInAgain,
  undisturbed,
  userinfoBy,
  usesCodeTwice,
} from './module-steps.ts';
import { sent, sentences } from './run.ts';
import { callback, lastingClient, otherLastingClient, postClient } from './suite.ts';

export const modules = {
  'oidcc-server': { fact: 'a person signs in and every token holds', run: (run) => run.flow() },
  'oidcc-response-type-missing': {
    fact: 'a request without response_type is refused',
    async run(run) {
      const request = run.request({ response_type: undefined });
      const shown = await run.authorize(request);
      if (shown.kind === 'page') run.refused(shown, sentences.request);
      else assert.ok(['invalid_request', 'unsupported_response_type'].includes(shown.params.get('error') ?? ''));
    },
  },
  'oidcc-userinfo-get': userinfoBy('get'),
  'oidcc-userinfo-post-header': userinfoBy('post-header'),
  'oidcc-userinfo-post-body': userinfoBy('post-body'),
  'oidcc-ensure-request-without-nonce-succeeds-for-code-flow': {
    fact: 'a nonce is not needed where the ID token comes from the token endpoint',
    run: undisturbed({ nonce: undefined }),
  },
  'oidcc-ensure-request-without-nonce-fails': {
    fact: 'a nonce is needed where an ID token comes by the browser',
    async run(run) {
      const request = run.request({ nonce: undefined });
      const shown = await run.authorize(request);
      if (shown.kind === 'away') return run.refusedThere(shown, ['invalid_request'], request.state);
      assert.equal(linkBack(run.refused(shown, sentences.request))?.params.get('error'), 'invalid_request');
    },
  },
  'oidcc-scope-profile': scope('profile'),
  'oidcc-scope-email': scope('email'),
  'oidcc-scope-address': scope('address'),
  'oidcc-scope-phone': scope('phone'),
  'oidcc-scope-all': scope('profile', 'email', 'address', 'phone'),
  'oidcc-alternate-happy-flow': {
    fact: 'the order of scopes and parameters does not matter',
    async run(run) {
      const request = run.request({ scope: 'email openid' });
      const reversed = Object.fromEntries(Object.entries(request).reverse());
      const outcome = await run.complete(request, await run.authorize(reversed));
      assert.equal((await claimsSeen(run, outcome)).email, wholeClaims.email?.email);
    },
  },
  'oidcc-display-page': { fact: 'display=page is taken', run: undisturbed({ display: 'page' }) },
  'oidcc-display-popup': { fact: 'display=popup is taken', run: undisturbed({ display: 'popup' }) },
  'oidcc-prompt-login': {
    fact: 'prompt=login asks for the password again, and auth_time is later',
    run: (run) => signsInAgain(run, 1, { prompt: 'login' }),
  },
  'oidcc-prompt-none-not-logged-in': {
    fact: 'prompt=none without a session is answered with an error and no page',
    async run(run) {
      const request = run.request({ prompt: 'none', state: randomBytes(96).toString('base64url') });
      // Nobody is there to press anything: form_post alone has a form, its own.
      const shown = await run.authorize(request);
      run.refusedThere(shown, needsPerson, request.state);
    },
  },
  'oidcc-prompt-none-logged-in': {
    fact: 'prompt=none with a session answers without a page, with the same sub and auth_time',
    run: (run) => sameSignIn(run, {}, () => ({ prompt: 'none' })),
  },
  'oidcc-max-age-1': {
    fact: 'max_age=1 asks for the password again after two seconds, and auth_time is later',
    run: (run) => signsInAgain(run, 2, { max_age: '1' }),
  },
  'oidcc-max-age-10000': {
    fact: 'max_age=10000 keeps the sign-in, and auth_time says so',
    async run(run) {
      await sameSignIn(run, { max_age: '15000' }, ({ claims }) => {
        assert.equal(typeof claims.auth_time, 'number');
        return { max_age: '10000' };
      });
    },
  },
  'oidcc-ensure-request-with-unknown-parameter-succeeds': {
    fact: 'a parameter that nobody knows is ignored',
    run: undisturbed({ extra: 'foobar' }),
  },
  'oidcc-id-token-hint': {
    fact: 'id_token_hint of the person who is there goes through with prompt=none',
    run: (run) => sameSignIn(run, {}, ({ idToken }) => ({ prompt: 'none', id_token_hint: idToken })),
  },
  'oidcc-login-hint': { fact: 'login_hint is taken', run: undisturbed({ login_hint: 'buffy@auth.example.com' }) },
  'oidcc-ui-locales': { fact: 'ui_locales is taken', run: undisturbed({ ui_locales: 'se' }) },
  'oidcc-claims-locales': { fact: 'claims_locales is taken', run: undisturbed({ claims_locales: 'se' }) },
  'oidcc-ensure-request-with-acr-values-succeeds': {
    fact: 'acr_values do not keep a person out',
    async run(run) {
      const offered = run.suite.discovery.acr_values_supported;
      await run.flow({ acr_values: Array.isArray(offered) ? offered.join(' ') : '1 2' });
    },
  },
  'oidcc-codereuse': {
    fact: 'a code works once',
    run: (run) => usesCodeTwice(run, 0),
  },
  'oidcc-codereuse-30seconds': {
    fact: 'a code used again takes back the access token it gave',
    run: (run) => usesCodeTwice(run, 30),
  },
  'oidcc-ensure-registered-redirect-uri': {
    fact: 'an unregistered redirect URI gets a page and no redirect',
    async run(run) {
      const request = run.request({ redirect_uri: `${callback}/${randomBytes(6).toString('hex')}` });
      const page = run.refused(await run.open(request), sentences.redirectUri);
      assert.ok(page.forms.every((form) => !form.action.includes('suite.test')));
      assert.ok(!page.html.includes('href="https://suite.test'), 'nothing on the page leads there');
    },
  },
  'oidcc-ensure-post-request-succeeds': {
    fact: 'the authorization endpoint takes a form',
    async run(run) {
      const request = run.request();
      const path = '/api/oidc/authorization';
      const answer = await run.browser.http.send('POST', path, String(sent(request)), {
        'Content-Type': 'application/x-www-form-urlencoded',
        Origin: 'https://suite.test:8443',
        'Sec-Fetch-Site': 'cross-site',
      });
      assert.equal(answer.status, 303);
      const shown = await walk(run.browser, run.suite.person, await run.browser.open(answer.headers.location ?? ''));
      await run.complete(request, shown);
    },
  },
  'oidcc-server-client-secret-post': {
    fact: 'a client with client_secret_post signs in',
    run(run) {
      run.client = postClient;
      return run.flow();
    },
  },
  'oidcc-unsigned-request-object-supported-correctly-or-rejected-as-unsupported': {
    fact: 'an unsigned request object counts, or is refused as unsupported',
    run: (run) => sendsRequestObject(run, {}),
  },
  'oidcc-claims-essential': {
    fact: 'name as an essential claim is given, and only where it was asked for',
    async run(run) {
      const onlyIdToken = run.variant.responseType === 'id_token';
      const member = onlyIdToken ? 'id_token' : 'userinfo';
      const outcome = await run.flow({ claims: JSON.stringify({ [member]: { name: { essential: true } } }) });
      assert.equal((await claimsSeen(run, outcome)).name, wholeClaims.profile?.name);
      if (!onlyIdToken) assert.equal(outcome.claims.name, undefined);
    },
  },
  'oidcc-ensure-request-object-with-redirect-uri': {
    fact: 'of two redirect URIs the one in the request object counts, or a page says no',
    run: (run) => sendsRequestObject(run, { redirect_uri: `${callback}/elsewhere` }),
  },
  'oidcc-refresh-token': {
    fact: 'a refresh token renews for its own client alone',
    async run(run) {
      const asks = { scope: 'openid offline_access', prompt: 'consent' };
      const unasked = await run.flow(asks);
      assert.equal(unasked.refreshToken, undefined, 'a client that never asks gets no lasting access');
      run.client = lastingClient;
      const { refreshToken, claims } = await run.flow(asks);
      const renewed = await run.token({ grant_type: 'refresh_token', refresh_token: refreshToken });
      assert.equal(renewed.status, 200, JSON.stringify(renewed.json));
      const { payload } = await run.suite.verify(String(renewed.json.id_token), lastingClient.id);
      assert.deepEqual([payload.iss, payload.sub, payload.aud], [claims.iss, claims.sub, claims.aud]);
      assert.equal(payload.auth_time, claims.auth_time);
      await run.userinfo(String(renewed.json.access_token));
      run.client = otherLastingClient;
      const others = await run.flow(asks);
      run.client = lastingClient;
      const refused = await run.token({ grant_type: 'refresh_token', refresh_token: others.refreshToken });
      assert.deepEqual([refused.status, refused.json.error], [400, 'invalid_grant']);
    },
  },
  'oidcc-ensure-request-with-valid-pkce-succeeds': {
    fact: 'PKCE with S256 works',
    async run(run) {
      const verifier = randomBytes(32).toString('base64url');
      const challenge = createHash('sha256').update(verifier).digest('base64url');
      await run.flow({ code_challenge: challenge, code_challenge_method: 'S256' }, { code_verifier: verifier });
    },
  },
} satisfies Record<string, Module>;

export type ModuleName = keyof typeof modules;
