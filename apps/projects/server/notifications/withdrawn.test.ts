/** What was told and is taken back: comments that were changed or removed, to-dos in the trash. On both databases. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { sql } from 'kysely';
import { listenAs } from '../live/listening.testing.ts';
import { creationKey, engines, openSetting } from './setting.testing.ts';

for (const { engine, skip } of engines)
  describe(`what is taken back, on ${engine}`, { skip }, () => {
    test('a comment is told in the words it has now, and one that was removed not at all', async () => {
      await using setting = await openSetting(engine);
      const { workspace, alice, bob, make, told } = setting;
      await make('Call', { assigneeIds: ['bob'] });
      const path = '/projects/WEB/to-dos/1/comments';
      const toBob = { type: 'mention', attrs: { id: 'bob', label: 'Bob Builder' } };
      const named = {
        type: 'doc',
        content: [{ type: 'paragraph', content: [toBob, { type: 'text', text: ', look' }] }],
      };
      const said = await workspace.ask(alice, 'POST', path, { creationKey: creationKey(), body: 'The key is hunter2' });
      const naming = await workspace.ask(alice, 'POST', path, { creationKey: creationKey(), body: named });
      const own = `${path}/${said.body.comment?.id}`;
      const words = async () => (await told(bob)).filter((text) => /^(comment|mention)/.test(text)).toSorted();
      assert.deepEqual(await words(), ['comment · Call · The key is hunter2', 'mention · Call · @Bob Builder, look']);
      await workspace.ask(alice, 'PATCH', own, { version: 1, body: 'The key is in the drawer' });
      assert.deepEqual(await words(), [
        'comment · Call · The key is in the drawer',
        'mention · Call · @Bob Builder, look',
      ]);
      await using page = await listenAs(workspace, bob);
      const ring = async (unread: number): Promise<void> => {
        for (;;) if ((await page.next('bell')).data.unread === unread) return;
      };
      await ring(4);
      await workspace.ask(alice, 'DELETE', own);
      await ring(3);
      await workspace.ask(alice, 'DELETE', `${path}/${naming.body.comment?.id}`);
      await ring(2);
      assert.deepEqual(await words(), []);
      await workspace.ask(alice, 'POST', `${own}/restore`);
      await ring(3);
      assert.deepEqual(await words(), ['comment · Call · The key is in the drawer']);
      const { rows } = await sql<{ facts: string }>`select facts from changes union all select detail from notifications
        union all select title from notifications`.execute(workspace.database.kysely);
      assert.doesNotMatch(JSON.stringify(rows), /hunter2|drawer|look/, 'no words of a comment are kept beside it');
    });

    test('what went into the trash counts no more on open pages, and again once it is back', async () => {
      await using setting = await openSetting(engine);
      const { workspace, alice, bob, make, told } = setting;
      await make('Call', { assigneeIds: ['bob'] });
      assert.equal((await told(bob)).length, 2);
      await using page = await listenAs(workspace, bob);
      const ring = async (unread: number): Promise<void> => {
        for (;;) if ((await page.next('bell')).data.unread === unread) return;
      };
      await ring(2);
      await workspace.ask(alice, 'DELETE', '/projects/WEB/to-dos/1', { version: 1 });
      await ring(1);
      await workspace.ask(alice, 'POST', '/projects/WEB/trash/1/restore', {});
      await ring(2);
    });
  });
