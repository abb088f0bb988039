/** Lists, maps, and questions about what a value is. */
import { isEqual, isList, kindOf, printed, typeOf, type Value } from '../value.ts';
import { count, FunctionRefusal, type Functions, mapAt, textAt, wholeAt } from './arguments.ts';

const iterationsMax = 100_000;

export const collectionFunctions: Functions = {
  list: (values) => [...values],
  dict: (values) => {
    const map = new Map<string, Value>();
    for (let index = 0; index < values.length; index += 2) map.set(printed(values[index]), values[index + 1] ?? '');
    return map;
  },
  get: (values) => {
    count(values, 2);
    return mapAt(values, 0).get(textAt(values, 1)) ?? '';
  },
  set: (values) => {
    count(values, 3);
    return mapAt(values, 0).set(textAt(values, 1), values[2]);
  },
  keys: (values) => {
    count(values, 1, Number.POSITIVE_INFINITY);
    return values.flatMap((_, index) => [...mapAt(values, index).keys()]);
  },
  sortAlpha: (values) => {
    count(values, 1);
    const [value] = values;
    return (value !== undefined && isList(value) ? value : [value]).map(printed).sort();
  },
  iterate: (values) => {
    count(values, 1);
    const length = wholeAt(values, 0);
    if (length < 0 || length > iterationsMax)
      throw new FunctionRefusal(`is given ${length}`, `It takes 0 to ${iterationsMax}.`);
    return Array.from({ length }, (_, index) => index);
  },
  deepEqual: (values) => {
    count(values, 2);
    return isEqual(values[0], values[1]);
  },
  typeOf: (values) => {
    count(values, 1);
    return typeOf(values[0]);
  },
  typeIs: (values) => {
    count(values, 2);
    return typeOf(values[1]) === textAt(values, 0);
  },
  typeIsLike: (values) => {
    count(values, 2);
    return typeOf(values[1]) === textAt(values, 0).replace(/^\*/, '');
  },
  kindOf: (values) => {
    count(values, 1);
    return kindOf(values[0]);
  },
  kindIs: (values) => {
    count(values, 2);
    return kindOf(values[1]) === textAt(values, 0);
  },
};
