/**
 * Every durable column that is sealed, and the column that names its row to the sealer. A column of bytes that is missing
 * here fails the test beside this file.
 */
import type { Sealer } from '@gatehouse/storage/sealer.ts';
import { sql } from 'kysely';
import type { IdentityKysely } from './tables.ts';

export type SealedColumn = { readonly table: string; readonly column: string; readonly row: string };

export const sealedColumns: readonly SealedColumn[] = [
  { table: 'encryption_check', column: 'value', row: 'owner' },
  { table: 'one_time_code_factors', column: 'secret', row: 'factor_id' },
  { table: 'security_keys', column: 'public_key', row: 'id' },
  { table: 'security_keys', column: 'attestation', row: 'id' },
  { table: 'oidc_registered_clients', column: 'registration', row: 'client_id' },
];

export type SealCount = SealedColumn & { readonly opened: number; readonly broken: number };

/** Tries every sealed value, or those of one table, and changes none. */
export async function countSeals(kysely: IdentityKysely, sealer: Sealer, only?: string): Promise<SealCount[]> {
  const counts: SealCount[] = [];
  for (const at of sealedColumns.filter(({ table }) => only === undefined || table === only)) {
    const { table, column, row } = at;
    const { rows } = await sql<{ row_id: string; sealed: Uint8Array | null }>`
      select ${sql.ref(row)} as row_id, ${sql.ref(column)} as sealed from ${sql.table(table)}`.execute(kysely);
    const values = rows.flatMap(({ row_id: id, sealed }) =>
      sealed ? [opens(sealer, { table, column, row: id }, sealed)] : [],
    );
    const opened = values.filter(Boolean).length;
    counts.push({ ...at, opened, broken: values.length - opened });
  }
  return counts;
}

function opens(sealer: Sealer, at: SealedColumn, sealed: Uint8Array): boolean {
  try {
    sealer.open(at, sealed);
    return true;
  } catch {
    return false;
  }
}
