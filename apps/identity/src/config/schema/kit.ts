/**
 * The vocabulary the sections are written in: how a value of the file (already YAML) becomes a typed one. Weak where
 * Authelia is weak: a number may stand for a text, a text for a number, one text with commas for a list.
 *
 * Nothing here or in the sections is required: an absent key gets its default or stays undefined, and the rules say what
 * may not be absent. So one wrong value never hides what is wrong elsewhere.
 */
import * as z from 'zod';
import { type Address, type AddressRules, parseAddress } from '../values/address.ts';
import { parseChoice } from '../values/choice.ts';
import { parseColour } from '../values/colour.ts';
import { parseDuration } from '../values/duration.ts';
import { parseNetwork } from '../values/network.ts';
import { parseSwitch, parseWhole } from '../values/number.ts';
import type { Outcome } from '../values/outcome.ts';
import { parsePattern } from '../values/regex.ts';
import { parseUrl } from '../values/url.ts';

/** Carried by an issue so that the message can say what would be right. */
export const cureParameter = 'cure';

/** `examples` end up in the JSON Schema, where editors offer them. */
function scalar(what: string, examples: readonly string[]) {
  const schema = z.union([z.string(), z.number(), z.boolean()], { error: () => `is not ${what}` });
  return examples.length > 0 ? schema.meta({ examples: [...examples] }) : schema;
}

/** A value read by one of the parsers of `values/`. `what` names it with its article: "a duration". */
export function parsed<T>(what: string, parse: (text: string) => Outcome<T>, examples: readonly string[] = []) {
  return scalar(what, examples).transform((raw, context): T => {
    const outcome = parse(String(raw));
    if (outcome.kind === 'value') return outcome.value;
    context.issues.push({
      code: 'custom',
      input: raw,
      message: outcome.reason,
      params: { [cureParameter]: outcome.cure },
    });
    return z.NEVER;
  });
}

export const text = () => parsed('a text', (read) => ({ kind: 'value', value: read }));
export const whole = () => parsed('a whole number', parseWhole);
export const flag = () => parsed('true or false', parseSwitch).prefault(false);
export const maybeFlag = () => parsed('true or false', parseSwitch).optional();
/** Seconds. */
export const duration = () => parsed('a duration', parseDuration);
/** Seconds; 0 and an empty text read as the default, as in Authelia, and never as "no limit" or "at once". */
export const durationOr = (standard: number) => duration().transform(orDefault(standard)).prefault(standard);
/** A whole number of which 0 reads as the default, as in Authelia. */
export const wholeOr = (standard: number) => whole().transform(orDefault(standard)).prefault(standard);
export const colour = () => parsed('a colour', parseColour, ['#0b6e4f']);
export const url = () => parsed('a URL', parseUrl);
export const pattern = () => parsed('a regular expression', parsePattern);
/** `address/prefix`. */
export const network = () => parsed('a network', parseNetwork);

function orDefault(standard: number) {
  return (read: number): number => (read === 0 ? standard : read);
}

export function address(rules: AddressRules) {
  return parsed<Address>('an address', (read) => parseAddress(read, rules));
}

export function oneOf<const T extends string>(...choices: readonly T[]) {
  return parsed<T>('a word', (read) => parseChoice<T>(read, choices), choices);
}

/** A list; a single value counts as a list of one, a text with commas as a list of several. */
export function list<T extends z.ZodType>(entry: T) {
  return z
    .union([z.array(z.unknown()), z.string(), z.number(), z.boolean()], { error: () => 'is not a list' })
    .transform((raw) => (Array.isArray(raw) ? raw : splitList(String(raw))))
    .pipe(z.array(entry));
}

/** A list whose entries hold commas of their own, such as expressions and URLs: a single text is one entry. */
export function listOfWhole<T extends z.ZodType>(entry: T) {
  return z
    .union([z.array(z.unknown()), z.string()], { error: () => 'is not a list' })
    .transform((raw) => (Array.isArray(raw) ? raw : raw === '' ? [] : [raw]))
    .pipe(z.array(entry));
}

/** A list of sections. */
export function sections<T extends z.ZodType>(entry: T) {
  return z.array(entry, { error: () => 'is not a list' });
}

/** Outer list: any of; inner list: all of. A single text or a flat list is wrapped. */
export function anyOfAll<T extends z.ZodType>(entry: T) {
  return z
    .union([z.array(z.unknown()), z.string()], { error: () => 'is not a list' })
    .transform((raw) => (Array.isArray(raw) ? raw.map(wrap) : splitList(raw).map(wrap)))
    .pipe(z.array(z.array(entry, { error: () => 'is not a list' })));
}

/** A map with the keys of `shape` and no others. */
export function section<T extends z.ZodRawShape>(shape: T) {
  return z.strictObject(shape, { error: (issue) => (issue.code === 'invalid_type' ? 'is not a section' : undefined) });
}

/** A map whose keys the administrator chooses. */
export function named<T extends z.ZodType>(entry: T) {
  return z.record(z.string(), entry, { error: () => 'is not a section' });
}

function splitList(read: string): string[] {
  return read === '' ? [] : read.split(',').map((part) => part.trim());
}

function wrap(entry: unknown): unknown {
  return Array.isArray(entry) ? entry : [entry];
}
