/** Projects over the API, on both databases: keys, members, visibility, archive, and one's own work across them. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { needs } from '@gatehouse/testing/needs.ts';
import { type Engine, openTestWorkspace } from '../api/workspace.testing.ts';

const engines: readonly { engine: Engine; skip: string | false }[] = [
  { engine: 'SQLite', skip: false },
  { engine: 'PostgreSQL', skip: needs('postgresql') },
];

let keys = 0;
const creationKey = (): string => `creation-key-${String(++keys).padStart(6, '0')}`;

for (const { engine, skip } of engines)
  describe(`projects on ${engine}`, { skip, concurrency: false }, () => {
    test('an editor who makes a project is its manager, and finds the five statuses', async () => {
      await using workspace = await openTestWorkspace(engine);
      const alice = await workspace.addPerson('Alice Example', 20);
      const { status, body } = await workspace.ask(alice, 'POST', '/projects', {
        creationKey: creationKey(),
        name: 'Website relaunch',
      });
      assert.equal(status, 201);
      assert.equal(body.project?.key, 'WEB');
      assert.equal(body.project?.visibility, 'restricted');
      assert.deepEqual(
        body.project?.statuses.map(({ name, reportType }) => `${name}: ${reportType}`),
        [
          'New: new',
          'Blocked: in_progress',
          'In progress: in_progress',
          'Waiting for approval: in_progress',
          'Done: done',
        ],
      );
      assert.deepEqual(
        Object.entries(body.project?.may ?? { none: false }).filter(([, may]) => !may),
        [],
      );
    });

    test('the columns of a new project are named in the language of whoever makes it', async () => {
      await using workspace = await openTestWorkspace(engine);
      const alice = await workspace.addPerson('Alice Example', 20);
      const namesOf = async (): Promise<string[] | undefined> => {
        const made = await workspace.ask(alice, 'POST', '/projects', { creationKey: creationKey(), name: 'Website' });
        return made.body.project?.statuses.map(({ name }) => name);
      };
      await workspace.ask(alice, 'PATCH', '/me/preferences', { language: 'de' });
      assert.deepEqual(await namesOf(), ['Neu', 'Blockiert', 'In Arbeit', 'Wartet auf Freigabe', 'Erledigt']);
      await workspace.ask(alice, 'PATCH', '/me/preferences', { language: 'en' });
      assert.equal((await namesOf())?.[0], 'New');
    });

    test('projects of one name made at once get keys of their own, a repeated one the same', async () => {
      await using workspace = await openTestWorkspace(engine);
      const alice = await workspace.addPerson('Alice Example', 20);
      const make = (key: string) => workspace.ask(alice, 'POST', '/projects', { creationKey: key, name: 'Website' });
      const again = creationKey();
      const answers = await Promise.all([
        make(creationKey()),
        make(creationKey()),
        make(again),
        make(again),
        make(again),
      ]);
      const made = answers.map(({ body }) => body.project?.key);
      assert.deepEqual([...new Set(made)].sort(), ['WEB', 'WEB2', 'WEB3']);
      assert.equal(new Set(made.slice(2)).size, 1);
      const taken = await workspace.ask(alice, 'POST', '/projects', {
        creationKey: creationKey(),
        name: 'X',
        key: 'WEB',
      });
      assert.equal(taken.body.error?.code, 'conflict.key_taken');
    });

    test('a person who may only read is refused a project and told why', async () => {
      await using workspace = await openTestWorkspace(engine);
      const carol = await workspace.addPerson('Carol Reader', 5);
      const { status, body } = await workspace.ask(carol, 'POST', '/projects', {
        creationKey: creationKey(),
        name: 'Mine',
      });
      assert.equal(status, 403);
      assert.equal(body.error?.code, 'access.denied');
      assert.equal(body.error?.sentences?.why, 'That takes the role Editor.');
      assert.equal((await workspace.ask(carol, 'GET', '/me')).body.may?.createProject, false);
    });

    test('a member is let in, lowered, raised and taken out, never by themselves', async () => {
      await using workspace = await openTestWorkspace(engine);
      const alice = await workspace.addPerson('Alice Example', 20);
      const bob = await workspace.addPerson('Bob Builder', 20);
      await workspace.ask(alice, 'POST', '/projects', { creationKey: creationKey(), name: 'Website' });
      const seen = async () => (await workspace.ask(bob, 'GET', '/projects/WEB')).body.project?.may.editToDo;
      assert.equal(await seen(), undefined);
      await workspace.ask(alice, 'PUT', '/projects/WEB/members/bob', { role: null });
      assert.equal(await seen(), true);
      await workspace.ask(alice, 'PUT', '/projects/WEB/members/bob', { role: 5 });
      assert.equal(await seen(), false);
      assert.equal((await workspace.ask(bob, 'PUT', '/projects/WEB/members/bob', { role: 30 })).status, 403);
      assert.equal((await workspace.ask(alice, 'PUT', '/projects/WEB/members/alice', { role: 5 })).status, 403);
      assert.equal((await workspace.ask(alice, 'PUT', '/projects/WEB/members/bob', { role: 40 })).status, 422);
      assert.equal((await workspace.ask(alice, 'PUT', '/projects/WEB/members/nobody', { role: null })).status, 404);
      await workspace.ask(alice, 'DELETE', '/projects/WEB/members/bob');
      assert.equal(await seen(), undefined);
    });

    test('an archived project is read and not changed, until it is brought back', async () => {
      await using workspace = await openTestWorkspace(engine);
      const alice = await workspace.addPerson('Alice Example', 20);
      await workspace.ask(alice, 'POST', '/projects', { creationKey: creationKey(), name: 'Website' });
      const add = () =>
        workspace.ask(alice, 'POST', '/projects/WEB/to-dos', {
          creationKey: creationKey(),
          title: 'T',
          assigneeIds: ['alice'],
        });
      await add();
      await workspace.ask(alice, 'PATCH', '/projects/WEB', { version: 1, state: 'archived' });
      assert.equal((await add()).status, 403);
      assert.deepEqual((await workspace.ask(alice, 'GET', '/my-work')).body.toDos, []);
      assert.equal((await workspace.ask(alice, 'PATCH', '/projects/WEB', { version: 1, state: 'open' })).status, 409);
      await workspace.ask(alice, 'PATCH', '/projects/WEB', { version: 2, state: 'open' });
      assert.equal((await add()).status, 201);
    });

    test('my work holds what is given to me and open, the most pressing first', async () => {
      await using workspace = await openTestWorkspace(engine);
      const alice = await workspace.addPerson('Alice Example', 20);
      await workspace.ask(alice, 'POST', '/projects', { creationKey: creationKey(), name: 'Website' });
      const { body } = await workspace.ask(alice, 'GET', '/projects/WEB');
      const done = body.project?.statuses.at(-1)?.id;
      const toDos: readonly object[] = [
        { title: 'some day', assigneeIds: ['alice'] },
        { title: 'late', dueOn: '2026-01-01', assigneeIds: ['alice'] },
        { title: 'soon, low', dueOn: '2026-06-01', priority: 4, assigneeIds: ['alice'] },
        { title: 'soon, high', dueOn: '2026-06-01', priority: 1, assigneeIds: ['alice'] },
        { title: 'not mine' },
        { title: 'done', assigneeIds: ['alice'], statusId: done },
      ];
      for (const toDo of toDos)
        await workspace.ask(alice, 'POST', '/projects/WEB/to-dos', { creationKey: creationKey(), ...toDo });
      const work = (await workspace.ask(alice, 'GET', '/my-work')).body;
      assert.deepEqual(
        work.toDos?.map(({ title }) => title),
        ['late', 'soon, high', 'soon, low', 'some day'],
      );
      assert.equal(work.doneLastSevenDays, 1);
      assert.equal(work.toDos?.[0]?.doneStatusId, done);
    });

    test('a to-do in a project I was taken out of is no longer in my work', async () => {
      await using workspace = await openTestWorkspace(engine);
      const alice = await workspace.addPerson('Alice Example', 20);
      const bob = await workspace.addPerson('Bob Builder', 20);
      await workspace.ask(alice, 'POST', '/projects', { creationKey: creationKey(), name: 'Website' });
      await workspace.ask(alice, 'PUT', '/projects/WEB/members/bob', { role: null });
      const toDo = { creationKey: creationKey(), title: 'For Bob', assigneeIds: ['bob'] };
      await workspace.ask(alice, 'POST', '/projects/WEB/to-dos', toDo);
      const count = async () => (await workspace.ask(bob, 'GET', '/my-work')).body.toDos?.length;
      assert.equal(await count(), 1);
      await workspace.ask(alice, 'DELETE', '/projects/WEB/members/bob');
      assert.equal(await count(), 0);
    });
  });
