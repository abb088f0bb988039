/**
 * Recovery codes as the rest of the house uses them: made ten at a time in place of the ones before, each good once, in place
 * of a second factor that is lost. They are of no use to whoever has no second factor. It knows no pages, sessions or mail.
 */
import { sql, type Transaction } from 'kysely';
import type { AttemptLimit, AttemptLimiter } from '../../regulation/limiter.ts';
import { networkOf } from '../../regulation/network.ts';
import { openTries } from '../../regulation/tries.ts';
import type { IdentityDatabase, IdentityTables } from '../../storage/tables.ts';
import { digestOf, makeCodes, parseCode } from './recovery.code.ts';

export type RecoveryState = { readonly left: number; readonly made: number; readonly createdAtMs: number };

export type RecoveryAnswer =
  | { readonly kind: 'verified'; readonly left: number }
  /** None of theirs, or used before. */
  | { readonly kind: 'wrong' }
  /** Nothing that could be one; nothing is counted. */
  | { readonly kind: 'malformed' }
  | { readonly kind: 'limited'; readonly retryAtMs: number };

export type Recovery = {
  /** Undefined: they have made none. */
  stateOf(username: string): Promise<RecoveryState | undefined>;
  /** New codes; those before are void. This is the one time that they can be seen. */
  make(username: string): Promise<readonly string[]>;
  verify(username: string, code: string, address: string): Promise<RecoveryAnswer>;
  /** Answers how many there were. */
  remove(username: string): Promise<number>;
  /** Removes up to `rowsMax` codes of people who have no second factor any longer. */
  sweep(rowsMax: number): Promise<number>;
};

const minuteMs = 60_000;
const personLimits: readonly AttemptLimit[] = [
  { attemptsMax: 5, windowMs: 5 * minuteMs },
  { attemptsMax: 20, windowMs: 24 * 60 * minuteMs },
];
const addressLimits: readonly AttemptLimit[] = [{ attemptsMax: 20, windowMs: 5 * minuteMs }];

export function openRecovery(parts: {
  readonly database: Pick<IdentityDatabase, 'kysely' | 'dialect'>;
  readonly limiter: AttemptLimiter;
  readonly nowMs: () => number;
  /** Uniform in 0 ≤ n < max. */
  readonly randomInt: (max: number) => number;
}): Recovery {
  const { nowMs } = parts;
  const tries = openTries(parts.limiter);
  const { kysely, dialect } = parts.database;

  async function stateOf(username: string): Promise<RecoveryState | undefined> {
    const rows = await kysely
      .selectFrom('recovery_codes')
      .select(['created_at_ms', 'used_at_ms'])
      .where('username', '=', username)
      .execute();
    const [first] = rows;
    const left = rows.filter((row) => row.used_at_ms === null).length;
    return first && { left, made: rows.length, createdAtMs: first.created_at_ms };
  }

  /** Compare-and-swap: of any number of callers one finds it unused. */
  async function use(username: string, code: string): Promise<RecoveryAnswer> {
    const result = await kysely
      .updateTable('recovery_codes')
      .set({ used_at_ms: nowMs() })
      .where('username', '=', username)
      .where('digest', '=', digestOf(username, code))
      .where('used_at_ms', 'is', null)
      .executeTakeFirstOrThrow();
    if (result.numUpdatedRows !== 1n) return { kind: 'wrong' };
    return { kind: 'verified', left: (await stateOf(username))?.left ?? 0 };
  }

  /** One transaction makes codes of a person at a time: PostgreSQL would not show one the rows that another has not committed yet. */
  async function takeTurn(trx: Transaction<IdentityTables>, username: string): Promise<void> {
    // SQLite has one writer at a time anyway.
    if (dialect === 'postgres')
      await sql`select pg_advisory_xact_lock(hashtext('recovery codes'), hashtext(${username}))`.execute(trx);
  }

  return {
    stateOf,

    async make(username) {
      const codes = makeCodes(parts.randomInt);
      const rows = codes.map((code) => ({
        username,
        digest: digestOf(username, code),
        created_at_ms: nowMs(),
        used_at_ms: null,
      }));
      await kysely.transaction().execute(async (trx) => {
        await takeTurn(trx, username);
        await trx.deleteFrom('recovery_codes').where('username', '=', username).execute();
        await trx.insertInto('recovery_codes').values(rows).execute();
      });
      return codes;
    },

    async verify(username, text, address) {
      const code = parseCode(text);
      if (code === undefined) return { kind: 'malformed' };
      const charges = [
        ...personLimits.map((limit) => ({ bucket: `recovery user ${username}`, limit })),
        ...addressLimits.map((limit) => ({ bucket: `recovery address ${networkOf(address)}`, limit })),
      ];
      return tries.make(
        charges,
        () => use(username, code),
        ({ kind }) => kind === 'wrong',
      );
    },

    async remove(username) {
      const result = await kysely
        .deleteFrom('recovery_codes')
        .where('username', '=', username)
        .executeTakeFirstOrThrow();
      return Number(result.numDeletedRows);
    },

    async sweep(rowsMax) {
      const alone = await kysely
        .selectFrom('recovery_codes as codes')
        .select('codes.username')
        .distinct()
        .where('codes.username', 'not in', kysely.selectFrom('one_time_code_factors').select('username'))
        .where('codes.username', 'not in', kysely.selectFrom('security_keys').select('username'))
        .where('codes.username', 'not in', kysely.selectFrom('push_devices').select('username'))
        .limit(Math.max(1, Math.floor(rowsMax / 10)))
        .execute();
      if (alone.length === 0) return 0;
      const names = alone.map(({ username }) => username);
      const result = await kysely.deleteFrom('recovery_codes').where('username', 'in', names).executeTakeFirstOrThrow();
      return Number(result.numDeletedRows);
    },
  };
}
