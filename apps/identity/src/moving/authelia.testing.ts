/**
 * For tests: a database shaped and encrypted as Authelia of a schema version leaves it, with the rows a test asks for. The
 * encryption is written here a second time, from the facts, so that a mistake of ours does not agree with itself.
 */
import { createCipheriv, createHash, hkdfSync, randomBytes, randomUUID } from 'node:crypto';
import { type DatabaseLocation, openDatabase } from '@gatehouse/storage/database.ts';
import { type Kysely, sql } from 'kysely';

export const autheliaKey = 'the key that Authelia ran with, long enough';

type Row = Readonly<Record<string, string | number | Uint8Array | null>>;

export type AutheliaRows = {
  readonly version?: number;
  readonly key?: string;
  readonly identifiers?: readonly { username: string; identifier: string; sector?: string; service?: string }[];
  /** `secret` in base32. */
  readonly codes?: readonly (Row & { username: string; secret: string })[];
  /** `subject` is an identifier. */
  readonly consents?: readonly (Row & { client_id: string; subject: string; scopes: string })[];
  readonly bannedUsers?: readonly Row[];
  readonly bannedAddresses?: readonly Row[];
  readonly preferences?: readonly Row[];
  readonly devices?: readonly Row[];
  /** Columns as the newest version has them; what an older one has not is left out. */
  readonly keys?: readonly AutheliaKeyRow[];
  readonly handles?: readonly { rpid: string; username: string; userid: string }[];
};

export type AutheliaKeyRow = Row & {
  readonly username: string;
  readonly rpid: string;
  /** base64. */
  readonly kid: string;
  /** As it is before it is encrypted, like `attestation`. */
  readonly public_key: Uint8Array;
  readonly attestation?: string;
};

/** Columns of each table, and the version it came with. */
const tables: readonly { name: string; since: number; until?: number; columns: string }[] = [
  {
    name: 'totp_configurations',
    since: 1,
    columns:
      "username varchar(100) not null, issuer varchar(100), algorithm varchar(6) not null default 'SHA1', digits integer not null default 6, period integer not null default 30, secret blob not null",
  },
  {
    name: 'user_preferences',
    since: 1,
    columns: 'username varchar(100) unique not null, second_factor_method varchar(11) not null',
  },
  {
    name: 'duo_devices',
    since: 1,
    columns: 'username varchar(100) not null, device text not null, method text not null',
  },
  { name: 'encryption', since: 1, columns: 'name varchar(100) unique, value blob not null' },
  {
    name: 'user_opaque_identifier',
    since: 4,
    columns:
      'service varchar(20) not null, sector_id varchar(255) not null, username varchar(100) not null, identifier char(36) not null',
  },
  {
    name: 'oauth2_consent_preconfiguration',
    since: 6,
    columns:
      'client_id varchar(255) not null, subject char(36) not null, created_at timestamp not null default current_timestamp, expires_at timestamp null, revoked boolean not null default false, scopes text not null, audience text null',
  },
  {
    name: 'webauthn_devices',
    since: 2,
    until: 11,
    columns:
      "created_at timestamp not null default current_timestamp, last_used_at timestamp, rpid text, username varchar(100) not null, description varchar(30) not null default 'Primary', kid varchar(512) not null, public_key blob not null, attestation_type varchar(32), transport varchar(64) default '', aaguid char(36) not null, sign_count integer default 0, clone_warning boolean not null default false",
  },
  {
    name: 'webauthn_credentials',
    since: 12,
    columns:
      "created_at datetime not null default current_timestamp, last_used_at datetime, rpid varchar(512) not null, username varchar(100) not null, description varchar(64) not null, kid varchar(512) not null, aaguid char(36), attestation_type varchar(32), attachment varchar(64), transport varchar(64) default '', sign_count integer default 0, clone_warning boolean not null default false, legacy boolean not null default false, discoverable boolean not null default false, present boolean not null default false, verified boolean not null default false, backup_eligible boolean not null default false, backup_state boolean not null default false, public_key blob not null",
  },
  {
    name: 'webauthn_users',
    since: 12,
    columns: 'rpid varchar(512) not null, username varchar(100) not null, userid char(64) not null',
  },
  {
    name: 'banned_user',
    since: 20,
    columns:
      'time timestamp not null default current_timestamp, expires timestamp, expired timestamp, revoked boolean not null default false, username varchar(100) not null, source varchar(10) not null, reason varchar(100)',
  },
  {
    name: 'banned_ip',
    since: 20,
    columns:
      'time timestamp not null default current_timestamp, expires timestamp, expired timestamp, revoked boolean not null default false, ip varchar(39) not null, source varchar(10) not null, reason varchar(100)',
  },
];

