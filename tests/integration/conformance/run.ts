/**
 * One module of a plan under way: a browser with a cookie jar of its own and a client. `flow` signs in and holds every
 * answer against what the suite holds it against in each of its modules; what a module asks beyond that is in `modules.ts`.
 */
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import type { JWTPayload } from 'jose';
import { type Departure, type HtmlBrowser, type Page, type Shown, walk } from '../../house/html-browser.ts';
import type { Answer } from '../../house/http-person.ts';
import { basicClient, callback, type Json, type Suite, type SuiteClient } from './suite.ts';

export type Variant = { readonly responseType: string; readonly formPost: boolean };
export type Params = Readonly<Record<string, string | undefined>>;
export type Reply = { readonly status: number; readonly headers: Answer['headers']; readonly json: Json };

export type Outcome = {
  /** The claims of the ID token that came last, and how it was written. */
  readonly claims: JWTPayload;
  readonly idToken: string;
  readonly code: string | undefined;
  readonly accessToken: string | undefined;
  readonly refreshToken: string | undefined;
  /** What the token endpoint would have to be asked again with. */
  readonly exchange: Params;
};

export class Run {
  readonly suite: Suite;
  readonly variant: Variant;
  client: SuiteClient;
  readonly browser: HtmlBrowser;

  constructor(suite: Suite, variant: Variant, client: SuiteClient = basicClient) {
    this.suite = suite;
    this.variant = variant;
    this.client = client;
    this.browser = suite.browser();
  }

  gives(part: 'code' | 'token' | 'id_token'): boolean {
    return this.variant.responseType.split(' ').includes(part);
  }

  /** An authorization request as the suite makes it; undefined leaves a parameter out. */
  request(changes: Params = {}): Params {
    return {
      client_id: this.client.id,
      redirect_uri: callback,
      scope: 'openid',
      state: randomBytes(8).toString('base64url'),
      nonce: randomBytes(8).toString('base64url'),
      response_type: this.variant.responseType,
      ...(this.variant.formPost && { response_mode: 'form_post' }),
      ...changes,
    };
  }

  /** Opens the authorization endpoint and shows what comes first, without answering anything. */
  open(request: Params): Promise<Shown> {
    return this.browser.open(`/api/oidc/authorization?${sent(request)}`);
  }

  async authorize(request: Params): Promise<Shown> {
    return walk(this.browser, this.suite.person, await this.open(request));
  }

  /** The whole flow with every standard check. */
  async flow(changes: Params = {}, further: Params = {}): Promise<Outcome> {
    const request = this.request(changes);
    return this.complete(request, await this.authorize(request), further);
  }

  /** From the answer at the redirect URI to the end of the flow. `further`: parameters of the exchange. */
  async complete(request: Params, shown: Shown, further: Params = {}): Promise<Outcome> {
    const { params } = this.landed(shown);
    assert.equal(params.get('error'), null, `${params.get('error')}: ${params.get('error_description')}`);
    assert.equal(params.get('state'), request.state);
    const [code, front] = [params.get('code') ?? undefined, params.get('access_token') ?? undefined];
    assert.equal(code !== undefined, this.gives('code'));
    assert.equal(front !== undefined, this.gives('token'));
    let idToken = params.get('id_token') ?? '';
    let claims: JWTPayload = {};
    if (this.gives('id_token')) claims = await this.checkIdToken(idToken, request, { accessToken: front, code });
    if (front !== undefined) await this.userinfo(front);
    const exchange: Params = { grant_type: 'authorization_code', code, redirect_uri: callback, ...further };
    if (code === undefined) return { claims, idToken, code, accessToken: front, refreshToken: undefined, exchange };

    const { status, json, headers } = await this.token(exchange);
    assert.equal(status, 200, JSON.stringify(json));
    assert.match(String(headers['content-type']), /^application\/json/);
    assert.equal(String(json.token_type).toLowerCase(), 'bearer');
    assert.ok(Number(json.expires_in) > 0);
    const sub = claims.sub;
    idToken = String(json.id_token);
    claims = await this.checkIdToken(idToken, request);
    if (sub !== undefined) assert.equal(claims.sub, sub);
    const accessToken = String(json.access_token);
    await this.userinfo(accessToken);
    const refreshToken = json.refresh_token === undefined ? undefined : String(json.refresh_token);
    return { claims, idToken, code, accessToken, refreshToken, exchange };
  }

  /** The browser left for the registered redirect URI, in the right mode. */
  landed(shown: Shown): Departure {
    if (shown.kind !== 'away') throw new Error(`a page instead of the callback: ${shown.title}: ${shown.text}`);
    const at = new URL(shown.url);
    at.search = at.hash = '';
    assert.equal(at.href, callback);
    const { responseType, formPost } = this.variant;
    assert.equal(shown.by, formPost ? 'form_post' : responseType === 'code' ? 'query' : 'fragment');
    assert.equal(shown.params.get('iss'), this.suite.portal.issuer);
    return shown;
  }

