/** Where the endpoints stand (Authelia's paths), and which requests are the provider's. */

export const endpoints = {
  authorization: '/api/oidc/authorization',
  token: '/api/oidc/token',
  userinfo: '/api/oidc/userinfo',
  introspection: '/api/oidc/introspection',
  revocation: '/api/oidc/revocation',
  pushed_authorization_request: '/api/oidc/pushed-authorization-request',
  device_authorization: '/api/oidc/device-authorization',
  /** The page where a person types the code of a device. */
  code_verification: '/consent/openid/device-authorization',
  registration: '/api/oidc/registration',
  end_session: '/api/oidc/logout',
  jwks: '/jwks.json',
} as const;

/** The steps of a sign-in hang below `<signInPath>/<interaction id>`. */
export const signInPath = '/sign-in';

/** Documents that any page of the web may read. */
export const openDocuments: ReadonlySet<string> = new Set([
  '/.well-known/openid-configuration',
  '/.well-known/oauth-authorization-server',
  endpoints.jwks,
]);

const exact: ReadonlySet<string> = new Set([...openDocuments, ...Object.values(endpoints)]);
const prefixes = [
  `${endpoints.authorization}/`,
  `${endpoints.code_verification}/`,
  `${endpoints.registration}/`,
  `${endpoints.end_session}/`,
];

export function isProviderPath(pathname: string): boolean {
  return exact.has(pathname) || prefixes.some((prefix) => pathname.startsWith(prefix));
}
