/**
 * A new password and what follows from it: links to another one are void, and the sessions and the lasting access of whoever had
 * the old one end. That is written down before the directory is asked. So when the process dies in the middle, or the database
 * goes away, a later round does the rest, and nobody stays in who only had the old password. Links that are left then are void
 * by the directory's mark, of which each has what it was made for.
 *
 * Whether it was set at all shows in the directory's mark, which may lag: one server took the password, and another one, which has
 * not heard of it yet, is asked. So a mark that did not change is looked at again, for some hours. In doubt the sessions end: to
 * sign in once more is the smaller harm.
 */

import { othersFirst } from '@gatehouse/storage/others-first.ts';
import { type Rounds, startRounds } from '@gatehouse/storage/rounds.ts';
import { sourceLanguage } from '@gatehouse/words/say.ts';
import { sayIn } from '@gatehouse/words/say-in.ts';
import type { Directory, SetPasswordAnswer } from '../directory/directory.ts';
import { passwordChangedMessage } from '../notify/messages.ts';
import type { TellOwner } from '../notify/tell-owner.ts';
import type { IdentityDatabase } from '../storage/tables.ts';
import type { NewPasswordTables } from './new-passwords.tables.ts';

export type NewPassword = {
  readonly username: string;
  readonly password: string;
  /** See `Directory`. */
  readonly current?: string;
  /** Absent: every session goes on. */
  readonly endSessions?: {
    /** But this one. */
    readonly exceptId: string | undefined;
  };
  readonly remoteAddress: string;
};

export type NewPasswords = {
  /** When it answers `set`, everything follows: at once, within seconds of a failure, within about a minute of a death. `voidLinks` are those to another password. */
  set(fresh: NewPassword, voidLinks: () => Promise<void>): Promise<SetPasswordAnswer>;
  /** Does the rest of what somebody left in the middle, until it is told to stop. */
  finish(stopped?: AbortSignal): Promise<void>;
  /** From now on that is done every few seconds. */
  start(): Rounds;
};

const intervalMs = 5_000;
/** However slow a directory is, by then it has answered or nobody waits for it. Whoever died is taken for busy until then too. */
const busyMsMax = 60_000;
const rowsAtOnce = 100;
/** The last look comes after three and a half hours: by then every server of a directory has heard of it. */
const looksMax = 10;
const pauseMsMax = 60 * 60_000;
const notDone = 'What follows from new passwords could not be done; tried again in a few seconds';

type Row = NewPasswordTables['new_passwords'];

