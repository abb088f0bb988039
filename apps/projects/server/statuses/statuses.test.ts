/** The columns of a project over the API, on both databases. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { needs } from '@gatehouse/testing/needs.ts';
import type { Status } from '../../wire/project.ts';
import { type Engine, openTestWorkspace } from '../api/workspace.testing.ts';

const engines: readonly { engine: Engine; skip: string | false }[] = [
  { engine: 'SQLite', skip: false },
  { engine: 'PostgreSQL', skip: needs('postgresql') },
];

const review = { name: 'Review', reportType: 'in_progress', tone: 'amber', wipLimit: 3, onBoard: true };

async function openProject(engine: Engine) {
  const workspace = await openTestWorkspace(engine);
  const alice = await workspace.addPerson('Alice Example', 20);
  await workspace.ask(alice, 'POST', '/projects', { creationKey: 'p'.repeat(16), name: 'Website' });
  const ask = (method: string, path: string, body?: object) =>
    workspace.ask(alice, method, `/projects/WEB${path}`, body);
  return {
    ask,
    async read(): Promise<readonly Status[]> {
      return (await ask('GET', '')).body.project?.statuses ?? [];
    },
    [Symbol.asyncDispose]: () => workspace[Symbol.asyncDispose](),
  };
}

const namesOf = (statuses: readonly Status[]): string[] => statuses.map(({ name }) => name);

for (const { engine, skip } of engines)
  describe(`columns on ${engine}`, { skip, concurrency: false }, () => {
    test('a column is added, renamed, limited and put where it belongs', async () => {
      await using project = await openProject(engine);
      const request = { creationKey: 'r'.repeat(16), ...review };
      for (let time = 0; time < 2; time++) assert.equal((await project.ask('POST', '/statuses', request)).status, 200);
      const [first, ...others] = await project.read();
      const added = others.pop();
      assert.deepEqual({ ...added, id: '' }, { id: '', ...review });
      const renamed = await project.ask('PATCH', `/statuses/${added?.id}`, { name: 'To check', wipLimit: null });
      assert.equal(renamed.body.statuses?.at(-1)?.name, 'To check');
      const order = [first, added, ...others].map((status) => status?.id);
      const ordered = await project.ask('PUT', '/statuses', { statusIds: order });
      assert.deepEqual(
        ordered.body.statuses?.map(({ id }) => id),
        order,
      );
      assert.equal((await project.ask('PUT', '/statuses', { statusIds: order.slice(1) })).status, 422);
      const taken = await project.ask('PATCH', `/statuses/${added?.id}`, { name: 'done' });
      assert.equal(taken.body.error?.code, 'conflict.name_taken');
    });

    test('a removed column gives its to-dos to another, and their history says so', async () => {
      await using project = await openProject(engine);
      const [first, , , , last] = await project.read();
      await project.ask('POST', '/to-dos', { creationKey: 't'.repeat(16), title: 'Call' });
      assert.equal((await project.ask('DELETE', `/statuses/${first?.id}`, { moveToId: first?.id })).status, 422);
      const removed = await project.ask('DELETE', `/statuses/${first?.id}`, { moveToId: last?.id });
      assert.deepEqual(namesOf(removed.body.statuses ?? []), [
        'Blocked',
        'In progress',
        'Waiting for approval',
        'Done',
      ]);
      const { toDo } = (await project.ask('GET', '/to-dos/1')).body;
      assert.equal(toDo?.statusId, last?.id);
      assert.notEqual(toDo?.completedAt, null);
      assert.equal(toDo?.history[0]?.to, 'Done');
    });

    test('a column that begins to count as done finishes what stands in it, and the other way', async () => {
      await using project = await openProject(engine);
      const first = (await project.read())[0];
      await project.ask('POST', '/to-dos', { creationKey: 't'.repeat(16), title: 'Call' });
      const completedAt = async () => (await project.ask('GET', '/to-dos/1')).body.toDo?.completedAt;
      await project.ask('PATCH', `/statuses/${first?.id}`, { reportType: 'done' });
      assert.notEqual(await completedAt(), null);
      await project.ask('PATCH', `/statuses/${first?.id}`, { reportType: 'new' });
      assert.equal(await completedAt(), null);
    });

    test('one column stays on the board, and twenty are enough', async () => {
      await using project = await openProject(engine);
      const statuses = await project.read();
      const hidden = [];
      for (const { id } of statuses)
        hidden.push((await project.ask('PATCH', `/statuses/${id}`, { onBoard: false })).status);
      assert.deepEqual(hidden, [200, 200, 200, 200, 422]);
      for (let count = statuses.length; count < 20; count++) {
        const request = {
          ...review,
          name: `Column ${count}`,
          creationKey: `column-key-${String(count).padStart(6, '0')}`,
        };
        assert.equal((await project.ask('POST', '/statuses', request)).status, 200);
      }
      const more = await project.ask('POST', '/statuses', { ...review, creationKey: 'm'.repeat(16) });
      assert.equal(more.status, 422);
    });
  });
