/** People as admins manage them, over the API and on both databases. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { needs } from '@gatehouse/testing/needs.ts';
import { type Engine, openTestWorkspace } from '../api/workspace.testing.ts';
import type { Person } from './person.ts';

const engines: readonly { engine: Engine; skip: string | false }[] = [
  { engine: 'SQLite', skip: false },
  { engine: 'PostgreSQL', skip: needs('postgresql') },
];

for (const { engine, skip } of engines)
  describe(`people on ${engine}`, { skip, concurrency: false }, () => {
    test('an admin gives roles up to their own and touches no owner', async () => {
      await using workspace = await openTestWorkspace(engine);
      const alice = await workspace.addPerson('Alice Example', 40);
      await workspace.addPerson('Bob Builder', 20);
      await workspace.addPerson('Carol Owner', 50);
      const edit = (id: string, body: object) => workspace.ask(alice, 'PATCH', `/people/${id}`, body);
      const raised = await edit('bob', { role: 30 });
      assert.equal(raised.body.managedPerson?.roleName, 'Manager');
      assert.equal((await edit('bob', { role: 50 })).status, 403);
      assert.equal((await edit('carol', { role: 20 })).status, 403);
      assert.equal((await edit('carol', { isActive: false })).status, 403);
      assert.equal((await edit('alice', { role: 50 })).status, 403);
      assert.equal((await edit('bob', { role: 7 })).status, 422);
      assert.equal((await edit('nobody', { role: 20 })).status, 404);
      const { body } = await workspace.ask(alice, 'GET', '/people/managed');
      assert.deepEqual(
        body.managedPeople?.map(({ name, roleName, whyNot }) => [name, roleName, whyNot]),
        [
          ['Alice Example', 'Admin', 'Nobody changes their own role. Ask another admin or owner.'],
          ['Bob Builder', 'Manager', null],
          ['Carol Owner', 'Owner', 'Only an owner changes an owner.'],
        ],
      );
    });

    test('who is no editor reads the names of those they share a project with, and of nobody else, unless they let people in', async () => {
      await using workspace = await openTestWorkspace(engine);
      const alice = await workspace.addPerson('Alice Example', 30);
      await workspace.addPerson('Bob Builder', 20);
      const guest = await workspace.addPerson('Gina Guest', 5);
      const names = async (person: Person) =>
        (await workspace.ask(person, 'GET', '/people')).body.people?.map(({ id }) => id);
      await workspace.ask(alice, 'POST', '/projects', { creationKey: 'a'.repeat(16), name: 'Website' });
      await workspace.ask(alice, 'POST', '/projects', { creationKey: 'b'.repeat(16), name: 'Garden' });
      await workspace.ask(alice, 'PUT', '/projects/GAR/members/bob', { role: null });
      assert.deepEqual(await names(guest), ['gina']);
      await workspace.ask(alice, 'PUT', '/projects/WEB/members/gina', { role: 20 });
      assert.deepEqual(await names(guest), ['alice', 'gina']);
      assert.deepEqual(await names(alice), ['alice', 'bob', 'gina']);
      await workspace.ask(alice, 'PUT', '/projects/WEB/members/gina', { role: 30 });
      assert.deepEqual(await names(guest), ['alice', 'bob', 'gina'], 'who lets people in chooses among everybody');
      await workspace.ask(alice, 'DELETE', '/projects/WEB', { version: 1 });
      assert.deepEqual(await names(guest), ['gina'], 'nobody is let into what is in the trash');
    });

    test('who is no editor finds no other names to choose from in a project that all see, and whoever is may', async () => {
      await using workspace = await openTestWorkspace(engine);
      const alice = await workspace.addPerson('Alice Example', 30);
      const bob = await workspace.addPerson('Bob Builder', 20);
      const guest = await workspace.addPerson('Gina Guest', 5);
      await workspace.ask(alice, 'POST', '/projects', {
        creationKey: 'a'.repeat(16),
        name: 'Website',
        visibility: 'all',
      });
      const offered = async (person: Person) => {
        const { body } = await workspace.ask(person, 'GET', '/projects/WEB');
        const listed = await workspace.ask(person, 'GET', '/projects/WEB/people');
        const found = await workspace.ask(person, 'GET', '/projects/WEB/people?name=b');
        return [body.project?.assignable, listed.body.people, found.body.people].map((all) => all?.map(({ id }) => id));
      };
      assert.deepEqual(await offered(guest), [['alice', 'gina'], ['alice', 'gina'], []]);
      assert.deepEqual(await offered(bob), [['alice', 'bob', 'gina'], ['alice', 'bob', 'gina'], ['bob']]);
      await workspace.ask(alice, 'PUT', '/projects/WEB/members/bob', { role: null });
      assert.deepEqual(await offered(guest), [['alice', 'bob', 'gina'], ['alice', 'bob', 'gina'], ['bob']]);
      await workspace.ask(alice, 'DELETE', '/projects/WEB/members/bob');
      await workspace.ask(alice, 'PUT', '/projects/WEB/members/gina', { role: 30 });
      assert.deepEqual((await offered(guest))[2], ['bob'], 'who lets people in chooses among everybody');
    });

    test('who is put out is out at once, is nobody’s choice any more, and comes back with all they had', async () => {
      await using workspace = await openTestWorkspace(engine);
      const alice = await workspace.addPerson('Alice Example', 50);
      const bob = await workspace.addPerson('Bob Builder', 20);
      const project = { creationKey: 'a'.repeat(16), name: 'Website', visibility: 'all' };
      await workspace.ask(alice, 'POST', '/projects', project);
      const names = async () => (await workspace.ask(alice, 'GET', '/people')).body.people?.map(({ id }) => id);
      const assignable = async () =>
        (await workspace.ask(alice, 'GET', '/projects/WEB')).body.project?.assignable.map(({ id }) => id);
      await workspace.ask(alice, 'PATCH', '/people/bob', { isActive: false });
      assert.equal((await workspace.ask(bob, 'GET', '/me')).status, 401);
      assert.deepEqual(await names(), ['alice']);
      assert.deepEqual(await assignable(), ['alice']);
      await workspace.ask(alice, 'PATCH', '/people/bob', { isActive: true });
      assert.equal((await workspace.ask(bob, 'GET', '/me')).status, 200);
      assert.deepEqual(await assignable(), ['alice', 'bob']);
    });

    test('the last owner stays one, also when two owners demote each other at once', async () => {
      await using workspace = await openTestWorkspace(engine);
      const alice = await workspace.addPerson('Alice Example', 50);
      const bob = await workspace.addPerson('Bob Builder', 50);
      const owners = async () =>
        (await workspace.database.kysely.selectFrom('people').select('id').where('role', '=', 50).execute()).length;
      for (let round = 0; round < 5; round++) {
        const answers = await Promise.all([
          workspace.ask(alice, 'PATCH', '/people/bob', { role: 20 }),
          workspace.ask(bob, 'PATCH', '/people/alice', { role: 20 }),
        ]);
        assert.equal(await owners(), 1);
        assert.ok(answers.some(({ status }) => status === 200));
        await workspace.database.kysely.updateTable('people').set({ role: 50 }).execute();
      }
      await workspace.ask(alice, 'PATCH', '/people/bob', { isActive: false });
      await workspace.database.kysely.updateTable('people').set({ role: 40 }).where('id', '=', 'bob').execute();
      assert.equal(await owners(), 1);
    });

    test('a company groups people and projects, opens a project to its people, and goes without taking either', async () => {
      await using workspace = await openTestWorkspace(engine);
      const alice = await workspace.addPerson('Alice Example', 40);
      const bob = await workspace.addPerson('Bob Builder', 10);
      const make = (name: string, key: string) =>
        workspace.ask(alice, 'POST', '/clients', { creationKey: key.repeat(16), name });
      const made = await make('Riverside Café', 'a');
      assert.equal(made.status, 201);
      assert.equal((await make('Riverside Café', 'a')).body.client?.id, made.body.client?.id);
      assert.equal((await make('riverside café', 'b')).body.error?.code, 'conflict.name_taken');
      const clientId = made.body.client?.id;
      const project = { creationKey: 'p'.repeat(16), name: 'Website', visibility: 'clients' };
      assert.equal((await workspace.ask(alice, 'POST', '/projects', project)).status, 422);
      assert.equal((await workspace.ask(alice, 'POST', '/projects', { ...project, clientId: 'gone' })).status, 422);
      assert.equal((await workspace.ask(alice, 'POST', '/projects', { ...project, clientId })).status, 201);
      const seen = async () => (await workspace.ask(bob, 'GET', '/projects')).body.projects?.map(({ key }) => key);
      assert.deepEqual(await seen(), []);
      await workspace.ask(alice, 'PATCH', '/people/bob', { clientId });
      assert.deepEqual(await seen(), ['WEB']);
      const { body } = await workspace.ask(alice, 'GET', '/clients');
      assert.deepEqual(
        body.clients?.map(({ name, people, projects }) => [name, people, projects]),
        [['Riverside Café', 1, 1]],
      );
      assert.equal((await workspace.ask(alice, 'DELETE', `/clients/${clientId}`, { version: 2 })).status, 409);
      assert.equal((await workspace.ask(alice, 'DELETE', `/clients/${clientId}`, { version: 1 })).status, 204);
      assert.deepEqual(await seen(), []);
      const after = (await workspace.ask(alice, 'GET', '/projects/WEB')).body.project;
      assert.deepEqual([after?.visibility, after?.client], ['restricted', null]);
    });

    test('the page of access names everybody who gets in, with the reason', async () => {
      await using workspace = await openTestWorkspace(engine);
      const alice = await workspace.addPerson('Alice Example', 20);
      await workspace.addPerson('Bob Builder', 20);
      await workspace.addPerson('Carol Reader', 5);
      await workspace.addPerson('Dora Manager', 30);
      await workspace.ask(alice, 'POST', '/projects', { creationKey: 'p'.repeat(16), name: 'Website' });
      await workspace.ask(alice, 'PUT', '/projects/WEB/members/bob', { role: 10 });
      const access = async () =>
        (await workspace.ask(alice, 'GET', '/projects/WEB/access')).body.access?.map(
          ({ person, roleName, why, may }) => `${person.id}: ${roleName}, ${why}, ${may.editToDo ? 'edits' : 'looks'}`,
        );
      assert.deepEqual(await access(), [
        'dora: Manager, manages-workspace, edits',
        'alice: Manager, own-role, edits',
        'bob: Commenter, own-role, looks',
      ]);
      await workspace.ask(alice, 'PATCH', '/projects/WEB', { version: 1, visibility: 'all' });
      assert.ok((await access())?.includes('carol: Read only, everyone, looks'));
    });

    test('one’s own profile says what the provider says', async () => {
      await using workspace = await openTestWorkspace(engine);
      const alice = await workspace.addPerson('Alice Example', 20);
      const identity = { issuer: 'https://auth.example.com', subject: 'alice-1', department: 'Kitchen' };
      await workspace.database.kysely.updateTable('people').set(identity).execute();
      const { profile } = (await workspace.ask(alice, 'GET', '/me/profile')).body;
      assert.deepEqual(profile?.source, { kind: 'provider', host: 'auth.example.com' });
      assert.equal(profile?.department, 'Kitchen');
    });
  });
