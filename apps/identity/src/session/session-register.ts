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

/** After these nobody signs in with what they had begun to prove before. */
const shutOutReasons = ['password', 'ban'] as const satisfies readonly EndReason[];
export type ShutOutReason = (typeof shutOutReasons)[number];

export function shutsOut(reason: EndReason): reason is ShutOutReason {
  return shutOutReasons.some((each) => each === reason);
}

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
  /** The first reason stands, and is answered. A session that is not registered is no news: `undefined`. */
  decideEnd(id: string, reason: EndReason): Promise<EndReason | undefined>;
  /** Applications want to be told of its end: looked at by `lookAtMs` at the latest. */
  watch(id: string, lookAtMs: number): Promise<void>;
  /** Nothing when its end was decided, or it came to be watched, after it was found. */
  lookAgain(found: Pick<Registered, 'id' | 'watched'>, lookAtMs: number): Promise<void>;
  /** Its end was decided, and somebody could not be told: not looked at before. */
  tellAgain(id: string, lookAtMs: number): Promise<void>;
  /** Those to be looked at by now, the most urgent first. */
  due(nowMs: number, rowsMax: number): Promise<Registered[]>;
  ofPerson(username: string): Promise<Registered[]>;
  /** To be noted before the sessions there are end: one that is being added meanwhile finds it, or is found. */
  noteShutOut(username: string, reason: ShutOutReason, atMs: number): Promise<void>;
  /** Why the person was shut out after this time, if they were. */
  shutOutSince(username: string, sinceMs: number): Promise<ShutOutReason | undefined>;
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
      const { numUpdatedRows } = await kysely
        .updateTable('portal_sessions')
        .set({ end_reason: reason, look_at_ms: 0 })
        .where('id', '=', id)
        .where('end_reason', 'is', null)
        .executeTakeFirstOrThrow();
      if (numUpdatedRows === 1n) return reason;
      const row = await kysely
        .selectFrom('portal_sessions')
        .select('end_reason')
        .where('id', '=', id)
        .executeTakeFirst();
      return (row?.end_reason as EndReason | null | undefined) ?? undefined;
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

    async lookAgain({ id, watched }, lookAtMs) {
      await kysely
        .updateTable('portal_sessions')
        .set({ look_at_ms: lookAtMs })
        .where('id', '=', id)
        .where('watched', '=', watched ? 1 : 0)
        .where('end_reason', 'is', null)
        .execute();
    },

    async tellAgain(id, lookAtMs) {
      await kysely.updateTable('portal_sessions').set({ look_at_ms: lookAtMs }).where('id', '=', id).execute();
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

    async noteShutOut(username, reason, atMs) {
      const row = { at_ms: atMs, reason };
      await kysely
        .insertInto('shut_outs')
        .values({ username, ...row })
        .onConflict((conflict) => conflict.column('username').doUpdateSet(row))
        .execute();
    },

    async shutOutSince(username, sinceMs) {
      const row = await kysely
        .selectFrom('shut_outs')
        .select('reason')
        .where('username', '=', username)
        .where('at_ms', '>', sinceMs)
        .executeTakeFirst();
      return row?.reason;
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
