/** For tests: a device without a browser, and the person who answers for it in theirs (RFC 8628). */

import type { Browser } from '../../../../apps/identity/src/oidc/browser.testing.ts';
import { type Params, type Person, post, type TokenAnswer } from '../../../../apps/identity/src/oidc/client.testing.ts';
import type { House } from '../../../../apps/identity/src/oidc/house.testing.ts';
import type { ClientOptions } from '../../../../apps/identity/src/oidc/options.ts';
import type { DevicePage } from '../../../../apps/identity/src/oidc/pages.ts';

export const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code';
export const codePath = '/consent/openid/device-authorization';

/** A television: public, and without an address to be sent back to. */
export const television: ClientOptions = {
  client_id: 'television',
  client_name: 'Television',
  public: true,
  authorization_policy: 'one_factor',
  scopes: ['openid', 'profile', 'groups', 'offline_access'],
  grant_types: [deviceGrant, 'refresh_token'],
  token_endpoint_auth_method: 'none',
};

export function askForCodes(house: House, changes: Params = {}, headers: Record<string, string> = {}) {
  const fields = { client_id: 'television', scope: 'openid profile', ...changes };
  return post(house, '/api/oidc/device-authorization', fields, {
    'x-test-address': '198.51.100.4',
    'user-agent': 'TV/2.1',
    ...headers,
  });
}

export async function codesOf(house: House, changes: Params = {}): Promise<{ userCode: string; deviceCode: string }> {
  const { body } = await askForCodes(house, changes);
  return { userCode: String(body.user_code), deviceCode: String(body.device_code) };
}

export function redeem(house: House, deviceCode: string, changes: Params = {}): Promise<TokenAnswer> {
  const fields = { grant_type: deviceGrant, device_code: deviceCode, client_id: 'television', ...changes };
  return post(house, '/api/oidc/token', fields);
}

/** Opens the page and types the code; answers with what comes next. */
export async function typeCode(browser: Browser, userCode: string, headers: Record<string, string> = {}) {
  const page = (await (await browser.go(codePath, { headers })).json()) as DevicePage;
  if (page.kind !== 'code') throw new Error(`expected the form, got ${page.kind}`);
  const body = new URLSearchParams({ ...page.fields, user_code: userCode });
  return browser.go(page.action, { method: 'POST', body, headers });
}

/** From the typed code to the page at the end. */
export async function answerFor(browser: Browser, userCode: string, person: Person): Promise<Response> {
  const typed = await typeCode(browser, userCode);
  const step = typed.headers.get('location');
  if (!step?.startsWith('/sign-in/')) return typed;
  await browser.go(step);
  const query = new URLSearchParams(person as Record<string, string>);
  const answered = await browser.go(`${step}?${query}`, { method: 'POST' });
  const back = answered.headers.get('location');
  return back ? browser.go(back) : answered;
}
