/** Test support: a CSV file is looked at and taken in, as alice, into her project. */
import assert from 'node:assert/strict';
import type { CsvPreview } from '../../wire/csv.ts';
import type { Answer } from '../api/workspace.testing.ts';
import { creationKey, type Setting } from '../to-dos/setting.testing.ts';

export async function preview({ ask }: Setting, csv: string, more: object = {}): Promise<CsvPreview> {
  const { body } = await ask('POST', '/imports/to-dos/preview', { csv, ...more });
  assert.ok(body.preview, JSON.stringify(body));
  return body.preview;
}

export const take = ({ ask }: Setting, csv: string, more: object = {}): Promise<Answer> =>
  ask('POST', '/imports/to-dos', { creationKey: creationKey(), csv, ...more });

export async function countAll({ workspace }: Setting): Promise<number> {
  const { count } = await workspace.database.kysely
    .selectFrom('to_dos')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count);
}
