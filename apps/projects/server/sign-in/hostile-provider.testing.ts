/**
 * Test support: an OpenID provider over real HTTP that is honest in everything, until a test makes it misbehave in one way.
 * It keeps what it was sent, so that tests can look at requests too.
 */
import { createHash, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from 'jose';

type Fields = Record<string, unknown>;

/** Each changes one thing that an honest provider would say. */
export type Behaviour = {
  discovery?: (metadata: Fields) => Fields;
  /** The query that leads back to the application. */
  answer?: (parameters: Record<string, string>) => Record<string, string>;
  claims?: (claims: Fields) => Fields;
  header?: (header: { alg: string; kid?: string }) => { alg: string; kid?: string };
  /** Makes the whole ID token out of the claims. */
  idToken?: (claims: Fields) => Promise<string> | string;
  keys?: (keys: JWK[]) => JWK[];
  tokens?: (tokens: Fields) => Fields;
  tokenStatus?: number;
  /** Paths at which the proxy in front of it answers in its place. */
  outage?: readonly string[];
  userinfo?: (claims: Fields) => unknown;
};

export type Account = Fields & { sub: string };

export type HostileProvider = {
  readonly issuer: string;
  /** Who signs in next. */
  account: Account;
  behaviour: Behaviour;
  /** The algorithm of ID tokens; `RS256` at first. */
  algorithm: string;
  readonly seen: {
    authorizations: URLSearchParams[];
    tokens: { body: URLSearchParams; authorization: string | undefined }[];
    idTokens: string[];
    keyRequests: number;
    discoveries: number;
    userinfos: number;
  };
  /** Makes a fresh key under the present algorithm and forgets the older ones. */
  rotateKey(): Promise<void>;
  publicKeys(): JWK[];
  sign(claims: Fields, header?: Fields): Promise<string>;
  close(): Promise<void>;
};

export const clientId = 'workspace';
export const clientSecret = 'a-secret-of-the-client';

type Grant = { challenge: string; nonce: string | null; redirectUri: string; account: Account };

export async function startHostileProvider(
  port: number,
  tls?: { key: string; cert: string },
): Promise<HostileProvider> {
  const issuer = `${tls ? 'https' : 'http'}://provider.localhost:${port}`;
  const keys = new Map<string, { privateKey: Awaited<ReturnType<typeof generateKeyPair>>['privateKey']; jwk: JWK }>();
  const grants = new Map<string, Grant>();
  const accounts = new Map<string, Account>();

  const provider: HostileProvider = {
    issuer,
    account: {
      sub: 'alice-1',
      email: 'alice@example.com',
      email_verified: true,
      given_name: 'Alice',
      family_name: 'Example',
    },
    behaviour: {},
    algorithm: 'RS256',
    seen: { authorizations: [], tokens: [], idTokens: [], keyRequests: 0, discoveries: 0, userinfos: 0 },
    async rotateKey() {
      keys.delete(provider.algorithm);
      await keyFor(provider.algorithm);
    },
    publicKeys: () => [...keys.values()].map(({ jwk }) => jwk),
    async sign(claims, header = {}) {
      const { privateKey, jwk } = await keyFor(provider.algorithm);
      const honest = { alg: provider.algorithm, kid: String(jwk.kid), ...header };
      const changed = provider.behaviour.header?.(honest) ?? honest;
      return new SignJWT(claims as JWTPayload).setProtectedHeader(changed).sign(privateKey);
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  const { seen } = provider;

  async function keyFor(algorithm: string) {
    const known = keys.get(algorithm);
    if (known) return known;
    const { privateKey, publicKey } = await generateKeyPair(algorithm, { extractable: true });
    const jwk: JWK = {
      ...(await exportJWK(publicKey)),
      kid: randomBytes(6).toString('hex'),
      use: 'sig',
      alg: algorithm,
    };
    const made = { privateKey, jwk };
    keys.set(algorithm, made);
    return made;
  }

  function discovery(): Fields {
    seen.discoveries++;
    const metadata = {
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/keys`,
      userinfo_endpoint: `${issuer}/userinfo`,
      end_session_endpoint: `${issuer}/end`,
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      authorization_response_iss_parameter_supported: true,
      id_token_signing_alg_values_supported: ['RS256', 'PS256', 'ES256', 'ES384', 'EdDSA', 'HS256', 'none'],
    };
    return provider.behaviour.discovery?.(metadata) ?? metadata;
  }

  function authorize(query: URLSearchParams): string {
    seen.authorizations.push(query);
    const code = randomBytes(16).toString('hex');
    const redirectUri = query.get('redirect_uri') ?? '';
    const { account } = provider;
    grants.set(code, { challenge: query.get('code_challenge') ?? '', nonce: query.get('nonce'), redirectUri, account });
    const honest = { code, state: query.get('state') ?? '', iss: issuer };
    return `${redirectUri}?${new URLSearchParams(provider.behaviour.answer?.(honest) ?? honest)}`;
  }

  async function token(body: URLSearchParams, authorization: string | undefined): Promise<[number, Fields]> {
    seen.tokens.push({ body, authorization });
    const { behaviour } = provider;
    if (behaviour.tokenStatus) return [behaviour.tokenStatus, behaviour.tokens?.({}) ?? {}];
    const grant = grants.get(body.get('code') ?? '');
    grants.delete(body.get('code') ?? '');
    const challenge = createHash('sha256')
      .update(body.get('code_verifier') ?? '')
      .digest('base64url');
    if (!grant || grant.challenge !== challenge || grant.redirectUri !== body.get('redirect_uri'))
      return [400, { error: 'invalid_grant' }];
    const accessToken = randomBytes(16).toString('hex');
    accounts.set(accessToken, grant.account);
    const idToken = await idTokenOf(grant);
    seen.idTokens.push(idToken);
    const honest = { access_token: accessToken, token_type: 'Bearer', expires_in: 60, id_token: idToken };
    return [200, behaviour.tokens?.(honest) ?? honest];
  }

  async function idTokenOf({ account, nonce }: Grant): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    const honest: Fields = {
      iss: issuer,
      aud: clientId,
      exp: now + 300,
      iat: now,
      ...(nonce && { nonce }),
      ...account,
    };
    const claims = provider.behaviour.claims?.(honest) ?? honest;
    return provider.behaviour.idToken?.(claims) ?? provider.sign(claims);
  }

  function userinfo(authorization: string | undefined): [number, unknown] {
    seen.userinfos++;
    const account = accounts.get(authorization?.replace(/^Bearer /i, '') ?? '');
    if (!account) return [401, { error: 'invalid_token' }];
    return [200, provider.behaviour.userinfo?.({ ...account }) ?? account];
  }

  const listener: RequestListener = async (req, res) => {
    const url = new URL(req.url ?? '/', issuer);
    const json = (status: number, body: unknown): void => {
      res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
    if (provider.behaviour.outage?.includes(url.pathname))
      return void res.writeHead(502, { 'content-type': 'text/html' }).end('<h1>Bad Gateway</h1>');
    switch (url.pathname) {
      case '/.well-known/openid-configuration':
        return json(200, discovery());
      case '/authorize':
        return void res.writeHead(303, { location: authorize(url.searchParams) }).end();
      case '/token':
        return json(...(await token(new URLSearchParams(await textOf(req)), req.headers.authorization)));
      case '/keys': {
        seen.keyRequests++;
        await keyFor(provider.algorithm);
        return json(200, { keys: provider.behaviour.keys?.(provider.publicKeys()) ?? provider.publicKeys() });
      }
      case '/userinfo':
      case '/more-userinfo':
        return json(...userinfo(req.headers.authorization));
      case '/end':
        return void res.writeHead(303, { location: url.searchParams.get('post_logout_redirect_uri') ?? '/' }).end();
      default:
        return json(404, {});
    }
  };
  const server = tls ? createTlsServer(tls, listener) : createServer(listener);
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return provider;
}

async function textOf(req: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of req as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
