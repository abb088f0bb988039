/**
 * Search filters with their placeholders filled in (Authelia `authentication_backend.ldap`, RFC 4515). Whatever comes from
 * outside, be it typed by a person or read from the directory, is escaped and can be nothing but a value. Pure.
 */
import type { Ldap } from '../../config/complete/ldap.ts';

export type FilterSettings = Pick<Ldap, 'users_filter' | 'groups_filter' | 'attributes'>;

/** The person that groups are looked for. */
export type Member = { readonly dn: string; readonly username: string; readonly memberOf: readonly string[] };

/** RFC 4515 section 3: the characters that mean something in a filter. */
export function escapeValue(text: string): string {
  return text.replace(/[\0()*\\]/g, (character) => `\\${character.charCodeAt(0).toString(16).padStart(2, '0')}`);
}

export function usersFilter(settings: FilterSettings, login: string, nowMs: number): string {
  return filled(settings.users_filter, { ...sharedPlaceholders(settings, nowMs), '{input}': escapeValue(login) });
}

/** Whether people are found by a mail address too. Names of attributes know no case (RFC 4512 section 2.5). */
export function findsByMail({ users_filter: filter, attributes }: FilterSettings): boolean {
  const asked = `(${attributes.mail}={input})`.toLowerCase();
  return filter
    .replaceAll('{mail_attribute}', attributes.mail ?? '')
    .toLowerCase()
    .includes(asked);
}

/** `undefined` when the filter goes by `memberOf` and there is none: no group can match. */
export function groupsFilter(
  settings: FilterSettings,
  member: Member,
  login: string,
  nowMs: number,
): string | undefined {
  const { groups_filter: filter, attributes } = settings;
  const byMemberOf = filter.includes('{memberof:');
  if (byMemberOf && member.memberOf.length === 0) return undefined;
  return filled(filter, {
    ...sharedPlaceholders(settings, nowMs),
    '{input}': escapeValue(login),
    '{dn}': escapeValue(member.dn),
    '{username}': escapeValue(member.username),
    '{memberof:dn}': anyOf(member.memberOf.map((dn) => [attributes.distinguished_name ?? '', dn])),
    '{memberof:rdn}': anyOf(member.memberOf.flatMap((dn) => firstRdn(dn) ?? [])),
  });
}

function sharedPlaceholders({ attributes }: FilterSettings, nowMs: number): Record<string, string> {
  return {
    '{username_attribute}': attributes.username ?? '',
    '{mail_attribute}': attributes.mail ?? '',
    '{display_name_attribute}': attributes.display_name ?? '',
    '{distinguished_name_attribute}': attributes.distinguished_name ?? '',
    '{member_of_attribute}': attributes.member_of ?? '',
    '{date-time:generalized}': generalizedTime(nowMs),
    '{date-time:unix}': String(Math.floor(nowMs / 1000)),
    '{date-time:microsoft-nt}': microsoftTime(nowMs),
  };
}

/** In one pass, so that a value that looks like a placeholder stays a value. */
function filled(filter: string, placeholders: Readonly<Record<string, string>>): string {
  return filter.replace(/\{[a-z_:-]+\}/g, (name) =>
    Object.hasOwn(placeholders, name) ? (placeholders[name] ?? '') : name,
  );
}

function anyOf(pairs: readonly (readonly [attribute: string, value: string])[]): string {
  return `(|${pairs.map(([attribute, value]) => `(${attribute}=${escapeValue(value)})`).join('')})`;
}

/** `cn=admins` of `cn=admins,ou=groups,dc=example,dc=com`, its value without the escapes of RFC 4514. */
function firstRdn(dn: string): [readonly [string, string]] | undefined {
  const match = /^\s*([A-Za-z][A-Za-z0-9-]*|[0-9.]+)\s*=((?:\\.|[^,+\\])*)/.exec(dn);
  const [, attribute, value] = match ?? [];
  if (attribute === undefined || value === undefined) return undefined;
  return [[attribute, unescapedDnValue(value.trim())]];
}

/** RFC 4514 section 2.4: a backslash before a character, or before two hexadecimal digits of UTF-8. */
function unescapedDnValue(value: string): string {
  return value.replace(/(?:\\[0-9a-fA-F]{2})+|\\(.)/g, (escaped, character: string | undefined) =>
    character === undefined ? Buffer.from(escaped.replaceAll('\\', ''), 'hex').toString() : character,
  );
}

/** RFC 4517 section 3.3.13, in UTC. */
function generalizedTime(nowMs: number): string {
  return `${new Date(nowMs).toISOString().slice(0, 19).replaceAll(/[-:T]/g, '')}.0Z`;
}

/** Hundreds of nanoseconds since 1601, as Active Directory counts. */
function microsoftTime(nowMs: number): string {
  return String((BigInt(Math.floor(nowMs / 1000)) + 11_644_473_600n) * 10_000_000n);
}
