/** What of a to-do a change writes: SQLite writes every index of a column that is set, also to what it was. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ColumnNode, UpdateQueryNode } from 'kysely';
import { isRefusal } from '../api/refusal.ts';
import { openTestWorkspace } from '../api/workspace.testing.ts';
import type { Workspace } from '../api/workspace.ts';
import { findProject } from '../projects/queries.ts';
import { editToDo, moveToDo } from './commands.ts';

/** The same workspace, and which columns of to-dos it sets. */
function watchingColumns(parts: Workspace) {
  const columns: string[] = [];
  const db = parts.db.withPlugin({
    transformQuery({ node }) {
      if (UpdateQueryNode.is(node) && JSON.stringify(node.table).includes('"to_dos"'))
        for (const { column } of node.updates ?? []) columns.push((column as ColumnNode).column.name);
      return node;
    },
    transformResult: async ({ result }) => result,
  });
  return { workspace: { ...parts, db }, written: () => columns.splice(0).sort() };
}

test('a change sets the columns that it changes, and no other', async () => {
  await using house = await openTestWorkspace('SQLite');
  const alice = await house.addPerson('Alice Example', 30);
  await house.ask(alice, 'POST', '/projects', { creationKey: 'creation-key-of-website', name: 'Website' });
  for (const title of ['One', 'Two'])
    await house.ask(alice, 'POST', '/projects/WEB/to-dos', { creationKey: `creation-key-of-${title}`, title });
  const project = await findProject(house.parts.db, alice, 'WEB');
  assert.ok(project);
  const { workspace, written } = watchingColumns(house.parts);
  const { body } = await house.ask(alice, 'GET', '/projects/WEB/to-dos/2');
  const statusId = body.toDo?.statusId ?? '';
  assert.ok(!isRefusal(await moveToDo(workspace, alice, project, 2, { statusId, beforeNumber: 1, afterNumber: null })));
  assert.deepEqual(written(), ['rank', 'updated_at', 'version']);
  assert.ok(!isRefusal(await editToDo(workspace, alice, project, 1, { version: 1, plannedHours: 3 })));
  assert.deepEqual(written(), ['planned_hours', 'updated_at', 'version']);
});
