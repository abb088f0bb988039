/** Comments as webhooks are told of them, on both databases: in the words they have when they are sent. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { creationKey, engines, openSetting } from './setting.testing.ts';

type Told = { readonly type: string; readonly data: { readonly excerpt?: string; readonly commentId: string } };
const path = '/projects/WEB/to-dos/1/comments';

for (const { engine, skip } of engines)
  describe(`webhooks of comments on ${engine}`, { skip }, () => {
    test('what waited is sent in the words the comment has by then, and in none once it was removed', async () => {
      await using setting = await openSetting(engine);
      const { receiver, workspace, alice, clock, add, make, round } = setting;
      const added = await add(['comment.added', 'comment.removed']);
      await make('Call');
      const say = async (body: string): Promise<string> =>
        (await workspace.ask(alice, 'POST', path, { creationKey: creationKey(), body })).body.comment?.id ?? '';
      const last = (): Told => JSON.parse(receiver.received.at(-1)?.body ?? '{}');
      const changed = await say('The key is hunter2');
      await round();
      assert.deepEqual([last().type, last().data.excerpt], ['comment.added', 'The key is hunter2']);
      receiver.status = 500;
      const removed = await say('The code is 1234');
      await round();
      assert.equal(last().data.excerpt, 'The code is 1234');
      await workspace.ask(alice, 'PATCH', `${path}/${changed}`, { version: 1, body: 'The key is gone' });
      await workspace.ask(alice, 'DELETE', `${path}/${removed}`);
      receiver.status = 204;
      receiver.received.length = 0;
      clock.now += 5_000;
      await round();
      const { deliveries } = (
        await workspace.ask(alice, 'GET', `/projects/WEB/webhooks/${added.body.webhook?.id}/deliveries`)
      ).body;
      const first = deliveries?.at(-1);
      assert.equal(first?.kind, 'comment.added');
      await workspace.ask(
        alice,
        'POST',
        `/projects/WEB/webhooks/${added.body.webhook?.id}/deliveries/${first?.id}/again`,
        {},
      );
      await round();
      assert.deepEqual(
        receiver.received.map(({ body }) => {
          const { type, data } = JSON.parse(body) as Told;
          return [type, data.commentId, data.excerpt];
        }),
        [
          ['comment.added', removed, undefined],
          ['comment.removed', removed, undefined],
          ['comment.added', changed, 'The key is gone'],
        ],
      );
    });

    test('what waits for a project is sent without words of a to-do that went to another', async () => {
      await using setting = await openSetting(engine);
      const { receiver, workspace, alice, clock, add, make, round } = setting;
      await workspace.ask(alice, 'POST', '/projects', { creationKey: creationKey(), name: 'People', key: 'HRX' });
      await add(['comment.added']);
      await make('Call');
      receiver.status = 500;
      const said = await workspace.ask(alice, 'POST', path, { creationKey: creationKey(), body: 'Hello' });
      await round();
      await workspace.ask(alice, 'POST', '/projects/WEB/to-dos/1/transfer', { version: 1, projectKey: 'HRX' });
      const there = `/projects/HRX/to-dos/1/comments/${said.body.comment?.id}`;
      assert.equal((await workspace.ask(alice, 'PATCH', there, { version: 1, body: 'Secret' })).status, 200);
      receiver.status = 204;
      clock.now += 5_000;
      await round();
      assert.equal(receiver.received.length, 2);
      assert.doesNotMatch(receiver.received[1]?.body ?? '', /Secret|Hello/);
    });
  });
