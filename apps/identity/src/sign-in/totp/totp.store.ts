/**
 * The rows of one-time code factors: at most one a person, its secret sealed and bound to its row, and the time steps
 * that were spent. It knows no codes and no limits.
 */
import type { Sealer } from '@gatehouse/storage/sealer.ts';
import { sql } from 'kysely';
import type { IdentityDatabase, IdentityKysely } from '../../storage/tables.ts';
import { dropCodesWithoutFactor } from '../recovery/recovery.drop.ts';
import { type TotpAlgorithm, type TotpKey, totpAlgorithms } from './totp.code.ts';

export type StoredTotp = { readonly factorId: string; readonly createdAtMs: number; readonly key: TotpKey };

/** What may be shown of a factor: everything but the secret. */
export type TotpDescription = Omit<TotpKey, 'secret'> & {
  readonly createdAtMs: number;
  readonly lastUsedAtMs: number | undefined;
};

export type TotpStore = {
  has(username: string): Promise<boolean>;
  find(username: string): Promise<StoredTotp | undefined>;
  describe(username: string): Promise<TotpDescription | undefined>;
  /** Everybody who has a factor, in order of name. */
  usernames(): Promise<string[]>;
  /** Stores the factor in place of an earlier one. `usedStep`: the step whose code confirmed it, spent from the start. */
  replace(username: string, factor: StoredTotp, usedStep: number | undefined): Promise<void>;
  remove(username: string): Promise<'removed' | 'missing'>;
  /** Of any number of callers, in any number of processes, exactly one gets `spent`. */
  spend(factorId: string, step: number, atMs: number): Promise<'spent' | 'already-spent'>;
  /** Removes up to `rowsMax` steps spent before `beforeMs`, but for the newest of each factor: it says when it was last used. */
  sweep(beforeMs: number, rowsMax: number): Promise<number>;
};

export function openTotpStore(database: Pick<IdentityDatabase, 'kysely'>, sealer: Sealer): TotpStore {
  const { kysely } = database;
  return {
    async has(username) {
      const row = await kysely
        .selectFrom('one_time_code_factors')
        .select('factor_id')
        .where('username', '=', username)
        .executeTakeFirst();
      return row !== undefined;
    },

    async find(username) {
      const row = await kysely
        .selectFrom('one_time_code_factors')
        .selectAll()
        .where('username', '=', username)
        .executeTakeFirst();
      if (!row) return undefined;
      const secret = new Uint8Array(sealer.open(placeOf(row.factor_id), row.secret));
      return { factorId: row.factor_id, createdAtMs: row.created_at_ms, key: { ...parametersOf(row), secret } };
    },

    async describe(username) {
      const row = await kysely
        .selectFrom('one_time_code_factors')
        .leftJoin('totp_used_steps', 'totp_used_steps.factor_id', 'one_time_code_factors.factor_id')
        .select(['issuer', 'algorithm', 'digits', 'period_seconds', 'created_at_ms', 'used_at_ms'])
        .where('username', '=', username)
        .orderBy(sql`coalesce(used_at_ms, 0)`, 'desc')
        .limit(1)
        .executeTakeFirst();
      if (!row) return undefined;
      return { ...parametersOf(row), createdAtMs: row.created_at_ms, lastUsedAtMs: row.used_at_ms ?? undefined };
    },

    async usernames() {
      const rows = await kysely.selectFrom('one_time_code_factors').select('username').orderBy('username').execute();
      return rows.map((row) => row.username);
    },

    async replace(username, factor, usedStep) {
      const used = usedStep === undefined ? undefined : { step: usedStep, atMs: factor.createdAtMs };
      await kysely.transaction().execute((trx) => putFactor(trx, sealer, username, factor, used));
    },

    async remove(username) {
      return await kysely.transaction().execute(async (trx) => {
        await trx.deleteFrom('totp_used_steps').where('factor_id', 'in', factorsOf(trx, username)).execute();
        const result = await trx
          .deleteFrom('one_time_code_factors')
          .where('username', '=', username)
          .executeTakeFirstOrThrow();
        await dropCodesWithoutFactor(trx, username);
        return result.numDeletedRows > 0n ? 'removed' : 'missing';
      });
    },

    async spend(factorId, step, atMs) {
      const result = await kysely
        .insertInto('totp_used_steps')
        .values({ factor_id: factorId, step, used_at_ms: atMs })
        .onConflict((conflict) => conflict.columns(['factor_id', 'step']).doNothing())
        .executeTakeFirstOrThrow();
      return result.numInsertedOrUpdatedRows === 1n ? 'spent' : 'already-spent';
    },

    async sweep(beforeMs, rowsMax) {
      const old = await kysely
        .selectFrom('totp_used_steps as old')
        .select(['old.factor_id', 'old.step'])
        .where('old.used_at_ms', '<', beforeMs)
        .where(({ exists, selectFrom }) =>
          exists(
            selectFrom('totp_used_steps as newer')
              .select('newer.step')
              .whereRef('newer.factor_id', '=', 'old.factor_id')
              .whereRef('newer.step', '>', 'old.step'),
          ),
        )
        .limit(rowsMax)
        .execute();
      if (old.length === 0) return 0;
      const result = await kysely
        .deleteFrom('totp_used_steps')
        .where((where) =>
          where.or(old.map((row) => where.and([where('factor_id', '=', row.factor_id), where('step', '=', row.step)]))),
        )
        .executeTakeFirstOrThrow();
      return Number(result.numDeletedRows);
    },
  };
}

/** Within a transaction: stores the factor in place of an earlier one. `used`: the last step that was spent, and when. */
export async function putFactor(
  kysely: IdentityKysely,
  sealer: Sealer,
  username: string,
  { factorId, createdAtMs, key }: StoredTotp,
  used: { readonly step: number; readonly atMs: number } | undefined,
): Promise<void> {
  const row = {
    factor_id: factorId,
    created_at_ms: createdAtMs,
    issuer: key.issuer,
    algorithm: key.algorithm,
    digits: key.digits,
    period_seconds: key.periodSeconds,
    secret: sealer.seal(placeOf(factorId), key.secret),
  };
  await kysely.deleteFrom('totp_used_steps').where('factor_id', 'in', factorsOf(kysely, username)).execute();
  await kysely
    .insertInto('one_time_code_factors')
    .values({ username, ...row })
    .onConflict((conflict) => conflict.column('username').doUpdateSet(row))
    .execute();
  if (used)
    await kysely
      .insertInto('totp_used_steps')
      .values({ factor_id: factorId, step: used.step, used_at_ms: used.atMs })
      .execute();
}

function placeOf(factorId: string) {
  return { table: 'one_time_code_factors', column: 'secret', row: factorId };
}

function factorsOf(kysely: IdentityDatabase['kysely'], username: string) {
  return kysely.selectFrom('one_time_code_factors').select('factor_id').where('username', '=', username);
}

function parametersOf(row: { issuer: string; algorithm: string; digits: number; period_seconds: number }) {
  return {
    issuer: row.issuer,
    algorithm: algorithmOf(row.algorithm),
    digits: row.digits,
    periodSeconds: row.period_seconds,
  };
}

function algorithmOf(text: string): TotpAlgorithm {
  const algorithm = totpAlgorithms.find((each) => each === text);
  if (!algorithm) throw new TypeError(`The stored one-time code algorithm '${text}' is not one of ${totpAlgorithms}.`);
  return algorithm;
}
