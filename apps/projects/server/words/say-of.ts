/** What the server itself says to people: its own pages and its mails, in their language. The dictionaries are read once. */
import { fileURLToPath } from 'node:url';
import { readDictionaries } from '@gatehouse/words/read-dictionaries.ts';
import { type Say, sourceLanguage } from '@gatehouse/words/say.ts';
import { sayIn } from '@gatehouse/words/say-in.ts';
import type { Language } from '../../wire/languages.ts';

const folder = fileURLToPath(new URL('../../words', import.meta.url));
const dictionaries = await readDictionaries(folder);
const known = new Map<string, Say>();

export function sayingIn(language: Language): Say {
  const say = known.get(language) ?? sayIn(language, Object.values(dictionaries[language] ?? {}));
  known.set(language, say);
  return say;
}

export const english = sayingIn(sourceLanguage);
