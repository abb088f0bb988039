/**
 * Names of what is known about a person, and the claims made of it. Names alone: values are the directory's.
 */

/** What the directory knows, by the name expressions and custom claims use. */
export const standardAttributes = [
  'username',
  'groups',
  'display_name',
  'email',
  'emails',
  'emails_extra',
  'email_verified',
  'given_name',
  'middle_name',
  'family_name',
  'nickname',
  'profile',
  'picture',
  'website',
  'gender',
  'birthdate',
  'zoneinfo',
  'locale',
  'phone_number',
  'phone_number_rfc3966',
  'phone_extension',
  'phone_number_verified',
  'address',
  'street_address',
  'locality',
  'region',
  'postal_code',
  'country',
  'updated_at',
] as const;

/** Claims of the standard scopes (OpenID Connect Core 5.4, and groups, alternative addresses), in the order a person is shown them. */
export const scopeClaims: Readonly<Record<string, readonly string[]>> = {
  profile: [
    'name',
    'given_name',
    'family_name',
    'middle_name',
    'nickname',
    'preferred_username',
    'profile',
    'picture',
    'website',
    'gender',
    'birthdate',
    'zoneinfo',
    'locale',
    'updated_at',
  ],
  email: ['email', 'email_verified', 'alt_emails'],
  phone: ['phone_number', 'phone_number_verified'],
  address: ['address'],
  groups: ['groups'],
};

/** Claims that scopes give by themselves. */
export const standardClaims: readonly string[] = Object.values(scopeClaims).flat();

/** Claims of the protocol, which nobody may define. */
export const reservedClaims = [
  'jti',
  'azp',
  'client_id',
  'scope',
  'scp',
  'iss',
  'sub',
  'aud',
  'sid',
  's_hash',
  'c_hash',
  'iat',
  'updated_at',
  'nbf',
  'exp',
  'auth_time',
  'amr',
  'acr',
  'nonce',
] as const;

export const standardScopes = [
  'openid',
  'email',
  'profile',
  'address',
  'phone',
  'groups',
  'offline_access',
  'offline',
  'authelia.bearer.authz',
] as const;

/** Reserved, but may be given claims of one's own. */
export const pamScope = 'authelia.pam';

export function includes(names: readonly string[], name: string): boolean {
  return names.includes(name);
}
