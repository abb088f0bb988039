/**
 * Whether a file has to be sent, and which bytes of it (RFC 9110 sections 13 and 14). Several ranges at once are answered with
 * the whole file.
 */
import type { ByteRange } from './store.ts';

/** Undefined: the whole. `etag` is the one of the file, as it stands in the header. */
export function readRange(
  header: string | undefined,
  ifRange: string | undefined,
  bytes: number,
  etag: string,
): ByteRange | 'unsatisfiable' | undefined {
  const [, from = '', to = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '') ?? [];
  if (from === '' && to === '') return undefined;
  // Asked for the rest of something else.
  if (ifRange !== undefined && ifRange !== etag) return undefined;
  const first = from === '' ? Math.max(0, bytes - Number(to)) : Number(from);
  const last = from === '' || to === '' ? bytes - 1 : Math.min(Number(to), bytes - 1);
  if (from !== '' && to !== '' && Number(to) < Number(from)) return undefined;
  return first < bytes && first <= last ? { first, last } : 'unsatisfiable';
}

/** Whether `If-None-Match` names what the file is: who asks has it (RFC 9110 section 13.1.2). */
export function holdsAlready(header: string | undefined, etag: string): boolean {
  const held = header?.split(',').map((each) => each.trim().replace(/^W\//, '')) ?? [];
  return held.some((each) => each === etag || each === '*');
}
