/**
 * Claims: what is said about a person, under which scope, and in which token (Authelia 2.9; OpenID Connect Core 5). The ID
 * token is minimal unless a claims policy or the request says otherwise; userinfo says everything that was granted. Pure.
 */
import { scopeClaims } from '../../config/values/attributes.ts';
import type { Identity } from '../../directory/directory.ts';
import type { ClaimsPolicyOptions, OidcOptions } from '../options.ts';
import { type AttributeOf, phoneNumberOf } from './attributes.ts';

/** Claims of the protocol that the ID token always may hold; the engine fills most of them. */
export const protocolClaims = ['sub', 'auth_time', 'amr', 'azp', 'jti', 'rat'];

export type ClaimSources = {
  readonly policy: ClaimsPolicyOptions | undefined;
  readonly attributeOf: AttributeOf;
  readonly nowSeconds: number;
};

/** Every claim this person has, whatever was asked. Values that are unset or empty are left out. */
export function allClaims(identity: Identity, sources: ClaimSources): Record<string, unknown> {
  const { attributes } = identity;
  const [email, ...others] = identity.emails;
  const claims: Record<string, unknown> = {
    name: identity.displayName,
    given_name: attributes.given_name,
    family_name: attributes.family_name,
    middle_name: attributes.middle_name,
    nickname: attributes.nickname,
    preferred_username: identity.username,
    profile: attributes.profile,
    picture: attributes.picture,
    website: attributes.website,
    gender: attributes.gender,
    birthdate: attributes.birthdate,
    zoneinfo: attributes.zoneinfo,
    locale: attributes.locale,
    updated_at: sources.nowSeconds,
    email,
    email_verified: email === undefined ? undefined : true,
    alt_emails: others,
    phone_number: phoneNumberOf(identity),
    // Nobody proved it, so it is not said to be proven.
    phone_number_verified: attributes.phone_number ? false : undefined,
    address: attributes.address && withoutEmpty({ ...attributes.address }),
    groups: identity.groups,
  };
  for (const [key, custom] of Object.entries(sources.policy?.custom_claims ?? {}))
    claims[custom.name || key] = sources.attributeOf(identity, custom.attribute || key);
  return withoutEmpty(claims);
}

/** The engine's map from scope to claims: standard scopes and the configuration's own. */
export function claimsByScope(oidc: OidcOptions): Record<string, string[]> {
  const byScope: Record<string, string[]> = { openid: [...protocolClaims] };
  for (const [scope, claims] of Object.entries(scopeClaims)) byScope[scope] = [...claims];
  for (const [scope, custom] of Object.entries(oidc.scopes ?? {})) byScope[scope] = [...(custom.claims ?? [])];
  return byScope;
}

/** Claims that stand under no scope but may be asked for by name. */
export function unscopedClaims(oidc: OidcOptions): string[] {
  const scoped = new Set(Object.values(claimsByScope(oidc)).flat());
  const custom = Object.values(oidc.claims_policies ?? {}).flatMap((policy) =>
    Object.entries(policy.custom_claims ?? {}).map(([key, claim]) => claim.name || key),
  );
  return [...new Set(custom)].filter((claim) => !scoped.has(claim));
}

/** The names of the claims that the scopes give. A scope of the configuration's own counts only with a claims policy. */
export function claimsOfScopes(scopes: Iterable<string>, oidc: OidcOptions, hasPolicy: boolean): Set<string> {
  const names = new Set<string>();
  for (const scope of scopes) {
    const custom = hasPolicy && Object.hasOwn(oidc.scopes ?? {}, scope) ? oidc.scopes?.[scope]?.claims : undefined;
    const standard = Object.hasOwn(scopeClaims, scope) ? scopeClaims[scope] : undefined;
    for (const claim of custom ?? standard ?? []) names.add(claim);
  }
  return names;
}

/** Which of the granted claims stand where: in userinfo all of them, in a token what the client's policy lists for it. */
export function namesIn(
  use: string,
  granted: ReadonlySet<string>,
  policy: ClaimsPolicyOptions | undefined,
): Set<string> {
  if (use === 'userinfo') return new Set(granted);
  const own = use === 'access_token' ? policy?.access_token : policy?.id_token;
  return new Set(own?.filter((name) => granted.has(name)));
}

function withoutEmpty(values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => !isEmpty(value)));
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true;
  if (Array.isArray(value)) return value.length === 0;
  return typeof value === 'object' && Object.keys(value).length === 0;
}
