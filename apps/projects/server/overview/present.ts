/** Rows of the overview as the API shows them. Pure. */
import type { ChangeFacts } from '../../wire/change.ts';
import type { Activity, StatusUpdate } from '../../wire/overview.ts';
import type { ChangeTables } from '../changes/schema.ts';
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

export type ActivityRow = Pick<ChangeTables['changes'], 'kind' | 'actor_id' | 'facts' | 'at'> & {
  readonly id: number;
  readonly actor_name: string | null;
};

export function presentActivity(row: ActivityRow): Activity {
  const facts = JSON.parse(row.facts) as ChangeFacts;
  return {
    id: String(row.id),
    kind: row.kind,
    by: row.actor_name === null ? null : { id: row.actor_id, name: row.actor_name },
    at: new Date(row.at).toISOString(),
    number: facts.number ?? null,
    title: facts.title ?? null,
    toStatus: facts.toStatus ?? null,
  };
}
