/**
 * What hangs on a portal session: the engine's sessions that follow it, and the applications that want to be told when it
 * ends. When it does, the applications move into the queue of notices in one transaction. Knows no protocol.
 */
import type { IdentityDatabase } from '../../storage/tables.ts';

export type SessionApplication = {
  readonly issuer: string;
  readonly clientId: string;
  /** The account the engine knows, not yet the client's own view of it. */
  readonly subject: string;
  readonly sid: string;
};

export type ProviderSession = { readonly issuer: string; readonly uid: string };

export type SessionLinks = {
  addProviderSession(portalSessionId: string, session: ProviderSession): Promise<void>;
  providerSessions(portalSessionId: string): Promise<ProviderSession[]>;
  /** Answers whether it was news. */
  addApplication(portalSessionId: string, application: SessionApplication): Promise<boolean>;
  applications(portalSessionId: string): Promise<SessionApplication[]>;
  /** Forgets the session; its applications are to be told from now on. Answers how many. Doing it twice tells nobody twice. */
  release(portalSessionId: string): Promise<number>;
};

export function openSessionLinks(parts: {
  readonly database: Pick<IdentityDatabase, 'kysely'>;
  readonly nowMs: () => number;
  readonly newId: () => string;
}): SessionLinks {
  const { kysely } = parts.database;
  return {
    async addProviderSession(portalSessionId, { issuer, uid }) {
      await kysely
        .insertInto('provider_sessions')
        .values({ portal_session_id: portalSessionId, issuer, uid })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },

    async providerSessions(portalSessionId) {
      return await kysely
        .selectFrom('provider_sessions')
        .select(['issuer', 'uid'])
        .where('portal_session_id', '=', portalSessionId)
        .execute();
    },

    async addApplication(portalSessionId, { issuer, clientId, subject, sid }) {
      const { numInsertedOrUpdatedRows } = await kysely
        .insertInto('session_applications')
        .values({ portal_session_id: portalSessionId, issuer, client_id: clientId, subject, sid })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirstOrThrow();
      return numInsertedOrUpdatedRows === 1n;
    },

    async applications(portalSessionId) {
      const rows = await kysely
        .selectFrom('session_applications')
        .selectAll()
        .where('portal_session_id', '=', portalSessionId)
        .execute();
      return rows.map(({ issuer, client_id: clientId, subject, sid }) => ({ issuer, clientId, subject, sid }));
    },

    async release(portalSessionId) {
      return await kysely.transaction().execute(async (trx) => {
        const rows = await trx
          .selectFrom('session_applications')
          .selectAll()
          .where('portal_session_id', '=', portalSessionId)
          .execute();
        let told = 0;
        for (const { issuer, client_id, subject, sid } of rows) {
          const { numDeletedRows } = await trx
            .deleteFrom('session_applications')
            .where('portal_session_id', '=', portalSessionId)
            .where('sid', '=', sid)
            .executeTakeFirstOrThrow();
          // Another process was faster: the notice is its.
          if (numDeletedRows === 0n) continue;
          const at = parts.nowMs();
          await trx
            .insertInto('logout_notices')
            .values({
              id: parts.newId(),
              issuer,
              client_id,
              subject,
              sid,
              created_at_ms: at,
              attempts: 0,
              next_attempt_ms: at,
            })
            .execute();
          told += 1;
        }
        await trx.deleteFrom('provider_sessions').where('portal_session_id', '=', portalSessionId).execute();
        return told;
      });
    },
  };
}
