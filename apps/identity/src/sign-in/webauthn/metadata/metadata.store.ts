/** The one row that keeps the blob of the metadata service as it was signed. What it says is for others to read. */
import type { IdentityDatabase } from '../../../storage/tables.ts';

export type KeptBlob = { readonly blob: string; readonly fetchedAtMs: number };

export type MetadataStore = {
  find(): Promise<KeptBlob | undefined>;
  keep(kept: KeptBlob): Promise<void>;
  remove(): Promise<'removed' | 'missing'>;
};

export type MetadataTables = {
  /** One row, `mds3`. The blob is public and signed, so it is not sealed. */
  webauthn_metadata: { name: string; blob: string; fetched_at_ms: number };
};

const name = 'mds3';

export function openMetadataStore({ kysely }: Pick<IdentityDatabase, 'kysely'>): MetadataStore {
  return {
    async find() {
      const row = await kysely
        .selectFrom('webauthn_metadata')
        .select(['blob', 'fetched_at_ms'])
        .where('name', '=', name)
        .executeTakeFirst();
      return row && { blob: row.blob, fetchedAtMs: row.fetched_at_ms };
    },
    async keep({ blob, fetchedAtMs }) {
      const row = { blob, fetched_at_ms: fetchedAtMs };
      await kysely
        .insertInto('webauthn_metadata')
        .values({ name, ...row })
        .onConflict((conflict) => conflict.column('name').doUpdateSet(row))
        .execute();
    },
    async remove() {
      const result = await kysely.deleteFrom('webauthn_metadata').where('name', '=', name).executeTakeFirstOrThrow();
      return result.numDeletedRows > 0n ? 'removed' : 'missing';
    },
  };
}
