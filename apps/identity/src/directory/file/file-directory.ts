/**
 * The directory whose people stand in a YAML file. A sign-in sees the old people or the new ones: the file is swapped whole
 * (`users-in-force.ts`).
 *
 * Digests of one file may differ in algorithm and cost. So a refusal costs one of each kind, always in the same order: the own one
 * of whoever was asked for in its place, and decoys, against which nothing matches, in all others.
 */
import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { costOf, type Digest, formatDigest } from '@gatehouse/password/digest.ts';
import type { DigestPool } from '@gatehouse/password/digest-pool.ts';
import { generateDigest } from '@gatehouse/password/generate.ts';
import type { HashOptions } from '@gatehouse/password/hash-options.ts';
import { type Directory, openHearing, type SetPasswordAnswer } from '../directory.ts';
import { type FileTurns, openFileTurns } from './file-turns.ts';
import { rewritePassword } from './rewrite-password.ts';
import type { UserEntry } from './user-entry.ts';
import { PasswordShared } from './users-file-failures.ts';
import { openUsersInForce, type UsersInForceOptions } from './users-in-force.ts';

export type FileDirectoryOptions = Omit<UsersInForceOptions, 'turns'> & {
  /** Shared with whoever else in this process may have the file open. Absent: nobody else has. */
  readonly turns?: FileTurns;
  /** How new passwords are hashed. */
  readonly hashing: HashOptions;
  /** Stays the caller's to close. */
  readonly pool: DigestPool;
};

type Broken = { readonly kind: 'broken'; readonly cause: unknown };

/** Throws a `UsersFileFailure` that lists everything wrong. */
export async function openFileDirectory(options: FileDirectoryOptions): Promise<Directory> {
  const { path, pool } = options;
  const users = await openUsersInForce({ ...options, turns: options.turns ?? openFileTurns() });

  async function writePassword(username: string, password: string, current?: string): Promise<SetPasswordAnswer> {
    const answer = await users.edit<Exclude<SetPasswordAnswer, { kind: 'set' }>>(async (text, people) => {
      const user = people.lookUp(username);
      if (user?.identity.username !== username || user.disabled || !enabled(username)) return { kind: 'unknown' };
      // Another one may have been set since it was proved, by whoever has the mailbox.
      const proof = current === undefined ? undefined : await pool.verify(user.digest, current);
      if (proof?.kind === 'busy') return { kind: 'unavailable', cause: proof.cause };
      if (proof?.kind === 'mismatch') return { kind: 'refused' };
      const rewritten = rewritePassword(text, username, await generateDigest(options.hashing, password));
      if (rewritten.kind === 'missing') return { kind: 'unknown' };
      if (rewritten.kind === 'shared') throw new PasswordShared(path);
      return rewritten.text;
    });
    return answer === 'written' ? { kind: 'set' } : answer;
  }

  function enabled(login: string): UserEntry | undefined {
    const user = users.lookUp(login);
    return user?.disabled ? undefined : user;
  }

  /** One digest of each kind, `own` among them. */
  function oneOfEachKind(own: Digest | undefined): readonly Digest[] {
    const decoys = users.decoys();
    if (!own) return decoys;
    const cost = costOf(own);
    const place = decoys.findIndex((decoy) => costOf(decoy) === cost);
    // There are more kinds than refusals pay for, as the log says: the rarest makes room.
    return decoys.with(place === -1 ? decoys.length - 1 : place, own);
  }

  /** Computes one after the other until one matches; `unpaid` are those behind it. */
  async function pay(digests: readonly Digest[], password: string) {
    for (const [index, digest] of digests.entries()) {
      const answer = await pool.verify(digest, password).catch((cause: unknown): Broken => ({ kind: 'broken', cause }));
      if (answer.kind !== 'mismatch') return { answer, unpaid: digests.slice(index + 1) };
    }
    return { answer: { kind: 'mismatch' as const }, unpaid: [] };
  }

  /**
   * The proof may have waited long for its turn, and the person have another digest by now: of the same password, if the file
   * was written anew, or of another one. What counts is the digest that is in force.
   */
  async function proveAgain(login: string, proved: UserEntry, password: string) {
    const { username } = proved.identity;
    let { digest } = proved;
    for (;;) {
      const now = enabled(login);
      if (now?.identity.username !== username) return { kind: 'mismatch' as const };
      if (isDeepStrictEqual(now.digest, digest)) return { kind: 'verified' as const, identity: now.identity };
      digest = now.digest;
      const { answer } = await pay([digest], password);
      if (answer.kind !== 'match') return answer;
    }
  }

  return {
    async checkPassword(login, password, hearing = openHearing) {
      const user = enabled(login);
      const username = user?.identity.username;
      const isHeard = await hearing.mayTry(username);
      // Whoever is not heard costs as much as a name that nobody has.
      const { answer, unpaid } = await pay(oneOfEachKind(isHeard ? user?.digest : undefined), password);
      const proof = user && answer.kind === 'match' ? await proveAgain(login, user, password) : answer;
      if (proof.kind === 'busy' || proof.kind === 'broken') return { kind: 'unavailable', cause: proof.cause };
      const isRight = isHeard && proof.kind === 'verified';
      const isLetIn = await hearing.conclude(username, isRight);
      if (isLetIn && isRight) return proof;
      await pay(unpaid, password);
      return { kind: 'refused' };
    },
    async find(login) {
      const user = enabled(login);
      return user ? { kind: 'found', identity: user.identity } : { kind: 'unknown' };
    },
    setPassword(username, password, current) {
      return writePassword(username, password, current).catch((cause: unknown) => ({ kind: 'unavailable', cause }));
    },
    async passwordMark(username) {
      const user = enabled(username);
      if (user?.identity.username !== username) return { kind: 'unknown' };
      const mark = createHash('sha256').update(formatDigest(user.digest)).digest('base64url');
      return { kind: 'found', mark, tellsChanges: true };
    },
    async close() {
      users.close();
    },
  };
}
