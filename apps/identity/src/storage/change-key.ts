/**
 * Another encryption key for everything that is sealed: opened with the old one, sealed anew with the new one. Values that
 * expire come first, in pages, and a page that was done is left alone; the durable ones come last, in one transaction, with
 * the value by which a start knows its key. So after a crash anywhere the same call goes on where it was.
 */
import type { Sealer } from '@gatehouse/storage/sealer.ts';
import { type Kysely, sql } from 'kysely';
import { sealedColumns } from './sealed-columns.ts';
import type { IdentityKysely } from './tables.ts';

type Keys = { readonly from: Sealer; readonly to: Sealer };

const pageRows = 500;

/** `kysely` has the table of values that expire. Answers how many were sealed anew; what opens with neither key is let lie. */
export async function resealExpiring(kysely: Kysely<unknown>, keys: Keys): Promise<number> {
  let count = 0;
  let last = { kind: '', id: '' };
  for (;;) {
    const { rows } = await sql<{ kind: string; id: string; payload: Uint8Array }>`
      select kind, id, payload from volatile where (kind, id) > (${last.kind}, ${last.id})
      order by kind, id limit ${pageRows}`.execute(kysely);
    const end = rows.at(-1);
    if (!end) return count;
    last = end;
    await kysely.transaction().execute(async (trx) => {
      for (const { kind, id, payload } of rows) {
        const at = { table: 'volatile', column: kind, row: id };
        const plain = openedOr(undefined, () => keys.from.open(at, payload));
        if (!plain) continue;
        await sql`update volatile set payload = ${keys.to.seal(at, plain)} where kind = ${kind} and id = ${id}`.execute(
          trx,
        );
        count++;
      }
    });
  }
}

/** All or nothing. Throws `SealBroken` for a value that the old key does not open. */
export async function resealDurable(kysely: IdentityKysely, { from, to }: Keys): Promise<number> {
  return kysely.transaction().execute(async (trx) => {
    let count = 0;
    for (const { table, column, row } of sealedColumns) {
      const { rows } = await sql<{ row_id: string; sealed: Uint8Array | null }>`
        select ${sql.ref(row)} as row_id, ${sql.ref(column)} as sealed from ${sql.table(table)}`.execute(trx);
      for (const { row_id: id, sealed } of rows) {
        if (!sealed) continue;
        const at = { table, column, row: id };
        const anew = to.seal(at, from.open(at, sealed));
        await sql`update ${sql.table(table)} set ${sql.ref(column)} = ${anew} where ${sql.ref(row)} = ${id}`.execute(
          trx,
        );
        count++;
      }
    }
    return count;
  });
}

function openedOr<Other>(other: Other, open: () => Uint8Array): Uint8Array | Other {
  try {
    return open();
  } catch {
    return other;
  }
}
