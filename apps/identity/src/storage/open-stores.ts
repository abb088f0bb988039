/**
 * Opens what the configuration's `storage` names: the durable database with its migrations and the check of the encryption
 * key, and the values that expire beside it. Shared by the server and by the commands that work on the storage.
 */
import { type DatabaseLocation, openDatabase, openPrepared, unhurried } from '@gatehouse/storage/database.ts';
import { checkEncryptionKey } from '@gatehouse/storage/encryption-check.ts';
import { migrate } from '@gatehouse/storage/migrate.ts';
import { openSealer, type Sealer } from '@gatehouse/storage/sealer.ts';
import { openVolatile } from '@gatehouse/storage/volatile/open-volatile.ts';
import type { Volatile } from '@gatehouse/storage/volatile/volatile.ts';
import type { Configuration } from '../config/configuration.ts';
import { type Trusted, tlsClientOptions } from '../tls-client.ts';
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
export async function openStores(storage: Storage, trusted: Trusted, nowMs: () => number): Promise<Stores> {
  const sealer = openSealer(storage.encryption_key);
  const location = locationOf(storage, trusted);
  const database = await openPrepared<IdentityTables>(location, (opened) => prepare(opened, sealer));
  const volatile = await openVolatile(location, nowMs);
  return {
    database,
    sealer,
    volatile,
    async close() {
      await volatile.close();
      await database.close();
    },
  };
}

/**
 * The database alone, for a command that touches no session and may go through whole tables: its statements have no limit.
 * The caller closes it.
 */
export async function openDurable(storage: Storage, trusted: Trusted): Promise<Durable> {
  const database = await openDatabase<IdentityTables>(unhurried(locationOf(storage, trusted)));
  const sealer = openSealer(storage.encryption_key);
  await prepare(database, sealer);
  return { database, sealer };
}

async function prepare(database: IdentityDatabase, sealer: Sealer): Promise<void> {
  await checkEncryptionKey(database, owner, sealer);
  await migrate(database, identityNamespace, identityMigrations);
}

/** Where the configuration keeps its database. Throws `StorageUnsupported`. */
export function locationOf({ local, postgres }: Storage, trusted: Trusted): DatabaseLocation {
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
    ...(postgres.tls && { tls: tlsClientOptions(postgres.tls, trusted) }),
  };
}

const defaultPostgresPort = 5432;
