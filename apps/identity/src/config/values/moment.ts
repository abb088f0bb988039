/** A moment as RFC 3339 writes it, in milliseconds since the epoch. The offset must stand there: a wall clock alone is no moment. */
import { type Outcome, refused, value } from './outcome.ts';

const shape = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?(\.\d+)?(Z|[+-]\d{2}:\d{2})$/i;

export function parseMoment(text: string): Outcome<number> {
  const ms = shape.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(ms)
    ? refused(`'${text}' is no date with time and offset`, "Write it like '2027-06-01T00:00:00Z'.")
    : value(ms);
}

/** As it stands in messages and in the log. */
export function formatMoment(ms: number): string {
  return new Date(ms).toISOString().replace('.000Z', 'Z');
}
