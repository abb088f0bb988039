/**
 * A template as tokens: text as it stands, and the words inside `{{ … }}`. Trim markers (`{{-`, `-}}`) and comments are
 * dealt with here, so that the parser never sees them. Lines are counted from 1.
 */
import { TemplateError } from './template-error.ts';

export type Token =
  | { readonly kind: 'text'; readonly text: string; readonly line: number }
  | { readonly kind: 'open' | 'close'; readonly line: number }
  /** Identifiers, keywords, fields (`.name`), variables (`$name`) and punctuation, told apart by their first character. */
  | {
      readonly kind: 'word';
      readonly text: string;
      readonly line: number;
      /** Whether white space stands before it: `.a .b` are two operands, `.a.b` is one. */
      readonly spaced: boolean;
    }
  | { readonly kind: 'string'; readonly value: string; readonly line: number; readonly spaced: boolean }
  | { readonly kind: 'number'; readonly value: number; readonly line: number; readonly spaced: boolean };

const inside =
  /(?<space>\s+)|(?<raw>`[^`]*`)|(?<quoted>"(?:[^"\\\n]|\\.)*")|(?<char>'(?:[^'\\\n]|\\.)')|(?<number>[+-]?(?:0[xX][\da-fA-F]+|0[oO][0-7]+|0[bB][01]+|\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w]))|(?<word>\$\w*|\.[\p{L}_]\w*|[\p{L}_]\w*|:=|[.|()=,])/uy;

export function tokenize(source: string): Token[] {
  const tokens: Token[] = [];
  let offset = 0;
  let line = 1;
  let trimNext = false;
  while (offset <= source.length) {
    const open = source.indexOf('{{', offset);
    const end = open === -1 ? source.length : open;
    let text = source.slice(offset, end);
    const textLine = line;
    line += breaksIn(text);
    const skipped = trimNext ? (/^\s*/.exec(text)?.[0] ?? '') : '';
    text = text.slice(skipped.length);
    const trimsBefore = open !== -1 && /^\{\{-\s/.test(source.slice(open, open + 4));
    if (trimsBefore) text = text.trimEnd();
    if (text !== '') tokens.push({ kind: 'text', text, line: textLine + breaksIn(skipped) });
    if (open === -1) break;
    const action = readAction(source, open + (trimsBefore ? 3 : 2), line);
    tokens.push(...action.tokens);
    offset = action.end;
    line = action.line;
    trimNext = action.trimsAfter;
  }
  return tokens;
}

type Action = { readonly tokens: Token[]; readonly end: number; readonly line: number; readonly trimsAfter: boolean };

function readAction(source: string, start: number, startLine: number): Action {
  const comment = /\s*\/\*[\s\S]*?\*\/(\s+-)?\s*\}\}/y;
  comment.lastIndex = start;
  const commented = comment.exec(source);
  if (commented) {
    const line = startLine + breaksIn(commented[0]);
    return { tokens: [], end: comment.lastIndex, line, trimsAfter: commented[1] !== undefined };
  }
  const tokens: Token[] = [{ kind: 'open', line: startLine }];
  let offset = start;
  let line = startLine;
  let spaced = true;
  for (;;) {
    const close = /(\s-)?\}\}/y;
    close.lastIndex = offset;
    const closed = close.exec(source);
    if (closed) {
      tokens.push({ kind: 'close', line });
      return { tokens, end: close.lastIndex, line: line + breaksIn(closed[0]), trimsAfter: closed[1] !== undefined };
    }
    inside.lastIndex = offset;
    const match = inside.exec(source);
    if (!match) throw unreadable(source, offset, line, startLine);
    offset = inside.lastIndex;
    const groups = match.groups ?? {};
    if (groups.space !== undefined) {
      // A trim marker needs the white space before it: give it back.
      if (source.startsWith('-}}', offset)) offset -= 1;
      line += breaksIn(source.slice(match.index, offset));
      spaced = true;
      continue;
    }
    tokens.push(tokenOf(groups, line, spaced));
    line += breaksIn(match[0]);
    spaced = false;
  }
}

function tokenOf(groups: Readonly<Record<string, string | undefined>>, line: number, spaced: boolean): Token {
  if (groups.raw !== undefined) return { kind: 'string', value: groups.raw.slice(1, -1), line, spaced };
  if (groups.quoted !== undefined) return { kind: 'string', value: unquote(groups.quoted, line), line, spaced };
  if (groups.char !== undefined)
    return { kind: 'number', value: unquote(groups.char, line).codePointAt(0) ?? 0, line, spaced };
  if (groups.number !== undefined) return { kind: 'number', value: Number(groups.number), line, spaced };
  return { kind: 'word', text: groups.word ?? '', line, spaced };
}

const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '\\': '\\',
  '"': '"',
  "'": "'",
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
};

function unquote(quoted: string, line: number): string {
  return quoted
    .slice(1, -1)
    .replace(/\\(x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8}|[0-7]{3}|.)/gs, (_, code: string) => {
      if (/^[xuU]./.test(code)) return String.fromCodePoint(Number.parseInt(code.slice(1), 16));
      if (/^[0-7]{3}$/.test(code)) return String.fromCodePoint(Number.parseInt(code, 8));
      const character = Object.hasOwn(escapes, code) ? escapes[code] : undefined;
      if (character === undefined)
        throw new TemplateError(line, `'\\${code}' is not an escape.`, 'Double the backslash.');
      return character;
    });
}

function unreadable(source: string, offset: number, line: number, startLine: number): TemplateError {
  const character = source[offset];
  if (character === undefined || character === '\n')
    return new TemplateError(startLine, "An action opened with '{{' is not closed.", "Close it with '}}'.");
  if (character === '"' || character === '`' || character === "'")
    return new TemplateError(line, 'A quoted text is not closed.', 'Close it on the same line, or use backquotes.');
  return new TemplateError(line, `'${character}' has no meaning inside '{{ }}'.`, 'Put texts into double quotes.');
}

function breaksIn(text: string): number {
  return text.split('\n').length - 1;
}
