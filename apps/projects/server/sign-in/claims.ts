/**
 * From claims to a profile: dotted paths, which claims are still missing, groups and the role they give. Pure: where claims
 * come from is decided elsewhere.
 */
import { beginningOf } from '../../wire/beginning.ts';
import type { RoleNumber } from '../../wire/roles.ts';
import type { OidcSettings } from '../configuration/oidc.ts';
import { projectsOf } from '../configuration/project-assignment.ts';
import type { Profile } from '../people/settle.ts';
import { askAdministrator, SignInFailure } from './failure.ts';

export type Claims = Readonly<Record<string, unknown>>;

const textMax = 255;

/** The value at `a.b.0.c` in nested objects and arrays. A claim whose own name holds the dots comes first. */
export function valueAt(claims: Claims, path: string): unknown {
  if (path === '') return undefined;
  if (Object.hasOwn(claims, path)) return claims[path];
  let value: unknown = claims;
  for (const part of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined;
    value = (value as Record<string, unknown>)[part];
  }
  return value;
}

/** Whether a claim that some variable maps is not there: a reason to ask userinfo. */
export function missesMappedClaim(settings: OidcSettings, claims: Claims): boolean {
  const { groups, ...texts } = settings.fields;
  const asksGroups =
    settings.groupAssignment.length > 0 || settings.projectAssignment.length > 0 || settings.requiredGroup !== '';
  const paths = [...Object.values(texts), ...(asksGroups ? [groups] : [])].filter((path) => path !== '');
  return paths.some((path) => valueAt(claims, path) === undefined);
}

/**
 * Adds what the ID token does not say; what it does say stands, for it is signed. Whether an address is verified counts
 * only together with the address it was said of.
 */
export function mergeClaims(idToken: Claims, userinfo: Claims, emailPath: string): Claims {
  const { email_verified: _, ...merged }: Record<string, unknown> = { ...userinfo, ...idToken };
  const idEmail = valueAt(idToken, emailPath);
  const sameEmail = idEmail === valueAt(userinfo, emailPath);
  const idTokenVouches = idEmail !== undefined && (idToken.email_verified !== undefined || !sameEmail);
  const { email_verified } = idTokenVouches ? idToken : userinfo;
  return email_verified === undefined ? merged : { ...merged, email_verified };
}

/** Throws `SignInFailure` for a claim of the wrong shape, no address, or a group that is required and absent. */
export function profileOf(
  settings: OidcSettings,
  identity: { readonly issuer: string; readonly subject: string },
  claims: Claims,
): Profile {
  const { fields } = settings;
  const email = textAt(claims, fields.email, 'LEAN_OIDC_FIELD_EMAIL');
  if (!/^[^\s@]+@[^\s@]+$/.test(email)) throw emailMissing(settings, claims);
  const groups = groupsOf(settings, claims);
  if (settings.requiredGroup !== '' && !groups.includes(settings.requiredGroup)) throw groupMissing(settings);
  const firstName = textAt(claims, fields.firstName, 'LEAN_OIDC_FIELD_FIRSTNAME');
  const lastName = textAt(claims, fields.lastName, 'LEAN_OIDC_FIELD_LASTNAME');
  const fullName = [firstName, lastName].filter((part) => part !== '').join(' ');
  return {
    ...identity,
    email,
    emailVerified: typeof claims.email_verified === 'boolean' ? claims.email_verified : verifiedText(claims),
    firstName,
    lastName,
    displayName:
      fullName || plainText(claims.name) || plainText(claims.preferred_username) || (email.split('@')[0] ?? email),
    phone: textAt(claims, fields.phone, 'LEAN_OIDC_FIELD_PHONE'),
    jobTitle: textAt(claims, fields.jobTitle, 'LEAN_OIDC_FIELD_JOBTITLE'),
    jobLevel: textAt(claims, fields.jobLevel, 'LEAN_OIDC_FIELD_JOBLEVEL'),
    department: textAt(claims, fields.department, 'LEAN_OIDC_FIELD_DEPARTMENT'),
    groupRole: roleOf(settings, groups),
    groupProjects: projectsOf(settings.projectAssignment, groups),
  };
}

/** Some providers send the truth as text. Anything else they send is no truth. */
function verifiedText(claims: Claims): boolean | undefined {
  if (claims.email_verified === undefined || claims.email_verified === null) return undefined;
  return claims.email_verified === 'true';
}

function textAt(claims: Claims, path: string, variable: string): string {
  const value = valueAt(claims, path);
  if (value === undefined || value === null) return '';
  if (typeof value === 'object')
    throw new SignInFailure('claim-unusable', {
      what: 'Your profile could not be read.',
      why: 'The sign-in service sent a list where a text was expected.',
      todo: askAdministrator,
      administrator: `${variable} is '${path}', and there the provider sends ${Array.isArray(value) ? 'a list' : 'an object'}. Name one text in it, such as '${path}.${Object.keys(value)[0] ?? '0'}'.`,
    });
  return beginningOf(String(value).trim(), textMax);
}

function plainText(value: unknown): string {
  return typeof value === 'string' ? beginningOf(value.trim(), textMax) : '';
}

function groupsOf(settings: OidcSettings, claims: Claims): readonly string[] {
  const value = valueAt(claims, settings.fields.groups);
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((group) => typeof group === 'string') : [];
}

/** The highest role that any of the groups gives. */
function roleOf(settings: OidcSettings, groups: readonly string[]): RoleNumber | undefined {
  const given = settings.groupAssignment.filter(({ group }) => groups.includes(group)).map(({ role }) => role);
  return given.sort((a, b) => b - a)[0];
}

function emailMissing(settings: OidcSettings, claims: Claims): SignInFailure {
  return new SignInFailure('email-missing', {
    what: 'Your account has no mail address.',
    why: 'The sign-in service did not say one, and this workspace needs it.',
    todo: 'Add a mail address to your account there, or ask whoever runs this workspace.',
    administrator: `LEAN_OIDC_FIELD_EMAIL is '${settings.fields.email}'; claims that came: ${Object.keys(claims).slice(0, 30).join(', ')}. Asked for with LEAN_OIDC_SCOPES '${settings.scopes}'.`,
  });
}

function groupMissing(settings: OidcSettings): SignInFailure {
  return new SignInFailure('group-missing', {
    what: 'This workspace is not open to you.',
    why: 'It is for members of a group that you are not in.',
    todo: 'Ask whoever runs this workspace to let you in.',
    administrator: `LEAN_OIDC_REQUIRED_GROUP is '${settings.requiredGroup}', read from the claim '${settings.fields.groups}'. If the person is in it, check that LEAN_OIDC_SCOPES asks for groups.`,
  });
}
