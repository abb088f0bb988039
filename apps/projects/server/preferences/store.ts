/** Keeps and reads what people prefer. Knows no request; what is not a choice any more is read as not chosen. */
import {
  type EditPreferencesRequest,
  type Preferences,
  preferenceChoices,
  preferenceNames,
  readPreferences,
} from '../../wire/preferences.ts';
import type { Executor, Workspace } from '../api/workspace.ts';

export async function findPreferences(db: Executor, personId: string): Promise<Preferences> {
  const rows = await db.selectFrom('preferences').select(['key', 'value']).where('person_id', '=', personId).execute();
  return readPreferences(Object.fromEntries(rows.map(({ key, value }) => [key, parse(value)])));
}

/** All or nothing. What is as it is for everybody is not kept. */
export async function keepPreferences(
  workspace: Workspace,
  personId: string,
  changes: EditPreferencesRequest,
): Promise<void> {
  const changed = preferenceNames.flatMap((key) => (changes[key] === undefined ? [] : [{ key, value: changes[key] }]));
  await workspace.db.transaction().execute(async (trx) => {
    await trx
      .deleteFrom('preferences')
      .where('person_id', '=', personId)
      .where(
        'key',
        'in',
        changed.map(({ key }) => key),
      )
      .execute();
    const rows = changed
      .filter(({ key, value }) => value !== preferenceChoices[key][0])
      .map(({ key, value }) => ({
        person_id: personId,
        key,
        value: JSON.stringify(value),
        updated_at: workspace.now(),
      }));
    if (rows.length > 0)
      await trx
        .insertInto('preferences')
        .values(rows)
        .onConflict((conflict) =>
          conflict.columns(['person_id', 'key']).doUpdateSet((set) => ({
            value: set.ref('excluded.value'),
            updated_at: set.ref('excluded.updated_at'),
          })),
        )
        .execute();
  });
}

function parse(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}
