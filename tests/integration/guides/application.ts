/**
 * The application of a row: it asks for authorization as its guide says, exchanges what it gets by its registered method,
 * reads userinfo and renews. It checks nothing; the test does.
 */
import { createHash, randomBytes } from 'node:crypto';
import { SignJWT } from 'jose';
import type { Person } from '../../browser/verbs.ts';
import { HtmlBrowser, type Shown, walk } from '../../house/html-browser.ts';
import type { Answer } from '../../house/http-person.ts';
import type { Portal } from '../../house/portal.ts';
import { encodesCredentials, type Row, secretOf } from './rows.ts';

export type Params = Readonly<Record<string, string | undefined>>;
export type Json = Readonly<Record<string, unknown>>;
export type Replied = { readonly status: number; readonly headers: Answer['headers']; readonly json: Json };

export type Attempt = {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string | undefined;
  readonly params: Params;
};

export class Application {
  readonly row: Row;
  readonly #browser: HtmlBrowser;
  readonly #back: HtmlBrowser;

  /** `browser` is the person's; the application's own calls carry no cookie of it. */
  constructor(portal: Portal, row: Row, browser: HtmlBrowser) {
    this.row = row;
    this.#browser = browser;
    this.#back = new HtmlBrowser(portal.port);
  }

  [Symbol.dispose](): void {
    this.#back.close();
  }

  get method(): string {
    return this.row.client.token_endpoint_auth_method ?? (this.row.client.public ? 'none' : 'client_secret_basic');
  }

  get responseType(): string {
    return this.row.client.response_types?.[0] ?? 'code';
  }

  /** Public clients need a challenge by `enforce_pkce`, whatever their own section says. */
  get sendsChallenge(): boolean {
    const { require_pkce: required = false, public: isPublic = false } = this.row.client;
    return this.responseType.includes('code') && (required || isPublic);
  }

  attempt(redirectUri: string, changes: Params = {}): Attempt {
    const { client } = this.row;
    const state = randomBytes(16).toString('hex');
    const nonce = randomBytes(16).toString('hex');
    const verifier = this.sendsChallenge ? randomBytes(32).toString('base64url') : undefined;
    const onlyFormPost = client.response_modes?.length === 1 && client.response_modes[0] === 'form_post';
    return {
      state,
      nonce,
      verifier,
      params: {
        client_id: client.client_id,
        redirect_uri: redirectUri,
        response_type: this.responseType,
        scope: client.scopes.join(' '),
        state,
        nonce,
        ...(onlyFormPost && { response_mode: 'form_post' }),
        ...(client.audience && { audience: client.audience.join(' ') }),
        ...(verifier && {
          code_challenge: createHash('sha256').update(verifier).digest('base64url'),
          code_challenge_method: 'S256',
        }),
        ...changes,
      },
    };
  }

  /** Sends the person with these parameters, pushed first where the client has to, and answers where they end up. */
  async authorize(person: Person, attempt: Attempt): Promise<Shown> {
    const { client } = this.row;
    let query = sent(attempt.params);
    if (client.require_pushed_authorization_requests) {
      const pushed = await this.post('/api/oidc/pushed-authorization-request', await this.#asked(attempt.params));
      query = new URLSearchParams({ client_id: client.client_id, request_uri: String(pushed.json.request_uri) });
    }
    return walk(this.#browser, person, await this.#browser.open(`/api/oidc/authorization?${query}`));
  }

  /** Signed by the secret where the client's requests have to be. */
  async #asked(params: Params): Promise<Params> {
    const { request_object_signing_alg: alg, client_id: id } = this.row.client;
    if (alg === undefined) return params;
    const object = new SignJWT({ ...params })
      .setProtectedHeader({ alg })
      .setIssuer(id)
      .setAudience(this.#browser.origin);
    object.setIssuedAt().setExpirationTime('1m');
    return { request: await object.sign(Buffer.from(secretOf(this.row))) };
  }

  exchange(code: string, attempt: Attempt, method = this.method): Promise<Replied> {
    const { redirect_uri } = attempt.params;
    const params = { grant_type: 'authorization_code', code, redirect_uri, code_verifier: attempt.verifier };
    return this.post('/api/oidc/token', params, method);
  }

  refresh(refreshToken: unknown): Promise<Replied> {
    return this.post('/api/oidc/token', { grant_type: 'refresh_token', refresh_token: String(refreshToken) });
  }

  userinfo(accessToken: unknown): Promise<Replied> {
    const headers = { Authorization: `Bearer ${accessToken}`, Accept: 'application/json' };
    return reply(this.#back.http.send('GET', '/api/oidc/userinfo', undefined, headers));
  }

  /** A request to an endpoint, authenticated by `method`. */
  post(path: string, params: Params, method = this.method, headers: Readonly<Record<string, string>> = {}) {
    const id = this.row.client.client_id;
    const encode = encodesCredentials(this.row) ? encodeURIComponent : (text: string) => text;
    const credentials = Buffer.from(`${encode(id)}:${encode(secretOf(this.row))}`).toString('base64');
    const isPost = method === 'client_secret_post';
    const body = sent({
      ...params,
      ...((isPost || method === 'none') && { client_id: id }),
      ...(isPost && { client_secret: secretOf(this.row) }),
    });
    return reply(
      this.#back.http.send('POST', path, String(body), {
        Accept: 'application/json',
        'Content-Type': 'application/x-www-form-urlencoded',
        ...(method === 'client_secret_basic' && { Authorization: `Basic ${credentials}` }),
        ...headers,
      }),
    );
  }
}

async function reply(answer: Promise<Answer>): Promise<Replied> {
  const { status, headers, body } = await answer;
  return { status, headers, json: body === '' ? {} : JSON.parse(body) };
}

function sent(params: Params): URLSearchParams {
  return new URLSearchParams(
    Object.entries(params).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
