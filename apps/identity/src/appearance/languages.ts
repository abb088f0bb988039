/**
 * The languages of the portal: those it ships with, and what an administrator's `server.asset_path` adds or says differently
 * (`locales/<language>/<feature>.json`). A sentence there that cannot be said is left out and told, rather than failing on a page.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { faultsOf } from '@gatehouse/words/check.ts';
import { type Dictionaries, readDictionaries } from '@gatehouse/words/read-dictionaries.ts';
import { type Dictionary, type Say, sourceLanguage } from '@gatehouse/words/say.ts';
import { sayIn } from '@gatehouse/words/say-in.ts';

export type Languages = {
  /** Tags, English first. */
  readonly offered: readonly string[];
  /** English for a language that is not offered. */
  sayIn(language: string): Say;
};

const shipped = fileURLToPath(new URL('../../words', import.meta.url));

export async function openLanguages(parts: {
  readonly assetPath: string;
  readonly onFault: (fault: string) => void;
}): Promise<Languages> {
  const ours = await readDictionaries(shipped);
  const theirs = await readOverrides(parts.assetPath, parts.onFault);
  const tags = [...new Set([sourceLanguage, ...Object.keys(ours), ...Object.keys(theirs)])];
  const sayings = new Map(
    tags.map((tag) => [tag, sayIn(tag, [...Object.values(ours[tag] ?? {}), ...Object.values(theirs[tag] ?? {})])]),
  );
  const english = sayIn(sourceLanguage);
  return { offered: tags, sayIn: (language) => sayings.get(language) ?? english };
}

async function readOverrides(assetPath: string, onFault: (fault: string) => void): Promise<Dictionaries> {
  const folder = join(assetPath, 'locales');
  if (assetPath === '' || !existsSync(folder)) return {};
  try {
    return mapDictionaries(await readDictionaries(folder), (dictionary) => withoutFaults(dictionary, onFault));
  } catch (cause) {
    onFault(`the folder '${folder}' cannot be used: ${cause instanceof Error ? cause.message : String(cause)}`);
    return {};
  }
}

function mapDictionaries(all: Dictionaries, map: (dictionary: Dictionary) => Dictionary): Dictionaries {
  const entries = Object.entries(all).map(([language, features]) => [
    language,
    Object.fromEntries(Object.entries(features).map(([feature, dictionary]) => [feature, map(dictionary)])),
  ]);
  return Object.fromEntries(entries);
}

function withoutFaults(dictionary: Dictionary, onFault: (fault: string) => void): Dictionary {
  return Object.fromEntries(
    Object.entries(dictionary).filter(([text, translation]) => {
      const faults = faultsOf(text, translation);
      faults.forEach(onFault);
      return translation !== '' && faults.length === 0;
    }),
  );
}