/** `place`: the path of an SQLite file, or a schema of PostgreSQL that is empty. */
export async function writeAuthelia(place: string | DatabaseLocation, rows: AutheliaRows): Promise<void> {
  const { version = 24, key = autheliaKey } = rows;
  const location: DatabaseLocation = typeof place === 'string' ? { dialect: 'sqlite', path: place } : place;
  const { kysely, close } = await openDatabase<unknown>(location);
  const id = location.dialect === 'sqlite' ? 'id integer primary key autoincrement' : 'id serial primary key';
  const raw = (columns: string) => sql.raw(location.dialect === 'sqlite' ? columns : inPostgres(columns));
  await sql`create table migrations (${sql.raw(id)}, applied timestamp not null default current_timestamp, version_before integer, version_after integer not null, application_version varchar(128) not null)`.execute(
    kysely,
  );
  for (const { name, since, until = version, columns } of tables)
    if (since <= version && version <= until)
      await sql`create table ${sql.table(name)} (${sql.raw(id)}, ${raw(columns)})`.execute(kysely);
  if (version >= 2)
    await sql`alter table totp_configurations add column ${raw("created_at timestamp not null default '2020-01-02 03:04:05'")}`.execute(
      kysely,
    );
  if (version >= 2)
    await sql`alter table totp_configurations add column ${raw('last_used_at timestamp null')}`.execute(kysely);
  if (version >= 17)
    for (const column of [
      'requested_claims text null',
      'signature_claims char(64) null',
      "granted_claims text default ''",
    ])
      await sql`alter table oauth2_consent_preconfiguration add column ${sql.raw(column)}`.execute(kysely);

  if (version >= 19)
    await sql`alter table webauthn_credentials add column ${raw('attestation blob null')}`.execute(kysely);
  if (version >= 24) {
    await sql`alter table webauthn_credentials rename column attestation_type to attestation_format`.execute(kysely);
    await sql`alter table webauthn_credentials add column attestation_type varchar(32) not null default ''`.execute(
      kysely,
    );
  }

  await insert(kysely, 'migrations', { version_before: 0, version_after: version, application_version: 'v4' });
  await insert(kysely, 'encryption', {
    name: 'check',
    value: encrypt(version, key, placeOf(version, 'encryption', 'value', 'check'), randomUUID()),
  });
  for (const { username, identifier, sector = '', service = 'openid' } of rows.identifiers ?? [])
    await insert(kysely, 'user_opaque_identifier', { service, sector_id: sector, username, identifier });
  for (const { secret, ...code } of rows.codes ?? []) {
    const sealed = encrypt(version, key, placeOf(version, 'totp_configurations', 'secret', code.username), secret);
    await insert(kysely, 'totp_configurations', { ...code, secret: sealed });
  }
  for (const row of rows.consents ?? []) await insert(kysely, 'oauth2_consent_preconfiguration', row);
  for (const row of rows.bannedUsers ?? []) await insert(kysely, 'banned_user', row);
  for (const row of rows.bannedAddresses ?? []) await insert(kysely, 'banned_ip', row);
  for (const row of rows.preferences ?? []) await insert(kysely, 'user_preferences', row);
  for (const row of rows.devices ?? []) await insert(kysely, 'duo_devices', row);
  for (const row of rows.keys ?? []) await insertKey(kysely, version, key, row);
  for (const row of rows.handles ?? []) await insert(kysely, 'webauthn_users', row);
  if (location.dialect === 'sqlite') await sql`pragma journal_mode = delete`.execute(kysely);
  await close();
}

async function insertKey(
  kysely: Kysely<unknown>,
  version: number,
  key: string,
  { attestation, ...row }: AutheliaKeyRow,
): Promise<void> {
  const table = version >= 12 ? 'webauthn_credentials' : 'webauthn_devices';
  const seal = (column: string, plain: string | Uint8Array) => {
    const place = version >= 26 ? [table, column, row.kid, row.rpid] : [table, row.rpid, column];
    return encrypt(version, key, place, plain);
  };
  const sealed: Row = { ...row, public_key: seal('public_key', row.public_key) };
  await insert(kysely, table, attestation ? { ...sealed, attestation: seal('attestation', attestation) } : sealed);
}

const truths: readonly string[] = [
  ...['revoked', 'clone_warning', 'legacy', 'discoverable', 'present', 'verified', 'backup_eligible', 'backup_state'],
];

async function insert(kysely: Kysely<unknown>, table: string, row: Row): Promise<void> {
  const names = sql.join(Object.keys(row).map((name) => sql.ref(name)));
  const values = Object.entries(row).map(([name, value]) =>
    // A word that both engines take for a truth; PostgreSQL takes no number for one.
    truths.includes(name) ? sql.raw(value === 1 ? 'true' : 'false') : value,
  );
  await sql`insert into ${sql.table(table)} (${names}) values (${sql.join(values)})`.execute(kysely);
}

function inPostgres(columns: string): string {
  return columns
    .replace(/\bblob\b/g, 'bytea')
    .replace(/\b(datetime|timestamp)\b(?=[ ,]|$)/g, 'timestamp with time zone');
}

function placeOf(version: number, table: string, column: string, row: string): string[] {
  return version >= 26 ? [table, column, row] : [table, column];
}

/** `place`: table, column and row, in the order of the version. */
function encrypt(version: number, key: string, place: readonly string[], plaintext: string | Uint8Array): Uint8Array {
  const bytes =
    version >= 25
      ? Buffer.from(hkdfSync('sha256', key, '', 'authelia:kdf:storage:encryption_key:v1', 32))
      : createHash('sha256').update(key).digest();
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', bytes, nonce);
  if (version >= 25) cipher.setAAD(Buffer.from(['authelia', 'storage', ...place].join(':')));
  return Buffer.concat([nonce, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
}
