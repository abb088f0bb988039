/**
 * Attributes: what a claim can be made of. Standard ones by Authelia's names, the directory's own extra ones, and those an
 * administrator computes (`definitions.user_attributes`). An expression that fails for a person leaves its claim out; why is
 * never logged, because the message of a failed expression may quote the person's data.
 */
import type { Log } from '@gatehouse/web/log.ts';
import type { Expression } from '../../config/values/expression.ts';
import type { Identity } from '../../directory/directory.ts';

/** `undefined` when the person has no such attribute. */
export type AttributeOf = (identity: Identity, name: string) => unknown;

export function openAttributes(parts: {
  readonly expressions: ReadonlyMap<string, Expression>;
  readonly log: Log;
  readonly nowMs: () => number;
}): AttributeOf {
  const { expressions, log, nowMs } = parts;
  const told = new Set<string>();
  return function attributeOf(identity, name) {
    const attributes = attributesOf(identity, Math.floor(nowMs() / 1000));
    const expression = expressions.get(name);
    if (!expression) return Object.hasOwn(attributes, name) ? attributes[name] : undefined;
    try {
      return fromExpression(expression.evaluate(mapped(attributes, toExpression)));
    } catch {
      if (!told.has(name))
        log.warn({ attribute: name }, `definitions.user_attributes.${name} failed for a person, who lacks its claims`);
      told.add(name);
      return undefined;
    }
  };
}

/** What an expression makes of a person. Throws where the expression does. */
export function evaluateFor(identity: Identity, expression: Expression, nowSeconds: number): unknown {
  return fromExpression(expression.evaluate(mapped(attributesOf(identity, nowSeconds), toExpression)));
}

/** Every standard attribute has a value, an empty one where the directory has none, so that expressions need no guards. */
function attributesOf(identity: Identity, nowSeconds: number): Readonly<Record<string, unknown>> {
  const { attributes } = identity;
  const { extra, address = {} } = attributes;
  const text = (value: string | undefined) => value ?? '';
  const [email, ...others] = identity.emails;
  return {
    ...extra,
    username: identity.username,
    groups: identity.groups,
    display_name: identity.displayName,
    email: text(email),
    emails: identity.emails,
    emails_extra: others,
    email_verified: email !== undefined,
    given_name: text(attributes.given_name),
    middle_name: text(attributes.middle_name),
    family_name: text(attributes.family_name),
    nickname: text(attributes.nickname),
    profile: text(attributes.profile),
    picture: text(attributes.picture),
    website: text(attributes.website),
    gender: text(attributes.gender),
    birthdate: text(attributes.birthdate),
    zoneinfo: text(attributes.zoneinfo),
    locale: text(attributes.locale),
    phone_number: text(attributes.phone_number),
    phone_number_rfc3966: text(phoneNumberOf(identity)),
    phone_extension: text(attributes.phone_extension),
    phone_number_verified: false,
    address,
    street_address: text(address.street_address),
    locality: text(address.locality),
    region: text(address.region),
    postal_code: text(address.postal_code),
    country: text(address.country),
    updated_at: nowSeconds,
  };
}

/** The number with its extension (OpenID Connect Core 5.1, RFC 3966 section 3). */
export function phoneNumberOf({ attributes }: Identity): string | undefined {
  const extension = attributes.phone_extension ? `;ext=${attributes.phone_extension}` : '';
  return attributes.phone_number && `${attributes.phone_number}${extension}`;
}

/** CEL knows whole numbers as integers, JavaScript as any number. */
function toExpression(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toExpression);
  return Number.isInteger(value) ? BigInt(value as number) : value;
}

/** Throws TypeError for what JSON cannot say, such as a duration. */
function fromExpression(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value);
  if (Array.isArray(value)) return value.map(fromExpression);
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Map) return mapped(Object.fromEntries(value), fromExpression);
  if (typeof value !== 'object' || value === null) return value;
  if (Object.getPrototypeOf(value) !== Object.prototype)
    throw new TypeError('an expression gave what no claim can hold');
  return mapped(value, fromExpression);
}

function mapped(values: object, convert: (value: unknown) => unknown): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, convert(value)]));
}
