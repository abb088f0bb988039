/** What can be done to a to-do as a whole: undone, made to wait, cut into parts, copied, moved elsewhere, thrown away. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { creationKey, edit, engines, makeToDo, openSetting, readToDo } from './setting.testing.ts';

const paragraph = (text: string): object => ({ type: 'paragraph', content: [{ type: 'text', text }] });

for (const { engine, skip } of engines)
  describe(`acts on to-dos on ${engine}`, { skip, concurrency: false }, () => {
    test('every change is undone by its id, field by field, and the undo itself too', async () => {
      await using setting = await openSetting(engine);
      const { statuses, ask } = setting;
      await makeToDo(setting, 'First');
      await makeToDo(setting, 'Whole');
      await makeToDo(setting, 'Before');
      const before = await readToDo(setting, 1);
      const wish = {
        title: 'Second',
        description: {
          type: 'doc',
          content: [{ type: 'bulletList', content: [{ type: 'listItem', content: [paragraph('one')] }] }],
        },
        dueOn: '2026-12-24',
        priority: 1,
        type: 'bug',
        effort: 0.5,
        plannedHours: 1.5,
        statusId: statuses[2],
        assigneeIds: ['alice'],
        tags: ['billing'],
        parentNumber: 2,
        blockedBy: [3],
      };
      const changed = await edit(setting, 1, wish);
      assert.equal(changed.status, 200, JSON.stringify(changed.body));
      const after = await readToDo(setting, 1);
      const undone = await ask('POST', '/undo', { changeId: changed.body.changeId });
      assert.equal(undone.status, 200, JSON.stringify(undone.body));
      const strip = ({ version, rank, history, updatedAt, watching, watchers, ...rest }: typeof before) => rest;
      assert.deepEqual(strip(await readToDo(setting, 1)), strip(before));
      const redone = await ask('POST', '/undo', { changeId: undone.body.changeId });
      assert.equal(redone.status, 200, JSON.stringify(redone.body));
      assert.deepEqual(strip(await readToDo(setting, 1)), strip(after));
    });

    test('a move into another column and lane is undone as one, and one that changed nothing cannot be', async () => {
      await using setting = await openSetting(engine);
      const { statuses, ask } = setting;
      await makeToDo(setting, 'First', { priority: 4, tags: ['music'] });
      const place = { statusId: statuses[2], afterNumber: null, change: { priority: 2, tags: ['billing'] } };
      const moved = await ask('POST', '/to-dos/1/move', place);
      const placeOf = async () => {
        const { statusId, priority, tags } = await readToDo(setting, 1);
        return [statusId, priority, tags.map(({ name }) => name)];
      };
      assert.deepEqual(await placeOf(), [statuses[2], 2, ['billing']]);
      const again = await ask('POST', '/to-dos/1/move', place);
      assert.deepEqual([again.status, again.body.changeId], [200, null]);
      await edit(setting, 1, { title: 'Second' });
      const undone = await ask('POST', '/undo', { changeId: moved.body.changeId });
      assert.equal(undone.status, 200, JSON.stringify(undone.body));
      assert.deepEqual(await placeOf(), [statuses[0], 4, ['music']]);
      assert.equal((await ask('POST', '/undo', { changeId: undone.body.changeId })).status, 200);
      assert.deepEqual(await placeOf(), [statuses[2], 2, ['billing']]);
      await edit(setting, 1, { priority: 3 });
      assert.equal((await ask('POST', '/undo', { changeId: moved.body.changeId })).status, 409);
    });

    test('what somebody changed again is not undone under them', async () => {
      await using setting = await openSetting(engine);
      await makeToDo(setting, 'First');
      const { body } = await edit(setting, 1, { title: 'Second', dueOn: '2026-12-24' });
      await edit(setting, 1, { title: 'Third' });
      const refused = await setting.ask('POST', '/undo', { changeId: body.changeId });
      assert.equal(refused.status, 409);
      const { title, dueOn } = await readToDo(setting, 1);
      assert.deepEqual([title, dueOn], ['Third', '2026-12-24'], 'nothing is undone by half');
      assert.equal((await setting.ask('POST', '/undo', { changeId: 'foreign' })).status, 404);
    });

    test('undoing leaves out the column, milestone and sprint that are gone meanwhile, and brings the rest back', async () => {
      await using setting = await openSetting(engine);
      const { ask, statuses } = setting;
      const milestone = await ask('POST', '/milestones', { creationKey: creationKey(), title: 'Opening' });
      const sprint = await ask('POST', '/sprints', {
        ...{ creationKey: creationKey(), name: 'First week', startOn: '2026-11-30', endOn: '2026-12-11' },
      });
      const milestoneId = milestone.body.milestone?.id;
      const sprintId = sprint.body.sprints?.[0]?.id;
      const column = { name: 'Soon', reportType: 'new', tone: 'green', wipLimit: null, onBoard: true };
      const { statuses: columns } = (await ask('POST', '/statuses', { creationKey: creationKey(), ...column })).body;
      const statusId = columns?.find(({ name }) => name === 'Soon')?.id;
      await makeToDo(setting, 'First', { milestoneId, sprintId, statusId, dueOn: '2026-12-24' });
      const none = { milestoneId: null, sprintId: null, dueOn: null };
      const { body } = await edit(setting, 1, { ...none, statusId: statuses[1] });
      for (const [path, how] of [
        [`/milestones/${milestoneId}`, { version: 1 }],
        [`/sprints/${sprintId}`, { version: 1 }],
        [`/statuses/${statusId}`, { moveToId: statuses[0] }],
      ] as const)
        assert.ok((await ask('DELETE', path, how)).status < 300, path);
      const undone = await ask('POST', '/undo', { changeId: body.changeId });
      assert.equal(undone.status, 200, JSON.stringify(undone.body));
      const toDo = await readToDo(setting, 1);
      assert.deepEqual(
        [toDo.milestoneId, toDo.sprintId, toDo.statusId, toDo.dueOn],
        [null, null, statuses[1], '2026-12-24'],
      );
    });

    test('history tells a description from its old to its new text', async () => {
      await using setting = await openSetting(engine);
      await makeToDo(setting, 'First', { description: 'The ferns.' });
      await edit(setting, 1, { description: 'The ferns twice.' });
      const entry = (await readToDo(setting, 1)).history.find(({ field }) => field === 'description');
      assert.deepEqual([entry?.from, entry?.to], ['The ferns.', 'The ferns twice.']);
    });

    test('to-dos that would wait for each other in a circle are refused, also when both are asked at once', async () => {
      await using setting = await openSetting(engine);
      for (const title of ['One', 'Two', 'Three']) await makeToDo(setting, title);
      assert.equal((await edit(setting, 1, { blockedBy: [2] })).status, 200);
      assert.equal((await edit(setting, 2, { blockedBy: [3] })).status, 200);
      const circle = await edit(setting, 3, { blockedBy: [1] });
      assert.equal(circle.status, 422);
      assert.equal(circle.body.error?.fields?.[0]?.path, 'blockedBy');
      assert.equal((await edit(setting, 1, { blockedBy: [1] })).status, 422);
      assert.equal((await edit(setting, 1, { blockedBy: [99] })).status, 422);
      const one = await readToDo(setting, 1);
      assert.deepEqual(
        one.blockedBy.map(({ number }) => number),
        [2],
      );
      assert.equal(one.openBlockers, 1);
      assert.deepEqual(
        (await readToDo(setting, 2)).blocks.map(({ number }) => number),
        [1],
      );

      for (const title of ['Four', 'Five']) await makeToDo(setting, title);
      const answers = await Promise.all([edit(setting, 4, { blockedBy: [5] }), edit(setting, 5, { blockedBy: [4] })]);
      assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 422]);
    });

    test('a line says more than a title, and is done where it says so', async () => {
      await using setting = await openSetting(engine);
      await makeToDo(setting, 'Whole');
      const titles = [
        'One',
        { title: 'Two', priority: 2, dueOn: '2026-12-04', tags: ['house'], plannedHours: 1.5, done: true },
      ];
      const { body } = await setting.ask('POST', '/to-dos/1/parts', { creationKey: creationKey(), titles });
      assert.deepEqual(
        body.toDo?.parts.map(({ title, done }) => [title, done]),
        [
          ['One', false],
          ['Two', true],
        ],
      );
      const two = await readToDo(setting, 3);
      assert.deepEqual([two.priority, two.dueOn, two.plannedHours, two.tags[0]?.name], [2, '2026-12-04', 1.5, 'house']);
      assert.equal(
        (await setting.ask('POST', '/to-dos/1/parts', { creationKey: creationKey(), titles: [{}] })).status,
        422,
      );
    });

    test('lines become subtasks in their order, once, and one level deep', async () => {
      await using setting = await openSetting(engine);
      await makeToDo(setting, 'Whole');
      const request = { creationKey: creationKey(), titles: ['One', 'Two', 'Three'] };
      await setting.ask('POST', '/to-dos/1/parts', request);
      const { body } = await setting.ask('POST', '/to-dos/1/parts', request);
      assert.deepEqual(
        body.toDo?.parts.map(({ title }) => title),
        ['One', 'Two', 'Three'],
      );
      assert.equal(
        (await setting.ask('POST', '/to-dos/2/parts', { creationKey: creationKey(), titles: ['Deep'] })).status,
        422,
      );
      await setting.ask('POST', '/to-dos/4/move', {
        statusId: setting.statuses[0],
        afterNumber: null,
        beforeNumber: 2,
      });
      await edit(setting, 3, { statusId: setting.statuses[4] });
      const { columns } = (await setting.ask('GET', '/board')).body;
      assert.deepEqual([columns?.[0]?.count, columns?.[0]?.parts], [3, 2]);
      const { parts, subtasks } = await readToDo(setting, 1);
      assert.deepEqual(
        parts.map(({ title, done }) => `${title} ${done}`),
        ['Three false', 'One false', 'Two true'],
      );
      assert.deepEqual(subtasks, { done: 1, total: 3 });
    });

    test('a copy holds what was said and not what happened', async () => {
      await using setting = await openSetting(engine);
      await makeToDo(setting, 'Whole', {
        tags: ['billing'],
        effort: 3,
        description: 'Text',
        statusId: setting.statuses[4],
      });
      await setting.ask('POST', '/to-dos/1/parts', { creationKey: creationKey(), titles: ['One', 'Two'] });
      const request = { creationKey: creationKey(), title: 'Whole again' };
      const { body, status } = await setting.ask('POST', '/to-dos/1/duplicate', request);
      assert.equal(status, 201, JSON.stringify(body));
      await setting.ask('POST', '/to-dos/1/duplicate', request);
      const copy = await readToDo(setting, body.card?.number ?? 0);
      assert.deepEqual(
        [copy.title, copy.effort, copy.tags[0]?.name, copy.parts.length, copy.completedAt],
        ['Whole again', 3, 'billing', 2, null],
      );
      const all = await setting.workspace.database.kysely.selectFrom('to_dos').select('id').execute();
      assert.equal(all.length, 6);
    });

    test('moved to another project it keeps what it can, and its old address leads on', async () => {
      await using setting = await openSetting(engine);
      const { workspace, alice, ask } = setting;
      await workspace.ask(alice, 'POST', '/projects', { creationKey: creationKey(), name: 'Other', key: 'OTH' });
      const bob = await workspace.addPerson('Bob Builder', 20);
      await workspace.database.kysely
        .insertInto('project_members')
        .values({ project_id: (await projectId(setting)) ?? '', person_id: bob.id, role: null, created_at: 0 })
        .execute();
      await makeToDo(setting, 'Waits for');
      await makeToDo(setting, 'Whole', {
        tags: ['billing'],
        assigneeIds: ['alice', 'bob'],
        statusId: setting.statuses[2],
      });
      await edit(setting, 2, { blockedBy: [1] });
      await ask('POST', '/to-dos/2/parts', { creationKey: creationKey(), titles: ['One'] });
      await ask('POST', '/to-dos/2/comments', { creationKey: creationKey(), body: 'Hello' });
      const { version } = await readToDo(setting, 2);
      const moved = await ask('POST', '/to-dos/2/transfer', { version, projectKey: 'OTH' });
      assert.deepEqual(moved.body.movedTo, { projectKey: 'OTH', number: 1 });
      const there = (await workspace.ask(alice, 'GET', '/projects/OTH/to-dos/1')).body.toDo;
      assert.deepEqual(
        [
          there?.tags[0]?.name,
          there?.assignees.map(({ id }) => id),
          there?.blockedBy,
          there?.parts.length,
          there?.comments,
        ],
        ['billing', ['alice'], [], 1, 1],
      );
      const old = await ask('GET', '/to-dos/2');
      assert.deepEqual([old.status, old.body.movedTo], [404, { projectKey: 'OTH', number: 1 }]);
      const hidden = await workspace.ask(bob, 'GET', '/projects/WEB/to-dos/2');
      assert.deepEqual([hidden.status, hidden.body.movedTo], [404, undefined]);
      assert.equal((await ask('POST', '/to-dos/1/transfer', { version: 1, projectKey: 'NOPE' })).status, 422);
      assert.equal((await ask('POST', '/to-dos/1/transfer', { version: 1, projectKey: 'WEB' })).status, 422);
    });

    test('the trash gives back, to-do and parts together, and only a manager ends them', async () => {
      await using setting = await openSetting(engine);
      const { workspace, ask } = setting;
      const bob = await workspace.addPerson('Bob Builder', 20);
      await workspace.database.kysely
        .insertInto('project_members')
        .values({ project_id: (await projectId(setting)) ?? '', person_id: bob.id, role: null, created_at: 0 })
        .execute();
      await makeToDo(setting, 'Whole');
      await ask('POST', '/to-dos/1/parts', { creationKey: creationKey(), titles: ['One', 'Two'] });
      const trash = async () => {
        const { version } = await readToDo(setting, 1);
        return ask('DELETE', '/to-dos/1', { version });
      };
      const { body } = await trash();
      const seen = (await ask('GET', '/trash')).body;
      assert.deepEqual(seen.trashed?.map(({ title }) => title).sort(), ['One', 'Two', 'Whole']);
      await ask('POST', '/undo', { changeId: body.changeId });
      assert.equal((await readToDo(setting, 1)).parts.length, 2);
      await trash();
      assert.equal((await ask('POST', '/trash/1/restore')).status, 200);
      assert.equal((await readToDo(setting, 1)).parts.length, 2);
      await trash();
      assert.equal((await workspace.ask(bob, 'DELETE', '/projects/WEB/trash/1')).status, 403);
      assert.equal((await ask('DELETE', '/trash/1')).status, 204);
      assert.deepEqual(await workspace.database.kysely.selectFrom('to_dos').selectAll().execute(), []);
      assert.equal((await ask('POST', '/trash/1/restore')).status, 404);
    });

    test('who has, makes or is named in a to-do watches it, until they say no', async () => {
      await using setting = await openSetting(engine);
      const { ask } = setting;
      await makeToDo(setting, 'First');
      assert.equal((await readToDo(setting, 1)).watching, true);
      assert.equal((await ask('DELETE', '/to-dos/1/watching')).body.toDo?.watching, false);
      await edit(setting, 1, { assigneeIds: ['alice'] });
      assert.equal((await readToDo(setting, 1)).watching, false, 'a no stays');
      assert.equal((await ask('PUT', '/to-dos/1/watching')).body.toDo?.watching, true);
    });

    test('a tag that is renamed to another becomes that other one', async () => {
      await using setting = await openSetting(engine);
      const { ask } = setting;
      await makeToDo(setting, 'First', { tags: ['bill', 'billing'] });
      await makeToDo(setting, 'Second', { tags: ['bill'] });
      const [bill] = (await ask('GET', '/tags')).body.tags ?? [];
      const merged = await ask('PATCH', `/tags/${bill?.id}`, { name: 'Billing' });
      assert.deepEqual(
        merged.body.tags?.map(({ name, toDos }) => `${name} ${toDos}`),
        ['billing 2'],
      );
      const left = merged.body.tags?.[0];
      await ask('PATCH', `/tags/${left?.id}`, { tone: 'pink' });
      assert.equal((await readToDo(setting, 2)).tags[0]?.tone, 'pink');
      assert.deepEqual((await ask('DELETE', `/tags/${left?.id}`)).body.tags, []);
    });
  });

async function projectId({ workspace }: Awaited<ReturnType<typeof openSetting>>): Promise<string | undefined> {
  const row = await workspace.database.kysely
    .selectFrom('projects')
    .select('id')
    .where('key', '=', 'WEB')
    .executeTakeFirst();
  return row?.id;
}
