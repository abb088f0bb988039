/**
 * Makes sense of Authelia's tables, schema versions 1 (4.34) to 26, and decrypts what it needs. It writes nothing anywhere,
 * and does not know where the tables stand. A row that makes no sense is named as unusable; a database that makes none is
 * refused as a whole.
 */
import type { ForeignRow, ForeignTables } from '@gatehouse/storage/foreign-sqlite.ts';
import { pushMethods } from '../sign-in/push/duo-api.ts';
import type { ForeignPush } from '../sign-in/push/push.take.ts';
import { secretOfBase32, totpAlgorithms } from '../sign-in/totp/totp.code.ts';
import { type AutheliaCipher, autheliaCipher } from './authelia-cipher.ts';
import type {
  AutheliaBan,
  AutheliaCode,
  AutheliaConsent,
  AutheliaData,
  AutheliaIdentifier,
  AutheliaPreference,
  Unusable,
} from './authelia-data.ts';
import { listOf, textOf, timeOf, truthOf } from './authelia-values.ts';
import { handlesIn, keysIn } from './read-authelia-keys.ts';

/** The file is no database of Authelia that this version knows, or the key does not open it. */
export class AutheliaUnreadable extends Error {
  readonly code = 'authelia-unreadable';
  override readonly name = 'AutheliaUnreadable';
}

export const schemaVersionMax = 26;

/** Authelia keeps a consent without an end only in rows of its first versions. */
const endless = Date.UTC(9999, 0);

/** `place` names where the tables stand, for messages. Throws `AutheliaUnreadable`. */
export function readAuthelia(tables: ForeignTables, place: string, encryptionKey: string, nowMs: number): AutheliaData {
  const schemaVersion = versionOf(place, tables);
  const cipher = autheliaCipher(encryptionKey, schemaVersion);
  checkKey(tables, cipher);
  const unusable = { identifiers: [], codes: [], keys: [], devices: [], preferences: [], consents: [], bans: [] };
  const identifiers = usable(tables.rows('user_opaque_identifier'), identifierOf, unusable.identifiers);
  const usernames = new Map(identifiers.map(({ identifier, username }) => [identifier, username]));
  const holds = (row: ForeignRow) => holdsAt(row, nowMs);
  const bans = [...tables.rows('banned_user'), ...tables.rows('banned_ip')].filter(holds);
  const consents = tables.rows('oauth2_consent_preconfiguration').filter(holds);
  const handles = handlesIn(tables);
  const keys = keysIn(tables, cipher, { schemaVersion, handles, nowMs });
  return {
    schemaVersion,
    identifiers,
    codes: usable(tables.rows('totp_configurations'), (row) => codeOf(row, cipher, nowMs), unusable.codes),
    keys: usable(keys.rows, keys.keyOf, unusable.keys),
    handles,
    devices: usable(tables.rows('duo_devices'), deviceOf, unusable.devices),
    preferences: usable(tables.rows('user_preferences'), preferenceOf, unusable.preferences),
    consents: usable(consents, (row) => consentOf(row, usernames), unusable.consents),
    bans: usable(bans, banOf, unusable.bans),
    unusable,
  };
}

/** Every table that `readAuthelia` asks for. */
export const autheliaTables: readonly string[] = [
  'migrations',
  'encryption',
  'totp_secrets',
  'totp_configurations',
  'u2f_devices',
  'webauthn_devices',
  'webauthn_credentials',
  'webauthn_users',
  'user_preferences',
  'duo_devices',
  'user_opaque_identifier',
  'oauth2_consent_preconfiguration',
  'banned_user',
  'banned_ip',
];

function versionOf(place: string, tables: ForeignTables): number {
  const version = tables.rows('migrations').at(-1)?.version_after;
  if (typeof version !== 'number' || !tables.has('encryption'))
    throw new AutheliaUnreadable(
      tables.has('totp_secrets')
        ? `${place} is a database of Authelia before 4.34. Start a current Authelia on it once, so that it brings its tables forward.`
        : `${place} is no database of Authelia: its tables 'migrations' and 'encryption' are not there. Name the one of Authelia's 'storage'.`,
    );
  if (version < 1 || version > schemaVersionMax)
    throw new AutheliaUnreadable(
      `The database of Authelia has the schema version ${version}; this version knows 1 to ${schemaVersionMax}. Take a newer Gatehouse, or a backup from before Authelia's upgrade.`,
    );
  return version;
}

/** Authelia encrypts a value for this purpose alone at its first start. */
function checkKey(tables: ForeignTables, cipher: AutheliaCipher): void {
  const value = tables.rows('encryption').find((row) => row.name === 'check')?.value;
  const at = { table: 'encryption', column: 'value', row: 'check' };
  if (value instanceof Uint8Array && cipher.open(at, value)) return;
  throw new AutheliaUnreadable(
    "The encryption key does not open this database of Authelia. Give the 'storage.encryption_key' that Authelia ran with: --encryption-key beats the one of the configuration.",
  );
}

