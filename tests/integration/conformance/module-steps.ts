/** What several modules of the plans do and look for, beyond the checks that every one makes (`run.ts`). */
import assert from 'node:assert/strict';
import { UnsecuredJWT } from 'jose';
import { walk } from '../../house/html-browser.ts';
import { wholeClaims } from '../../house/whole-person.ts';
import { type Outcome, type Params, type Run, sentences } from './run.ts';

export type Module = { readonly fact: string; readonly run: (run: Run) => Promise<unknown> };

/** Errors of a request that could only go on with somebody there. */
export const needsPerson = ['login_required', 'interaction_required', 'account_selection_required', 'consent_required'];

/** Signs in with one more parameter that must not disturb. */
export function undisturbed(changes: Params): (run: Run) => Promise<unknown> {
  return (run) => run.flow(changes);
}

export function scope(...names: readonly string[]): Module {
  return {
    fact: `the scope ${names.join(' ')} brings its claims`,
    async run(run) {
      await seeScopes(run, names, {});
    },
  };
}

async function seeScopes(run: Run, names: readonly string[], changes: Params): Promise<void> {
  const outcome = await run.flow({ scope: ['openid', ...names].join(' '), ...changes });
  const claims = await claimsSeen(run, outcome);
  for (const name of names)
    for (const [claim, value] of Object.entries(wholeClaims[name] ?? {})) assert.deepEqual(claims[claim], value, claim);
  if (names.includes('profile')) assert.equal(typeof claims.updated_at, 'number');
}

/** From userinfo, or from the ID token where there is no access token to ask with. */
export async function claimsSeen(run: Run, outcome: Outcome): Promise<Readonly<Record<string, unknown>>> {
  if (outcome.accessToken === undefined) return outcome.claims;
  const claims = await run.userinfo(outcome.accessToken);
  assert.equal(claims.sub, outcome.claims.sub);
  return claims;
}

export function userinfoBy(how: 'get' | 'post-header' | 'post-body'): Module {
  return {
    fact: `userinfo answers to ${how}`,
    async run(run) {
      const { accessToken = '', claims } = await run.flow();
      assert.equal((await run.userinfo(accessToken, how)).sub, claims.sub);
    },
  };
}

/** Signs in, and again a moment later: what the second request asks for needs no person, and is the same sign-in. */
export async function sameSignIn(run: Run, first: Params, second: (outcome: Outcome) => Params): Promise<void> {
  const one = await run.flow(first);
  const request = run.request(second(one));
  const other = await run.complete(request, await run.open(request));
  assert.equal(other.claims.sub, one.claims.sub);
  assert.equal(other.claims.auth_time, one.claims.auth_time);
}

/** Signs in, and again later: the second request asks the person anew. */
export async function signsInAgain(run: Run, seconds: number, changes: Params): Promise<void> {
  const one = await run.flow();
  await run.suite.portal.advance(seconds * 1000);
  const request = run.request(changes);
  const shown = await run.open(request);
  assert.equal(shown.kind, 'page', 'the second sign-in shows a page');
  if (shown.kind !== 'page') return;
  assert.ok(
    shown.forms.some((form) => form.names.has('password')),
    shown.title,
  );
  const two = await run.complete(request, await walk(run.browser, run.suite.person, shown));
  const nowSeconds = run.suite.portal.nowMs() / 1000;
  assert.ok(Number(two.claims.auth_time) > Number(one.claims.auth_time));
  assert.ok(Math.abs(Number(two.claims.auth_time) - nowSeconds) < 60);
}

export async function usesCodeTwice(run: Run, secondsBetween: number): Promise<void> {
  const { exchange, accessToken = '' } = await run.flow();
  await run.suite.portal.advance(secondsBetween * 1000);
  const { status, headers, json } = await run.token(exchange);
  assert.equal(status, 400);
  assert.match(String(headers['content-type']), /^application\/json/);
  assert.equal(json.error, 'invalid_grant');
  assert.equal((await run.callUserinfo(accessToken)).status, 401);
}

export async function sendsRequestObject(run: Run, outside: Params): Promise<void> {
  const { redirect_uri: uri, ...inside } = run.request();
  const object = new UnsecuredJWT({ ...inside, redirect_uri: uri, iss: run.client.id, aud: run.suite.portal.issuer });
  const outer = { client_id: run.client.id, scope: 'openid', response_type: run.variant.responseType };
  const mode = run.variant.formPost ? { response_mode: 'form_post' } : {};
  const shown = await run.authorize({
    ...outer,
    ...mode,
    redirect_uri: uri,
    state: inside.state,
    ...outside,
    request: object.encode(),
  });
  const unregistered = outside.redirect_uri !== undefined;
  if (shown.kind === 'page') {
    assert.ok(unregistered, `${shown.title}: ${shown.text}`);
    run.refused(shown, sentences.redirectUri);
    return;
  }
  const error = shown.params.get('error');
  if (error === null) {
    await run.complete(inside, shown);
    return;
  }
  assert.ok(!unregistered, 'an error goes to no other address than the one that was asked for');
  run.refusedThere(shown, ['request_not_supported', 'invalid_request_object'], inside.state);
}
