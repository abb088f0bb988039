/** Functions on texts. The text itself comes last, so that it can be piped in. */
import { isList, isTrue, printed, type Value } from '../value.ts';
import { count, FunctionRefusal, type Functions, onText, onTexts, textAt, wholeAt } from './arguments.ts';

export const textFunctions: Functions = {
  split: onTexts((separator, text) => new Map(text.split(separator).map((part, index) => [`_${index}`, part]))),
  splitList: onTexts((separator, text) => text.split(separator)),
  join: (values) => {
    count(values, 2);
    const list = values[1];
    return (list !== undefined && isList(list) ? list : [list]).map(printed).join(textAt(values, 0));
  },
  contains: onTexts((part, text) => text.includes(part)),
  hasPrefix: onTexts((prefix, text) => text.startsWith(prefix)),
  hasSuffix: onTexts((suffix, text) => text.endsWith(suffix)),
  lower: onText((text) => text.toLowerCase()),
  upper: onText((text) => text.toUpperCase()),
  title: onText((text) =>
    text.replace(/(^|[\s_-])(\p{L})/gu, (_, before: string, letter: string) => before + letter.toUpperCase()),
  ),
  trim: onText((text) => text.trim()),
  trimAll: onTexts((characters, text) => trimmed(text, characters)),
  trimSuffix: onTexts((suffix, text) => (suffix && text.endsWith(suffix) ? text.slice(0, -suffix.length) : text)),
  trimPrefix: onTexts((prefix, text) => (text.startsWith(prefix) ? text.slice(prefix.length) : text)),
  replace: (values) => {
    count(values, 3);
    return textAt(values, 2).replaceAll(textAt(values, 0), () => textAt(values, 1));
  },
  quote: (values) =>
    values
      .filter(present)
      .map((value) => doubleQuoted(printed(value)))
      .join(' '),
  squote: (values) =>
    values
      .filter(present)
      .map((value) => `'${printed(value)}'`)
      .join(' '),
  mquote: (values) =>
    values
      .filter(present)
      .map((value) => unlessLines(printed(value), doubleQuoted))
      .join(' '),
  msquote: (values) =>
    values
      .filter(present)
      .map((value) => unlessLines(printed(value), (text) => `'${text}'`))
      .join(' '),
  indent: (values) => {
    count(values, 2);
    return indented(wholeAt(values, 0), textAt(values, 1));
  },
  nindent: (values) => {
    count(values, 2);
    return `\n${indented(wholeAt(values, 0), textAt(values, 1))}`;
  },
  mindent: (values) => {
    count(values, 3);
    const text = textAt(values, 2);
    return text.includes('\n') ? `${textAt(values, 1)}\n${indented(wholeAt(values, 0), text)}` : text;
  },
  default: (values) => {
    count(values, 1, 2);
    return values.length === 2 && isTrue(values[1]) ? values[1] : values[0];
  },
  empty: (values) => {
    count(values, 1);
    return !isTrue(values[0]);
  },
};

const indentMax = 1000;

function indented(width: number, text: string): string {
  if (width < 0 || width > indentMax)
    throw new FunctionRefusal(`is given the width ${width}`, `It takes 0 to ${indentMax}.`);
  const pad = ' '.repeat(width);
  return pad + text.replaceAll('\n', `\n${pad}`);
}

function present(value: Value): boolean {
  return value !== undefined;
}

function doubleQuoted(text: string): string {
  return JSON.stringify(text);
}

function unlessLines(text: string, quote: (text: string) => string): string {
  return text.includes('\n') ? text : quote(text);
}

function trimmed(text: string, characters: string): string {
  const set = new Set(characters);
  const letters = [...text];
  const first = letters.findIndex((letter) => !set.has(letter));
  const last = letters.findLastIndex((letter) => !set.has(letter));
  return first === -1 ? '' : letters.slice(first, last + 1).join('');
}