function usable<Thing extends object>(
  rows: readonly ForeignRow[],
  read: (row: ForeignRow) => Thing | string,
  unusable: Unusable[],
): Thing[] {
  return rows.flatMap((row) => {
    const thing = read(row);
    if (typeof thing !== 'string') return [thing];
    unusable.push({ of: textOf(row.username) || textOf(row.client_id) || textOf(row.ip), why: thing });
    return [];
  });
}

function identifierOf(row: ForeignRow): AutheliaIdentifier | string {
  const [username, identifier] = [textOf(row.username), textOf(row.identifier)];
  if (row.service !== 'openid') return 'is for another service than openid';
  if (username === '') return 'names nobody';
  if (!isUuid(identifier)) return 'is no UUID';
  return { username, sector: textOf(row.sector_id), identifier: identifier.toLowerCase() };
}

function deviceOf(row: ForeignRow): ForeignPush | string {
  const [username, device] = [textOf(row.username), textOf(row.device)];
  const method = pushMethods.find((each) => each === row.method);
  if (username === '' || device === '') return 'is incomplete';
  return method ? { username, device, method } : 'is asked in a way that is not known';
}

const methods: readonly string[] = ['totp', 'webauthn', 'mobile_push'];

function preferenceOf(row: ForeignRow): AutheliaPreference | string {
  const [username, written] = [textOf(row.username), textOf(row.second_factor_method)];
  // Security keys were named after their first protocol once.
  const method = written === 'u2f' ? 'webauthn' : written;
  if (username === '') return 'names nobody';
  return methods.includes(method) ? { username, method } : 'is a method that is not known';
}

export function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}

function codeOf(row: ForeignRow, cipher: AutheliaCipher, nowMs: number): AutheliaCode | string {
  const username = textOf(row.username);
  if (username === '' || !(row.secret instanceof Uint8Array)) return 'is incomplete';
  const text = cipher.open({ table: 'totp_configurations', column: 'secret', row: username }, row.secret);
  if (!text) return 'does not open with the key';
  const key = totpKeyOf({ ...row, secret: text.toString() });
  if (typeof key === 'string') return key;
  return { username, key, createdAtMs: timeOf(row.created_at) ?? nowMs, lastUsedAtMs: timeOf(row.last_used_at) };
}

/** Of a row or of an entry of an export, its secret in base32; or why it is no key. */
export function totpKeyOf(fields: Readonly<Record<string, unknown>>): AutheliaCode['key'] | string {
  const algorithm = totpAlgorithms.find((each) => each === fields.algorithm);
  const { digits, period } = fields;
  if (!algorithm) return 'has an unknown algorithm';
  if (digits !== 6 && digits !== 8) return 'has neither 6 nor 8 digits';
  if (typeof period !== 'number' || !Number.isInteger(period) || period < 1) return 'has no period';
  const secret = typeof fields.secret === 'string' ? fields.secret.replace(/=+$/, '') : '';
  if (!/^[A-Z2-7]{16,}$/i.test(secret)) return 'has a secret that is no base32';
  const issuer = typeof fields.issuer === 'string' ? fields.issuer : '';
  return { issuer, algorithm, digits, periodSeconds: period, secret: secretOfBase32(secret) };
}

/** Of a ban or a consent: neither taken back nor past its end. */
function holdsAt(row: ForeignRow, nowMs: number): boolean {
  const expires = 'expires_at' in row ? row.expires_at : row.expires;
  const over = timeOf(row.expired) !== undefined || (timeOf(expires) ?? endless) <= nowMs;
  return !over && !truthOf(row.revoked);
}

function consentOf(row: ForeignRow, usernames: ReadonlyMap<string, string>): AutheliaConsent | string {
  const username = usernames.get(textOf(row.subject).toLowerCase());
  const [clientId, scopes] = [textOf(row.client_id), listOf(row.scopes)];
  if (username === undefined) return 'belongs to a subject that nobody has';
  if (clientId === '' || scopes.length === 0) return 'is incomplete';
  const claims = textOf(row.requested_claims) || undefined;
  if (claims !== undefined && !isObject(claims)) return 'has claims that are no JSON';
  return {
    username,
    clientId,
    scopes,
    audiences: listOf(row.audience),
    claims,
    grantedClaims: listOf(row.granted_claims),
    createdAtMs: timeOf(row.created_at) ?? 0,
    expiresAtMs: timeOf(row.expires_at) ?? endless,
  };
}

function isObject(json: string): boolean {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

function banOf(row: ForeignRow): AutheliaBan | string {
  const kind = 'ip' in row ? 'ip' : 'user';
  const subject = textOf(kind === 'ip' ? row.ip : row.username);
  const createdAtMs = timeOf(row.time);
  if (subject === '' || createdAtMs === undefined) return 'is incomplete';
  const source = row.source === 'cli' ? 'cli' : 'regulation';
  return { kind, subject, createdAtMs, expiresAtMs: timeOf(row.expires), source, reason: textOf(row.reason) };
}
