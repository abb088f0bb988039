/**
 * What can go wrong between us and a database, each failure with a permanent code. A message says what happened, why, and
 * what to do; it names files, hosts and users, never a password. Nothing here decides how a failure is shown.
 */

export class StorageFailure extends Error {
  readonly code: string = 'storage-failure';
  override readonly name: string = 'StorageFailure';
}

/** The SQLite file cannot be opened, read or written. */
export class DatabaseCannotOpen extends StorageFailure {
  override readonly code = 'database-cannot-open';
  override readonly name = 'DatabaseCannotOpen';
}

/** The database server does not answer. */
export class DatabaseUnreachable extends StorageFailure {
  override readonly code = 'database-unreachable';
  override readonly name = 'DatabaseUnreachable';
}

/** The server answers and refuses the user, the password or the connection's encryption. */
export class DatabaseLoginRefused extends StorageFailure {
  override readonly code = 'database-login-refused';
  override readonly name = 'DatabaseLoginRefused';
}

/** The server lets us in, but the database or the schema named in the configuration is not there. */
export class DatabaseMissing extends StorageFailure {
  override readonly code = 'database-missing';
  override readonly name = 'DatabaseMissing';
}

/** The tables were made by a newer version than the one that runs. */
export class SchemaNewer extends StorageFailure {
  override readonly code = 'schema-newer';
  override readonly name = 'SchemaNewer';
}

export class MigrationFailed extends StorageFailure {
  override readonly code = 'migration-failed';
  override readonly name = 'MigrationFailed';
}

/** A sealed value does not open: another key, another place, or altered bytes. */
export class SealBroken extends StorageFailure {
  override readonly code = 'seal-broken';
  override readonly name = 'SealBroken';
}

/** The database was first used with another encryption key. */
export class EncryptionKeyWrong extends StorageFailure {
  override readonly code = 'encryption-key-wrong';
  override readonly name = 'EncryptionKeyWrong';
}
