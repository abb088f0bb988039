/** The functions of Go's `text/template` itself. `and` and `or` are in the evaluator: they stop early. */
import { isEqual, isList, isTrue, kindOf, printed, type Value } from '../value.ts';
import { count, FunctionRefusal, type Functions, textAt, wholeAt } from './arguments.ts';

export const builtinFunctions: Functions = {
  not: (values) => {
    count(values, 1);
    return !isTrue(values[0]);
  },
  eq: (values) => {
    count(values, 2, Number.POSITIVE_INFINITY);
    return values.slice(1).some((each) => isEqual(values[0], each));
  },
  ne: (values) => {
    count(values, 2);
    return !isEqual(values[0], values[1]);
  },
  lt: (values) => order(values) < 0,
  le: (values) => order(values) <= 0,
  gt: (values) => order(values) > 0,
  ge: (values) => order(values) >= 0,
  len: (values) => {
    count(values, 1);
    const [value] = values;
    if (typeof value === 'string') return Buffer.byteLength(value);
    if (value !== undefined && isList(value)) return value.length;
    if (value instanceof Map) return value.size;
    throw new FunctionRefusal(`is given a value of kind '${kindOf(value)}'`, 'It takes a text, a list or a map.');
  },
  index: (values) => {
    count(values, 1, Number.POSITIVE_INFINITY);
    return values.slice(1).reduce(entryOf, values[0]);
  },
  slice: (values) => {
    count(values, 1, 4);
    const [value] = values;
    const start = values.length > 1 ? wholeAt(values, 1) : 0;
    const end = values.length > 2 ? wholeAt(values, 2) : undefined;
    if (typeof value !== 'string' && !(value !== undefined && isList(value)))
      throw new FunctionRefusal('is given something that has no parts', 'It takes a text or a list.');
    if (start < 0 || start > value.length || (end !== undefined && (end < start || end > value.length)))
      throw new FunctionRefusal('reaches outside of the value', 'Use positions from 0 to its length.');
    return value.slice(start, end);
  },
  print: (values) => joined(values),
  println: (values) => `${values.map(printed).join(' ')}\n`,
  printf: (values) => formatted(textAt(values, 0), values.slice(1)),
  html: (values) => escaped(values.map(printed).join('')),
  js: (values) => JSON.stringify(values.map(printed).join('')).slice(1, -1).replaceAll("'", "\\'"),
};

/** As Go's `Sprint`: a space stands between two values when neither of them is a text. */
function joined(values: readonly Value[]): string {
  return values.reduce<string>((text, value, index) => {
    const spaced = index > 0 && typeof value !== 'string' && typeof values[index - 1] !== 'string';
    return `${text}${spaced ? ' ' : ''}${printed(value)}`;
  }, '');
}

function entryOf(value: Value, key: Value): Value {
  if (value instanceof Map && typeof key === 'string') return value.get(key);
  if (value !== undefined && isList(value) && typeof key === 'number') {
    if (key >= 0 && key < value.length) return value[key];
    throw new FunctionRefusal(`asks for entry ${key} of ${value.length}`, 'Positions begin at 0.');
  }
  throw new FunctionRefusal(
    'is given something that has no entries',
    'It takes a list and positions, or a map and keys.',
  );
}

function order(values: readonly Value[]): number {
  count(values, 2);
  const [a, b] = values;
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a === 'string' && typeof b === 'string') return a < b ? -1 : Number(a > b);
  throw new FunctionRefusal(`compares '${kindOf(a)}' with '${kindOf(b)}'`, 'Compare two numbers or two texts.');
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&#34;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

/** The verbs %v %s %d %q %x %X %t %f %%, with width, zeros and precision. */
function formatted(format: string, values: readonly Value[]): string {
  let used = 0;
  return format.replace(
    /%([-0]?)(\d{0,4})(?:\.(\d{1,3}))?([a-zA-Z%])/g,
    (_, flag: string, width: string, digits, verb: string) => {
      if (verb === '%') return '%';
      if (used >= values.length)
        throw new FunctionRefusal('has more verbs than values', 'Give it a value for each verb.');
      const text = spelled(values[used], verb, digits === undefined ? undefined : Number(digits));
      used += 1;
      const room = Number(width || 0);
      if (flag === '-') return text.padEnd(room);
      return text.padStart(room, flag === '0' ? '0' : ' ');
    },
  );
}

function spelled(value: Value, verb: string, digits: number | undefined): string {
  if (verb === 'v' || verb === 's' || verb === 't') return printed(value);
  if (verb === 'q') return JSON.stringify(printed(value));
  if (typeof value === 'number') {
    if (verb === 'd') return String(Math.trunc(value));
    if (verb === 'f') return value.toFixed(digits ?? 6);
    if (verb === 'x' || verb === 'X') return verb === 'x' ? value.toString(16) : value.toString(16).toUpperCase();
  }
  if (typeof value === 'string' && verb === 'x') return Buffer.from(value).toString('hex');
  throw new FunctionRefusal(`cannot print a '${kindOf(value)}' with '%${verb}'`, "Use '%v'.");
}
