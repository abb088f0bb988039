/** The values templates work with, and how Go prints, compares and judges them. */

export type Value = string | number | boolean | undefined | Moment | readonly Value[] | Map<string, Value>;

/** A point in time. */
export class Moment {
  readonly ms: number;
  constructor(ms: number) {
    this.ms = ms;
  }
}

/** False, zero, nil and whatever is empty are false. */
export function isTrue(value: Value): boolean {
  if (Array.isArray(value)) return value.length > 0;
  if (value instanceof Map) return value.size > 0;
  return Boolean(value);
}

export function printed(value: Value): string {
  if (value === undefined) return '<no value>';
  if (isList(value)) return `[${value.map(printed).join(' ')}]`;
  if (value instanceof Map)
    return `map[${[...value.keys()]
      .sort()
      .map((key) => `${key}:${printed(value.get(key))}`)
      .join(' ')}]`;
  if (value instanceof Moment)
    return `${new Date(value.ms).toISOString().replace('T', ' ').replace('Z', '')} +0000 UTC`;
  return String(value);
}

export function isEqual(a: Value, b: Value): boolean {
  if (isList(a) && isList(b)) return a.length === b.length && a.every((entry, index) => isEqual(entry, b[index]));
  if (a instanceof Map && b instanceof Map)
    return a.size === b.size && [...a].every(([key, entry]) => b.has(key) && isEqual(entry, b.get(key)));
  if (a instanceof Moment && b instanceof Moment) return a.ms === b.ms;
  return a === b;
}

export function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

/** Go's name of the kind of a value. */
export function kindOf(value: Value): string {
  if (value === undefined) return 'invalid';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float64';
  if (typeof value === 'string') return 'string';
  if (isList(value)) return 'slice';
  return value instanceof Map ? 'map' : 'struct';
}

export function typeOf(value: Value): string {
  const kind = kindOf(value);
  if (kind === 'slice') return '[]interface {}';
  if (kind === 'map') return 'map[string]interface {}';
  if (kind === 'struct') return 'time.Time';
  return kind === 'invalid' ? '<nil>' : kind;
}

/** Plain data (from YAML) as a value, and back. */
export function fromPlain(plain: unknown): Value {
  if (Array.isArray(plain)) return plain.map(fromPlain);
  if (typeof plain === 'string' || typeof plain === 'number' || typeof plain === 'boolean') return plain;
  if (typeof plain === 'object' && plain !== null)
    return new Map(Object.entries(plain).map(([key, entry]) => [key, fromPlain(entry)]));
  return undefined;
}

export function toPlain(value: Value): unknown {
  if (isList(value)) return value.map(toPlain);
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, entry]) => [key, toPlain(entry)]));
  return value instanceof Moment ? new Date(value.ms).toISOString() : (value ?? null);
}
