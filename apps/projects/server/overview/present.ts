/** Rows of the overview as the API shows them. Pure. */
import type { StatusUpdate } from '../../wire/overview.ts';
import type { OverviewTables } from './schema.ts';

export type UpdateRow = OverviewTables['status_updates'] & { readonly person_name: string | null };

export function presentUpdate(row: UpdateRow): StatusUpdate {
  return {
    id: row.id,
    light: row.light,
    text: row.text,
    by: { id: row.person_id, name: row.person_name ?? 'Somebody who is gone' },
    at: new Date(row.at).toISOString(),
  };
}
