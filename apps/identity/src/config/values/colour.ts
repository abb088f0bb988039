/** A colour as style sheets write it in hexadecimal: `#0b6e4f`. Lower case, six digits. */
import type { Outcome } from './outcome.ts';

export function parseColour(text: string): Outcome<string> {
  return /^#[\da-f]{6}$/i.test(text)
    ? { kind: 'value', value: text.toLowerCase() }
    : { kind: 'refused', reason: 'is no colour', cure: "Write '#' and six hexadecimal digits, in quotes: '#0b6e4f'." };
}
