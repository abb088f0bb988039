/** The change record, on both databases: every change leaves its line, and none is left without one. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { needs } from '@gatehouse/testing/needs.ts';
import type { ChangeFacts } from '../../wire/change.ts';
import { type Engine, openTestWorkspace, type TestWorkspace } from '../api/workspace.testing.ts';

const engines: readonly { engine: Engine; skip: string | false }[] = [
  { engine: 'SQLite', skip: false },
  { engine: 'PostgreSQL', skip: needs('postgresql') },
];

async function readChanges({ database }: TestWorkspace) {
  const rows = await database.kysely.selectFrom('changes').selectAll().orderBy('id').execute();
  return rows.map(({ kind, actor_id, facts }) => ({ kind, actor_id, facts: JSON.parse(facts) as ChangeFacts }));
}

for (const { engine, skip } of engines)
  describe(`the change record on ${engine}`, { skip }, () => {
    test('a week of small changes stands in it, in order, with who and what', async () => {
      await using workspace = await openTestWorkspace(engine);
      const alice = await workspace.addPerson('Alice Example', 30);
      const bob = await workspace.addPerson('Bob Builder', 20);
      const made = await workspace.ask(alice, 'POST', '/projects', { creationKey: 'a'.repeat(16), name: 'Website' });
      await workspace.ask(alice, 'PUT', '/projects/WEB/members/bob', { role: null });
      const toDo = { creationKey: 'b'.repeat(16), title: 'Call', assigneeIds: ['bob'] };
      await workspace.ask(alice, 'POST', '/projects/WEB/to-dos', toDo);
      const statusId = made.body.project?.statuses?.[4]?.id;
      await workspace.ask(bob, 'POST', '/projects/WEB/to-dos/1/move', { statusId, afterNumber: null });
      await workspace.ask(bob, 'PATCH', '/projects/WEB/to-dos/1', {
        version: 2,
        title: 'Call them',
        assigneeIds: ['alice', 'bob'],
      });
      await workspace.ask(bob, 'DELETE', '/projects/WEB/to-dos/1', { version: 3 });
      await workspace.ask(alice, 'PATCH', '/projects/WEB', { version: 1, name: 'Site' });
      await workspace.ask(alice, 'DELETE', '/projects/WEB/members/bob');
      assert.deepEqual(await readChanges(workspace), [
        { kind: 'project.created', actor_id: 'alice', facts: { title: 'Website' } },
        { kind: 'member.set', actor_id: 'alice', facts: { title: 'Website', personId: 'bob' } },
        { kind: 'toDo.created', actor_id: 'alice', facts: { number: 1, title: 'Call', assignedIds: ['bob'] } },
        {
          kind: 'toDo.moved',
          actor_id: 'bob',
          facts: { number: 1, title: 'Call', fields: ['status'], fromStatus: 'New', toStatus: 'Done' },
        },
        {
          kind: 'toDo.changed',
          actor_id: 'bob',
          facts: { number: 1, title: 'Call them', fields: ['title', 'assignees'], assignedIds: ['alice'] },
        },
        { kind: 'toDo.trashed', actor_id: 'bob', facts: { number: 1, title: 'Call them', fields: ['trashed'] } },
        { kind: 'project.changed', actor_id: 'alice', facts: { title: 'Site', fields: ['name'] } },
        { kind: 'member.removed', actor_id: 'alice', facts: { title: 'Site', personId: 'bob' } },
      ]);
    });

    test('what was refused, or sent twice, leaves no line', async () => {
      await using workspace = await openTestWorkspace(engine);
      const alice = await workspace.addPerson('Alice Example', 20);
      const project = { creationKey: 'a'.repeat(16), name: 'Website' };
      const toDo = { creationKey: 'b'.repeat(16), title: 'Call' };
      for (let time = 0; time < 2; time++) {
        await workspace.ask(alice, 'POST', '/projects', project);
        await workspace.ask(alice, 'POST', '/projects/WEB/to-dos', toDo);
      }
      const late = await workspace.ask(alice, 'PATCH', '/projects/WEB/to-dos/1', { version: 7, title: 'Late' });
      assert.equal(late.status, 409);
      const same = await workspace.ask(alice, 'PATCH', '/projects/WEB/to-dos/1', { version: 1, title: 'Call' });
      assert.equal(same.status, 200);
      const kinds = (await readChanges(workspace)).map(({ kind }) => kind);
      assert.deepEqual(kinds, ['project.created', 'toDo.created']);
    });
  });
