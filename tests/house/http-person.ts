/**
 * A person without a browser: requests, cookies and forms over plain HTTP to the provider's own port, as a trusted proxy
 * would pass them on. For load and fault tests, where a browser would be the slow part.
 */
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { Agent, type IncomingHttpHeaders, request } from 'node:http';
import { codeOf, type Person } from '../browser/verbs.ts';

export type Answer = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: string };

type Cookie = { readonly value: string; readonly path: string };

export type AuthorizationRequest = { readonly path: string; readonly verifier: string; readonly state: string };

export const seedClient = {
  id: 'leantime',
  secret: 'insecure_secret',
  redirectUri: 'https://leantime.example.com/oidc/callback',
};

export function authorizationRequest(
  options: { clientId?: string; redirectUri?: string; scope?: string } = {},
): AuthorizationRequest {
  const verifier = randomBytes(32).toString('base64url');
  const state = randomBytes(16).toString('hex');
  const query = new URLSearchParams({
    client_id: options.clientId ?? seedClient.id,
    redirect_uri: options.redirectUri ?? seedClient.redirectUri,
    response_type: 'code',
    scope: options.scope ?? 'openid profile email',
    state,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  });
  return { path: `/api/oidc/authorization?${query}`, verifier, state };
}

export class HttpPerson {
  readonly port: number;
  readonly host: string;
  readonly cookies = new Map<string, Cookie>();
  /** Requests sent so far. */
  requests = 0;
  readonly #agent = new Agent({ keepAlive: true });

  constructor(port: number, host = 'auth.example.com') {
    this.port = port;
    this.host = host;
  }

  close(): void {
    this.#agent.destroy();
  }

  get(path: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.send('GET', path, undefined, headers);
  }

  /** Posts a form as a page of the portal does. */
  post(path: string, form: Readonly<Record<string, string>>, headers: Record<string, string> = {}): Promise<Answer> {
    return this.send('POST', path, new URLSearchParams(form).toString(), {
      'Content-Type': 'application/x-www-form-urlencoded',
      Origin: `https://${this.host}`,
      'Sec-Fetch-Site': 'same-origin',
      ...headers,
    });
  }

  /** Signs in for an application and answers with the callback's URL, whatever the portal asks on the way. */
  async authorize(person: Person, authorization = authorizationRequest(), stepsAhead = 0): Promise<URL> {
    let answer = await this.get(authorization.path);
    let path = authorization.path;
    for (let step = 0; step < 12; step++) {
      const location = answer.headers.location;
      if (answer.status >= 300 && answer.status < 400 && location !== undefined) {
        const next = new URL(location, `https://${this.host}${path}`);
        if (next.host !== this.host) return next;
        path = `${next.pathname}${next.search}`;
        answer = await this.get(path);
        continue;
      }
      const form = this.#formFor(person, answer.body, stepsAhead);
      assert.ok(form, `a page without a known form (${answer.status} at ${path}): ${answer.body.slice(0, 600)}`);
      const action = /<form[^>]*action="([^"]+)"/.exec(answer.body)?.[1];
      path = action ? new URL(action.replaceAll('&amp;', '&'), `https://${this.host}${path}`).pathname : path;
      answer = await this.post(path, form);
    }
    throw new Error(`the sign-in did not end: ${path} ${answer.status} ${answer.body.slice(0, 600)}`);
  }

  #formFor(person: Person, body: string, stepsAhead: number): Record<string, string> | undefined {
    if (/name="password"/.test(body)) return { username: person.username, password: person.password };
    if (/name="code"/.test(body)) return { code: codeOf(person, stepsAhead) };
    if (/name="decision"/.test(body)) return { decision: 'accept' };
    return undefined;
  }

  /** Any request; `get` and `post` are this with the headers of a page. */
  send(
    method: string,
    path: string,
    body: string | undefined,
    headers: Readonly<Record<string, string>>,
  ): Promise<Answer> {
    this.requests++;
    return new Promise((resolve, reject) => {
      const cookie = this.#cookieHeader(path);
      const sent = request(
        {
          agent: this.#agent,
          host: '127.0.0.1',
          port: this.port,
          method,
          path,
          headers: {
            Accept: 'text/html',
            Host: this.host,
            'X-Forwarded-Host': this.host,
            'X-Forwarded-Proto': 'https',
            'X-Forwarded-For': '127.0.0.1',
            ...(cookie && { Cookie: cookie }),
            ...(body !== undefined && { 'Content-Length': String(Buffer.byteLength(body)) }),
            ...headers,
          },
        },
        (res) => {
          const chunks: Buffer[] = [];
          res.on('data', (chunk: Buffer) => chunks.push(chunk));
          res.once('error', reject);
          res.once('end', () => {
            this.#keep(res.headers['set-cookie'] ?? []);
            resolve({ status: res.statusCode ?? 0, headers: res.headers, body: Buffer.concat(chunks).toString() });
          });
        },
      );
      sent.once('error', reject);
      sent.end(body);
    });
  }

  #cookieHeader(path: string): string {
    const pathname = path.split('?')[0] ?? '/';
    return [...this.cookies]
      .filter(([, cookie]) => cookie.path === '/' || pathname === cookie.path || pathname.startsWith(`${cookie.path}/`))
      .map(([key, cookie]) => `${key.split('|')[0]}=${cookie.value}`)
      .join('; ');
  }

  /** A browser keeps one cookie for each name and path; an empty or past one goes. */
  #keep(lines: readonly string[]): void {
    for (const line of lines) {
      const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
      const name = pair.slice(0, pair.indexOf('='));
      const value = pair.slice(pair.indexOf('=') + 1);
      const attribute = (key: string): string | undefined =>
        attributes.find((each) => each.toLowerCase().startsWith(`${key}=`))?.slice(key.length + 1);
      const path = attribute('path') ?? '/';
      const expires = attribute('expires');
      const gone =
        value === '' || attribute('max-age') === '0' || (expires !== undefined && Date.parse(expires) < Date.now());
      if (gone) this.cookies.delete(`${name}|${path}`);
      else this.cookies.set(`${name}|${path}`, { value, path });
    }
  }
}

/** Exchanges a code as the seed's client does. */
export async function exchange(
  person: Pick<HttpPerson, 'post'>,
  code: string,
  verifier: string,
  client: { id: string; secret: string } = seedClient,
): Promise<Answer> {
  return person.post(
    '/api/oidc/token',
    {
      grant_type: 'authorization_code',
      code,
      redirect_uri: seedClient.redirectUri,
      code_verifier: verifier,
      client_id: client.id,
      client_secret: client.secret,
    },
    { Accept: 'application/json' },
  );
}
