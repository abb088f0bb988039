/** Every route of the workspace's API has its line in the table of permissions: the router says which routes there are. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apiPath } from '../../apps/projects/server/api/enforce.ts';
import { changesNothing, permissions } from '../../apps/projects/server/api/permissions.ts';
import { openTestWorkspace } from '../../apps/projects/server/api/workspace.testing.ts';
import { isProjectAction, ruleOf } from '../../apps/projects/server/projects/policy-actions.ts';

test('every route of the API has a line in permissions.ts, and every line a route', async () => {
  await using workspace = await openTestWorkspace('SQLite');
  const inApi = workspace.app.routes.filter(({ method, path }) => method !== 'ALL' && path.startsWith(`${apiPath}/`));
  const routes = new Set(inApi.map(({ method, path }) => `${method} ${path.slice(apiPath.length)}`));
  assert.deepEqual([...routes].toSorted(), Object.keys(permissions).toSorted());
});

test('what changes something takes more than reading', () => {
  const suspicious = Object.entries(permissions).filter(
    ([route, action]) => !route.startsWith('GET ') && ruleOf(action).scope === 'read' && !changesNothing.has(route),
  );
  assert.deepEqual(suspicious, []);
});

test('an action on a project stands at a path that names one', () => {
  const nameless = Object.entries(permissions).filter(
    ([route, action]) => isProjectAction(action) && !route.split('/').includes(':key'),
  );
  assert.deepEqual(nameless, []);
});
