/** Numbers as the language of the page writes them. */
import { writeNumber } from '../../../wire/numbers.ts';
import { languageOfPage } from '../words/say.ts';

/** “1.250,5” in German. */
export function sayNumber(value: number): string {
  return writeNumber(value, languageOfPage());
}
