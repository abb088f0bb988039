/** What templates read from disk: the content of a file, a secret, names of files. */
import { globSync, lstatSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { NoteSource } from '../../../source/sources.ts';
import { parsePattern } from '../../../values/regex.ts';
import { Moment, type Value } from '../value.ts';
import { count, FunctionRefusal, type Functions, onText, textAt } from './arguments.ts';

const entriesMax = 10_000;

export function fileFunctions(note: NoteSource): Functions {
  return {
    fileContent: onText((path) => contentOf(path, note)),
    secret: onText((path) => contentOf(path, note).replace(/\n+$/, '')),
    glob: onText((pattern) => {
      note(folderOfPattern(pattern));
      return globSync(pattern).sort();
    }),
    walk: (values) => {
      count(values, 3);
      return walk(textAt(values, 0), textAt(values, 1), values[2] === true, note);
    },
  };
}

/** The folder that stands before the first wildcard; what changes in folders below it is not followed. */
function folderOfPattern(pattern: string): string {
  const wildcard = pattern.search(/[*?[{]/);
  return wildcard === -1 ? dirname(pattern) : dirname(`${pattern.slice(0, wildcard)}x`);
}

function contentOf(path: string, note: NoteSource): string {
  note(path);
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw new FunctionRefusal(`cannot read '${path}'`, 'Name a file that the user running Gatehouse can read.');
  }
}

/** The path itself and all below it, in order of name. */
function walk(root: string, pattern: string, skipsDirectories: boolean, note: NoteSource): Value[] {
  const parsed = pattern === '' ? undefined : parsePattern(pattern);
  if (parsed?.kind === 'refused') throw new FunctionRefusal(`is given a pattern that ${parsed.reason}`, parsed.cure);
  const found: Value[] = [];
  let seen = 0;
  const visit = (path: string): void => {
    seen += 1;
    if (seen > entriesMax)
      throw new FunctionRefusal(`finds more than ${entriesMax} entries`, 'Name a smaller directory.');
    const stats = lstatSync(path, { throwIfNoEntry: false });
    if (!stats) throw new FunctionRefusal(`cannot find '${path}'`, 'Name an existing directory.');
    const matches = !parsed || parsed.value.expression.matcher(path).find();
    if (matches && !(skipsDirectories && stats.isDirectory())) found.push(entry(path, stats));
    if (!stats.isDirectory()) return;
    note(path);
    for (const name of readdirSync(path).sort()) visit(join(path, name));
  };
  visit(root);
  return found;
}

type Stats = { readonly size: number; readonly mode: number; readonly mtimeMs: number; isDirectory(): boolean };

function entry(path: string, stats: Stats): Value {
  return new Map<string, Value>([
    ['Path', path],
    ['AbsolutePath', resolve(path)],
    ['Name', basename(path)],
    ['Size', stats.size],
    ['Mode', stats.mode & 0o777],
    ['Modified', new Moment(stats.mtimeMs)],
    ['IsDir', stats.isDirectory()],
  ]);
}
