/**
 * The `LEAN_OIDC_*` variables: Leantime's, with its defaults, and ours beside them. Which of them fit together is decided
 * here; what they do is decided in `sign-in` and `people`.
 */
import { createPrivateKey, createPublicKey } from 'node:crypto';
import { isSecureEnough } from '@gatehouse/web/localhost-names.ts';
import { type RoleNumber, roles } from '../../wire/roles.ts';
import { type GroupAssignment, parseGroupAssignment } from './group-assignment.ts';
import { type ProjectAssignment, parseProjectAssignment } from './project-assignment.ts';
import type { Variables } from './variables.ts';

const tokenAuthMethods = ['client_secret_post', 'client_secret_basic', 'none', 'private_key_jwt'] as const;
export type TokenAuthMethod = (typeof tokenAuthMethods)[number];

const roleSyncs = ['never', 'first', 'always'] as const;

export type ProfileField = 'firstName' | 'lastName' | 'phone' | 'jobTitle' | 'jobLevel' | 'department';

export type OidcSettings = {
  readonly enabled: boolean;
  readonly clientId: string;
  readonly clientSecret: string;
  /** PEM, for `private_key_jwt`; empty otherwise. */
  readonly clientKey: string;
  readonly tokenAuthMethod: TokenAuthMethod;
  /** Without a trailing slash. */
  readonly issuer: string;
  /** Where discovery is asked for, without `/.well-known/…`. */
  readonly discoveryBase: string;
  readonly overrides: {
    readonly authorization: string | undefined;
    readonly token: string | undefined;
    readonly jwks: string | undefined;
    readonly userinfo: readonly string[];
  };
  /** PEM of a public key or a certificate that replaces the provider's key set; empty for none. */
  readonly certificate: string;
  readonly scopes: string;
  /** No ID token comes: OAuth 2.0 and userinfo alone. Only with the token and userinfo addresses given. */
  readonly plainOauth: boolean;
  readonly createUser: boolean;
  readonly defaultRole: RoleNumber;
  readonly trustEmail: boolean;
  /** Dotted paths into the claims; an empty one is not mapped. */
  readonly fields: { readonly email: string; readonly groups: string } & Readonly<Record<ProfileField, string>>;
  readonly groupAssignment: GroupAssignment;
  readonly projectAssignment: ProjectAssignment;
  readonly roleSync: (typeof roleSyncs)[number];
  readonly projectSync: (typeof roleSyncs)[number];
  readonly requiredGroup: string;
  readonly autoLogin: boolean;
  /** Empty: “Sign in”, in the language of whoever reads it. */
  readonly buttonLabel: string;
  readonly postLogoutUrl: string | undefined;
};

