/** One person of a users file, read and checked key by key. Rules between people are in `user-index.ts`. */
import { type Digest, parseDigest } from '@gatehouse/password/digest.ts';
import type { Node } from 'yaml';
import type { Address, Attributes, ExtraAttribute, Identity } from '../directory.ts';
import type { Entry, YamlSource } from './yaml-source.ts';

export type UserEntry = {
  readonly identity: Identity;
  readonly digest: Digest;
  readonly disabled: boolean;
  readonly line: number;
};

/** `authentication_backend.file.extra_attributes` as the configuration has it. */
export type ExtraAttributes = Readonly<
  Record<string, { readonly value_type: 'string' | 'integer' | 'boolean'; readonly multi_valued: boolean }>
>;

const textKeys = [
  'given_name',
  'middle_name',
  'family_name',
  'nickname',
  'gender',
  'birthdate',
  'zoneinfo',
  'phone_number',
  'phone_extension',
] as const;
const uriKeys = ['website', 'profile', 'picture'] as const;
const addressKeys = ['street_address', 'locality', 'region', 'postal_code', 'country'] as const;
const knownKeys: ReadonlySet<string> = new Set([
  ...['password', 'displayname', 'email', 'groups', 'disabled', 'locale', 'address', 'extra'],
  ...textKeys,
  ...uriKeys,
]);

const oneAddress = /^[^\s@,;<>"]+@[^\s@,;<>"]+$/;

/** Undefined when something is missing or wrong; what, stands among the source's problems. */
export function readUser(
  source: YamlSource,
  { name: username, at, value }: Entry,
  declared: ExtraAttributes,
): UserEntry | undefined {
  const place = `users.${nameInMessages(username)}`;
  const found = source.mapping(value, place);
  if (!found) return undefined;
  const problemsBefore = source.problems.length;
  const fields = new Map(found.map((entry) => [entry.name, entry.value]));
  const field = (key: string): Node | null => fields.get(key) ?? null;
  const textOf = (key: string): string | undefined => {
    const written = source.text(field(key), `${place}.${key}`);
    if (written === undefined || !hasControlCharacter(written)) return written;
    source.report('error', field(key), `${place}.${key}`, 'This holds a control character.', 'Write it on one line.');
    return undefined;
  };
  const required = (key: string, cure: string): string => {
    const written = textOf(key);
    if (!written && source.scalar(field(key)) !== undefined)
      source.report('error', field(key) ?? at, `${place}.${key}`, 'This is required and missing.', cure);
    return written ?? '';
  };

  for (const { name, at: where } of found)
    if (!knownKeys.has(name))
      source.report(
        'warning',
        where,
        place,
        'A key here is not known and has no effect.',
        `Known: ${[...knownKeys].join(', ')}.`,
      );
  if (username === '' || hasControlCharacter(username))
    source.report('error', at, 'users', 'A login name is empty or holds a control character.', 'Write a name.');

  const passwordText = required('password', "Make a digest with 'gatehouse crypto hash generate'.");
  const digest =
    passwordText === '' ? undefined : readDigest(source, field('password'), `${place}.password`, passwordText);
  const displayName = required('displayname', "Write the person's name as others should see it.");
  const email = textOf('email');
  if (email && !oneAddress.test(email))
    source.report(
      'error',
      field('email'),
      `${place}.email`,
      'This is not one mail address.',
      "Write one, as in 'alice@example.com'.",
    );
  const groups = (source.list(field('groups'), `${place}.groups`) ?? []).flatMap(
    (group) => source.text(group, `${place}.groups`) ?? [],
  );
  if (groups.some(hasControlCharacter))
    source.report(
      'error',
      field('groups'),
      `${place}.groups`,
      'A group holds a control character.',
      'Write it on one line.',
    );
  const disabled = source.flag(field('disabled'), `${place}.disabled`) ?? false;
  const attributes: Attributes = {
    ...present(textKeys, textOf),
    ...present(uriKeys, (key) => absoluteUri(source, field(key), `${place}.${key}`, textOf(key))),
    ...present(['locale'] as const, () =>
      canonicalLocale(source, field('locale'), `${place}.locale`, textOf('locale')),
    ),
    ...readAddress(source, field('address'), `${place}.address`),
    extra: readExtra(source, field('extra'), `${place}.extra`, declared),
  };

  const broken = source.problems.slice(problemsBefore).some(({ severity }) => severity === 'error');
  if (broken || !digest) return undefined;
  const identity = { username, displayName, emails: email ? [email] : [], groups, attributes };
  return { identity, digest, disabled, line: source.lineOf(at) };
}

