/** What docs/operate/backup.md promises of a copy: under another session key it sends no webhook, and says why. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openSealer } from '@gatehouse/storage/sealer.ts';
import { openLog } from '@gatehouse/web/log.ts';
import { deliverDue } from './deliver.ts';
import { engines, openSetting } from './setting.testing.ts';

for (const { engine, skip } of engines)
  test(`a copy under another session key sends nothing of what waits, nor of what is done in it, on ${engine}`, {
    skip,
  }, async () => {
    await using setting = await openSetting(engine);
    const { workspace, alice, receiver, add, make } = setting;
    const copy = { ...workspace.parts, sealer: openSealer('another session key') };
    const { body } = await add(['toDo.created']);
    for (const title of ['Waited', 'Done in the copy']) {
      await make(title);
      await workspace.worker.settle();
      await deliverDue(copy, { log: openLog({ level: 'silent', format: 'text' }) });
    }
    assert.deepEqual(receiver.received, []);
    const path = `/projects/WEB/webhooks/${body.webhook?.id}/deliveries`;
    const { deliveries } = (await workspace.ask(alice, 'GET', path)).body;
    assert.deepEqual(
      deliveries?.map(({ problem }) => problem),
      Array(2).fill('The key of the workspace is another. Make a new secret.'),
    );
  });
