/** URLs: absolute, with a host where the scheme has one. Which schemes a key takes is a rule of its section. */
import { type Outcome, refused, value } from './outcome.ts';

const cure = "Write a whole URL, such as 'https://auth.example.com'.";

export function parseUrl(text: string): Outcome<URL> {
  if (text.trim() !== text || text === '') return refused('is not a URL', cure);
  if (!URL.canParse(text)) {
    return /^[a-z][a-z0-9+.-]*:/i.test(text) ? refused('is not a URL', cure) : refused('is not absolute', cure);
  }
  return value(new URL(text));
}
