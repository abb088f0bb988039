/** Which names fit what was typed: each word of it begins a word of the name, capitals and marks aside. Pure. */
import { fold } from '../../../wire/fold.ts';

const wordsIn = (text: string): string[] => fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];

export function fitting<T extends { readonly name: string }>(all: readonly T[], typed: string): T[] {
  const typedWords = wordsIn(typed);
  return all.filter(({ name }) => {
    const words = wordsIn(name);
    return typedWords.every((each) => words.some((word) => word.startsWith(each)));
  });
}
