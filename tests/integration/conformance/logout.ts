/** What every logout plan does: signs in, goes to the end session endpoint, and looks whether the sign-out took place. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import type { Shown } from '../../house/html-browser.ts';
import { needsPerson } from './module-steps.ts';
import { type Outcome, type Params, Run, sent } from './run.ts';
import { postLogoutRedirect, type Suite } from './suite.ts';

/** A person who is signed in, and the request that would sign them out. */
export async function signedIn(suite: Suite): Promise<{ run: Run; outcome: Outcome; request: Params }> {
  const run = new Run(suite, { responseType: 'code', formPost: false });
  const outcome = await run.flow({ state: randomBytes(96).toString('base64url') });
  const request = {
    id_token_hint: outcome.idToken,
    post_logout_redirect_uri: postLogoutRedirect,
    state: randomBytes(96).toString('base64url'),
  };
  return { run, outcome, request };
}

/** The end session endpoint, and the confirmation where the portal wants one. */
export async function signOut(run: Run, request: Params): Promise<Shown> {
  const { pathname } = new URL(String(run.suite.discovery.end_session_endpoint));
  const shown = await run.browser.open(`${pathname}?${sent(request)}`);
  if (shown.kind === 'away') return shown;
  const form = shown.forms.find((each) => each.action.includes('/confirm'));
  return form ? run.browser.press(shown, form, {}) : shown;
}

/** With prompt=none nobody is there. */
export async function seeSignedOut(run: Run): Promise<void> {
  const request = run.request({ prompt: 'none' });
  run.refusedThere(await run.open(request), needsPerson, request.state);
}

/** The address given is followed, with the state and nothing else. */
export function seeReturn(shown: Shown, state: string | undefined): void {
  if (shown.kind !== 'away') throw new Error(`a page instead of the way back: ${shown.title}: ${shown.text}`);
  assert.equal(shown.url.href.split('?')[0], postLogoutRedirect);
  assert.deepEqual([...shown.params], state === undefined ? [] : [['state', state]]);
}
