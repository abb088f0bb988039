/**
 * The directory whose people stand in a YAML file. The file is read whole and swapped whole: a sign-in sees the old people or
 * the new ones, and an edit that cannot be used leaves the old ones in place and one line in the log.
 *
 * Whoever is unknown or disabled costs one digest, of the cost that most people's have, against which nothing matches.
 */
import type { DigestPool } from '@gatehouse/password/digest-pool.ts';
import { decoyOf, generateDigest } from '@gatehouse/password/generate.ts';
import type { HashOptions } from '@gatehouse/password/hash-options.ts';
import type { Log } from '@gatehouse/web/log.ts';
import type { Problem } from '../../config/problem.ts';
import type { Directory, SetPasswordAnswer } from '../directory.ts';
import { readUsersFile, readUsersFileAtStart, readUsersText } from './read-users-file.ts';
import { replaceFile } from './replace-file.ts';
import { rewritePassword } from './rewrite-password.ts';
import type { UserEntry } from './user-entry.ts';
import { parseUsersFile, type UsersFile, type UsersFileOptions } from './users-file.ts';
import { PasswordShared, UsersFileBroken } from './users-file-failures.ts';
import { fileSignature, watchFile } from './watch-file.ts';

export type FileDirectoryOptions = UsersFileOptions & {
  /** Follow changes of the file. */
  readonly watch: boolean;
  /** How new passwords are hashed. */
  readonly hashing: HashOptions;
  /** Stays the caller's to close. */
  readonly pool: DigestPool;
  readonly log: Log;
};

/** Throws a `UsersFileFailure` that lists everything wrong. */
export async function openFileDirectory(options: FileDirectoryOptions): Promise<Directory> {
  const { path, pool, log } = options;
  const since = await fileSignature(path);
  const first = await readUsersFileAtStart(options);
  let people = first.file;
  let decoy = decoyOf(people.usualDigest);
  tellWarnings(log, path, first.warnings);

  async function reload(): Promise<void> {
    try {
      const { file, warnings } = await readUsersFile(options);
      people = file;
      decoy = decoyOf(file.usualDigest);
      log.info({ file: path, people: file.count }, 'users file read again');
      tellWarnings(log, path, warnings);
    } catch (failure) {
      tellBroken(log, path, failure);
    }
  }

  const watching = options.watch
    ? watchFile({
        path,
        since,
        changed: reload,
        failed: () => log.error({ file: path }, 'the users file is no longer watched; restart to see changes'),
      })
    : undefined;

  /** One after the other: each starts from what the one before wrote. */
  let writing: Promise<unknown> = Promise.resolve();

  /** From the file as it is now, so that an edit which was not read yet is kept. */
  async function writePassword(username: string, password: string): Promise<SetPasswordAnswer> {
    const text = await readUsersText(path);
    const before = usersIn(text);
    if (before.index.lookUp(username)?.identity.username !== username || enabled(username) === undefined)
      return { kind: 'unknown' };
    const digest = await generateDigest(options.hashing, password);
    const answer = rewritePassword(text, username, digest);
    if (answer.kind === 'missing') return { kind: 'unknown' };
    if (answer.kind === 'shared') throw new PasswordShared(path);
    const after = usersIn(answer.text);
    if (after.count !== before.count) throw new TypeError('a rewritten users file lost people');
    await replaceFile(path, answer.text);
    people = after;
    decoy = decoyOf(after.usualDigest);
    return { kind: 'set' };
  }

  function usersIn(text: string): UsersFile {
    const answer = parseUsersFile(text, options);
    if (answer.kind === 'broken') throw new UsersFileBroken(path, answer.problems);
    return answer.file;
  }

  function enabled(login: string): UserEntry | undefined {
    const user = people.index.lookUp(login);
    return user?.disabled ? undefined : user;
  }

  return {
    async checkPassword(login, password) {
      const user = enabled(login);
      try {
        const answer = await pool.verify(user?.digest ?? decoy, password);
        if (answer.kind === 'busy') return { kind: 'unavailable', cause: answer.cause };
        return user && answer.kind === 'match' ? { kind: 'verified', identity: user.identity } : { kind: 'refused' };
      } catch (cause) {
        return { kind: 'unavailable', cause };
      }
    },
    async find(login) {
      const user = enabled(login);
      return user ? { kind: 'found', identity: user.identity } : { kind: 'unknown' };
    },
    setPassword(username, password) {
      const answer = writing.then(() => writePassword(username, password));
      writing = answer.catch(() => undefined);
      return answer.catch((cause: unknown) => ({ kind: 'unavailable', cause }));
    },
    async close() {
      watching?.close();
    },
  };
}

function tellWarnings(log: Log, path: string, warnings: readonly Problem[]): void {
  for (const { line, key, message, cure } of warnings) log.warn({ file: path, line, key }, `${message} ${cure}`);
}

/** One line for an edit, naming the first cause; the others show when that one is mended. */
function tellBroken(log: Log, path: string, failure: unknown): void {
  const kept = 'the users file cannot be used and the people read before stay in force';
  const problem =
    failure instanceof UsersFileBroken ? failure.problems.find(({ severity }) => severity === 'error') : undefined;
  if (failure instanceof UsersFileBroken && problem) {
    const { line, key, message, cure } = problem;
    log.error({ file: path, line, key, problems: failure.problems.length }, `${kept}: ${message} ${cure}`);
  } else log.error({ file: path }, `${kept}: ${failure instanceof Error ? failure.message : 'unknown cause'}`);
}
