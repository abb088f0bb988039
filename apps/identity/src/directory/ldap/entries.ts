/**
 * From an entry of the directory to a person: which attribute is which is the configuration's to say
 * (`authentication_backend.ldap.attributes`). Pure.
 */
import type { Ldap } from '../../config/complete/ldap.ts';
import type { Attributes, ExtraAttribute, Identity } from '../directory.ts';

/** Values of attributes by the names the server wrote. */
export type Entry = { readonly dn: string; readonly values: Readonly<Record<string, readonly string[]>> };

type Names = Ldap['attributes'];

export type Person = { readonly dn: string; readonly memberOf: readonly string[]; readonly identity: Identity };

/** The attributes to ask for: only what is mapped. */
export function wantedAttributes({ extra, ...standard }: Names): string[] {
  return [...new Set([...Object.values(standard), ...Object.keys(extra)].filter(isName))];
}

/** `undefined` for an entry without the attribute that is the login name. */
export function personOf(entry: Entry, names: Names, groups: readonly string[]): Person | undefined {
  const read = valuesByName(entry);
  const all = (name: string | undefined): readonly string[] =>
    isName(name) ? (read.get(name.toLowerCase()) ?? []) : [];
  const first = (name: string | undefined): string | undefined => all(name).find((each) => each !== '');
  const username = first(names.username);
  if (username === undefined) return undefined;
  const address = given({
    street_address: first(names.street_address),
    locality: first(names.locality),
    region: first(names.region),
    postal_code: first(names.postal_code),
    country: first(names.country),
  });
  const attributes: Attributes = {
    ...given({
      given_name: first(names.given_name),
      middle_name: first(names.middle_name),
      family_name: first(names.family_name),
      nickname: first(names.nickname),
      gender: first(names.gender),
      birthdate: first(names.birthdate),
      zoneinfo: first(names.zoneinfo),
      locale: first(names.locale),
      website: first(names.website),
      profile: first(names.profile),
      picture: first(names.picture),
      phone_number: first(names.phone_number),
      phone_extension: first(names.phone_extension),
    }),
    ...(Object.keys(address).length > 0 && { address }),
    extra: extraOf(names.extra, all),
  };
  return {
    // Active Directory and others name the entry in an attribute of its own; it is the same.
    dn: first(names.distinguished_name) ?? entry.dn,
    memberOf: all(names.member_of),
    identity: {
      username,
      displayName: first(names.display_name) ?? username,
      emails: all(names.mail).filter((each) => each !== ''),
      groups,
      attributes,
    },
  };
}

export function groupNames(entries: readonly Entry[], names: Names): string[] {
  const wanted = names.group_name ?? '';
  return [...new Set(entries.flatMap((entry) => [...(valuesByName(entry).get(wanted.toLowerCase()) ?? [])]))];
}

/** The server may write an attribute in other capitals than were asked for (RFC 4512 section 2.5). */
function valuesByName({ values }: Entry): ReadonlyMap<string, readonly string[]> {
  return new Map(Object.entries(values).map(([name, each]) => [name.toLowerCase(), each]));
}

function extraOf(extra: Names['extra'], all: (name: string) => readonly string[]): Record<string, ExtraAttribute> {
  const found: Record<string, ExtraAttribute> = {};
  for (const [attribute, { name, value_type: type = 'string', multi_valued }] of Object.entries(extra)) {
    const values = all(attribute).flatMap((text) => typed(text, type) ?? []);
    const [first] = values;
    if (first !== undefined) found[name || attribute] = multi_valued ? values : first;
  }
  return found;
}

/** Nothing for a text that is no value of the type. */
function typed(text: string, type: 'string' | 'integer' | 'boolean'): [string | number | boolean] | undefined {
  if (type === 'string') return [text];
  if (type === 'integer') return /^[+-]?\d{1,15}$/.test(text) ? [Number(text)] : undefined;
  const word = text.toLowerCase();
  return word === 'true' || word === 'false' ? [word === 'true'] : undefined;
}

function given<T extends Record<string, string | undefined>>(values: T): { [K in keyof T]?: string } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: string;
  };
}

function isName(name: unknown): name is string {
  return typeof name === 'string' && name !== '';
}
