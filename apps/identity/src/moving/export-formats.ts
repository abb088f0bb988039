/**
 * The YAML in which Authelia's storage commands write one-time codes and identifiers, and which this house reads and writes
 * too: lists under `totp_configurations` (secrets are base64 of their base32 text) and `identifiers`. Security keys have a
 * file of their own. Knows no files.
 */
import { parse, stringify } from 'yaml';
import type { KnownSubject } from '../oidc/people/known-subjects.ts';
import { base32Of } from '../sign-in/totp/totp.code.ts';
import type { ForeignCode } from '../sign-in/totp/totp.take.ts';
import type { AutheliaData, Unusable } from './authelia-data.ts';
import { isUuid, totpKeyOf } from './read-authelia.ts';

export type Parsed<Thing> =
  | { readonly kind: 'read'; readonly things: readonly Thing[]; readonly unusable: readonly Unusable[] }
  /** Not this format at all. */
  | { readonly kind: 'refused'; readonly reason: string };

const service = 'openid';

export function writeCodes(codes: readonly ForeignCode[]): string {
  return stringify({
    totp_configurations: codes.map(({ username, key, createdAtMs, lastUsedAtMs }) => ({
      created_at: new Date(createdAtMs).toISOString(),
      last_used_at: lastUsedAtMs === undefined ? null : new Date(lastUsedAtMs).toISOString(),
      username,
      issuer: key.issuer,
      algorithm: key.algorithm,
      digits: key.digits,
      period: key.periodSeconds,
      secret: Buffer.from(base32Of(key.secret)).toString('base64'),
    })),
  });
}

export function readCodes(yaml: string, nowMs: number): Parsed<ForeignCode> {
  return readList(yaml, 'totp_configurations', (entry) => {
    const { username, secret } = entry;
    if (typeof username !== 'string' || username === '') return 'names nobody';
    if (typeof secret !== 'string') return 'has no secret';
    const key = totpKeyOf({ ...entry, secret: Buffer.from(secret, 'base64').toString('latin1') });
    if (typeof key === 'string') return key;
    return { username, key, createdAtMs: timeOf(entry.created_at) ?? nowMs, lastUsedAtMs: timeOf(entry.last_used_at) };
  });
}

export function writeIdentifiers(identifiers: readonly KnownSubject[]): string {
  return stringify({
    identifiers: identifiers.map(({ username, sector, identifier }) => ({
      service,
      sector_id: sector,
      username,
      identifier,
    })),
  });
}

export function readIdentifiers(yaml: string): Parsed<AutheliaData['identifiers'][number]> {
  return readList(yaml, 'identifiers', ({ username, identifier, service: of, sector_id: sector }) => {
    if (typeof username !== 'string' || username === '') return 'names nobody';
    if (of !== service) return `is for another service than ${service}`;
    if (typeof identifier !== 'string' || !isUuid(identifier)) return 'is no UUID';
    return { username, sector: typeof sector === 'string' ? sector : '', identifier: identifier.toLowerCase() };
  });
}

/** Each entry is read, or named with why it is not. */
export function readList<Thing extends object>(
  yaml: string,
  name: string,
  read: (entry: Readonly<Record<string, unknown>>) => Thing | string,
): Parsed<Thing> {
  let list: unknown;
  try {
    list = Object(parse(yaml))[name];
  } catch {
    // What the parser says would quote the text around the mistake, which may be a secret.
    return { kind: 'refused', reason: 'it is not YAML' };
  }
  if (!Array.isArray(list)) return { kind: 'refused', reason: `it has no list named '${name}'` };
  const things: Thing[] = [];
  const unusable: Unusable[] = [];
  for (const entry of list) {
    const fields: Readonly<Record<string, unknown>> = Object(entry);
    const thing = read(fields);
    if (typeof thing === 'string') unusable.push({ of: String(fields.username ?? ''), why: thing });
    else things.push(thing);
  }
  return { kind: 'read', things, unusable };
}

export function timeOf(value: unknown): number | undefined {
  const ms = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(ms) ? undefined : ms;
}
