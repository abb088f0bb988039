/** Live pages, on both databases: who is told what and when, what is caught up on, and when a stream ends. */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { describe, test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { freePort } from '@gatehouse/testing/free-port.ts';
import { needs } from '@gatehouse/testing/needs.ts';
import { drain, listen } from '@gatehouse/web/listen.ts';
import { getRequestListener } from '@hono/node-server';
import { type Engine, openTestWorkspace, type TestWorkspace } from '../api/workspace.testing.ts';
import { recordChange } from '../changes/record.ts';
import type { Person } from '../people/person.ts';
import { listenAs, readEvents } from './listening.testing.ts';

const engines: readonly { engine: Engine; skip: string | false }[] = [
  { engine: 'SQLite', skip: false },
  { engine: 'PostgreSQL', skip: needs('postgresql') },
];

let keys = 0;
const creationKey = (): string => `creation-key-${String(++keys).padStart(6, '0')}`;

async function makeProject(workspace: TestWorkspace, person: Person): Promise<string[]> {
  const { body } = await workspace.ask(person, 'POST', '/projects', { creationKey: creationKey(), name: 'Website' });
  return body.project?.statuses?.map(({ id }) => id) ?? [];
}

const makeToDo = (workspace: TestWorkspace, person: Person, title: string) =>
  workspace.ask(person, 'POST', '/projects/WEB/to-dos', { creationKey: creationKey(), title });

for (const { engine, skip } of engines)
  describe(`live pages on ${engine}`, { skip }, () => {
    test('a move is told with the card as it is now, to who may see the project and to nobody else', async () => {
      await using workspace = await openTestWorkspace(engine);
      const alice = await workspace.addPerson('Alice Example', 30);
      const bob = await workspace.addPerson('Bob Builder', 20);
      const carol = await workspace.addPerson('Carol Client', 20);
      const statuses = await makeProject(workspace, alice);
      await workspace.ask(alice, 'PUT', '/projects/WEB/members/bob', { role: null });
      await makeToDo(workspace, alice, 'Call');
      await using bobs = await listenAs(workspace, bob);
      await using carols = await listenAs(workspace, carol);
      await bobs.next('bell');
      await carols.next('bell');
      const move = { statusId: statuses[4], afterNumber: null };
      await workspace.ask(alice, 'POST', '/projects/WEB/to-dos/1/move', move);
      const { data, id } = await bobs.nextChange('toDo.moved');
      assert.equal(data.projectKey, 'WEB');
      assert.equal(data.actorId, 'alice');
      const card = data.card as { number: number; statusId: string; version: number };
      assert.deepEqual([card.number, card.statusId, card.version], [1, statuses[4], 2]);
      assert.ok(id);
      await workspace.ask(carol, 'POST', '/projects', { creationKey: creationKey(), name: 'Own' });
      const next = await carols.next('change');
      assert.equal(next.data.projectKey, 'OWN', 'nothing of the other project came before');
    });

    test('who comes back is told what was missed, in order, and nothing twice on one machine', async () => {
      await using workspace = await openTestWorkspace(engine);
      const alice = await workspace.addPerson('Alice Example', 20);
      await makeProject(workspace, alice);
      await makeToDo(workspace, alice, 'One');
      let seen = 0;
      {
        await using page = await listenAs(workspace, alice);
        seen = (await page.next('ready')).id ?? 0;
      }
      await makeToDo(workspace, alice, 'Two');
      await makeToDo(workspace, alice, 'Three');
      await using back = await listenAs(workspace, alice, seen);
      const told: unknown[] = [];
      while (told.at(-1) !== 3) told.push((await back.next('change')).data.number);
      assert.deepEqual(engine === 'SQLite' ? told : told.slice(-2), [2, 3]);
    });

    test('what could not be read when it happened is caught up on: the streams end, and their pages come back', async () => {
      await using workspace = await openTestWorkspace(engine);
      const alice = await workspace.addPerson('Alice Example', 20);
      const { kysely } = workspace.database;
      const record = (subjectId: string) =>
        kysely.transaction().execute((trx) => {
          const change = { projectId: null, actorId: 'alice', kind: 'project.created', subjectId, data: {} } as const;
          return recordChange(workspace.parts, trx, change);
        });
      await using page = await listenAs(workspace, alice);
      const seen = (await page.next('ready')).id ?? 0;
      await page.next('bell');
      await kysely.schema.alterTable('people').renameTo('people_away').execute();
      await record('unread');
      assert.equal(await page.nextAny(), undefined, 'the stream has ended');
      await kysely.schema.alterTable('people_away').renameTo('people').execute();
      await record('later');
      await using back = await listenAs(workspace, alice, seen);
      const told = [(await back.next('change')).data.subjectId, (await back.next('change')).data.subjectId];
      assert.deepEqual(told, ['unread', 'later']);
    });

    test('who was away too long is told to load anew', async () => {
      await using workspace = await openTestWorkspace(engine);
      const alice = await workspace.addPerson('Alice Example', 20);
      await makeProject(workspace, alice);
      await using page = await listenAs(workspace, alice, 999_999);
      const first = await page.nextAny();
      assert.equal(first?.event, 'reload');
      assert.ok(Number(first?.id) > 0, 'from here on nothing is missed');
    });

    test('a session that ends takes its streams with it, and nobody else’s', async () => {
      await using workspace = await openTestWorkspace(engine);
      const alice = await workspace.addPerson('Alice Example', 20);
      const bob = await workspace.addPerson('Bob Builder', 30);
      await using alices = await listenAs(workspace, alice);
      await using bobs = await listenAs(workspace, bob);
      await workspace.signOut(alice);
      let last = await alices.nextAny();
      while (last) last = await alices.nextAny();
      await makeProject(workspace, bob);
      await bobs.nextChange('project.created');
    });

    test('whose place in a project is taken away hears that, and nothing of it afterwards', async () => {
      await using workspace = await openTestWorkspace(engine);
      const alice = await workspace.addPerson('Alice Example', 30);
      const bob = await workspace.addPerson('Bob Builder', 20);
      await makeProject(workspace, alice);
      await workspace.ask(alice, 'PUT', '/projects/WEB/members/bob', { role: null });
      await using bobs = await listenAs(workspace, bob);
      await using alices = await listenAs(workspace, alice);
      await bobs.next('bell');
      await workspace.ask(alice, 'DELETE', '/projects/WEB/members/bob');
      await bobs.nextChange('member.removed');
      await makeToDo(workspace, alice, 'Secret');
      await alices.nextChange('toDo.created');
      await workspace.ask(alice, 'PUT', '/projects/WEB/members/bob', { role: null });
      assert.equal((await bobs.next('change')).data.kind, 'member.set');
    });
  });

test('one person opens so many streams and no more; closing one makes room', async () => {
  await using workspace = await openTestWorkspace('SQLite', { live: { perPersonMax: 2 } });
  const alice = await workspace.addPerson('Alice Example', 20);
  await using _first = await listenAs(workspace, alice);
  const second = await listenAs(workspace, alice);
  const third = () => workspace.app.request('/api/live', { headers: { cookie: 'person=alice' } });
  assert.equal((await third()).status, 429);
  await second[Symbol.asyncDispose]();
  assert.equal((await third()).status, 200);
});

test('a session that keeps us waiting does not hold up the end of another', async () => {
  await using workspace = await openTestWorkspace('SQLite');
  const alice = await workspace.addPerson('Alice Example', 20);
  await workspace.live.open(alice, undefined, () => new Promise(() => undefined));
  const stream = await workspace.live.open(alice, undefined, async () => false);
  assert.ok(stream instanceof Response && stream.body);
  await using listening = readEvents(stream.body);
  await workspace.signOut(await workspace.addPerson('Bob Builder', 20));
  while (await listening.nextAny());
  assert.equal(workspace.live.streams, 1);
});

test('a page that says whom it is for hears nothing in the session of somebody else', async () => {
  await using workspace = await openTestWorkspace('SQLite');
  const alice = await workspace.addPerson('Alice Example', 20);
  const carol = await workspace.addPerson('Carol Manager', 30);
  const open = (query: string) =>
    workspace.app.request(`/api/live${query}`, { headers: { cookie: `person=${carol.id}` } });
  const refused = await open(`?after=0&person=${alice.id}`);
  assert.equal(refused.status, 409);
  assert.equal(((await refused.json()) as { error: { code: string } }).error.code, 'session.other_person');
  assert.equal(workspace.live.streams, 0);
  assert.equal((await open(`?person=${carol.id}`)).status, 200);
  assert.equal((await open('')).status, 200);
});

test('nobody listens without a session', async () => {
  await using workspace = await openTestWorkspace('SQLite');
  assert.equal((await workspace.app.request('/api/live')).status, 401);
});

test('over a real connection: a browser that goes away is forgotten, and no proxy is to hold events back', async () => {
  await using workspace = await openTestWorkspace('SQLite');
  const alice = await workspace.addPerson('Alice Example', 20);
  const port = await freePort();
  const server = createServer(getRequestListener(workspace.app.fetch));
  await listen(server, { host: '127.0.0.1', port });
  const leaving = new AbortController();
  const response = await fetch(`http://127.0.0.1:${port}/api/live`, {
    headers: { cookie: 'person=alice' },
    signal: leaving.signal,
  });
  assert.equal(response.headers.get('x-accel-buffering'), 'no');
  assert.match(response.headers.get('cache-control') ?? '', /no-transform/);
  assert.ok(response.body);
  const page = readEvents(response.body);
  await page.next('ready');
  await makeProject(workspace, alice);
  assert.equal((await page.next('change')).data.projectKey, 'WEB');
  leaving.abort();
  while (workspace.live.listeners > 0) await setImmediate();
  await drain(server);
});
