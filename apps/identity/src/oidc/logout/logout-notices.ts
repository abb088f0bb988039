/**
 * The queue of notices that a session ended, one row an application and session. A notice is taken by moving its next
 * attempt from the value that was read: of any number of processes one succeeds, and if that one dies, the notice is due
 * again when the lease is over. Knows nothing of how an application is told.
 */
import type { IdentityDatabase } from '../../storage/tables.ts';

export type LogoutNotice = {
  readonly id: string;
  readonly issuer: string;
  readonly clientId: string;
  readonly subject: string;
  readonly sid: string;
  /** This attempt counted. */
  readonly attempts: number;
};

export type Recipient = { readonly issuer: string; readonly clientId: string };

export type LogoutNotices = {
  /** Applications with a notice that is due, the longest waiting first. */
  recipients(rowsMax: number): Promise<Recipient[]>;
  /** The next due notice for one application, held for `leaseMs`. */
  take(recipient: Recipient, leaseMs: number): Promise<LogoutNotice | undefined>;
  remove(id: string): Promise<void>;
  /** This notice and all others of the application that are due wait. */
  postpone(notice: LogoutNotice, untilMs: number): Promise<void>;
  /** As if it had not been taken: due at once for whoever takes it next, and the attempt does not count. */
  giveBack(notice: LogoutNotice): Promise<void>;
  /** Drops what waits since before `beforeMs`; answers whom it was for. */
  giveUp(beforeMs: number): Promise<Recipient[]>;
};

export function openLogoutNotices(parts: {
  readonly database: Pick<IdentityDatabase, 'kysely'>;
  readonly nowMs: () => number;
}): LogoutNotices {
  const { nowMs } = parts;
  const { kysely } = parts.database;

  const dueFor = ({ issuer, clientId }: Recipient) =>
    kysely
      .selectFrom('logout_notices')
      .selectAll()
      .where('issuer', '=', issuer)
      .where('client_id', '=', clientId)
      .where('next_attempt_ms', '<=', nowMs())
      .orderBy('next_attempt_ms')
      .limit(1)
      .executeTakeFirst();

  return {
    async recipients(rowsMax) {
      const rows = await kysely
        .selectFrom('logout_notices')
        .select(['issuer', 'client_id'])
        .where('next_attempt_ms', '<=', nowMs())
        .groupBy(['issuer', 'client_id'])
        .orderBy((row) => row.fn.min('next_attempt_ms'))
        .limit(rowsMax)
        .execute();
      return rows.map(({ issuer, client_id: clientId }) => ({ issuer, clientId }));
    },

    async take(recipient, leaseMs) {
      for (let row = await dueFor(recipient); row; row = await dueFor(recipient)) {
        const attempts = row.attempts + 1;
        const { numUpdatedRows } = await kysely
          .updateTable('logout_notices')
          .set({ attempts, next_attempt_ms: nowMs() + leaseMs })
          .where('id', '=', row.id)
          .where('next_attempt_ms', '=', row.next_attempt_ms)
          .executeTakeFirstOrThrow();
        if (numUpdatedRows === 1n) return { ...recipient, id: row.id, subject: row.subject, sid: row.sid, attempts };
      }
      return undefined;
    },

    async remove(id) {
      await kysely.deleteFrom('logout_notices').where('id', '=', id).execute();
    },

    async postpone({ id, issuer, clientId }, untilMs) {
      await kysely
        .updateTable('logout_notices')
        .set({ next_attempt_ms: untilMs })
        .where('issuer', '=', issuer)
        .where('client_id', '=', clientId)
        .where((row) => row.or([row('id', '=', id), row('next_attempt_ms', '<=', nowMs())]))
        .execute();
    },

    async giveBack({ id, attempts }) {
      await kysely
        .updateTable('logout_notices')
        .set({ attempts: attempts - 1, next_attempt_ms: nowMs() })
        .where('id', '=', id)
        .where('attempts', '=', attempts)
        .execute();
    },

    async giveUp(beforeMs) {
      const rows = await kysely
        .selectFrom('logout_notices')
        .select(['id', 'issuer', 'client_id'])
        .where('created_at_ms', '<', beforeMs)
        .limit(100)
        .execute();
      const ids = rows.map(({ id }) => id);
      if (ids.length > 0) await kysely.deleteFrom('logout_notices').where('id', 'in', ids).execute();
      return rows.map(({ issuer, client_id: clientId }) => ({ issuer, clientId }));
    },
  };
}
