/**
 * What the certification plans of the OpenID Foundation bring along: confidential clients with one redirect URI each, a
 * person with every standard claim, and a portal that asks for a password and no consent. It judges nothing.
 */
import {
  createLocalJWKSet,
  type JSONWebKeySet,
  type JWTPayload,
  jwtVerify,
  type ProtectedHeaderParameters,
} from 'jose';
import type { Person } from '../../browser/verbs.ts';
import type { HtmlBrowser } from '../../house/html-browser.ts';
import { openPortal, type Portal } from '../../house/portal.ts';
import { wholePerson, writeWholePerson } from '../../house/whole-person.ts';

export type SuiteClient = {
  readonly id: string;
  readonly secret: string;
  readonly method: 'client_secret_basic' | 'client_secret_post' | 'private_key_jwt';
  /** Makes what proves a client with a key. */
  readonly assertion?: () => Promise<string>;
  /** Lasting access is never given without asking, so who wants it has to be asked about. */
  readonly asks?: boolean;
};

export const callback = 'https://suite.test:8443/test/a/gatehouse/callback';
export const postLogoutRedirect = 'https://suite.test:8443/test/a/gatehouse/post_logout_redirect';

export const basicClient: SuiteClient = {
  id: 'conformance',
  secret: 'a secret of the first client',
  method: 'client_secret_basic',
};
export const postClient: SuiteClient = {
  id: 'conformance-post',
  secret: 'a secret of the third client',
  method: 'client_secret_post',
};
export const lastingClient: SuiteClient = {
  id: 'conformance-lasting',
  secret: 'a secret of the fourth client',
  method: 'client_secret_basic',
  asks: true,
};
export const otherLastingClient: SuiteClient = { ...lastingClient, id: 'conformance-lasting-alt' };

export type Json = Readonly<Record<string, unknown>>;

export type Suite = AsyncDisposable & {
  readonly portal: Portal;
  readonly person: Person;
  readonly discovery: Json;
  /** Checks signature, issuer and audience. */
  verify(jwt: string, audience: string): Promise<{ payload: JWTPayload; protectedHeader: ProtectedHeaderParameters }>;
  browser(): HtmlBrowser;
};

export type SuiteOptions = {
  /** Further options of the provider. */
  readonly oidc?: Json;
  /** Further options of every client. */
  readonly clientOptions?: Json;
  readonly environment?: Readonly<Record<string, string>>;
};

export async function openSuite(options: SuiteOptions = {}): Promise<Suite> {
  const clients = [basicClient, postClient, lastingClient, otherLastingClient].map(({ id, secret, method, asks }) => ({
    client_id: id,
    client_secret: `$plaintext$${secret}`,
    redirect_uris: [callback],
    post_logout_redirect_uris: [postLogoutRedirect],
    scopes: ['openid', 'profile', 'email', 'address', 'phone', 'offline_access'],
    grant_types: ['authorization_code', 'refresh_token', 'implicit'],
    response_types: ['code', 'id_token', 'id_token token', 'code id_token', 'code token', 'code id_token token'],
    response_modes: ['query', 'fragment', 'form_post'],
    token_endpoint_auth_method: method,
    authorization_policy: 'one_factor',
    consent_mode: asks ? 'explicit' : 'implicit',
    ...options.clientOptions,
  }));
  const portal = await openPortal({
    oidc: { clients, ...options.oidc },
    writeUsers: (path) => writeWholePerson(path),
    ...(options.environment && { environment: options.environment }),
  });
  const reader = portal.browser();
  const read = async (path: string) => JSON.parse((await reader.http.get(path)).body) as Json;
  const discovery = await read('/.well-known/openid-configuration');
  const keys = createLocalJWKSet((await read('/jwks.json')) as unknown as JSONWebKeySet);
  return {
    portal,
    person: wholePerson,
    discovery,
    verify: (jwt, audience) => jwtVerify(jwt, keys, { issuer: portal.issuer, audience }),
    browser: () => portal.browser(),
    [Symbol.asyncDispose]: () => portal[Symbol.asyncDispose](),
  };
}
