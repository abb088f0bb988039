/**
 * The rows of refusals. Each bucket (a client, or all unknown ones together) keeps its newest, and so does the whole; rows
 * of before `keptDays` are swept. So nobody who sends bad requests can fill the database or push out another client's rows.
 */
import { sql } from 'kysely';
import type { IdentityDatabase } from '../../storage/tables.ts';
import type { KeptRefusal, Refusal } from './refusal.ts';

export const rowsInBucketMax = 100;
export const rowsInAllMax = 5_000;
const keptMs = 30 * 24 * 60 * 60_000;

export type RefusalQuery = {
  readonly clientId?: string | undefined;
  readonly sinceMs?: number | undefined;
  readonly reference?: string | undefined;
  readonly limit: number;
};

export type RefusalStore = {
  /** Adds to the rows there are. */
  add(refusals: readonly KeptRefusal[]): Promise<void>;
  /** Newest first. */
  list(query: RefusalQuery): Promise<KeptRefusal[]>;
  /** Removes up to `rowsMax` old rows and answers how many went. */
  sweep(rowsMax: number): Promise<number>;
};

export function openRefusalStore(options: {
  readonly database: IdentityDatabase;
  readonly nowMs: () => number;
}): RefusalStore {
  const { nowMs } = options;
  const { kysely } = options.database;

  /** The newest `rowsMax` stay; of those of one millisecond, any. */
  async function trim(bucket: string | undefined, rowsMax: number): Promise<void> {
    const rows = kysely
      .selectFrom('oidc_refusals')
      .select(['last_at_ms', 'reference'])
      .orderBy('last_at_ms', 'desc')
      .orderBy('reference', 'desc');
    const first = await (bucket === undefined ? rows : rows.where('bucket', '=', bucket))
      .offset(rowsMax)
      .limit(1)
      .executeTakeFirst();
    if (!first) return;
    const old = kysely
      .deleteFrom('oidc_refusals')
      .where((where) =>
        where.or([
          where('last_at_ms', '<', first.last_at_ms),
          where.and([where('last_at_ms', '=', first.last_at_ms), where('reference', '<=', first.reference)]),
        ]),
      );
    await (bucket === undefined ? old : old.where('bucket', '=', bucket)).execute();
  }

  return {
    async add(refusals) {
      if (refusals.length === 0) return;
      await kysely
        .insertInto('oidc_refusals')
        // Sorted, so that two statements over the same rows lock them in the same order.
        .values(refusals.map(rowOf).sort((a, b) => (a.reference < b.reference ? -1 : 1)))
        .onConflict((conflict) =>
          conflict.column('reference').doUpdateSet({
            times: sql<number>`oidc_refusals.times + excluded.times`,
            last_at_ms: sql<number>`case when oidc_refusals.last_at_ms > excluded.last_at_ms then oidc_refusals.last_at_ms else excluded.last_at_ms end`,
          }),
        )
        .execute();
      for (const bucket of new Set(refusals.map(bucketOf))) await trim(bucket, rowsInBucketMax);
      await trim(undefined, rowsInAllMax);
    },

    async list({ clientId, sinceMs, reference, limit }) {
      let rows = kysely.selectFrom('oidc_refusals').selectAll();
      if (clientId !== undefined) rows = rows.where('client_id', '=', clientId);
      if (sinceMs !== undefined) rows = rows.where('last_at_ms', '>=', sinceMs);
      if (reference !== undefined) rows = rows.where('reference', '=', reference);
      const found = await rows.orderBy('last_at_ms', 'desc').orderBy('reference').limit(limit).execute();
      return found.map((row) => ({
        ...(JSON.parse(row.details) as Omit<Refusal, 'clientId' | 'cause'>),
        clientId: row.client_id,
        cause: row.cause,
        reference: row.reference,
        times: Number(row.times),
        firstAtMs: Number(row.first_at_ms),
        lastAtMs: Number(row.last_at_ms),
      }));
    },

    async sweep(rowsMax) {
      const old = kysely
        .selectFrom('oidc_refusals')
        .select('reference')
        .where('last_at_ms', '<', nowMs() - keptMs)
        .limit(rowsMax);
      const result = await kysely.deleteFrom('oidc_refusals').where('reference', 'in', old).executeTakeFirstOrThrow();
      return Number(result.numDeletedRows);
    },
  };
}

/** Clients that are not known share one limit, whatever names they give themselves. */
export function bucketOf({ clientId, isKnownClient }: Refusal): string {
  return isKnownClient ? clientId : '';
}

function rowOf(refusal: KeptRefusal) {
  const { reference, clientId, cause, times, firstAtMs, lastAtMs, ...details } = refusal;
  return {
    reference,
    bucket: bucketOf(refusal),
    client_id: clientId,
    cause,
    times,
    first_at_ms: firstAtMs,
    last_at_ms: lastAtMs,
    details: JSON.stringify(details),
  };
}
