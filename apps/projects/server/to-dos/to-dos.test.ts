/** To-dos over the API, on both databases: numbers, order, conflicts, retries, and what is refused. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ownOrigin } from '../api/workspace.testing.ts';
import { creationKey, engines, makeToDo, openSetting, type Setting } from './setting.testing.ts';

async function readColumns({ workspace, alice }: Setting): Promise<number[][]> {
  const { body } = await workspace.ask(alice, 'GET', '/projects/WEB/board');
  return body.columns?.map(({ cards }) => cards.map(({ number }) => number)) ?? [];
}

for (const { engine, skip } of engines)
  describe(`to-dos on ${engine}`, { skip, concurrency: false }, () => {
    test('fifty to-dos made at once get fifty numbers and ranks of their own', async () => {
      await using setting = await openSetting(engine);
      const cards = await Promise.all(Array.from({ length: 50 }, (_, index) => makeToDo(setting, `Thing ${index}`)));
      assert.equal(new Set(cards.map(({ number }) => number)).size, 50);
      assert.equal(new Set(cards.map(({ rank }) => rank)).size, 50);
      assert.equal(Math.max(...cards.map(({ number }) => Number(number))), 50);
    });

    test('a creation that is sent again answers with the same to-do', async () => {
      await using setting = await openSetting(engine);
      const request = { creationKey: creationKey(), title: 'Once' };
      const send = () => setting.workspace.ask(setting.alice, 'POST', '/projects/WEB/to-dos', request);
      const answers = await Promise.all([send(), send(), send()]);
      assert.deepEqual(new Set(answers.map(({ body }) => body.card?.number)), new Set([1]));
      assert.deepEqual(await readColumns(setting), [[1], [], [], [], []]);
    });

    test('a card goes right after the one it was dropped under, or first', async () => {
      await using setting = await openSetting(engine);
      for (const title of ['One', 'Two', 'Three']) await makeToDo(setting, title);
      const { workspace, alice, statuses } = setting;
      const move = (number: number, column: number, afterNumber: number | null) =>
        workspace.ask(alice, 'POST', `/projects/WEB/to-dos/${number}/move`, {
          statusId: statuses[column],
          afterNumber,
        });
      await move(3, 0, 1);
      assert.deepEqual((await readColumns(setting))[0], [1, 3, 2]);
      await move(2, 0, null);
      assert.deepEqual((await readColumns(setting))[0], [2, 1, 3]);
      await move(1, 2, null);
      await move(3, 2, null);
      assert.deepEqual(await readColumns(setting), [[2], [], [3, 1], [], []]);
      await move(2, 2, 999);
      assert.deepEqual((await readColumns(setting))[2], [3, 1, 2], 'a neighbour that is gone counts as the end');
    });

    test('the cards after a place come in pieces, of as many as are asked for and no more than 500', async () => {
      await using setting = await openSetting(engine);
      for (let index = 0; index < 53; index++) await makeToDo(setting, `Thing ${index}`);
      const [statusId = ''] = setting.statuses;
      const read = (query: object) =>
        setting.ask('GET', `/to-dos?${new URLSearchParams({ statusId, afterRank: '', ...query }).toString()}`);
      const numbers = async (query: object) => (await read(query)).body.cards?.map(({ number }) => number) ?? [];
      assert.deepEqual(await numbers({ max: '3' }), [1, 2, 3]);
      assert.equal((await numbers({})).length, 50);
      assert.equal((await numbers({ max: '500' })).length, 53);
      for (const max of ['0', '501', 'all']) assert.equal((await read({ max })).status, 422, max);
    });

    test('two people who move at once lose neither move', async () => {
      await using setting = await openSetting(engine);
      for (let index = 0; index < 12; index++) await makeToDo(setting, `Thing ${index}`);
      const { workspace, alice, statuses } = setting;
      const numbers = Array.from({ length: 11 }, (_, index) => index + 2);
      const answers = await Promise.all(
        numbers.map((number) =>
          workspace.ask(alice, 'POST', `/projects/WEB/to-dos/${number}/move`, {
            statusId: statuses[2],
            afterNumber: 1,
          }),
        ),
      );
      assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([200]));
      const columns = await readColumns(setting);
      assert.deepEqual(columns[0], [1]);
      assert.deepEqual(
        [...(columns[2] ?? [])].sort((a, b) => a - b),
        numbers,
      );
    });

    test('moving a card writes that card alone', async () => {
      await using setting = await openSetting(engine);
      for (const title of ['One', 'Two', 'Three']) await makeToDo(setting, title);
      const read = () => setting.workspace.database.kysely.selectFrom('to_dos').selectAll().orderBy('number').execute();
      const before = await read();
      const move = { statusId: setting.statuses[0], afterNumber: null };
      await setting.workspace.ask(setting.alice, 'POST', '/projects/WEB/to-dos/3/move', move);
      const changed = (await read()).filter((row, index) => JSON.stringify(row) !== JSON.stringify(before[index]));
      assert.deepEqual(
        changed.map(({ number }) => number),
        [3],
      );
    });

    test('an edit on an older version is refused and changes nothing', async () => {
      await using setting = await openSetting(engine);
      await makeToDo(setting, 'First');
      const edit = (body: object) => setting.workspace.ask(setting.alice, 'PATCH', '/projects/WEB/to-dos/1', body);
      assert.equal((await edit({ version: 1, title: 'Second' })).status, 200);
      const late = await edit({ version: 1, title: 'Third' });
      assert.equal(late.status, 409);
      assert.equal(late.body.error?.code, 'conflict.changed_meanwhile');
      const { body } = await setting.workspace.ask(setting.alice, 'GET', '/projects/WEB/to-dos/1');
      assert.equal(body.toDo?.title, 'Second');
    });

    test('of many edits on one version exactly one is made', async () => {
      await using setting = await openSetting(engine);
      await makeToDo(setting, 'First');
      const answers = await Promise.all(
        Array.from({ length: 10 }, (_, index) =>
          setting.workspace.ask(setting.alice, 'PATCH', '/projects/WEB/to-dos/1', {
            version: 1,
            title: `Title ${index}`,
          }),
        ),
      );
      assert.equal(answers.filter(({ status }) => status === 200).length, 1);
      assert.equal(answers.filter(({ status }) => status === 409).length, 9);
    });

    test('history tells what was and what is', async () => {
      await using setting = await openSetting(engine);
      const { workspace, alice, statuses } = setting;
      await makeToDo(setting, 'First');
      await workspace.ask(alice, 'PATCH', '/projects/WEB/to-dos/1', { version: 1, dueOn: '2026-12-24', priority: 2 });
      await workspace.ask(alice, 'PATCH', '/projects/WEB/to-dos/1', {
        version: 2,
        statusId: statuses[4],
        assigneeIds: ['alice'],
      });
      const { body } = await workspace.ask(alice, 'GET', '/projects/WEB/to-dos/1');
      const told = body.toDo?.history?.map((entry) => `${entry.field}: ${entry.from} → ${entry.to}`).sort();
      assert.deepEqual(told, [
        'assignees: null → Alice Example',
        'created: null → First',
        'due: null → 2026-12-24',
        'priority: null → 2',
        'status: New → Done',
      ]);
      assert.ok(body.toDo?.completedAt);
    });

    test('a to-do goes into the trash with the version that was confirmed, its subtasks with it, and is kept', async () => {
      await using setting = await openSetting(engine);
      await makeToDo(setting, 'First', { assigneeIds: ['alice'] });
      await makeToDo(setting, 'A part', { parentNumber: 1 });
      const remove = (version: number) =>
        setting.workspace.ask(setting.alice, 'DELETE', '/projects/WEB/to-dos/1', { version });
      assert.equal((await remove(7)).status, 409);
      assert.equal((await remove(1)).status, 200);
      assert.equal((await remove(1)).status, 404);
      assert.deepEqual(await readColumns(setting), [[], [], [], [], []]);
      const { body } = await setting.workspace.ask(setting.alice, 'GET', '/my-work');
      assert.deepEqual(body.toDos, []);
      const kept = await setting.workspace.database.kysely.selectFrom('to_dos').select('title').execute();
      assert.deepEqual(kept.map(({ title }) => title).sort(), ['A part', 'First']);
    });

    test('everything that is said about a to-do comes back, when it was made and when it was changed', async () => {
      await using setting = await openSetting(engine);
      const { workspace, alice } = setting;
      await makeToDo(setting, 'Whole');
      const said = {
        type: 'bug',
        effort: 0.5,
        workStartOn: '2026-11-23',
        workEndOn: '2026-11-24',
        plannedHours: 2.25,
        remainingHours: 1,
        parentNumber: 1,
      };
      const made = await makeToDo(setting, 'Made', { ...said, tags: ['billing', 'Urgent'] });
      await makeToDo(setting, 'Changed');
      const change = { version: 1, ...said, tags: ['BILLING', 'urgent'] };
      const changed = await workspace.ask(alice, 'PATCH', '/projects/WEB/to-dos/3', change);
      for (const toDo of [made, changed.body.toDo]) {
        assert.ok(toDo);
        assert.partialDeepStrictEqual(toDo, said);
        assert.deepEqual(
          toDo.tags.map(({ name }) => name),
          ['billing', 'Urgent'],
        );
      }
      const tags = (await workspace.ask(alice, 'GET', '/projects/WEB/tags')).body.tags;
      assert.deepEqual(
        tags?.map(({ name, toDos }) => `${name} ${toDos}`),
        ['billing 2', 'Urgent 2'],
      );
      const { toDo: whole } = (await workspace.ask(alice, 'GET', '/projects/WEB/to-dos/1')).body;
      assert.deepEqual(whole?.subtasks, { done: 0, total: 2 });
      const emptied = { version: 2, effort: null, workStartOn: null, plannedHours: null, parentNumber: null, tags: [] };
      const after = (await workspace.ask(alice, 'PATCH', '/projects/WEB/to-dos/3', emptied)).body.toDo;
      assert.deepEqual(
        [after?.effort, after?.workStartOn, after?.plannedHours, after?.parentNumber],
        Array(4).fill(null),
      );
      assert.deepEqual(after?.tags, []);
    });

    test('two people who change different fields on one version both keep their change', async () => {
      await using setting = await openSetting(engine);
      await makeToDo(setting, 'First');
      const edit = (body: object) => setting.workspace.ask(setting.alice, 'PATCH', '/projects/WEB/to-dos/1', body);
      const answers = await Promise.all([
        edit({ version: 1, title: 'Second' }),
        edit({ version: 1, dueOn: '2026-12-24' }),
        edit({ version: 1, tags: ['billing'] }),
        edit({ version: 1, assigneeIds: ['alice'] }),
      ]);
      assert.deepEqual(
        answers.map(({ status }) => status),
        [200, 200, 200, 200],
      );
      const { toDo } = (await setting.workspace.ask(setting.alice, 'GET', '/projects/WEB/to-dos/1')).body;
      assert.deepEqual(
        [toDo?.title, toDo?.dueOn, toDo?.tags.length, toDo?.assignees.length, toDo?.version],
        ['Second', '2026-12-24', 1, 1, 5],
      );
      assert.equal((await edit({ version: 1, dueOn: '2026-12-25' })).status, 409);
      assert.equal((await edit({ version: 9, type: 'bug' })).status, 409, 'a version that never was');
    });

    test('what cannot be right is refused with the field, and nothing is stored', async () => {
      await using setting = await openSetting(engine);
      const { workspace, alice } = setting;
      const other = await workspace.ask(alice, 'POST', '/projects', { creationKey: creationKey(), name: 'Other' });
      const foreignStatus = other.body.project?.statuses?.[0]?.id;
      const stranger = await workspace.addPerson('Bob Builder', 20);
      const wrong: readonly [object, string][] = [
        [{ title: '' }, 'title'],
        [{ title: '   ' }, 'title'],
        [{ title: 'x'.repeat(251) }, 'title'],
        [{ title: 'two\nlines' }, 'title'],
        [{ title: 'a\u0000b' }, 'title'],
        [{ title: '\ud800' }, 'title'],
        [{ title: 7 }, 'title'],
        [{ title: 'Fine', dueOn: '2026-02-30' }, 'dueOn'],
        [{ title: 'Fine', priority: 6 }, 'priority'],
        [{ title: 'Fine', type: 'subtask' }, 'type'],
        [{ title: 'Fine', effort: 4 }, 'effort'],
        [{ title: 'Fine', plannedHours: -1 }, 'plannedHours'],
        [{ title: 'Fine', plannedHours: 0.333 }, 'plannedHours'],
        [{ title: 'Fine', remainingHours: '2' }, 'remainingHours'],
        [{ title: 'Fine', workStartOn: '2026-11-24', workEndOn: '2026-11-23' }, 'workEndOn'],
        [{ title: 'Fine', parentNumber: 99 }, 'parentNumber'],
        [{ title: 'Fine', milestoneId: 'foreign' }, 'milestoneId'],
        [{ title: 'Fine', sprintId: 'foreign' }, 'sprintId'],
        [{ title: 'Fine', tags: ['a,b'] }, 'tags.0'],
        [{ title: 'Fine', tags: Array(21).fill('a') }, 'tags'],
        [{ title: 'Fine', statusId: foreignStatus }, 'statusId'],
        [{ title: 'Fine', assigneeIds: [stranger.id] }, 'assigneeIds'],
        [{ title: 'Fine', assigneeIds: ['nobody'] }, 'assigneeIds'],
        [{ title: 'Fine', creationKey: 'short' }, 'creationKey'],
        [{ title: 'Fine', description: 'a\u0000b' }, 'description'],
        [{ title: 'Fine', rank: 'a0' }, ''],
      ];
      for (const [body, path] of wrong) {
        const answer = await workspace.ask(alice, 'POST', '/projects/WEB/to-dos', {
          creationKey: creationKey(),
          ...body,
        });
        assert.equal(answer.status, 422, JSON.stringify(body));
        assert.equal(answer.body.error?.code, 'request.invalid');
        assert.equal(answer.body.error?.fields?.[0]?.path, path, JSON.stringify(body));
      }
      assert.deepEqual(await readColumns(setting), [[], [], [], [], []]);
    });

    test('somebody outside a restricted project learns nothing of it', async () => {
      await using setting = await openSetting(engine);
      await makeToDo(setting, 'Secret');
      const bob = await setting.workspace.addPerson('Bob Builder', 20);
      const asks: readonly [string, string, object?][] = [
        ['GET', '/projects/WEB'],
        ['GET', '/projects/WEB/board'],
        ['GET', '/projects/WEB/to-dos/1'],
        ['PATCH', '/projects/WEB/to-dos/1', { version: 1, title: 'Mine' }],
        ['POST', '/projects/WEB/to-dos', { creationKey: creationKey(), title: 'Mine' }],
        ['DELETE', '/projects/WEB/to-dos/1', { version: 1 }],
        ['PUT', '/projects/WEB/members/bob', { role: null }],
      ];
      const there = await Promise.all(
        asks.map(([method, path, body]) => setting.workspace.ask(bob, method, path, body)),
      );
      const nowhere = await Promise.all(
        asks.map(([method, path, body]) => setting.workspace.ask(bob, method, path.replace('WEB', 'NONE'), body)),
      );
      assert.deepEqual(there, nowhere);
      assert.deepEqual(new Set(there.map(({ status }) => status)), new Set([404]));
    });
  });

test('a body of ten megabytes, one that is not JSON and one that says it is a form are refused', async () => {
  await using setting = await openSetting('SQLite');
  const send = (type: string, body: string) =>
    setting.workspace.app.request('/api/v1/projects/WEB/to-dos', {
      method: 'POST',
      headers: { 'content-type': type, cookie: 'person=alice', origin: ownOrigin },
      body,
    });
  const answers = await Promise.all([
    send('application/json', JSON.stringify({ title: 'x'.repeat(10_000_000) })),
    send('application/json', '{"title":'),
    send('application/x-www-form-urlencoded', 'title=x'),
    send('text/plain', '{}'),
  ]);
  assert.deepEqual(
    answers.map(({ status }) => status),
    [413, 400, 415, 415],
  );
  assert.deepEqual(await readColumns(setting), [[], [], [], [], []]);
});

test('a change from another site, and anything from nobody, is refused', async () => {
  await using setting = await openSetting('SQLite');
  const send = (headers: Record<string, string>) =>
    setting.workspace.app.request('/api/v1/projects', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ creationKey: creationKey(), name: 'Mine' }),
    });
  assert.equal((await send({ cookie: 'person=alice', origin: 'https://evil.example' })).status, 403);
  assert.equal((await send({ cookie: 'person=alice' })).status, 403);
  assert.equal((await send({ origin: ownOrigin })).status, 401);
});
