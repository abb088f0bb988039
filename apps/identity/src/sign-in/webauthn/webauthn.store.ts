/**
 * The rows of security keys and passkeys, several a person, and the handle under which authenticators know the person. The
 * counter only moves up, in one statement, so that of two uses with one counter one wins. It knows no ceremonies and no limits.
 */
import { createHash } from 'node:crypto';
import type { Sealer } from '@gatehouse/storage/sealer.ts';
import type { Selectable } from 'kysely';
import type { IdentityDatabase } from '../../storage/tables.ts';
import { dropCodesWithoutFactor } from '../recovery/recovery.drop.ts';
import type { WebauthnTables } from './webauthn.tables.ts';

export type SecurityKey = {
  readonly id: string;
  /** base64url. */
  readonly credentialId: string;
  readonly rpId: string;
  readonly username: string;
  readonly name: string;
  /** Undefined: not known, for a key that was moved here without it. */
  readonly userHandle: string | undefined;
  readonly createdAtMs: number;
  readonly lastUsedAtMs: number | undefined;
  readonly aaguid: string | undefined;
  readonly attestationType: string;
  readonly attestationFormat: string;
  /** As the browser said it: `platform`, `cross-platform` or nothing. */
  readonly attachment: string;
  readonly transports: readonly string[];
  readonly signCount: number;
  /** Its counter once went back: it may have been copied, and is not taken any more. */
  readonly cloneWarning: boolean;
  readonly legacy: boolean;
  readonly discoverable: boolean;
  /** False: none of its flags was ever seen, as of keys that came from an early Authelia. */
  readonly userPresent: boolean;
  readonly userVerified: boolean;
  readonly backupEligible: boolean;
  readonly backupState: boolean;
  /** COSE. */
  readonly publicKey: Uint8Array<ArrayBuffer>;
  /** JSON, UTF-8: see `registration.ts`. Empty when nothing is known. */
  readonly attestation: Uint8Array<ArrayBuffer>;
};

/** What one use shows. */
export type KeyUse = Pick<
  SecurityKey,
  | 'signCount'
  | 'userHandle'
  | 'discoverable'
  | 'userPresent'
  | 'userVerified'
  | 'backupEligible'
  | 'backupState'
  | 'attachment'
> & { readonly atMs: number };

export type WebauthnStore = {
  /** The person's keys at this portal, oldest first. */
  listOf(username: string, rpId: string): Promise<SecurityKey[]>;
  /** Of everybody, or of one person, at every portal. */
  all(username?: string): Promise<SecurityKey[]>;
  find(credentialId: string): Promise<SecurityKey | undefined>;
  add(key: SecurityKey): Promise<'added' | 'known' | 'name-taken'>;
  rename(username: string, id: string, name: string): Promise<'renamed' | 'missing' | 'name-taken'>;
  remove(username: string, id: string): Promise<'removed' | 'missing'>;
  /** Of any number of callers with the same counter exactly one gets `recorded`, unless the key does not count. */
  recordUse(id: string, use: KeyUse): Promise<'recorded' | 'overtaken'>;
  warnOfClone(id: string): Promise<void>;
  /** The person's handle at this portal; `fresh` becomes it if there is none. */
  handleOf(username: string, rpId: string, fresh: string): Promise<string>;
};

type Row = Selectable<WebauthnTables['security_keys']>;

