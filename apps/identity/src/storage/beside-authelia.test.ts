/** People start Gatehouse on the configuration they have, and so on the database file that Authelia left there. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { openDatabase } from '@gatehouse/storage/database.ts';
import { temporaryFolder } from '@gatehouse/testing/temporary-folder.ts';
import { sql } from 'kysely';
import { openDurable } from './open-stores.ts';

/** Tables of Authelia 4.39, schema version 24. */
const theirs = [
  'authentication_logs',
  'banned_user',
  'banned_ip',
  'cached_data',
  'duo_devices',
  'encryption',
  'identity_verification',
  'migrations',
  'one_time_code',
  'totp_configurations',
  'totp_history',
  'user_opaque_identifier',
  'user_preferences',
  'webauthn_credentials',
  'webauthn_users',
  'oauth2_authorization_code_session',
  'oauth2_access_token_session',
  'oauth2_refresh_token_session',
  'oauth2_pkce_request_session',
  'oauth2_openid_connect_session',
  'oauth2_device_code_session',
  'oauth2_par_context',
  'oauth2_consent_session',
  'oauth2_consent_preconfiguration',
  'oauth2_blacklisted_jti',
];

test('a database that holds Authelia’s tables opens, and theirs are left as they are', async () => {
  await using folder = temporaryFolder('beside-authelia');
  const path = join(folder.path, 'db.sqlite3');
  const before = await openDatabase({ dialect: 'sqlite', path });
  for (const table of theirs) {
    await sql`create table ${sql.table(table)} (id integer primary key, kept text)`.execute(before.kysely);
    await sql`insert into ${sql.table(table)} (kept) values ('theirs')`.execute(before.kysely);
  }
  await before.close();

  const { database } = await openDurable(
    {
      encryption_key: 'a-key-of-this-test-that-is-long-enough',
      local: { path },
    },
    undefined,
  );
  for (const table of theirs) {
    const { rows } = await sql<{ kept: string }>`select kept from ${sql.table(table)}`.execute(database.kysely);
    assert.deepEqual(
      rows.map((row) => row.kept),
      ['theirs'],
      table,
    );
  }
  await database.close();
});