  /** The browser stays, and the page says what is wrong in a sentence that a check can wait for. */
  refused(shown: Shown, sentence: string): Page {
    if (shown.kind !== 'page') throw new Error(`redirected to ${shown.url.href.split(/[?#]/)[0]}`);
    assert.ok(shown.status >= 400 && shown.status < 500, String(shown.status));
    assert.ok(shown.text.includes(sentence), shown.text);
    return shown;
  }

  /** An error at the redirect URI, with nothing but what belongs there. */
  refusedThere(shown: Shown, errors: readonly string[], state: string | undefined): void {
    const { params } = this.landed(shown);
    assert.ok(errors.includes(params.get('error') ?? ''), String(params));
    assert.equal(params.get('state'), state ?? null);
    const strange = [...params.keys()].filter((name) => !errorParameters.has(name));
    assert.deepEqual(strange, []);
    assert.match(params.get('error_description') ?? '', /^[\x20-\x21\x23-\x5b\x5d-\x7e]*$/);
  }

  async checkIdToken(
    jwt: string,
    request: Params,
    beside: { readonly accessToken?: string | undefined; readonly code?: string | undefined } = {},
  ): Promise<JWTPayload> {
    const { payload, protectedHeader } = await this.suite.verify(jwt, this.client.id);
    assert.equal(protectedHeader.alg, 'RS256');
    assert.notEqual(protectedHeader.kid ?? '', '');
    const { sub = '', iat = 0, exp = 0, nonce, azp } = payload;
    assert.ok(sub !== '' && sub.length <= 255);
    assert.ok(Math.abs(iat - this.suite.portal.nowMs() / 1000) < 60 && exp > iat);
    assert.equal(nonce, request.nonce);
    if (azp !== undefined) assert.equal(azp, this.client.id);
    if (beside.accessToken !== undefined) assert.equal(payload.at_hash, halfHash(beside.accessToken));
    if (beside.code !== undefined) assert.equal(payload.c_hash, halfHash(beside.code));
    return payload;
  }

  async userinfo(accessToken: string, how: 'get' | 'post-header' | 'post-body' = 'get'): Promise<Json> {
    const { status, headers, json } = await this.callUserinfo(accessToken, how);
    assert.equal(status, 200, JSON.stringify(json));
    assert.match(String(headers['content-type']), /^application\/json/);
    return json;
  }

  callUserinfo(accessToken: string, how: 'get' | 'post-header' | 'post-body' = 'get'): Promise<Reply> {
    const authorization = { Authorization: `Bearer ${accessToken}` };
    if (how === 'get') return this.#call('GET', '/api/oidc/userinfo', undefined, authorization);
    if (how === 'post-header') return this.#call('POST', '/api/oidc/userinfo', '', authorization);
    return this.#call('POST', '/api/oidc/userinfo', String(sent({ access_token: accessToken })), form);
  }

  async token(params: Params): Promise<Reply> {
    const { id, secret, method, assertion } = this.client;
    const basic = Buffer.from(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`).toString('base64');
    const body = sent({
      ...params,
      ...(method === 'client_secret_post' && { client_id: id, client_secret: secret }),
      ...(assertion && {
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        client_assertion: await assertion(),
      }),
    });
    return this.#call('POST', '/api/oidc/token', String(body), {
      ...form,
      ...(method === 'client_secret_basic' && { Authorization: `Basic ${basic}` }),
    });
  }

  /** Calls of the application carry no cookie of the person. */
  async #call(method: string, path: string, body: string | undefined, headers: Readonly<Record<string, string>>) {
    const caller = this.suite.browser();
    const answer = await caller.http.send(method, path, body, { Accept: 'application/json', ...headers });
    caller.close();
    return {
      status: answer.status,
      headers: answer.headers,
      json: (answer.body === '' ? {} : JSON.parse(answer.body)) as Json,
    };
  }
}

/** What the pages of a refusal say. */
export const sentences = {
  request: 'cannot sign you in yet',
  redirectUri: 'This address is not registered for the application',
  signOut: 'The request to sign out is not right',
} as const;

const form = { 'Content-Type': 'application/x-www-form-urlencoded' };
const errorParameters: ReadonlySet<string> = new Set(['error', 'error_description', 'error_uri', 'state', 'iss']);

/** OpenID Connect Core 3.3.2.11, for RS256. */
function halfHash(text: string): string {
  return createHash('sha256').update(text).digest().subarray(0, 16).toString('base64url');
}

export function sent(params: Params): URLSearchParams {
  return new URLSearchParams(
    Object.entries(params).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
