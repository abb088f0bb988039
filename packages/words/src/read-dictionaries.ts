/** Dictionaries from a folder, `<language>/<feature>.json`, for servers and tests. A browser gets them from its bundler. */
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { isLanguageTag } from './languages.ts';
import type { Dictionary } from './say.ts';

export type Dictionaries = Readonly<Record<string, Readonly<Record<string, Dictionary>>>>;

/** Throws what the file system throws, and `SyntaxError` or `TypeError` for a file that is no dictionary. */
export async function readDictionaries(folder: string): Promise<Dictionaries> {
  const languages = (await readdir(folder)).filter(isLanguageTag).sort();
  return Object.fromEntries(
    await Promise.all(
      languages.map(async (language) => [language, await readFeatures(join(folder, language))] as const),
    ),
  );
}

async function readFeatures(folder: string): Promise<Readonly<Record<string, Dictionary>>> {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();
  return Object.fromEntries(
    await Promise.all(
      files.map(async (name) => [basename(name, '.json'), await readDictionary(join(folder, name))] as const),
    ),
  );
}

async function readDictionary(path: string): Promise<Dictionary> {
  const value: unknown = JSON.parse(await readFile(path, 'utf8'));
  if (typeof value !== 'object' || value === null || !Object.values(value).every((each) => typeof each === 'string'))
    throw new TypeError(`'${path}' is no dictionary: it must be one object, English sentence to translation`);
  return value as Dictionary;
}