export function openNewPasswords(parts: {
  readonly database: Pick<IdentityDatabase, 'kysely'>;
  readonly directory: Pick<Directory, 'setPassword' | 'passwordMark' | 'find'>;
  /** Ends a person's sessions, all or all but one, and takes back what was given in them. */
  readonly shutOut: (username: string, exceptId: string | undefined) => Promise<void>;
  readonly tellOwner: TellOwner;
  readonly nowMs: () => number;
  readonly newId: () => string;
  readonly log: Record<'info' | 'error', (fields: Readonly<Record<string, unknown>>, message: string) => void>;
}): NewPasswords {
  const { directory, shutOut, nowMs, log } = parts;
  const { kysely } = parts.database;

  const remove = (ids: readonly string[]) => kysely.deleteFrom('new_passwords').where('id', 'in', ids).execute();
  const leave = (id: string, dueAtMs: number) =>
    kysely.updateTable('new_passwords').set({ due_at_ms: dueAtMs }).where('id', '=', id).execute();

  /** False: another process does it. */
  async function isTaken({ id, due_at_ms }: Row): Promise<boolean> {
    const { numUpdatedRows } = await kysely
      .updateTable('new_passwords')
      .set({ due_at_ms: nowMs() + busyMsMax })
      .where('id', '=', id)
      .where('due_at_ms', '=', due_at_ms)
      .executeTakeFirstOrThrow();
    return numUpdatedRows === 1n;
  }

  /** The rows of those that began before: what they leave undone is done with this one. */
  async function begin({ username, remoteAddress }: NewPassword, markBefore: string, exceptId: string | undefined) {
    const earlier = await kysely.selectFrom('new_passwords').select('id').where('username', '=', username).execute();
    const id = parts.newId();
    const told = { kept_session_id: exceptId ?? null, remote_address: remoteAddress };
    const row = { id, username, mark_before: markBefore, due_at_ms: nowMs() + busyMsMax, looks: 0, ended: 0, ...told };
    await kysely.insertInto('new_passwords').values(row).execute();
    return { id, earlier: earlier.map((row) => row.id) };
  }

  async function setAndEnd(
    fresh: NewPassword,
    exceptId: string | undefined,
    voidLinks: () => Promise<void>,
  ): Promise<SetPasswordAnswer> {
    const { username, password, current } = fresh;
    const before = await directory.passwordMark(username);
    if (before.kind !== 'found') return before;
    const { id, earlier } = await begin(fresh, before.mark, exceptId);
    const answer = await directory.setPassword(username, password, current);
    if (answer.kind === 'set') {
      try {
        await shutOut(username, exceptId);
        await voidLinks();
        await remove([id, ...earlier]);
      } catch (err) {
        log.error(
          { err, username },
          'A password was set and not every session has ended yet; tried again in a few seconds',
        );
        await leave(id, 0).catch(() => undefined);
      }
    } else if (answer.kind === 'unavailable') {
      // A server may have taken it and not have come to say so.
      await leave(id, 0);
    } else await remove([id]);
    return answer;
  }

  async function finish(stopped?: AbortSignal): Promise<void> {
    const left = await kysely
      .selectFrom('new_passwords')
      .selectAll()
      .where('due_at_ms', '<=', nowMs())
      .orderBy('due_at_ms')
      .limit(rowsAtOnce)
      .execute();
    for (const row of left) {
      if (stopped?.aborted) return;
      if (!(await isTaken(row))) continue;
      const isDone = await finishOne(row).catch((err: unknown) => {
        log.error({ err, username: row.username }, notDone);
        return false;
      });
      // Others come before it then.
      if (!isDone) await leave(row.id, nowMs() + intervalMs);
      await othersFirst();
    }
  }

  /** False: the directory does not tell now. */
  async function finishOne(row: Row): Promise<boolean> {
    const { id, username, mark_before: before, kept_session_id: keptId } = row;
    if (row.ended) return await tell(row);
    const now = await directory.passwordMark(username);
    if (now.kind === 'unavailable') return false;
    const isOld = now.kind === 'found' && now.mark === before;
    if (isOld && now.tellsChanges) {
      await lookAgain(row);
      return true;
    }
    await shutOut(username, keptId ?? undefined);
    log.info({ username }, 'Ended the sessions from before a password that somebody had begun to set');
    if (isOld) {
      await remove([id]);
      return true;
    }
    // Whoever signs in from now on has the new one, and stays in however long the telling takes.
    await kysely.updateTable('new_passwords').set({ ended: 1 }).where('id', '=', id).execute();
    return await tell(row);
  }

  /** False: the directory does not tell now who the owner is, which may take a part of it that their mark does not. */
  async function tell({ id, username, remote_address: remoteAddress }: Row): Promise<boolean> {
    const owner = await directory.find(username);
    if (owner.kind === 'unavailable') return false;
    await remove([id]);
    if (owner.kind === 'found')
      parts.tellOwner(owner.identity, { remoteAddress, say: sayIn(sourceLanguage) }, passwordChangedMessage);
    else log.info({ username }, 'Nobody is told of the new password: the directory does not know the person any more');
    return true;
  }

  /** Five seconds later, then three times as long each time, until it is certain that the password was not set. */
  async function lookAgain({ id, looks: before }: Row): Promise<void> {
    const looks = before + 1;
    if (looks >= looksMax) await remove([id]);
    else {
      const due_at_ms = nowMs() + Math.min(intervalMs * 3 ** before, pauseMsMax);
      await kysely.updateTable('new_passwords').set({ looks, due_at_ms }).where('id', '=', id).execute();
    }
  }

  return {
    finish,
    async set(fresh, voidLinks) {
      if (fresh.endSessions) return await setAndEnd(fresh, fresh.endSessions.exceptId, voidLinks);
      const answer = await directory.setPassword(fresh.username, fresh.password, fresh.current);
      if (answer.kind === 'set') await voidLinks();
      return answer;
    },
    start: () =>
      startRounds({
        intervalMs,
        work: finish,
        onFailure: (err) => log.error({ err }, notDone),
      }),
  };
}
