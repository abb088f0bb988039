/** What the pages call columns and values, in every language: people write into their tables what they read. Pure. */
import { type Language, languages } from '../../wire/languages.ts';
import { defaultStatuses } from '../projects/schema.ts';
import { sayingIn } from '../words/say-of.ts';

/** An English sentence and what it is in the other languages. */
export function inEveryLanguage(sentence: string): readonly string[] {
  return languages.map((language: Language) => sayingIn(language).marked(sentence));
}

/** Whether `cell` is that word in some language. */
export function isSaid(sentence: string, cell: string): boolean {
  return inEveryLanguage(sentence).some((said) => isSame(said, cell));
}

/** Which of the columns that a new project begins with is called so in some language: “erledigt” is “Done”. */
export function defaultStatusCalled(cell: string): (typeof defaultStatuses)[number] | undefined {
  return defaultStatuses.find(({ name }) => isSaid(name, cell));
}

export function isSame(a: string, b: string): boolean {
  return a.normalize('NFC').toLowerCase() === b.normalize('NFC').toLowerCase();
}
