/**
 * Makes sense of what Authelia knows of security keys: three tables in the course of its versions, the oldest of the protocol
 * before WebAuthn. Writes nothing.
 */
import type { ForeignRow, ForeignTables } from '@gatehouse/storage/foreign-sqlite.ts';
import { coseOf } from '../sign-in/webauthn/u2f.ts';
import type { AutheliaCipher } from './authelia-cipher.ts';
import type { AutheliaHandle, AutheliaKey } from './authelia-data.ts';
import { textOf, timeOf, truthOf } from './authelia-values.ts';

/** From this version on the format and the type of an attestation stand in two columns; before, the format under the type's name. */
const versionWithTypes = 24;

export function handlesIn(tables: ForeignTables): AutheliaHandle[] {
  return tables.rows('webauthn_users').flatMap((row) => {
    const [rpId, username, handle] = [textOf(row.rpid), textOf(row.username), textOf(row.userid)];
    return rpId === '' || username === '' || handle === '' ? [] : [{ rpId, username, handle }];
  });
}

export function keysIn(
  tables: ForeignTables,
  cipher: AutheliaCipher,
  about: { readonly schemaVersion: number; readonly handles: readonly AutheliaHandle[]; readonly nowMs: number },
): { readonly rows: readonly ForeignRow[]; readonly keyOf: (row: ForeignRow) => AutheliaKey | string } {
  const table = ['webauthn_credentials', 'webauthn_devices', 'u2f_devices'].find((each) => tables.has(each)) ?? '';
  const handles = new Map(about.handles.map(({ rpId, username, handle }) => [`${rpId} ${username}`, handle]));

  function keyOf(row: ForeignRow): AutheliaKey | string {
    const [username, rpId] = [textOf(row.username), rpIdOf(textOf(row.rpid))];
    const kid = table === 'u2f_devices' ? bytesAsText(row.key_handle) : textOf(row.kid);
    if (username === '' || kid === '' || !(row.public_key instanceof Uint8Array)) return 'is incomplete';
    if (rpId === undefined) return 'belongs to a portal whose address makes no sense';
    const open = (column: string, sealed: Uint8Array) =>
      cipher.open({ table, column, row: kid, issuer: textOf(row.rpid) }, sealed);
    const opened = open('public_key', row.public_key);
    const attestation = row.attestation instanceof Uint8Array ? open('attestation', row.attestation) : Buffer.alloc(0);
    if (!opened || !attestation) return 'does not open with the key';
    const { publicKey, wasPoint } = coseOf(opened);
    const hasTypes = about.schemaVersion >= versionWithTypes;
    return {
      credentialId: Buffer.from(kid, 'base64').toString('base64url'),
      rpId,
      username,
      name: textOf(row.description) || 'Security key',
      userHandle: handles.get(`${rpId} ${username}`),
      createdAtMs: timeOf(row.created_at) ?? about.nowMs,
      lastUsedAtMs: timeOf(row.last_used_at),
      aaguid: textOf(row.aaguid).toLowerCase() || undefined,
      attestationType: hasTypes ? textOf(row.attestation_type) : '',
      attestationFormat:
        textOf(hasTypes ? row.attestation_format : row.attestation_type) || (wasPoint ? 'fido-u2f' : 'none'),
      // Before there was a column for it, Authelia took every key for one to carry.
      attachment: 'attachment' in row ? textOf(row.attachment) : 'cross-platform',
      transports: textOf(row.transport).split(',').filter(Boolean),
      signCount: Number(row.sign_count ?? 0),
      cloneWarning: truthOf(row.clone_warning),
      legacy: wasPoint,
      discoverable: truthOf(row.discoverable),
      userPresent: truthOf(row.present),
      userVerified: truthOf(row.verified),
      backupEligible: truthOf(row.backup_eligible),
      backupState: truthOf(row.backup_state),
      publicKey,
      attestation: new Uint8Array(attestation),
    };
  }

  return { rows: tables.rows(table), keyOf };
}

/** A host; of keys of the protocol before WebAuthn an origin, or nothing. */
export function rpIdOf(written: string): string | undefined {
  if (!written.includes('://')) return written.toLowerCase();
  return URL.canParse(written) ? new URL(written).hostname : undefined;
}

function bytesAsText(value: ForeignRow[string] | undefined): string {
  return value instanceof Uint8Array ? Buffer.from(value).toString('base64') : '';
}
