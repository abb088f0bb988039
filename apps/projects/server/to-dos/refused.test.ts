/** What is refused is refused whole: nothing of it is stored, however far it had come. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { creationKey, edit, engines, makeToDo, openSetting, type Setting } from './setting.testing.ts';

const mentioning = (id: string): object => ({
  type: 'doc',
  content: [{ type: 'paragraph', content: [{ type: 'mention', attrs: { id, label: id } }] }],
});

/** Everything of to-dos that a refusal could leave behind. */
async function everything({ workspace }: Setting): Promise<unknown> {
  const { kysely } = workspace.database;
  return {
    toDos: await kysely.selectFrom('to_dos').selectAll().orderBy('id').execute(),
    tags: await kysely.selectFrom('tags').selectAll().orderBy('id').execute(),
    toDoTags: await kysely.selectFrom('to_do_tags').selectAll().orderBy('to_do_id').orderBy('tag_id').execute(),
    watchers: await kysely.selectFrom('watchers').selectAll().orderBy('to_do_id').orderBy('person_id').execute(),
    changes: await kysely.selectFrom('changes').select(['id', 'kind']).orderBy('id').execute(),
  };
}

for (const { engine, skip } of engines)
  describe(`refusals on ${engine}`, { skip, concurrency: false }, () => {
    test('an edit that is refused for one field stores no tag, no watcher and no other field', async () => {
      await using setting = await openSetting(engine);
      const { workspace } = setting;
      await workspace.addPerson('Bob Builder', 30);
      await makeToDo(setting, 'One');
      const before = await everything(setting);
      const wish = { title: 'Two', tags: ['unheard'], description: mentioning('bob'), blockedBy: [1] };
      assert.equal((await edit(setting, 1, wish)).status, 422);
      assert.deepEqual(await everything(setting), before);
      assert.equal((await edit(setting, 1, { ...wish, blockedBy: [] })).status, 200);
    });

    test('a to-do whose subtask cannot go along stays where it is, with its subtask', async () => {
      await using setting = await openSetting(engine);
      const { workspace, alice, ask } = setting;
      await workspace.ask(alice, 'POST', '/projects', { creationKey: creationKey(), name: 'Full', key: 'FUL' });
      const full = await workspace.database.kysely
        .selectFrom('projects')
        .select('id')
        .where('key', '=', 'FUL')
        .executeTakeFirstOrThrow();
      const tags = Array.from({ length: 500 }, (_, index) => ({
        id: `tag-${index}`,
        project_id: full.id,
        name: `tag ${index}`,
        folded: `tag ${index}`,
        tone: 'grey' as const,
        created_at: 0,
      }));
      await workspace.database.kysely.insertInto('tags').values(tags).execute();
      await makeToDo(setting, 'Whole');
      await makeToDo(setting, 'Part', { parentNumber: 1, tags: ['unheard'] });
      const before = await everything(setting);
      assert.equal((await ask('POST', '/to-dos/1/transfer', { version: 1, projectKey: 'FUL' })).status, 422);
      assert.deepEqual(await everything(setting), before);
    });

    test('a to-do of which one subtask cannot be copied is not copied', async () => {
      await using setting = await openSetting(engine);
      const { workspace, ask } = setting;
      const carol = await workspace.addPerson('Carol Cook', 30);
      await workspace.addPerson('Bob Builder', 20);
      await workspace.ask(carol, 'PUT', '/projects/WEB/members/bob', { role: null });
      await makeToDo(setting, 'Whole');
      await makeToDo(setting, 'Part', { parentNumber: 1, description: mentioning('bob') });
      await workspace.ask(carol, 'DELETE', '/projects/WEB/members/bob');
      const before = await everything(setting);
      const copy = await ask('POST', '/to-dos/1/duplicate', { creationKey: creationKey(), title: 'Copy' });
      assert.equal(copy.status, 422);
      assert.deepEqual(await everything(setting), before);
    });
  });
