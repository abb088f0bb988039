/**
 * The YAML in which Authelia's storage commands write security keys, and which this house reads and writes too: a list under
 * `webauthn_credentials`, bytes in base64. User handles are not in it. Knows no files.
 */
import { stringify } from 'yaml';
import { coseOf, isU2f, pointOf } from '../sign-in/webauthn/u2f.ts';
import type { ForeignKey } from '../sign-in/webauthn/webauthn.take.ts';
import { type Parsed, readList, timeOf } from './export-formats.ts';
import { rpIdOf } from './read-authelia-keys.ts';

/** WebAuthn Level 3, 8. Before 4.39.20 Authelia wrote one of them under `attestation_type`, and no format. */
const formats: readonly unknown[] = [
  ...['none', 'packed', 'tpm', 'android-key', 'android-safetynet', 'fido-u2f', 'apple', 'compound'],
];

export function writeKeys(keys: readonly ForeignKey[]): string {
  return stringify({
    webauthn_credentials: keys.map((key) => ({
      created_at: new Date(key.createdAtMs).toISOString(),
      ...(key.lastUsedAtMs !== undefined && { last_used_at: new Date(key.lastUsedAtMs).toISOString() }),
      rpid: key.rpId,
      username: key.username,
      description: key.name,
      kid: Buffer.from(key.credentialId, 'base64url').toString('base64'),
      ...(key.aaguid !== undefined && { aaguid: key.aaguid }),
      attestation_type: key.attestationType,
      attestation_format: key.attestationFormat,
      attachment: key.attachment,
      transports: key.transports,
      sign_count: key.signCount,
      clone_warning: key.cloneWarning,
      legacy: key.legacy,
      discoverable: key.discoverable,
      present: key.userPresent,
      verified: key.userVerified,
      backup_eligible: key.backupEligible,
      backup_state: key.backupState,
      public_key: base64(isU2f(key) ? pointOf(key.publicKey) : key.publicKey),
      attestation: base64(key.attestation),
    })),
  });
}

export function readKeys(yaml: string, nowMs: number): Parsed<ForeignKey> {
  return readList(yaml, 'webauthn_credentials', (entry) => keyOf(entry, nowMs));
}

type Entry = Readonly<Record<string, unknown>>;

function keyOf(entry: Entry, nowMs: number): ForeignKey | string {
  const [username, kid, written] = [textOf(entry.username), bytesOf(entry.kid), bytesOf(entry.public_key)];
  if (username === '') return 'names nobody';
  if (kid.length === 0 || written.length === 0) return 'has no identifier or no public key';
  const rpId = rpIdOf(textOf(entry.rpid));
  if (rpId === undefined) return 'belongs to a portal whose address makes no sense';
  const signCount = Number(entry.sign_count ?? 0);
  if (!Number.isInteger(signCount) || signCount < 0 || signCount > 0xffffffff) return 'has a counter that is none';
  const { publicKey, wasPoint } = coseOf(written);
  const [type, format] = [textOf(entry.attestation_type), textOf(entry.attestation_format)];
  const isOlder = format === '' && formats.includes(type);
  return {
    credentialId: Buffer.from(kid).toString('base64url'),
    rpId,
    username,
    name: textOf(entry.description) || 'Security key',
    userHandle: undefined,
    createdAtMs: timeOf(entry.created_at) ?? nowMs,
    lastUsedAtMs: timeOf(entry.last_used_at),
    aaguid: textOf(entry.aaguid).toLowerCase() || undefined,
    attestationType: isOlder ? '' : type,
    attestationFormat: isOlder ? type : format || (wasPoint ? 'fido-u2f' : 'none'),
    attachment: textOf(entry.attachment),
    transports: Array.isArray(entry.transports) ? entry.transports.map(textOf).filter(Boolean) : [],
    signCount,
    cloneWarning: entry.clone_warning === true,
    legacy: wasPoint,
    discoverable: entry.discoverable === true,
    userPresent: entry.present === true,
    userVerified: entry.verified === true,
    backupEligible: entry.backup_eligible === true,
    backupState: entry.backup_state === true,
    publicKey,
    attestation: bytesOf(entry.attestation),
  };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function bytesOf(value: unknown): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(textOf(value), 'base64'));
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
