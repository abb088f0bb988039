/** Which files the paths on the command line mean, and their text. The only place here that reads configuration files. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Problem } from '../problem.ts';
import type { NoteSource } from './sources.ts';

export type SourceText = { readonly file: string; readonly text: string };
export type FilesAnswer = { readonly texts: readonly SourceText[]; readonly problems: readonly Problem[] };

/** Far above any configuration, far below what would hurt. */
const fileBytesMax = 4 * 1024 * 1024;

/** A directory stands for its `.yml` and `.yaml` files, by name, not for what is in directories below it. */
export function readConfigurationFiles(paths: readonly string[], note: NoteSource = () => {}): FilesAnswer {
  const texts: SourceText[] = [];
  const problems: Problem[] = [];
  const refuse = (file: string, message: string, cure: string): void => {
    problems.push({ file, line: 0, severity: 'error', key: '', message, cure });
  };
  for (const path of paths) {
    note(path);
    for (const file of filesOf(path, refuse)) {
      note(file);
      const text = readText(file, refuse);
      if (text !== undefined) texts.push({ file, text });
    }
  }
  return { texts, problems };
}

type Refuse = (file: string, message: string, cure: string) => void;

function filesOf(path: string, refuse: Refuse): string[] {
  const kind = pathKind(path);
  if (kind === 'file') return [path];
  if (kind === 'absent') {
    refuse(path, 'The file does not exist or may not be read.', 'Name an existing file or directory after --config.');
    return [];
  }
  const names = readdirSync(path).filter((name) => /\.ya?ml$/.test(name) && pathKind(join(path, name)) === 'file');
  if (names.length === 0) refuse(path, 'The directory holds no file that ends in .yml or .yaml.', 'Put one there.');
  return names.sort().map((name) => join(path, name));
}

function readText(file: string, refuse: Refuse): string | undefined {
  try {
    if (statSync(file).size > fileBytesMax) {
      refuse(file, `The file is larger than ${fileBytesMax / 1024 / 1024} MiB.`, 'Name the configuration file alone.');
      return undefined;
    }
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
  } catch (error) {
    if (error instanceof TypeError) refuse(file, 'The file is not UTF-8 text.', 'Save it as UTF-8.');
    else refuse(file, 'The file may not be read.', 'Let the user that runs Gatehouse read it.');
    return undefined;
  }
}

export type PathKind = 'file' | 'directory' | 'absent';

export function pathKind(path: string): PathKind {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) return 'absent';
  return stats.isDirectory() ? 'directory' : 'file';
}