/** A login name as messages and logs may show it: not when it is a mail address. */
export function nameInMessages(username: string): string {
  return username.includes('@') ? '(an address)' : username;
}

function hasControlCharacter(text: string): boolean {
  return /\p{Cc}/u.test(text);
}

function readDigest(source: YamlSource, at: Node | null, key: string, text: string): Digest | undefined {
  const answer = parseDigest(text);
  if (answer.kind === 'value') return answer.value;
  source.report('error', at, key, `The password ${answer.reason}.`, answer.cure);
  return undefined;
}

/** The keys that have a value, as an object. An empty text is no value. */
function present<Key extends string>(
  keys: readonly Key[],
  read: (key: Key) => string | undefined,
): { readonly [K in Key]?: string } {
  const pairs = keys.map((key) => [key, read(key)] as const).filter(([, value]) => value);
  return Object.fromEntries(pairs) as { readonly [K in Key]?: string };
}

function absoluteUri(source: YamlSource, at: Node | null, key: string, text: string | undefined): string | undefined {
  if (text && !URL.canParse(text))
    source.report(
      'error',
      at,
      key,
      'This is not an absolute URI.',
      "Write it whole, as in 'https://example.com/alice'.",
    );
  return text;
}

function canonicalLocale(
  source: YamlSource,
  at: Node | null,
  key: string,
  text: string | undefined,
): string | undefined {
  if (!text) return undefined;
  try {
    return Intl.getCanonicalLocales(text)[0];
  } catch {
    source.report('error', at, key, 'This is not a language tag (BCP 47).', "Write one, as in 'en' or 'de-CH'.");
    return undefined;
  }
}

function readAddress(source: YamlSource, node: Node | null, key: string): { readonly address?: Address } {
  const found = source.mapping(node, key) ?? [];
  const fields = new Map(found.map(({ name, value }) => [name, value]));
  const address = present(addressKeys, (name) => source.text(fields.get(name) ?? null, `${key}.${name}`));
  return Object.keys(address).length > 0 ? { address } : {};
}

function readExtra(
  source: YamlSource,
  node: Node | null,
  place: string,
  declared: ExtraAttributes,
): Readonly<Record<string, ExtraAttribute>> {
  const read: [string, ExtraAttribute][] = [];
  for (const { name, at, value } of source.mapping(node, place) ?? []) {
    const key = `${place}.${name}`;
    const declaration = Object.hasOwn(declared, name) ? declared[name] : undefined;
    if (!declaration) {
      const cure = `Declare it under 'authentication_backend.file.extra_attributes', or take it out.`;
      source.report('error', at, key, 'This attribute is not declared in the configuration.', cure);
      continue;
    }
    const items = declaration.multi_valued ? source.list(value, key) : [value];
    if (!items) continue;
    const values = items.map((item) => source.scalar(item));
    if (values.every((item) => isOfType(item, declaration.value_type)))
      read.push([name, declaration.multi_valued ? values : (values[0] ?? '')]);
    else
      source.report(
        'error',
        value ?? at,
        key,
        `This is not ${typeNames[declaration.value_type]}.`,
        typeCures[declaration.value_type],
      );
  }
  return Object.fromEntries(read);
}

type ValueType = ExtraAttributes[string]['value_type'];

const typeNames: Readonly<Record<ValueType, string>> = {
  string: 'a text, as declared',
  integer: 'a whole number, as declared',
  boolean: 'true or false, as declared',
};
const typeCures: Readonly<Record<ValueType, string>> = {
  string: 'Write it in quotes.',
  integer: 'Write a number without quotes, or change the declaration.',
  boolean: "Write 'true' or 'false' without quotes, or change the declaration.",
};

function isOfType(value: unknown, type: ValueType): value is string | number | boolean {
  return type === 'integer' ? Number.isSafeInteger(value) : typeof value === type;
}
