/**
 * The register of portal sessions: which there are, whose they are, when to look at each next, and which were told to end.
 * The sessions themselves live in the volatile store; nothing here is a secret.
 */
import type { IdentityDatabase } from '../storage/tables.ts';
import type { PortalSession } from './portal-session.ts';
import type { SessionOrigin } from './session-origin.ts';

/** `expired` is nobody's doing; each other reason takes back what applications got in the session. */
export type EndReason =
  | 'expired'
  | 'sign-out'
  /** Somebody else signed in in the same browser. */
  | 'replaced'
  | 'administrator'
  | 'ban'
  /** The password is another one now. */
  | 'password'
  /** The directory no longer knows the person, or knows them as disabled. */
  | 'directory'
  /** Its cookie was brought to another domain. */
  | 'wrong-domain';

export type Registered = {
  readonly id: string;
  readonly username: string;
  readonly cookieDomain: string;
  readonly createdAtMs: number;
  readonly watched: boolean;
  readonly endReason: EndReason | undefined;
  /** Undefined for a session from before it was kept. */
  readonly origin: SessionOrigin | undefined;
};

export type SessionRegister = {
  add(session: PortalSession, lookAtMs: number, origin: SessionOrigin): Promise<void>;
  /** Whether it is registered, and no end of it was decided. */
  stands(id: string): Promise<boolean>;
  /** The first reason stands. A session that is not registered is no news. */
  decideEnd(id: string, reason: EndReason): Promise<void>;
  /** Applications want to be told of its end: looked at by `lookAtMs` at the latest. */
  watch(id: string, lookAtMs: number): Promise<void>;
  lookAgain(id: string, lookAtMs: number): Promise<void>;
  /** Those to be looked at by now, the most urgent first. */
  due(nowMs: number, rowsMax: number): Promise<Registered[]>;
  ofPerson(username: string): Promise<Registered[]>;
  remove(id: string): Promise<void>;
};

export function openSessionRegister({ kysely }: Pick<IdentityDatabase, 'kysely'>): SessionRegister {
  return {
    async add({ id, username, cookieDomain, createdAtMs }, lookAtMs, origin) {
      await kysely
        .insertInto('portal_sessions')
        .values({
          id,
          username,
          cookie_domain: cookieDomain,
          created_at_ms: createdAtMs,
          look_at_ms: lookAtMs,
          watched: 0,
          end_reason: null,
          network: origin.network,
          user_agent: origin.userAgent,
        })
        .execute();
    },

    async stands(id) {
      const row = await kysely
        .selectFrom('portal_sessions')
        .select('end_reason')
        .where('id', '=', id)
        .executeTakeFirst();
      return row?.end_reason === null;
    },

    async decideEnd(id, reason) {
      await kysely
        .updateTable('portal_sessions')
        .set({ end_reason: reason, look_at_ms: 0 })
        .where('id', '=', id)
        .where('end_reason', 'is', null)
        .execute();
    },

    async watch(id, lookAtMs) {
      await kysely
        .updateTable('portal_sessions')
        .set((row) => ({
          watched: 1,
          look_at_ms: row.case().when('look_at_ms', '<', lookAtMs).then(row.ref('look_at_ms')).else(lookAtMs).end(),
        }))
        .where('id', '=', id)
        .where('watched', '=', 0)
        .execute();
    },

    async lookAgain(id, lookAtMs) {
      await kysely
        .updateTable('portal_sessions')
        .set({ look_at_ms: lookAtMs })
        .where('id', '=', id)
        .where('end_reason', 'is', null)
        .execute();
    },

    async due(nowMs, rowsMax) {
      const rows = await kysely
        .selectFrom('portal_sessions')
        .selectAll()
        .where('look_at_ms', '<=', nowMs)
        .orderBy('look_at_ms')
        .limit(rowsMax)
        .execute();
      return rows.map(registered);
    },

    async ofPerson(username) {
      const rows = await kysely
        .selectFrom('portal_sessions')
        .selectAll()
        .where('username', '=', username)
        .where('end_reason', 'is', null)
        .orderBy('created_at_ms')
        .execute();
      return rows.map(registered);
    },

    async remove(id) {
      await kysely.deleteFrom('portal_sessions').where('id', '=', id).execute();
    },
  };
}

function registered(row: {
  id: string;
  username: string;
  cookie_domain: string;
  created_at_ms: number;
  watched: number;
  end_reason: string | null;
  network: string | null;
  user_agent: string | null;
}): Registered {
  return {
    id: row.id,
    username: row.username,
    cookieDomain: row.cookie_domain,
    createdAtMs: row.created_at_ms,
    watched: row.watched === 1,
    endReason: (row.end_reason as EndReason | null) ?? undefined,
    origin: row.network === null ? undefined : { network: row.network, userAgent: row.user_agent ?? '' },
  };
}
