/**
 * How often something may be attempted: counters in fixed windows, kept in the database so that every process and every
 * restart counts in the same place. An attempt is charged *before* it is made, in one statement, so that two hundred at
 * once are two hundred; one that turned out well is given back. It knows nothing of what is attempted.
 */
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { RateLimit } from '../config/complete/server.ts';
import type { IdentityDatabase } from '../storage/tables.ts';

export type AttemptLimit = { readonly attemptsMax: number; readonly windowMs: number };

/** A limit of `server.endpoints.rate_limits`: `requests` in each `period`. */
export function attemptLimits({ enable, buckets }: RateLimit): AttemptLimit[] {
  return enable ? buckets.map(({ period, requests }) => ({ attemptsMax: requests, windowMs: period * 1000 })) : [];
}

/** `bucket` says who or what is counted, such as `totp user alice`. */
export type Charge = { readonly bucket: string; readonly limit: AttemptLimit };

/** What was charged, for an attempt whose end is learned later, maybe by another process. It can be stored. */
export type Receipt = readonly { readonly bucket: string; readonly ends_at_ms: number }[];

export type ChargeAnswer =
  /** `giveBack` takes the charge back: for an attempt that succeeded. */
  | { readonly kind: 'allowed'; readonly receipt: Receipt; giveBack(): Promise<void> }
  /** `retryAtMs`: when every window that is full has ended, which is in `retryAfterMs`. `full`: the buckets they count. */
  | {
      readonly kind: 'limited';
      readonly retryAtMs: number;
      readonly retryAfterMs: number;
      readonly full: readonly string[];
    };

export type AttemptLimiter = {
  /** Charges all of them; allowed only when none is over its limit. */
  charge(charges: readonly Charge[]): Promise<ChargeAnswer>;
  /** As the answer's own `giveBack`, by its receipt. Once for each: a second time would give what was not taken. */
  giveBack(receipt: Receipt): Promise<void>;
  /** Removes up to `rowsMax` counters whose window ended and answers how many went. */
  sweep(rowsMax: number): Promise<number>;
};

type Row = { readonly bucket: string; readonly attempts: number; readonly ends_at_ms: number };

export function openAttemptLimiter(options: {
  readonly database: IdentityDatabase;
  readonly nowMs: () => number;
}): AttemptLimiter {
  const { kysely } = options.database;
  return {
    async charge(charges) {
      if (charges.length === 0) return { kind: 'allowed', receipt: [], giveBack: async () => undefined };
      const nowMs = options.nowMs();
      const charged = new Map(charges.map((charge) => [keyOf(charge), charge]));
      const rows = await kysely
        .insertInto('attempt_counters')
        .values(
          inOrder(
            charges.map((charge) => ({
              bucket: keyOf(charge),
              attempts: 1,
              ends_at_ms: nowMs + charge.limit.windowMs,
            })),
          ),
        )
        .onConflict((conflict) =>
          conflict.column('bucket').doUpdateSet({
            attempts: sql<number>`case when attempt_counters.ends_at_ms <= ${nowMs} then 1 else attempt_counters.attempts + 1 end`,
            ends_at_ms: sql<number>`case when attempt_counters.ends_at_ms <= ${nowMs} then excluded.ends_at_ms else attempt_counters.ends_at_ms end`,
          }),
        )
        .returning(['bucket', 'attempts', 'ends_at_ms'])
        .execute();
      const full = rows.filter((row) => row.attempts > (charged.get(row.bucket)?.limit.attemptsMax ?? 0));
      if (full.length > 0) {
        // An attempt that was not made costs nothing: a burst that fills the short window leaves the long one alone.
        await giveBack(rows);
        const retryAtMs = Math.max(...full.map((row) => row.ends_at_ms));
        return {
          kind: 'limited',
          retryAtMs,
          retryAfterMs: retryAtMs - nowMs,
          full: full.flatMap((row) => charged.get(row.bucket)?.bucket ?? []),
        };
      }
      const receipt = rows.map(({ bucket, ends_at_ms }) => ({ bucket, ends_at_ms }));
      return { kind: 'allowed', receipt, giveBack: () => giveBack(receipt) };
    },

    giveBack,

    async sweep(rowsMax) {
      const ended = kysely
        .selectFrom('attempt_counters')
        .select('bucket')
        .where('ends_at_ms', '<=', options.nowMs())
        .limit(rowsMax);
      const result = await kysely
        .deleteFrom('attempt_counters')
        .where('bucket', 'in', ended)
        // Again, for a counter that began a new window in between.
        .where('ends_at_ms', '<=', options.nowMs())
        .executeTakeFirstOrThrow();
      return Number(result.numDeletedRows);
    },
  };

  /**
   * Only in the window that was charged: a window that began since owes nothing. An insert with a conflict, because it locks
   * the rows in the order of its values; an update of several rows locks them as it finds them, and two can wait for each other.
   */
  async function giveBack(receipt: Receipt): Promise<void> {
    if (receipt.length === 0) return;
    await kysely
      .insertInto('attempt_counters')
      .values(inOrder(receipt.map(({ bucket, ends_at_ms }) => ({ bucket, ends_at_ms, attempts: 0 }))))
      .onConflict((conflict) =>
        conflict.column('bucket').doUpdateSet({
          attempts: sql<number>`case when attempt_counters.ends_at_ms = excluded.ends_at_ms then attempt_counters.attempts - 1 else attempt_counters.attempts end`,
        }),
      )
      .execute();
  }
}

/** So that two statements over the same rows lock them in the same order. */
function inOrder(rows: readonly Row[]): Row[] {
  return rows.toSorted((a, b) => (a.bucket < b.bucket ? -1 : 1));
}

/** A digest, because a name may be longer than a key of the table, and a window of another length is another counter. */
function keyOf(charge: Charge): string {
  return createHash('sha256').update(`${charge.limit.windowMs} ${charge.bucket}`).digest('base64url');
}
