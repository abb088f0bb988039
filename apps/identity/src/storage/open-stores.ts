/**
 * Opens what the configuration's `storage` names: the durable database with its migrations and the check of the encryption
 * key, and the values that expire beside it. Shared by the server and by the commands that work on the storage.
 */
import type { ConnectionOptions } from 'node:tls';
import { type DatabaseLocation, openDatabase } from '@gatehouse/storage/database.ts';
import { checkEncryptionKey } from '@gatehouse/storage/encryption-check.ts';
import { migrate } from '@gatehouse/storage/migrate.ts';
import { openSealer, type Sealer } from '@gatehouse/storage/sealer.ts';
import { openVolatile } from '@gatehouse/storage/volatile/open-volatile.ts';
import type { Volatile } from '@gatehouse/storage/volatile/volatile.ts';
import type { Configuration } from '../config/configuration.ts';
import { identityMigrations, identityNamespace } from './migrations.ts';
import type { IdentityDatabase, IdentityTables } from './tables.ts';

export type Durable = { readonly database: IdentityDatabase; readonly sealer: Sealer };
export type Stores = Durable & { readonly volatile: Volatile; close(): Promise<void> };

type Storage = Configuration['storage'];

/** The configuration names a kind of storage that does not exist here yet. */
export class StorageUnsupported extends Error {
  readonly code = 'storage-unsupported';
  override readonly name = 'StorageUnsupported';
}

const owner = 'identity';

/** Throws the failures of `@gatehouse/storage`, or `StorageUnsupported`. */
export async function openStores(storage: Storage, nowMs: () => number): Promise<Stores> {
  const durable = await openDurable(storage);
  const volatile = await openVolatile(locationOf(storage), nowMs);
  return {
    ...durable,
    volatile,
    async close() {
      await volatile.close();
      await durable.database.close();
    },
  };
}

/** The database alone, for a command that touches no session. The caller closes it. */
export async function openDurable(storage: Storage): Promise<Durable> {
  const database = await openDatabase<IdentityTables>(locationOf(storage));
  const sealer = openSealer(storage.encryption_key);
  await checkEncryptionKey(database, owner, sealer);
  await migrate(database, identityNamespace, identityMigrations);
  return { database, sealer };
}

function locationOf({ local, postgres }: Storage): DatabaseLocation {
  if (local) return { dialect: 'sqlite', path: local.path };
  if (!postgres?.address || postgres.address.kind === 'fd')
    throw new StorageUnsupported(
      "Only 'storage.local' (SQLite) and 'storage.postgres' are supported so far. Choose one of them in the configuration.",
    );
  const { address, database, schema, username, password, timeout } = postgres;
  return {
    dialect: 'postgres',
    host: address.kind === 'unix' ? address.file : address.host,
    port: address.kind === 'unix' ? defaultPostgresPort : address.port,
    database,
    schema,
    username,
    password,
    connectTimeoutSeconds: timeout,
    ...(postgres.tls && { tls: tlsOptions(postgres.tls) }),
  };
}

const defaultPostgresPort = 5432;

type Tls = NonNullable<NonNullable<Storage['postgres']>['tls']>;

function tlsOptions(tls: Tls): ConnectionOptions {
  return {
    rejectUnauthorized: !tls.skip_verify,
    minVersion: tlsVersion(tls.minimum_version),
    maxVersion: tlsVersion(tls.maximum_version),
    ...(tls.server_name && { servername: tls.server_name }),
    ...(tls.private_key && { key: tls.private_key.key.export({ type: 'pkcs8', format: 'pem' }) }),
    ...(tls.certificate_chain && { cert: tls.certificate_chain.map((each) => each.toString()).join('') }),
  };
}

/** The rules of the configuration have refused SSL3.0 already. */
export function tlsVersion(version: Tls['minimum_version']): 'TLSv1' | 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3' {
  switch (version) {
    case 'TLS1.0':
    case 'SSL3.0':
      return 'TLSv1';
    case 'TLS1.1':
      return 'TLSv1.1';
    case 'TLS1.2':
      return 'TLSv1.2';
    case 'TLS1.3':
      return 'TLSv1.3';
  }
}