export function readOidc(variables: Variables): OidcSettings {
  const { text, flag } = variables;
  const enabled = flag('LEAN_OIDC_ENABLE', false);
  const userinfo = text('LEAN_OIDC_USERINFO_URL_OVERRIDE', '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  for (const address of userinfo) endpointProblem(variables, 'LEAN_OIDC_USERINFO_URL_OVERRIDE', address);
  const overrides = {
    authorization: endpoint(variables, 'LEAN_OIDC_AUTH_URL_OVERRIDE'),
    token: endpoint(variables, 'LEAN_OIDC_TOKEN_URL_OVERRIDE'),
    jwks: endpoint(variables, 'LEAN_OIDC_JWKS_URL_OVERRIDE'),
    userinfo,
  };
  const scopes = text('LEAN_OIDC_SCOPES', 'openid profile email');
  const asksForIdToken = scopes.split(/[\s,]+/).includes('openid');
  const issuer = (endpoint(variables, 'LEAN_OIDC_PROVIDER_URL') ?? '').replace(/\/$/, '');
  const settings: OidcSettings = {
    enabled,
    clientId: text('LEAN_OIDC_CLIENT_ID', ''),
    clientSecret: variables.secret('LEAN_OIDC_CLIENT_SECRET'),
    clientKey: variables.secret('LEAN_OIDC_CLIENT_KEY'),
    tokenAuthMethod: variables.oneOf('LEAN_OIDC_TOKEN_AUTH_METHOD', 'client_secret_post', tokenAuthMethods),
    issuer,
    discoveryBase: (endpoint(variables, 'LEAN_OIDC_AUTO_DISCOVER') ?? issuer).replace(/\/$/, ''),
    overrides,
    certificate: variables.secret('LEAN_OIDC_CERTIFICATE_STRING') || variables.secret('LEAN_OIDC_CERTIFICATE'),
    scopes,
    plainOauth: !asksForIdToken && overrides.token !== undefined && userinfo.length > 0,
    createUser: flag('LEAN_OIDC_CREATE_USER', false),
    defaultRole: readRole(variables),
    trustEmail: flag('LEAN_OIDC_TRUST_EMAIL', false),
    fields: {
      email: text('LEAN_OIDC_FIELD_EMAIL', 'email'),
      firstName: text('LEAN_OIDC_FIELD_FIRSTNAME', 'given_name'),
      lastName: text('LEAN_OIDC_FIELD_LASTNAME', 'family_name'),
      phone: text('LEAN_OIDC_FIELD_PHONE', ''),
      jobTitle: text('LEAN_OIDC_FIELD_JOBTITLE', ''),
      jobLevel: text('LEAN_OIDC_FIELD_JOBLEVEL', ''),
      department: text('LEAN_OIDC_FIELD_DEPARTMENT', ''),
      groups: text('LEAN_OIDC_FIELD_GROUPS', 'groups'),
    },
    groupAssignment: parseGroupAssignment(variables),
    projectAssignment: parseProjectAssignment(variables),
    roleSync: variables.oneOf('LEAN_OIDC_ROLE_SYNC', 'first', roleSyncs),
    projectSync: variables.oneOf('LEAN_OIDC_PROJECT_SYNC', 'always', roleSyncs),
    requiredGroup: text('LEAN_OIDC_REQUIRED_GROUP', ''),
    autoLogin: flag('LEAN_OIDC_AUTO_LOGIN', false),
    buttonLabel: text('LEAN_OIDC_BUTTON_LABEL', ''),
    postLogoutUrl: variables.url('LEAN_OIDC_POST_LOGOUT_URL')?.href,
  };
  if (enabled) refuseMisfits(variables, settings, asksForIdToken);
  return settings;
}

function endpoint(variables: Variables, name: string): string | undefined {
  const value = variables.text(name, '');
  if (variables.url(name) === undefined) return undefined;
  endpointProblem(variables, name, value);
  return value;
}

function endpointProblem(variables: Variables, name: string, address: string): void {
  if (!URL.canParse(address))
    variables.refuse(name, `'${address}' is not a web address`, 'addresses such as https://auth.example.com/userinfo');
  else if (!isSecureEnough(new URL(address)))
    variables.refuse(
      name,
      `'${address}' is not https`,
      'an https address; plain http is taken for names under localhost only',
    );
}

function readRole(variables: Variables): RoleNumber {
  const text = variables.text('LEAN_OIDC_DEFAULT_ROLE', '20');
  const role = Object.values(roles).find((known) => String(known) === text);
  if (role !== undefined) return role;
  variables.refuse(
    'LEAN_OIDC_DEFAULT_ROLE',
    `'${text}' is not a role`,
    '5 (read only), 10 (commenter), 20 (editor), 30 (manager), 40 (admin) or 50 (owner)',
  );
  return roles.readonly;
}

function refuseMisfits(variables: Variables, settings: OidcSettings, asksForIdToken: boolean): void {
  const { refuse } = variables;
  if (!settings.issuer && !variables.problems.some((problem) => problem.variable === 'LEAN_OIDC_PROVIDER_URL'))
    refuse('LEAN_OIDC_PROVIDER_URL', 'it is not set', "the provider's issuer, such as https://auth.example.com");
  if (!settings.clientId)
    refuse('LEAN_OIDC_CLIENT_ID', 'it is not set', 'the client id that the provider knows this application by');
  if (settings.tokenAuthMethod.startsWith('client_secret') && !settings.clientSecret)
    refuse(
      'LEAN_OIDC_CLIENT_SECRET',
      `it is not set, and ${settings.tokenAuthMethod} needs it`,
      'the secret registered at the provider, or LEAN_OIDC_TOKEN_AUTH_METHOD=none for a public client',
    );
  if (settings.tokenAuthMethod === 'private_key_jwt' && !parses(() => createPrivateKey(settings.clientKey)))
    refuse('LEAN_OIDC_CLIENT_KEY', 'it is no private key, and private_key_jwt needs one', 'a private key in PEM');
  if (!asksForIdToken && !settings.plainOauth)
    refuse(
      'LEAN_OIDC_SCOPES',
      "it does not hold 'openid', so no ID token would come",
      "'openid profile email'; or, for a provider without OpenID Connect, set LEAN_OIDC_TOKEN_URL_OVERRIDE and LEAN_OIDC_USERINFO_URL_OVERRIDE",
    );
  if (!settings.fields.email)
    refuse(
      'LEAN_OIDC_FIELD_EMAIL',
      'it is empty, so nobody could sign in',
      "the claim with the mail address, usually 'email'",
    );
  if (settings.certificate && !parses(() => createPublicKey(settings.certificate)))
    refuse(
      'LEAN_OIDC_CERTIFICATE_STRING',
      'it (or LEAN_OIDC_CERTIFICATE_FILE) is no public key or certificate',
      'PEM text',
    );
}

function parses(read: () => unknown): boolean {
  try {
    read();
    return true;
  } catch {
    return false;
  }
}
