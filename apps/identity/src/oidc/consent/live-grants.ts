/**
 * Which grants a person gave a client and in which session, so that a withdrawn consent ends every one of them with its codes
 * and tokens, also in browsers that are closed, and a sign-out those of its session. The grants themselves are with the
 * engine; this is the list of their names, one row each: requests of one browser at the same time lose none to one another.
 */
import type { SealedVolatile } from '@gatehouse/storage/volatile/sealed-volatile.ts';
import type { IdentityKysely } from '../../storage/tables.ts';
import { endGrant } from '../engine/end-grant.ts';

export type LiveGrant = {
  readonly id: string;
  readonly clientId: string;
  readonly subject: string;
  readonly lifetimeSeconds: number;
  /** The engine's session that it ends with; absent: it outlives sessions. */
  readonly sessionUid?: string | undefined;
};

export interface LiveGrants {
  note(grant: LiveGrant): Promise<void>;
  /** Who may come back while the person is away, and since when. */
  lasting(subject: string): Promise<readonly { readonly clientId: string; readonly sinceMs: number }[]>;
  /** Answers how many ended. */
  end(subject: string, clientId: string): Promise<number>;
  /** Ends all that a person gave, but in these sessions of the engine; answers how many. */
  endAllBut(subject: string, sessionUids: readonly string[]): Promise<number>;
  /** Ends what was given in one session of the engine. */
  endInSession(sessionUid: string): Promise<void>;
  /** Forgets up to `rowsMax` grants that ran out by themselves. */
  sweep(rowsMax: number): Promise<number>;
}

export function openLiveGrants(database: IdentityKysely, store: SealedVolatile, nowMs: () => number): LiveGrants {
  /** Forgotten only after it has ended, so that a crash between the two leaves nothing alive and unlisted. */
  async function endAll(ids: readonly string[]): Promise<void> {
    for (const id of ids) {
      await endGrant(store, id);
      await database.deleteFrom('grants').where('id', '=', id).execute();
    }
  }

  return {
    async note({ id, clientId, subject, lifetimeSeconds, sessionUid = null }) {
      const now = nowMs();
      await database
        .insertInto('grants')
        .values({
          id,
          client_id: clientId,
          subject,
          created_at_ms: now,
          expires_at_ms: now + lifetimeSeconds * 1000,
          session_uid: sessionUid,
        })
        .execute();
    },
    async lasting(subject) {
      const rows = await database
        .selectFrom('grants')
        .select((each) => ['client_id', each.fn.min('created_at_ms').as('since_ms')])
        .where('subject', '=', subject)
        .where('session_uid', 'is', null)
        .where('expires_at_ms', '>', nowMs())
        .groupBy('client_id')
        .execute();
      return rows.map((row) => ({ clientId: row.client_id, sinceMs: Number(row.since_ms) }));
    },
    async end(subject, clientId) {
      const rows = await database
        .selectFrom('grants')
        .select('id')
        .where('subject', '=', subject)
        .where('client_id', '=', clientId)
        .execute();
      await endAll(rows.map(({ id }) => id));
      return rows.length;
    },
    async endAllBut(subject, sessionUids) {
      const rows = await database
        .selectFrom('grants')
        .select(['id', 'session_uid'])
        .where('subject', '=', subject)
        .execute();
      const ids = rows.filter((row) => !sessionUids.includes(row.session_uid ?? '')).map(({ id }) => id);
      await endAll(ids);
      return ids.length;
    },
    async endInSession(sessionUid) {
      const rows = await database.selectFrom('grants').select('id').where('session_uid', '=', sessionUid).execute();
      await endAll(rows.map(({ id }) => id));
    },
    async sweep(rowsMax) {
      const rows = await database
        .selectFrom('grants')
        .select('id')
        .where('expires_at_ms', '<=', nowMs())
        .limit(rowsMax)
        .execute();
      const ids = rows.map((row) => row.id);
      if (ids.length > 0) await database.deleteFrom('grants').where('id', 'in', ids).execute();
      return ids.length;
    },
  };
}
