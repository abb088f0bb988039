/**
 * The rows of what was tried. A failure is written before anybody counts, so that of any number at once each sees at least
 * its own and those that were written before it. It does not know when failures become a ban.
 */
import type { IdentityDatabase } from '../storage/tables.ts';
import type { PastAttempt } from './decide.ts';
import { networkOf } from './network.ts';

export type LoggedAttempt = {
  readonly outcome: 'success' | 'failure' | 'banned';
  /** See `unknown-names.ts` for a name that the directory does not know. */
  readonly username: string;
  readonly address: string;
  readonly factor: Factor;
  readonly atMs: number;
};

export type Factor = 'first' | 'second';

/** Whose past is asked for. `nobody`: a name that no directory knows, as `unknown-names.ts` writes it. */
export type Subject = { readonly kind: 'user' | 'ip' | 'nobody'; readonly subject: string };

export type AttemptStore = {
  log(attempt: LoggedAttempt): Promise<void>;
  /** The latest attempts at a factor since `sinceMs` that were heard, newest first. */
  recent(subject: Subject, factor: Factor, sinceMs: number, rowsMax: number): Promise<PastAttempt[]>;
  /** Removes up to `rowsMax` rows from before `beforeMs` and answers how many went. */
  sweep(beforeMs: number, rowsMax: number): Promise<number>;
};

export function openAttemptStore(database: IdentityDatabase): AttemptStore {
  const { kysely } = database;
  return {
    async log({ outcome, username, address, factor, atMs }) {
      await kysely
        .insertInto('sign_in_attempts')
        .values({ at_ms: atMs, outcome, username, address, network: networkOf(address), factor })
        .execute();
    },

    async recent({ kind, subject }, factor, sinceMs, rowsMax) {
      const rows = await kysely
        .selectFrom('sign_in_attempts')
        .select(['at_ms', 'outcome'])
        .where(kind === 'ip' ? 'network' : 'username', '=', subject)
        .where('outcome', 'in', ['success', 'failure', 'pardoned'])
        .where((where) => where.or([where('factor', '=', factor), where('outcome', '=', 'pardoned')]))
        .where('at_ms', '>', sinceMs)
        .orderBy('at_ms', 'desc')
        .orderBy('id', 'desc')
        .limit(rowsMax)
        .execute();
      return rows.map((row) => ({ atMs: row.at_ms, outcome: row.outcome === 'failure' ? 'failure' : 'restart' }));
    },

    async sweep(beforeMs, rowsMax) {
      const old = kysely.selectFrom('sign_in_attempts').select('id').where('at_ms', '<', beforeMs).limit(rowsMax);
      const result = await kysely.deleteFrom('sign_in_attempts').where('id', 'in', old).executeTakeFirstOrThrow();
      return Number(result.numDeletedRows);
    },
  };
}
