/** For tests: an application that signs people in through the provider, written by hand, because a test needs to err. */
import { createHash, randomBytes } from 'node:crypto';
import type { Browser } from './browser.testing.ts';
import { callback, type House } from './house.testing.ts';

export const verifier = randomBytes(32).toString('base64url');
export const state = 'a-state-of-enough-characters';

export type Params = Readonly<Record<string, string | undefined>>;

/** The guide's client asking as it should; `changes` replaces or, with undefined, leaves out a parameter. */
export function authorizationPath(changes: Params = {}): string {
  const params: Params = {
    client_id: 'leantime',
    response_type: 'code',
    redirect_uri: callback,
    scope: 'openid profile email groups',
    state,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...changes,
  };
  const sent = Object.entries(params).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return `/api/oidc/authorization?${new URLSearchParams(sent)}`;
}

export type Person = {
  readonly as?: string;
  readonly factors?: '1' | '2';
  readonly consent?: 'accept' | 'remember' | 'deny';
  /** The optional claims left ticked, separated by a space. */
  readonly claim?: string;
};

export const aliceAgrees: Person = { as: 'alice', factors: '2', consent: 'accept' };

/** From the application's request to the redirect that leaves the provider: a URL of the application, or a page's answer. */
export async function authorize(browser: Browser, path: string, person: Person = aliceAgrees): Promise<Response> {
  const asked = await browser.go(path);
  const step = asked.headers.get('location');
  if (!step?.startsWith('/sign-in/')) return asked;
  await browser.go(step);
  const answered = await browser.go(`${step}?${new URLSearchParams(person as Record<string, string>)}`, {
    method: 'POST',
  });
  const back = answered.headers.get('location');
  return back ? browser.go(back) : answered;
}

export function landing(response: Response): URL {
  const location = response.headers.get('location');
  if (response.status !== 303 || location === null)
    throw new Error(`expected to leave for the application, got ${response.status} ${location ?? ''}`);
  return new URL(location);
}

export async function codeFor(browser: Browser, changes: Params = {}, person?: Person): Promise<string> {
  const url = landing(await authorize(browser, authorizationPath(changes), person));
  const code = url.searchParams.get('code');
  if (code === null) throw new Error(`no code: ${url.search}`);
  return code;
}

export type TokenAnswer = {
  readonly status: number;
  readonly body: Readonly<Record<string, string | undefined>>;
  readonly headers: Headers;
};

export async function post(
  house: House,
  path: string,
  fields: Params,
  headers: Record<string, string> = {},
): Promise<TokenAnswer> {
  const sent = Object.entries(fields).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const url = `http://127.0.0.1:${new URL(house.issuer).port}${path}`;
  const response = await fetch(url, { method: 'POST', body: new URLSearchParams(sent), headers });
  const text = await response.text();
  return { status: response.status, body: text ? JSON.parse(text) : {}, headers: response.headers };
}

export function exchange(house: House, code: string, changes: Params = {}): Promise<TokenAnswer> {
  return post(house, '/api/oidc/token', {
    grant_type: 'authorization_code',
    code,
    redirect_uri: callback,
    code_verifier: verifier,
    client_id: 'leantime',
    client_secret: 'insecure_secret',
    ...changes,
  });
}

export async function userinfo(house: House, token: string | undefined) {
  const url = `http://127.0.0.1:${new URL(house.issuer).port}/api/oidc/userinfo`;
  const response = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
  const text = await response.text();
  return { status: response.status, body: text ? JSON.parse(text) : {}, headers: response.headers };
}

export function claimsOf(idToken: string | undefined): Record<string, unknown> {
  return JSON.parse(Buffer.from(idToken?.split('.')[1] ?? '', 'base64url').toString());
}
