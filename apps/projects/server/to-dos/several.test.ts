/** Several to-dos changed as one act, and cards put into lanes, on both databases. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { needs } from '@gatehouse/testing/needs.ts';
import type { Card } from '../../wire/to-do.ts';
import { type Engine, openTestWorkspace } from '../api/workspace.testing.ts';

const engines: readonly { engine: Engine; skip: string | false }[] = [
  { engine: 'SQLite', skip: false },
  { engine: 'PostgreSQL', skip: needs('postgresql') },
];

async function openSetting(engine: Engine) {
  const workspace = await openTestWorkspace(engine);
  const alice = await workspace.addPerson('Alice Example', 20);
  const bob = await workspace.addPerson('Bob Builder', 20);
  let keys = 0;
  const creationKey = (): string => `creation-key-${String(++keys).padStart(6, '0')}`;
  const ask = (method: string, path: string, body?: object) => workspace.ask(alice, method, path, body);
  const made = await ask('POST', '/projects', { creationKey: creationKey(), name: 'Website' });
  const statuses = made.body.project?.statuses?.map(({ id }) => id) ?? [];
  for (const title of ['One', 'Two', 'Three', 'Four'])
    await ask('POST', '/projects/WEB/to-dos', { creationKey: creationKey(), title });
  const several = (body: object) => ask('POST', '/projects/WEB/to-dos/several', body);
  const cards = async (): Promise<Card[]> =>
    (await ask('GET', '/projects/WEB/board')).body.columns?.flatMap((column) => column.cards) ?? [];
  const titlesIn = async (statusId: string | undefined): Promise<string[]> =>
    (await cards()).filter((card) => card.statusId === statusId).map(({ title }) => title);
  return {
    workspace,
    alice,
    bob,
    statuses,
    creationKey,
    ask,
    several,
    cards,
    titlesIn,
    [Symbol.asyncDispose]: () => workspace[Symbol.asyncDispose](),
  };
}

for (const { engine, skip } of engines)
  describe(`several to-dos on ${engine}`, { skip, concurrency: false }, () => {
    test('several change at once, keep their order in a new column, and say how many did', async () => {
      await using setting = await openSetting(engine);
      const { several, statuses, titlesIn, cards } = setting;
      const moved = await several({ numbers: [3, 1, 2, 3], change: { statusId: statuses[2], priority: 1 } });
      assert.equal(moved.status, 200, JSON.stringify(moved.body));
      assert.deepEqual(
        { ...moved.body, changeId: typeof moved.body.changeId },
        {
          count: 3,
          changeId: 'string',
          refusals: [],
        },
      );
      assert.deepEqual(await titlesIn(statuses[2]), ['One', 'Two', 'Three']);
      assert.deepEqual((await cards()).filter(({ priority }) => priority === 1).length, 3);
      assert.deepEqual((await several({ numbers: [1, 2], change: { priority: 1 } })).body, {
        count: 0,
        changeId: null,
        refusals: [],
      });
    });

    test('people and tags come to several and go from them, each keeps its others, and one undo brings all back', async () => {
      await using setting = await openSetting(engine);
      const { workspace, ask, several, cards } = setting;
      for (const id of ['alice', 'bob']) await ask('PUT', `/projects/WEB/members/${id}`, { role: null });
      await ask('PATCH', '/projects/WEB/to-dos/1', { version: 1, tags: ['x', 'y'], assigneeIds: ['alice'] });
      await ask('PATCH', '/projects/WEB/to-dos/2', { version: 1, tags: ['x'] });
      await workspace.addPerson('Carol Stranger', 20);
      const lists = async () =>
        (await cards())
          .slice(0, 2)
          .map(({ tags, assignees }) => [tags.map(({ name }) => name).join(), assignees.map(({ id }) => id).join()]);
      const before = [
        ['x,y', 'alice'],
        ['x', ''],
      ];
      assert.deepEqual(await lists(), before);
      const change = { addTags: ['z'], removeTags: ['X', 'absent'], addAssigneeIds: ['bob'], removeAssigneeIds: [] };
      const { body } = await several({ numbers: [1, 2], change });
      assert.deepEqual(await lists(), [
        ['y,z', 'alice,bob'],
        ['z', 'bob'],
      ]);
      await ask('POST', '/projects/WEB/undo', { changeId: body.changeId });
      assert.deepEqual(await lists(), before);
      const nineteen = Array.from({ length: 19 }, (_, index) => `tag ${index}`);
      assert.equal((await several({ numbers: [1], change: { addTags: nineteen } })).status, 422);
      assert.equal((await several({ numbers: [2, 1], change: { addAssigneeIds: ['carol'] } })).status, 422);
      assert.deepEqual(await lists(), before);
      await several({ numbers: [1, 2], change: { removeAssigneeIds: ['alice'], removeTags: ['x'] } });
      assert.deepEqual(await lists(), [
        ['y', ''],
        ['', ''],
      ]);
    });

    test('what is refused of some is named with why, and the others change or go, as one act that can be undone', async () => {
      await using setting = await openSetting(engine);
      const { several, ask, cards } = setting;
      const nineteen = Array.from({ length: 19 }, (_, index) => `tag ${index}`);
      await ask('PATCH', '/projects/WEB/to-dos/2', { version: 1, tags: nineteen });
      const before = await cards();
      const { status, body } = await several({ numbers: [99, 3, 2, 1], change: { addTags: ['x', 'y'], priority: 1 } });
      assert.equal(status, 200);
      assert.equal(body.count, 2);
      const named = (body.refusals ?? []).map(({ projectKey, number, problem }) => [projectKey, number, problem.code]);
      assert.deepEqual(named, [
        ['WEB', 2, 'request.invalid'],
        ['WEB', 99, 'not_found'],
      ]);
      const [full, gone] = (body.refusals ?? []).map(({ problem }) => `${problem.what} ${problem.do}`);
      assert.equal(full, '“tags”: At most 20 tags. Change that first and try again.');
      assert.equal(gone, 'Not found in this project any more. Look in its trash: somebody may have put it there.');
      const changed = (await cards()).map(({ number, priority, tags }) => [number, priority, tags.length]);
      assert.deepEqual(changed, [
        [1, 1, 2],
        [2, null, 19],
        [3, 1, 2],
        [4, null, 0],
      ]);
      const undone = await ask('POST', '/projects/WEB/undo', { changeId: body.changeId });
      assert.equal(undone.status, 200, JSON.stringify(undone.body));
      const apart = (all: readonly Card[]) => all.map(({ version, ...rest }) => rest);
      assert.deepEqual(apart(await cards()), apart(before));

      const trashed = await several({ numbers: [4, 99, 1], trash: true });
      assert.equal(trashed.body.count, 2);
      assert.deepEqual(
        trashed.body.refusals?.map(({ number }) => number),
        [99],
      );
      assert.deepEqual(
        (await cards()).map(({ number }) => number),
        [2, 3],
      );
      await ask('POST', '/projects/WEB/undo', { changeId: trashed.body.changeId });
      assert.deepEqual(apart(await cards()), apart(before));
    });

    test('where each is refused for a reason of its own, each is named with its own', async () => {
      await using setting = await openSetting(engine);
      const { several, ask, cards } = setting;
      const nineteen = Array.from({ length: 19 }, (_, index) => `tag ${index}`);
      for (const number of [1, 2]) await ask('PATCH', `/projects/WEB/to-dos/${number}`, { version: 1, tags: nineteen });
      const before = await cards();
      const change = { addTags: ['x', 'y'] };
      const { status, body } = await several({ numbers: [99, 1], change });
      assert.equal(status, 200, JSON.stringify(body));
      assert.deepEqual([body.count, body.changeId], [0, null]);
      assert.deepEqual(
        body.refusals?.map(({ number, problem }) => [number, problem.what]),
        [
          [1, '“tags”: At most 20 tags.'],
          [99, 'Not found in this project any more.'],
        ],
      );
      assert.equal((await several({ numbers: [1, 2], change })).status, 422, 'one reason for both');
      assert.deepEqual(await cards(), before);
      const { tags } = (await ask('GET', '/projects/WEB/tags')).body;
      assert.equal(tags?.length, 19);
    });

    test('what none of them can be is refused: numbers that are not there, a person who cannot see it, another project', async () => {
      await using setting = await openSetting(engine);
      const { several, ask, cards, creationKey, workspace, bob } = setting;
      const before = await cards();
      assert.equal((await several({ numbers: [98, 99], change: { priority: 2 } })).status, 404);
      assert.equal((await several({ numbers: [1, 2], change: { priority: 2, assigneeIds: ['nobody'] } })).status, 422);
      await ask('POST', '/projects', { creationKey: creationKey(), name: 'Other' });
      assert.equal((await several({ numbers: [1], change: { statusId: 'elsewhere' } })).status, 422);
      assert.deepEqual(await cards(), before);
      const stranger = await workspace.ask(bob, 'POST', '/projects/WEB/to-dos/several', { numbers: [1], trash: true });
      assert.equal(stranger.status, 404);
    });

    test('what a request may say is bounded', async () => {
      await using setting = await openSetting(engine);
      for (const body of [
        {},
        { numbers: [1] },
        { numbers: [], change: { priority: 1 } },
        { numbers: [1], change: {} },
        { numbers: [1], change: { title: 'All the same' } },
        { numbers: [1], change: { priority: 1 }, trash: true },
        { numbers: Array.from({ length: 201 }, (_, index) => index + 1), trash: true },
      ])
        assert.equal((await setting.several(body)).status, 422, JSON.stringify(body));
    });

    test('several go to the trash together', async () => {
      await using setting = await openSetting(engine);
      const { several, cards } = setting;
      assert.equal((await several({ numbers: [2, 4], trash: true })).body.count, 2);
      assert.deepEqual(
        (await cards()).map(({ title }) => title),
        ['One', 'Three'],
      );
    });

    test('a card put into another lane takes what the lane stands for, or stays where it was', async () => {
      await using setting = await openSetting(engine);
      const { ask, statuses, cards } = setting;
      const move = (body: object) => ask('POST', '/projects/WEB/to-dos/4/move', { afterNumber: 1, ...body });
      const moved = await move({ statusId: statuses[0], change: { priority: 2, tags: ['print'] } });
      assert.equal(moved.body.card?.priority, 2);
      assert.deepEqual(
        (await cards()).map(({ title, tags }) => `${title} ${tags.map(({ name }) => name).join()}`.trim()),
        ['One', 'Four print', 'Two', 'Three'],
      );
      const before = await cards();
      const refused = await move({ statusId: statuses[2], change: { assigneeIds: ['nobody'] } });
      assert.equal(refused.status, 422);
      assert.deepEqual(await cards(), before);
    });
  });
