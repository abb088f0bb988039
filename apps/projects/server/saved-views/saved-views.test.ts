/** Saved views over the API, on both databases: one's own and shared ones, what a page begins with, and who may what. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { viewsMax } from '../../wire/saved-view.ts';
import type { Answer, TestWorkspace } from '../api/workspace.testing.ts';
import type { Person } from '../people/person.ts';
import { creationKey, engines, openSetting } from '../to-dos/setting.testing.ts';

const view = { name: 'Mine, by person', page: 'table', query: 'who=alice&group=person', isShared: false } as const;

/** Names, those that are shared with a star, those that the page begins with in brackets. */
function names({ body }: Answer): string[] {
  assert.ok(body.views, JSON.stringify(body));
  return body.views.map(({ name, isShared, opens }) => `${isShared ? '*' : ''}${opens ? `[${name}]` : name}`);
}

async function addMember(workspace: TestWorkspace, alice: Person, name: string, role: number): Promise<Person> {
  const person = await workspace.addPerson(name, 20);
  const added = await workspace.ask(alice, 'PUT', `/projects/WEB/members/${person.id}`, { role });
  assert.equal(added.status, 200);
  return person;
}

for (const { engine, skip } of engines)
  describe(`saved views on ${engine}`, { skip, concurrency: false }, () => {
    test('a view is kept, renamed, replaced, shared and deleted; only what is shared is told and seen by others', async () => {
      await using setting = await openSetting(engine);
      const { workspace, alice, ask } = setting;
      const bob = await addMember(workspace, alice, 'Bob Builder', 5);
      const bobs = () => workspace.ask(bob, 'GET', '/projects/WEB/views');
      const made = await ask('POST', '/views', { creationKey: creationKey(), ...view });
      assert.equal(made.status, 201);
      const path = `/views/${made.body.views?.[0]?.id}`;
      assert.deepEqual([names(made), names(await bobs())], [['Mine, by person'], []]);
      const renamed = await ask('PATCH', path, { version: 1, name: 'By person', query: 'group=person', page: 'board' });
      assert.deepEqual(
        renamed.body.views?.map(({ name, query, page, version }) => [name, query, page, version]),
        [['By person', 'group=person', 'board', 2]],
      );
      assert.equal((await ask('PATCH', path, { version: 1, name: 'Late' })).status, 409);
      await ask('PATCH', path, { version: 2, isShared: true });
      assert.deepEqual(names(await bobs()), ['*By person']);
      await ask('PATCH', path, { version: 3, isShared: false });
      assert.deepEqual(names(await bobs()), []);
      assert.deepEqual(names(await ask('DELETE', path, { version: 4 })), []);
      const told = await workspace.database.kysely
        .selectFrom('changes')
        .select('kind')
        .where('kind', 'in', ['view.saved', 'view.removed'])
        .orderBy('id')
        .execute();
      assert.deepEqual(
        told.map(({ kind }) => kind),
        ['view.saved', 'view.removed'],
      );
    });

    test('the same creation key keeps one view, and no two of one list have one name', async () => {
      await using setting = await openSetting(engine);
      const { ask } = setting;
      const request = { creationKey: creationKey(), ...view };
      await Promise.all([ask('POST', '/views', request), ask('POST', '/views', request)]);
      assert.equal((await ask('GET', '/views')).body.views?.length, 1);
      const again = await ask('POST', '/views', { creationKey: creationKey(), ...view, name: 'MINE, by person' });
      assert.deepEqual([again.status, again.body.error?.code], [409, 'conflict.name_taken']);
      const shared = await ask('POST', '/views', { creationKey: creationKey(), ...view, isShared: true });
      assert.equal(shared.status, 201, 'what is shared is another list');
    });

    test('a page begins with a view for whoever says so, and with everything once that is gone for them', async () => {
      await using setting = await openSetting(engine);
      const { workspace, alice, ask } = setting;
      const bob = await addMember(workspace, alice, 'Bob Builder', 10);
      const asBob = (method: string, path: string, body?: object) =>
        workspace.ask(bob, method, `/projects/WEB${path}`, body);
      const made = await ask('POST', '/views', { creationKey: creationKey(), ...view, isShared: true });
      const id = made.body.views?.[0]?.id ?? '';
      assert.deepEqual(names(await asBob('PUT', '/opening-views/table', { viewId: id })), ['*[Mine, by person]']);
      assert.deepEqual(names(await ask('GET', '/views')), ['*Mine, by person']);
      assert.equal((await asBob('PUT', '/opening-views/board', { viewId: id })).status, 404, 'of another page');
      assert.equal((await asBob('PUT', '/opening-views/kitchen', { viewId: null })).status, 404);
      assert.deepEqual(names(await asBob('PUT', '/opening-views/table', { viewId: null })), ['*Mine, by person']);
      await asBob('PUT', '/opening-views/table', { viewId: id });
      await ask('PATCH', `/views/${id}`, { version: 1, isShared: false });
      await ask('PATCH', `/views/${id}`, { version: 2, isShared: true });
      assert.deepEqual(names(await asBob('GET', '/views')), ['*Mine, by person']);
      await asBob('PUT', '/opening-views/table', { viewId: id });
      await ask('DELETE', `/views/${id}`, { version: 3 });
      assert.deepEqual(names(await asBob('GET', '/views')), []);
    });

    test('whoever sees the project keeps views; sharing takes an editor; views of others are not found', async () => {
      await using setting = await openSetting(engine);
      const { workspace, alice, ask } = setting;
      const bob = await addMember(workspace, alice, 'Bob Builder', 5);
      const carol = await addMember(workspace, alice, 'Carol Clerk', 20);
      const save = (person: Person, isShared: boolean, name: string) =>
        workspace.ask(person, 'POST', '/projects/WEB/views', { creationKey: creationKey(), ...view, isShared, name });
      const own = await save(bob, false, 'Of Bob');
      assert.equal(own.status, 201);
      assert.equal((await save(bob, true, 'For all')).status, 403);
      const bobs = `/projects/WEB/views/${own.body.views?.[0]?.id}`;
      assert.equal((await workspace.ask(bob, 'PATCH', bobs, { version: 1, isShared: true })).status, 403);
      for (const other of [alice, carol]) {
        assert.equal((await workspace.ask(other, 'PATCH', bobs, { version: 1, name: 'Taken' })).status, 404);
        assert.equal((await workspace.ask(other, 'DELETE', bobs, { version: 1 })).status, 404);
      }
      const shared = (await save(carol, true, 'For all')).body.views?.find(({ name }) => name === 'For all');
      const path = `/projects/WEB/views/${shared?.id}`;
      assert.equal((await workspace.ask(bob, 'DELETE', path, { version: 1 })).status, 403);
      assert.equal((await workspace.ask(alice, 'PATCH', path, { version: 1, name: 'For everybody' })).status, 200);
      const seen = (await workspace.ask(bob, 'GET', '/projects/WEB/views')).body.views;
      assert.deepEqual(
        seen?.map(({ name, owner, may }) => [name, owner.name, may.edit, may.share]),
        [
          ['For everybody', 'Carol Clerk', false, false],
          ['Of Bob', 'Bob Builder', true, false],
        ],
      );
      assert.equal((await ask('GET', '/views')).body.views?.length, 1);
    });

    test('nothing but the address of a view is kept, and no more than the limit', async () => {
      await using setting = await openSetting(engine);
      const { ask } = setting;
      for (const wrong of [
        { query: 'next=https://evil.example' },
        { query: '?q=x' },
        { query: `q=${'x'.repeat(4_000)}` },
        { query: 'q=a&q=b' },
        { page: 'kitchen' },
        { name: '' },
        { name: 'x'.repeat(61) },
        { isShared: 'yes' },
      ]) {
        const answer = await ask('POST', '/views', { creationKey: creationKey(), ...view, ...wrong });
        assert.equal(answer.status, 422, JSON.stringify(wrong));
      }
      for (let count = 0; count < viewsMax; count++)
        await ask('POST', '/views', { creationKey: creationKey(), ...view, name: `View ${count}` });
      const more = await ask('POST', '/views', { creationKey: creationKey(), ...view, name: 'One more' });
      assert.deepEqual([more.status, more.body.error?.what], [422, 'At most 50 views. Delete one first.']);
      assert.equal((await ask('GET', '/views')).body.views?.length, viewsMax);
    });
  });
