/**
 * The rows of bans, those that regulation sets and those of an administrator. A ban ends by itself or is revoked; it is
 * never shortened by being set again.
 */
import { createHash } from 'node:crypto';
import { type ExpressionBuilder, sql } from 'kysely';
import type { IdentityDatabase, IdentityTables } from '../storage/tables.ts';
import { networkOf } from './network.ts';
import type { Subject } from './regulation.store.ts';

/** Somebody or somewhere that can be kept out. */
export type Bannable = Subject & { readonly kind: 'user' | 'ip' };

export type Ban = Bannable & {
  readonly id: string;
  readonly createdAtMs: number;
  /** Absent: until revoked. */
  readonly expiresAtMs: number | undefined;
  readonly source: 'regulation' | 'cli';
  readonly reason: string;
};

export type BanStore = {
  /** Whether this person, or the network of this address, is banned now. An empty name is nobody. */
  isBanned(username: string, address: string, kind?: 'user' | 'nobody'): Promise<boolean>;
  /** For regulation: one row however many failures end in the same ban, lasting until the latest of them says. */
  setByRegulation(subject: Subject, untilMs: number, banTimeMs: number): Promise<void>;
  /** For an administrator. `expiresAtMs` undefined: until revoked. */
  add(subject: Bannable, expiresAtMs: number | undefined, reason: string): Promise<void>;
  /** Bans in force, the latest first. */
  list(kind: Bannable['kind']): Promise<Ban[]>;
  /** Takes back every ban in force and wipes the slate; answers how many there were. */
  revoke(subject: Bannable): Promise<number>;
  /** The same for one ban in force; answers whose it was. Undefined when there is none. */
  revokeOne(kind: Bannable['kind'], id: string): Promise<Bannable | undefined>;
  /** Removes up to `rowsMax` bans that ended before `beforeMs`. */
  sweep(beforeMs: number, rowsMax: number): Promise<number>;
};

type Bans = ExpressionBuilder<IdentityTables, 'bans'>;

export function openBanStore(options: {
  readonly database: IdentityDatabase;
  readonly nowMs: () => number;
  readonly newId: () => string;
}): BanStore {
  const { nowMs, newId } = options;
  const { kysely } = options.database;

  function inForce(where: Bans) {
    return where.and([
      where('revoked_at_ms', 'is', null),
      where.or([where('expires_at_ms', 'is', null), where('expires_at_ms', '>', nowMs())]),
    ]);
  }

  /** Failures before this moment count no more. */
  async function pardon(trx: IdentityDatabase['kysely'], { kind, subject }: Bannable): Promise<void> {
    await trx
      .insertInto('sign_in_attempts')
      .values({
        at_ms: nowMs(),
        outcome: 'pardoned',
        username: kind === 'user' ? subject : '',
        address: '',
        network: kind === 'ip' ? subject : '',
        factor: 'first',
      })
      .execute();
  }

  return {
    async isBanned(username, address, kind = 'user') {
      const row = await kysely
        .selectFrom('bans')
        .select('id')
        .where((where) =>
          where.or([
            where.and([where('kind', '=', 'ip'), where('subject', '=', networkOf(address))]),
            where.and([where('kind', '=', kind), where('subject', '=', username)]),
          ]),
        )
        .where(inForce)
        .limit(1)
        .executeTakeFirst();
      return row !== undefined;
    },

    async setByRegulation({ kind, subject }, untilMs, banTimeMs) {
      const createdAtMs = nowMs();
      const period = Math.floor(createdAtMs / banTimeMs);
      await kysely
        .insertInto('bans')
        .values({
          // Parallel failures come to the same ban: the id makes it the same row.
          id: createHash('sha256')
            .update(JSON.stringify([kind, subject, period]))
            .digest('base64url'),
          kind,
          subject,
          created_at_ms: createdAtMs,
          expires_at_ms: untilMs,
          revoked_at_ms: null,
          source: 'regulation',
          reason: 'Too many failed sign-ins in a row',
        })
        .onConflict((conflict) =>
          conflict.column('id').doUpdateSet({
            revoked_at_ms: null,
            expires_at_ms: sql<number>`case when bans.expires_at_ms > excluded.expires_at_ms then bans.expires_at_ms else excluded.expires_at_ms end`,
          }),
        )
        .execute();
    },

    async add({ kind, subject }, expiresAtMs, reason) {
      await kysely
        .insertInto('bans')
        .values({
          id: newId(),
          kind,
          subject,
          created_at_ms: nowMs(),
          expires_at_ms: expiresAtMs ?? null,
          revoked_at_ms: null,
          source: 'cli',
          reason,
        })
        .execute();
    },

    async list(kind) {
      const rows = await kysely
        .selectFrom('bans')
        .selectAll()
        .where('kind', '=', kind)
        .where(inForce)
        .orderBy('created_at_ms', 'desc')
        .execute();
      return rows.map((row) => ({
        id: row.id,
        kind,
        subject: row.subject,
        createdAtMs: row.created_at_ms,
        expiresAtMs: row.expires_at_ms ?? undefined,
        source: row.source,
        reason: row.reason,
      }));
    },

    async revoke(subject) {
      return await kysely.transaction().execute(async (trx) => {
        const result = await trx
          .updateTable('bans')
          .set({ revoked_at_ms: nowMs() })
          .where('kind', '=', subject.kind)
          .where('subject', '=', subject.subject)
          .where(inForce)
          .executeTakeFirstOrThrow();
        await pardon(trx, subject);
        return Number(result.numUpdatedRows);
      });
    },

    async revokeOne(kind, id) {
      return await kysely.transaction().execute(async (trx) => {
        const row = await trx
          .updateTable('bans')
          .set({ revoked_at_ms: nowMs() })
          .where('kind', '=', kind)
          .where('id', '=', id)
          .where(inForce)
          .returning('subject')
          .executeTakeFirst();
        if (!row) return undefined;
        const subject = { kind, subject: row.subject };
        await pardon(trx, subject);
        return subject;
      });
    },

    async sweep(beforeMs, rowsMax) {
      const old = kysely
        .selectFrom('bans')
        .select('id')
        .where((where) => where.or([where('expires_at_ms', '<', beforeMs), where('revoked_at_ms', '<', beforeMs)]))
        .limit(rowsMax);
      const result = await kysely.deleteFrom('bans').where('id', 'in', old).executeTakeFirstOrThrow();
      return Number(result.numDeletedRows);
    },
  };
}

/** A ban that was set elsewhere; `id` names it, so that it is taken once however often it comes. */
export async function takeBan(
  kysely: IdentityDatabase['kysely'],
  id: string,
  ban: Omit<Ban, 'id'>,
): Promise<'taken' | 'same'> {
  const { kind, subject, source, reason } = ban;
  const times = { created_at_ms: ban.createdAtMs, expires_at_ms: ban.expiresAtMs ?? null, revoked_at_ms: null };
  const result = await kysely
    .insertInto('bans')
    .values({ id, kind, subject, source, reason, ...times })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirstOrThrow();
  return result.numInsertedOrUpdatedRows === 1n ? 'taken' : 'same';
}