export function openWebauthnStore({ kysely }: Pick<IdentityDatabase, 'kysely'>, sealer: Sealer): WebauthnStore {
  const keys = () => kysely.selectFrom('security_keys').selectAll().orderBy('created_at_ms').orderBy('id');
  const keyOf = (row: Row): SecurityKey => openedKey(row, sealer);

  async function isNameTaken(username: string, rpId: string, name: string, id: string): Promise<boolean> {
    const row = await kysely
      .selectFrom('security_keys')
      .select('id')
      .where('username', '=', username)
      .where('rp_id', '=', rpId)
      .where('name', '=', name)
      .where('id', '!=', id)
      .executeTakeFirst();
    return row !== undefined;
  }

  return {
    async listOf(username, rpId) {
      const rows = await keys().where('username', '=', username).where('rp_id', '=', rpId).execute();
      return rows.map(keyOf);
    },

    async all(username) {
      const rows = await (username === undefined ? keys() : keys().where('username', '=', username)).execute();
      return rows.map(keyOf);
    },

    async find(credentialId) {
      const row = await keys().where('credential_digest', '=', digestOf(credentialId)).executeTakeFirst();
      return row && keyOf(row);
    },

    async add(key) {
      const result = await kysely
        .insertInto('security_keys')
        .values(rowOf(key, sealer))
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirstOrThrow();
      if (result.numInsertedOrUpdatedRows === 1n) return 'added';
      return (await isNameTaken(key.username, key.rpId, key.name, key.id)) ? 'name-taken' : 'known';
    },

    async rename(username, id, name) {
      const row = await keys().where('username', '=', username).where('id', '=', id).executeTakeFirst();
      if (!row) return 'missing';
      // Two tabs at once meet the constraint of the table instead.
      if (await isNameTaken(username, row.rp_id, name, id)) return 'name-taken';
      await kysely.updateTable('security_keys').set({ name }).where('id', '=', id).execute();
      return 'renamed';
    },

    async remove(username, id) {
      const result = await kysely
        .deleteFrom('security_keys')
        .where('username', '=', username)
        .where('id', '=', id)
        .executeTakeFirstOrThrow();
      await dropCodesWithoutFactor(kysely, username);
      return result.numDeletedRows > 0n ? 'removed' : 'missing';
    },

    async recordUse(id, use) {
      const result = await kysely
        .updateTable('security_keys')
        .set({
          sign_count: use.signCount,
          last_used_at_ms: use.atMs,
          user_handle: use.userHandle ?? null,
          discoverable: flag(use.discoverable),
          user_present: flag(use.userPresent),
          user_verified: flag(use.userVerified),
          backup_eligible: flag(use.backupEligible),
          backup_state: flag(use.backupState),
          attachment: use.attachment,
        })
        .where('id', '=', id)
        .where((where) => (use.signCount === 0 ? where('sign_count', '=', 0) : where('sign_count', '<', use.signCount)))
        .where('clone_warning', '=', 0)
        .executeTakeFirstOrThrow();
      return result.numUpdatedRows === 1n ? 'recorded' : 'overtaken';
    },

    async warnOfClone(id) {
      await kysely.updateTable('security_keys').set({ clone_warning: 1 }).where('id', '=', id).execute();
    },

    async handleOf(username, rpId, fresh) {
      await kysely
        .insertInto('security_key_handles')
        .values({ rp_id: rpId, username, user_handle: fresh })
        .onConflict((conflict) => conflict.columns(['rp_id', 'username']).doNothing())
        .execute();
      const row = await kysely
        .selectFrom('security_key_handles')
        .select('user_handle')
        .where('rp_id', '=', rpId)
        .where('username', '=', username)
        .executeTakeFirstOrThrow();
      return row.user_handle;
    },
  };
}

function digestOf(credentialId: string): string {
  return createHash('sha256').update(Buffer.from(credentialId, 'base64url')).digest('base64url');
}

function placeOf(column: 'public_key' | 'attestation', row: string) {
  return { table: 'security_keys', column, row };
}

function flag(value: boolean): 0 | 1 {
  return value ? 1 : 0;
}

function openedKey(row: Row, sealer: Sealer): SecurityKey {
  return {
    id: row.id,
    credentialId: row.credential_id,
    rpId: row.rp_id,
    username: row.username,
    name: row.name,
    userHandle: row.user_handle ?? undefined,
    createdAtMs: row.created_at_ms,
    lastUsedAtMs: row.last_used_at_ms ?? undefined,
    aaguid: row.aaguid ?? undefined,
    attestationType: row.attestation_type,
    attestationFormat: row.attestation_format,
    attachment: row.attachment,
    transports: row.transports.split(',').filter(Boolean),
    signCount: row.sign_count,
    cloneWarning: row.clone_warning === 1,
    legacy: row.legacy === 1,
    discoverable: row.discoverable === 1,
    userPresent: row.user_present === 1,
    userVerified: row.user_verified === 1,
    backupEligible: row.backup_eligible === 1,
    backupState: row.backup_state === 1,
    publicKey: new Uint8Array(sealer.open(placeOf('public_key', row.id), row.public_key)),
    attestation: new Uint8Array(sealer.open(placeOf('attestation', row.id), row.attestation)),
  };
}

function rowOf(key: SecurityKey, sealer: Sealer): Row {
  return {
    id: key.id,
    credential_digest: digestOf(key.credentialId),
    credential_id: key.credentialId,
    rp_id: key.rpId,
    username: key.username,
    name: key.name,
    user_handle: key.userHandle ?? null,
    created_at_ms: key.createdAtMs,
    last_used_at_ms: key.lastUsedAtMs ?? null,
    aaguid: key.aaguid ?? null,
    attestation_type: key.attestationType,
    attestation_format: key.attestationFormat,
    attachment: key.attachment,
    transports: key.transports.join(','),
    sign_count: key.signCount,
    clone_warning: flag(key.cloneWarning),
    legacy: flag(key.legacy),
    discoverable: flag(key.discoverable),
    user_present: flag(key.userPresent),
    user_verified: flag(key.userVerified),
    backup_eligible: flag(key.backupEligible),
    backup_state: flag(key.backupState),
    public_key: sealer.seal(placeOf('public_key', key.id), key.publicKey),
    attestation: sealer.seal(placeOf('attestation', key.id), key.attestation),
  };
}
