/** One's own work over the API, on both databases: what is shown, in which order, and what is only counted. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { engines, makeToDo, openSetting } from '../to-dos/setting.testing.ts';

for (const { engine, skip } of engines)
  describe(`my work on ${engine}`, { skip, concurrency: false }, () => {
    test('the first 200 are shown, by day and priority; the others are counted by day', async () => {
      await using setting = await openSetting(engine);
      const { workspace, alice, statuses } = setting;
      const mine = { assigneeIds: [alice.id] };
      const bob = await workspace.addPerson('Bob Builder', 20);
      await setting.ask('PUT', `/members/${bob.id}`, { role: null });
      await makeToDo(setting, 'Without a day', mine);
      await makeToDo(setting, 'Of Bob', { assigneeIds: [bob.id], dueOn: '2026-12-01' });
      await makeToDo(setting, 'Done', { ...mine, dueOn: '2026-12-01', statusId: statuses[4] });
      for (let index = 0; index < 201; index++)
        await makeToDo(setting, `Soon ${index}`, { ...mine, dueOn: '2026-12-02' });
      await makeToDo(setting, 'Urgent', { ...mine, dueOn: '2026-12-02', priority: 1 });
      await makeToDo(setting, 'First of all', { ...mine, dueOn: '2026-12-01' });
      for (const dueOn of ['2026-12-24', '2026-12-05', '2026-12-24'])
        await makeToDo(setting, 'Late', { ...mine, dueOn });
      const { body } = await workspace.ask(alice, 'GET', '/my-work');
      const toDos = body.toDos ?? [];
      assert.equal(toDos.length, 200);
      assert.deepEqual(
        toDos.slice(0, 3).map(({ title }) => title),
        ['First of all', 'Urgent', 'Soon 0'],
      );
      assert.deepEqual(new Set(toDos.slice(2).map(({ dueOn }) => dueOn)), new Set(['2026-12-02']));
      assert.deepEqual(body.beyond, [
        { dueOn: '2026-12-02', count: 3 },
        { dueOn: '2026-12-05', count: 1 },
        { dueOn: '2026-12-24', count: 2 },
        { dueOn: null, count: 1 },
      ]);
      assert.equal(body.more, false);
      const ofBob = (await workspace.ask(bob, 'GET', '/my-work')).body;
      assert.deepEqual([ofBob.toDos?.length, ofBob.beyond, ofBob.more], [1, [], false]);
    });

    test('what is in a project that is closed to somebody is neither shown nor counted', async () => {
      await using setting = await openSetting(engine);
      const { workspace, alice } = setting;
      const bob = await workspace.addPerson('Bob Builder', 20);
      await setting.ask('PUT', `/members/${bob.id}`, { role: null });
      for (let index = 0; index < 201; index++)
        await makeToDo(setting, `Own ${index}`, { assigneeIds: [alice.id, bob.id] });
      const count = async () => {
        const { toDos, beyond } = (await workspace.ask(bob, 'GET', '/my-work')).body;
        return [toDos?.length, beyond?.length];
      };
      assert.deepEqual(await count(), [200, 1]);
      await setting.ask('DELETE', `/members/${bob.id}`);
      assert.deepEqual(await count(), [0, 0]);
    });
  });
