/** Letters as they are compared by who looks for something, in the process and inside SQLite. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { openDatabase } from './database.ts';
import { searchFold } from './search-fold.ts';

const folded: Readonly<Record<string, string>> = {
  José: 'jose',
  'Jose\u0301': 'jose',
  'ÖZLEM Müller': 'ozlem muller',
  "O'Neill-Brün": 'o neill brun',
  Юлия: 'юлия',
  '100%_\\': '100 ',
  '': '',
};

test('marks, capitals and punctuation do not count, and other letters stay', () => {
  for (const [text, wanted] of Object.entries(folded)) assert.equal(searchFold(text), wanted, text);
});

test('SQLite folds as the process does, and nothing to nothing', async () => {
  const database = await openDatabase<never>({ dialect: 'sqlite', path: ':memory:' });
  const fold = async (text: string | null): Promise<unknown> =>
    (await sql<{ folded: string | null }>`select search_fold(${text}) as folded`.execute(database.kysely)).rows[0]
      ?.folded;
  for (const [text, wanted] of Object.entries(folded)) assert.equal(await fold(text), wanted, text);
  assert.equal(await fold(null), null);
  await database.close();
});
