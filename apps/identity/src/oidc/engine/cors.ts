/**
 * Which pages of other origins may read an answer: everybody the public documents, and beyond them only the origins that the
 * configuration lists, for the endpoints that it lists. Where it lists endpoints and no origins, those of the registered
 * redirect URIs are meant: Authelia reflects any https origin there, which single-page applications of its guides count on,
 * and no stranger should. Pure.
 */
import type { OidcOptions } from '../options.ts';
import { endpoints, openDocuments } from '../paths.ts';

export type CorsHeaders = Readonly<Record<string, string>>;

/** As `cors.endpoints` names them. */
const names: Readonly<Record<string, string>> = {
  [endpoints.authorization]: 'authorization',
  [endpoints.pushed_authorization_request]: 'pushed-authorization-request',
  [endpoints.device_authorization]: 'device-authorization',
  [endpoints.token]: 'token',
  [endpoints.introspection]: 'introspection',
  [endpoints.revocation]: 'revocation',
  [endpoints.userinfo]: 'userinfo',
};
const withCredentials: ReadonlySet<string> = new Set(['token', 'introspection', 'revocation', 'userinfo']);
const maxAgeSeconds = '100';

export type CorsFor = (pathname: string, origin: string) => CorsHeaders;

export function corsRules(oidc: OidcOptions): CorsFor {
  const { cors } = oidc;
  const listed = new Set(cors?.endpoints);
  const origins = new Set(cors?.allowed_origins);
  if (cors?.allowed_origins_from_client_redirect_uris || origins.size === 0)
    for (const uri of oidc.clients.flatMap((client) => client.redirect_uris ?? [])) addOrigin(origins, uri);

  return function corsFor(pathname, origin) {
    if (openDocuments.has(pathname)) return { 'Access-Control-Allow-Origin': '*' };
    const name = Object.hasOwn(names, pathname) ? names[pathname] : undefined;
    if (name === undefined || !listed.has(name) || origin === '') return {};
    if (origins.has('*')) return { 'Access-Control-Allow-Origin': '*', 'Access-Control-Max-Age': maxAgeSeconds };
    if (!origins.has(origin)) return {};
    return {
      'Access-Control-Allow-Origin': origin,
      'Access-Control-Max-Age': maxAgeSeconds,
      ...(withCredentials.has(name) && { 'Access-Control-Allow-Credentials': 'true' }),
    };
  };
}

function addOrigin(origins: Set<string>, uri: string): void {
  const parsed = URL.parse(uri);
  if (parsed && /^https?:$/.test(parsed.protocol) && parsed.hostname !== 'localhost') origins.add(parsed.origin);
}
