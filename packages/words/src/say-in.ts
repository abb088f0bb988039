/** A saying with its parser at hand, for servers and tests. A browser brings the parser when a sentence wants it. */
import { IntlMessageFormat } from 'intl-messageformat';
import { type Dictionary, type Say, speak } from './say.ts';

/** Throws what `speak` throws. */
export function sayIn(language: string, dictionaries: Iterable<Dictionary> = []): Say {
  return speak(language, dictionaries, { Format: IntlMessageFormat });
}
