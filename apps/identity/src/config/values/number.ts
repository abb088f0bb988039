/** Whole numbers and switches, read from what an administrator may write: `8`, `'8'`, `true`, `'true'`, `1`. */
import { type Outcome, refused, value } from './outcome.ts';

export function parseWhole(text: string): Outcome<number> {
  const trimmed = text.trim();
  const number = Number(trimmed);
  return /^[-+]?\d+$/.test(trimmed) && Number.isSafeInteger(number)
    ? value(number)
    : refused('is not a whole number', 'Write digits alone, without a unit.');
}

const on = ['true', 'True', 'TRUE', 't', 'T', '1'];
const off = ['false', 'False', 'FALSE', 'f', 'F', '0', ''];

export function parseSwitch(text: string): Outcome<boolean> {
  if (on.includes(text)) return value(true);
  if (off.includes(text)) return value(false);
  return refused('is neither true nor false', "Write 'true' or 'false'.");
}
