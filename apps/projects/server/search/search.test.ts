/** Searching over the API, on both databases: what is found, in which order, by whom, and that the index is never behind. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type RawBuilder, sql } from 'kysely';
import type { SearchResult } from '../../wire/search.ts';
import type { Person } from '../people/person.ts';
import { creationKey, edit, engines, makeToDo, openSetting, type Setting } from '../to-dos/setting.testing.ts';

for (const { engine, skip } of engines)
  describe(`search on ${engine}`, { skip, concurrency: false }, () => {
    test('words are found in titles, descriptions and comments, without their marks, the last one by its beginning', async () => {
      await using setting = await openSetting(engine);
      await makeToDo(setting, 'Print the café menu');
      await makeToDo(setting, 'Ask the printer', { description: 'About the price of the Menu, see example.com/cards' });
      const { number } = await makeToDo(setting, 'Call Bob');
      const commentId = await comment(setting, number, 'He wants to see the menu first');
      const menu = await find(setting, 'menu');
      assert.equal(menu[0], 'WEB-1', 'the title weighs most');
      assert.deepEqual(menu.toSorted(), ['WEB-1', 'WEB-2', 'WEB-3']);
      assert.deepEqual(await find(setting, 'CAFE men'), ['WEB-1']);
      assert.deepEqual(await find(setting, 'men print'), []);
      assert.deepEqual(await find(setting, 'cards'), ['WEB-2']);
      assert.deepEqual(await find(setting, 'menu zebra'), []);
      const results = await ask(setting, 'first');
      assert.deepEqual(
        results.map((each) => [each.excerpt, each.kind === 'toDo' && [each.inComment, each.commentId]]),
        [['He wants to see the menu first', [true, commentId]]],
      );
    });

    test('a to-do is found by its key, before all that names it', async () => {
      await using setting = await openSetting(engine);
      await makeToDo(setting, 'Order paper');
      await makeToDo(setting, 'Print it after web-1');
      assert.deepEqual(await find(setting, 'web-1'), ['WEB-1', 'WEB-2']);
      assert.deepEqual(await find(setting, 'WEB-7'), []);
    });

    test('projects, milestones and goals are found', async () => {
      await using setting = await openSetting(engine);
      await setting.ask('POST', '/milestones', { creationKey: creationKey(), title: 'Website launch' });
      const goal = { metric: 'Visits', unit: 'number', startValue: 0, targetValue: 10 };
      const made = await setting.ask('POST', '/goals', { creationKey: creationKey(), title: 'Website seen', ...goal });
      assert.equal(made.status, 201, JSON.stringify(made.body));
      const kinds = (await ask(setting, 'website')).map(({ kind }) => kind).toSorted();
      assert.deepEqual(kinds, ['goal', 'milestone', 'project']);
      assert.deepEqual((await ask(setting, 'web')).map(({ kind }) => kind).toSorted(), kinds);
    });

    test('nobody finds what they may not see, by words or by key', async () => {
      await using setting = await openSetting(engine);
      await makeToDo(setting, 'Secret menu');
      const bob = await setting.workspace.addPerson('Bob Example', 20);
      assert.deepEqual(await find(setting, 'secret', bob), []);
      assert.deepEqual(await find(setting, 'WEB-1', bob), []);
      await setting.workspace.ask(setting.alice, 'PATCH', '/projects/WEB', { version: 1, visibility: 'all' });
      assert.deepEqual(await find(setting, 'secret', bob), ['WEB-1']);
      assert.deepEqual(await find(setting, 'WEB-1', bob), ['WEB-1']);
    });

    test('what is in the trash is not found, and is again when it comes back', async () => {
      await using setting = await openSetting(engine);
      const { number } = await makeToDo(setting, 'Print the menu');
      await comment(setting, number, 'Blue paper');
      await setting.ask('DELETE', `/to-dos/${number}`, { version: 1 });
      assert.deepEqual(
        [await find(setting, 'menu'), await find(setting, 'paper'), await find(setting, 'WEB-1')],
        [[], [], []],
      );
      await setting.ask('POST', `/trash/${number}/restore`);
      assert.deepEqual([await find(setting, 'menu'), await find(setting, 'paper')], [['WEB-1'], ['WEB-1']]);
    });

    test('a query that is too long or has a sign of the query language harms nothing', async () => {
      await using setting = await openSetting(engine);
      await makeToDo(setting, 'Print the menu');
      for (const query of ['"', `menu' or 1=1 --`, 'menu & !x', 'title:menu', '(', '*', '\\', '🙂', '-', 'not'])
        assert.ok(Array.isArray(await find(setting, query)), query);
      const { status } = await setting.workspace.ask(setting.alice, 'GET', `/search?q=${'x'.repeat(201)}`);
      assert.equal(status, 422);
      assert.equal((await setting.workspace.ask(setting.alice, 'GET', '/search?q=%00')).status, 422);
      assert.equal((await setting.workspace.ask(setting.alice, 'GET', '/search?q=x&max=51')).status, 422);
    });

    test('after every kind of change the index is what an index made anew would be', async () => {
      await using setting = await openSetting(engine);
      const { workspace, alice } = setting;
      await workspace.ask(alice, 'POST', '/projects', { creationKey: creationKey(), name: 'Kitchen', key: 'KIT' });
      const menu = await makeToDo(setting, 'Print the menu', { description: 'On paper' });
      const chairs = await makeToDo(setting, 'Paint chairs');
      const tables = await makeToDo(setting, 'Paint tables');
      const gone = await makeToDo(setting, 'Old news');
      await comment(setting, menu.number, 'Blue paper');
      const removed = await comment(setting, menu.number, 'Not this');
      await comment(setting, chairs.number, 'Four of them');
      await comment(setting, gone.number, 'Goes along');
      await edit(setting, menu.number, { title: 'Print the card' });
      await edit(setting, tables.number, { priority: 1 });
      await setting.ask('DELETE', `/to-dos/${menu.number}/comments/${removed}`, {});
      const moved = { version: 1, projectKey: 'KIT' };
      assert.equal((await setting.ask('POST', `/to-dos/${chairs.number}/transfer`, moved)).status, 200);
      await setting.ask('DELETE', `/to-dos/${tables.number}`, { version: 2 });
      const { kysely } = workspace.database;
      await kysely.deleteFrom('to_dos').where('number', '=', gone.number).where('title', '=', 'Old news').execute();
      await setting.ask('POST', '/milestones', { creationKey: creationKey(), title: 'Opening' });
      await workspace.ask(alice, 'PATCH', '/projects/WEB', { version: 1, name: 'Web pages' });
      const kept = await readIndex(setting);
      await kysely.deleteFrom('search_entries').execute();
      for (const table of ['to_dos', 'comments', 'projects', 'milestones', 'goals'] as const)
        await touchAll(setting, table);
      assert.deepEqual(kept, await readIndex(setting));
      assert.ok(
        kept.some((line) => line.includes('card')) && !kept.some((line) => /menu|tables|news|along|not/.test(line)),
      );
    });
  });

const ask = async (
  { workspace, alice }: Setting,
  query: string,
  person: Person = alice,
): Promise<readonly SearchResult[]> => {
  const { status, body } = await workspace.ask(person, 'GET', `/search?q=${encodeURIComponent(query)}`);
  assert.equal(status, 200, JSON.stringify(body));
  return body.results ?? [];
};

async function find(setting: Setting, query: string, person?: Person): Promise<string[]> {
  const results = await ask(setting, query, person);
  return results.flatMap((each) => (each.kind === 'toDo' ? [`${each.projectKey}-${each.number}`] : []));
}

async function comment(setting: Setting, number: number, text: string): Promise<string> {
  const body = { type: 'doc', content: [{ type: 'paragraph', content: [{ type: 'text', text }] }] };
  const answer = await setting.ask('POST', `/to-dos/${number}/comments`, { creationKey: creationKey(), body });
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
  return answer.body.comment?.id ?? '';
}

/** Every word of every entry, sorted. */
async function readIndex({ workspace }: Setting): Promise<string[]> {
  const { kysely, dialect } = workspace.database;
  const rows = async (query: RawBuilder<{ line: string }>): Promise<string[]> =>
    (await query.execute(kysely)).rows.map(({ line }) => line).toSorted();
  if (dialect === 'postgres')
    return rows(
      sql`select concat_ws(' ', kind, subject_id, to_do_id, project_id, words::text) as line from search_entries`,
    );
  await sql`create virtual table if not exists temp.search_terms using fts5vocab(main, search_words, instance)`.execute(
    kysely,
  );
  return rows(sql`select kind || ' ' || subject_id || ' ' || coalesce(to_do_id, '') || ' ' || project_id || ' ' || term || ' ' || col
    || ' ' || search_terms.offset as line from search_terms left join search_entries on id = doc`);
}

/** Writes every row of a table again, as a trash that is emptied and filled: the triggers make its entries anew. */
async function touchAll(
  { workspace }: Setting,
  table: 'to_dos' | 'comments' | 'projects' | 'milestones' | 'goals',
): Promise<void> {
  const { kysely } = workspace.database;
  const column = table === 'comments' ? 'body' : 'description';
  const name = sql.raw(table);
  const text = sql.raw(column);
  await sql`update ${name} set ${text} = ${text} || ' once more'`.execute(kysely);
  await sql`update ${name} set ${text} = substr(${text}, 1, length(${text}) - 10)`.execute(kysely);
}
