/** From the configuration's `authentication_backend` to the directory that knows the people. */
import { isIP } from 'node:net';
import type { DigestPool } from '@gatehouse/password/digest-pool.ts';
import { argon2Defaults, type HashOptions, hashOptionsFault } from '@gatehouse/password/hash-options.ts';
import type { Log } from '@gatehouse/web/log.ts';
import type { PasswordHashing } from '../config/complete/file-password.ts';
import type { Ldap } from '../config/complete/ldap.ts';
import type { AuthenticationBackend } from '../config/configuration.ts';
import { type Trusted, tlsClientOptions } from '../tls-client.ts';
import type { Directory } from './directory.ts';
import { openFileDirectory } from './file/file-directory.ts';
import type { FileTurns } from './file/file-turns.ts';
import { hashOptionsOf } from './file/new-digest.ts';
import { findsByMail } from './ldap/filters.ts';

export type DirectoryParts = {
  readonly pool: DigestPool;
  readonly log: Log;
  /** Shared by all that this process opens. */
  readonly fileTurns: FileTurns;
  /** Whose certificates an LDAP server may have. */
  readonly trusted: Trusted;
  nowMs(): number;
  /** For one that is in force already, a users file that is broken just now stays the one that was read before. Absent: `new`. */
  readonly which?: 'new' | 'in force';
};

/** Throws a `UsersFileFailure` that lists everything wrong, and TypeError for a section that the rules should have refused. */
export async function openDirectory(backend: AuthenticationBackend, parts: DirectoryParts): Promise<Directory> {
  if (backend.ldap) return openedLdap(backend.ldap, parts);
  if (backend.file) return openedFile(backend.file, parts);
  throw new TypeError('the configuration names no directory');
}

/** Whether people are found by their mail address too. */
export function findsPeopleByMail({ ldap, file }: AuthenticationBackend): boolean {
  return ldap ? findsByMail(ldap) : file?.search.email === true;
}

/** One that cannot be reached now is told and tried again at each sign-in: the portal need not wait for it to start. */
async function openedLdap(ldap: Ldap, { log, trusted, nowMs }: DirectoryParts): Promise<Directory> {
  const host = ldap.address?.kind === 'network' && isIP(ldap.address.host) === 0 ? ldap.address.host : undefined;
  const { openLdapDirectory } = await import('./ldap/ldap-directory.ts');
  const directory = openLdapDirectory({ ldap, tlsOptions: tlsClientOptions(ldap.tls, trusted, host), log, nowMs });
  const answer = await directory.find('gatehouse-startup-check');
  if (answer.kind === 'unavailable')
    log.error({ err: answer.cause }, 'The LDAP server cannot be asked. Nobody can sign in until it answers.');
  return directory;
}

function openedFile(
  file: NonNullable<AuthenticationBackend['file']>,
  { pool, log, fileTurns: turns, which }: DirectoryParts,
): Promise<Directory> {
  return openFileDirectory({
    path: file.path,
    watch: file.watch,
    hashing: newPasswords(file.password, log),
    search: { email: file.search.email, caseInsensitive: file.search.case_insensitive },
    extraAttributes: Object.fromEntries(
      // The rules of the configuration have seen to it that a type is written.
      Object.entries(file.extra_attributes).map(([name, { value_type: type = 'string', multi_valued }]) => [
        name,
        { value_type: type, multi_valued },
      ]),
    ),
    pool,
    log,
    turns,
    mayBeBroken: which === 'in force',
  });
}

/** Nothing here makes yescrypt or digests beyond the bounds of the password package; then the usual family is used. */
function newPasswords(hashing: PasswordHashing, log: Log): HashOptions {
  const wanted = hashOptionsOf(hashing);
  const fault =
    hashing.algorithm === 'scrypt' && hashing.scrypt.variant === 'yescrypt'
      ? 'cannot be made with yescrypt'
      : hashOptionsFault(wanted);
  if (fault === undefined) return wanted;
  log.warn(`A new digest ${fault}, so new passwords get argon2id. See authentication_backend.file.password.`);
  return argon2Defaults;
}
