/**
 * Values that expire, in one PostgreSQL table. Every method is a single statement, prepared once a connection, so any
 * number of processes may share the table. It has a pool of its own: a transaction the application holds open takes no
 * connection from it.
 */
import { sql } from 'kysely';
import type { PostgresLocation } from '../database.ts';
import { type Migration, migrate } from '../migrate.ts';
import { openPostgres } from '../postgres.ts';
import type { ConsumeAnswer, Volatile, VolatileEntry } from './volatile.ts';

const entryColumns = 'id, payload, expires_at_ms, consumed_at_ms';

const upsert = `
  insert into volatile as old (kind, id, payload, expires_at_ms, grant_id, alias) values ($1, $2, $3, $4, $5, $6)
  on conflict (kind, id) do update set payload = excluded.payload, expires_at_ms = excluded.expires_at_ms,
    grant_id = excluded.grant_id,
    alias = case when old.consumed_at_ms is not null and old.expires_at_ms > $7 then old.alias else excluded.alias end,
    consumed_at_ms = case when old.expires_at_ms > $7 then old.consumed_at_ms end`;

/** Takes the alias from its former holder once the new one is stored. */
const freeAlias =
  'freed as (update volatile set alias = null where kind = $1 and alias = $6 and id <> $2 and exists (select 1 from stored where alias = $6))';

const statements = {
  put: `with stored as (${upsert} returning alias), ${freeAlias} select 1 from stored`,
  add: `with stored as (${upsert} where old.expires_at_ms <= $7 returning alias), ${freeAlias} select 1 from stored`,
  get: `select ${entryColumns} from volatile where kind = $1 and id = $2 and expires_at_ms > $3`,
  // Two writers at the same instant may both hold an alias; one of them answers, always the same.
  byAlias: `select ${entryColumns} from volatile where kind = $1 and alias = $2 and expires_at_ms > $3
    order by expires_at_ms desc, id limit 1`,
  // A second caller waits for the first one's row lock and then sees it consumed: of all of them one updates a row.
  consume: `with won as (
      update volatile set consumed_at_ms = $3
      where kind = $1 and id = $2 and expires_at_ms > $3 and consumed_at_ms is null returning 1)
    select exists (select 1 from won) as consumed,
      exists (select 1 from volatile where kind = $1 and id = $2 and expires_at_ms > $3) as live`,
  delete: 'delete from volatile where kind = $1 and id = $2',
  deleteByGrant: 'delete from volatile where grant_id = $1 and ($2::text is null or kind = $2)',
  sweep: `delete from volatile where expires_at_ms <= $1 and ctid = any (array(
      select ctid from volatile where expires_at_ms <= $1 order by expires_at_ms limit $2 for update skip locked))`,
};

type EntryRow = { id: string; payload: Uint8Array; expires_at_ms: number; consumed_at_ms: number | null };

export async function openPostgresVolatile(location: PostgresLocation, nowMs: () => number): Promise<Volatile> {
  const unhurried = await openPostgres<unknown>({ ...location, statementSeconds: 'unlimited', connectionsMax: 1 });
  await migrate(unhurried.database, 'volatile', steps).finally(() => unhurried.database.close());
  const { database, pool } = await openPostgres(location);

  function query<Row extends object>(name: keyof typeof statements, values: unknown[]) {
    return pool.query<Row>({ name: `volatile-${name}`, text: statements[name], values });
  }

  return {
    async put(kind, id, { payload, expiresAtMs, grantId = null, alias = null }) {
      await query('put', [kind, id, payload, expiresAtMs, grantId, alias, nowMs()]);
    },
    async add(kind, id, { payload, expiresAtMs, grantId = null, alias = null }) {
      const answer = await query('add', [kind, id, payload, expiresAtMs, grantId, alias, nowMs()]);
      return answer.rowCount === 1 ? 'added' : 'exists';
    },
    async get(kind, id) {
      return entryOf((await query<EntryRow>('get', [kind, id, nowMs()])).rows[0]);
    },
    async getByAlias(kind, alias) {
      return entryOf((await query<EntryRow>('byAlias', [kind, alias, nowMs()])).rows[0]);
    },
    async consume(kind, id): Promise<ConsumeAnswer> {
      const { rows } = await query<{ consumed: boolean; live: boolean }>('consume', [kind, id, nowMs()]);
      if (rows[0]?.consumed) return 'consumed';
      return rows[0]?.live ? 'already-consumed' : 'missing';
    },
    async delete(kind, id) {
      await query('delete', [kind, id]);
    },
    async deleteByGrant(grantId, kind) {
      await query('deleteByGrant', [grantId, kind ?? null]);
    },
    async sweep(rowsMax) {
      return (await query('sweep', [nowMs(), rowsMax])).rowCount ?? 0;
    },
    close: () => database.close(),
  };
}

const steps: readonly Migration[] = [
  {
    name: '001-volatile',
    async up(kysely) {
      await sql`create table volatile (
        kind text not null, id text not null, payload bytea not null, expires_at_ms bigint not null,
        consumed_at_ms bigint, grant_id text, alias text, primary key (kind, id))`.execute(kysely);
    },
  },
  {
    name: '002-volatile-expiry',
    async up(kysely) {
      await sql`create index volatile_expiry on volatile (expires_at_ms)`.execute(kysely);
    },
  },
  {
    name: '003-volatile-grant',
    async up(kysely) {
      await sql`create index volatile_grant on volatile (grant_id) where grant_id is not null`.execute(kysely);
    },
  },
  {
    name: '004-volatile-alias',
    async up(kysely) {
      await sql`create index volatile_alias on volatile (kind, alias) where alias is not null`.execute(kysely);
    },
  },
];

function entryOf(row: EntryRow | undefined): VolatileEntry | undefined {
  return (
    row && {
      id: row.id,
      payload: row.payload,
      expiresAtMs: row.expires_at_ms,
      consumedAtMs: row.consumed_at_ms ?? undefined,
    }
  );
}
