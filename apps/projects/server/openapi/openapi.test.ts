/** The description of the API says what runs: every route, and the schema of every body. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { permissions } from '../api/permissions.ts';
import { openTestWorkspace } from '../api/workspace.testing.ts';
import { requestBodies, requestQueries } from './requests.ts';

type Operation = { readonly requestBody?: unknown; readonly operationId: string; readonly security: unknown[] };
type Document = { readonly openapi: string; readonly paths: Record<string, Record<string, Operation>> };

async function readDocument(): Promise<Document> {
  await using workspace = await openTestWorkspace('SQLite');
  await workspace.addPerson('Alice Example', 20);
  const response = await workspace.app.request('/api/openapi.json', { headers: { cookie: 'person=alice' } });
  return (await response.json()) as Document;
}

test('every route of the API is described, once and under a name of its own', async () => {
  const { openapi, paths } = await readDocument();
  assert.match(openapi, /^3\.1\./);
  const described = Object.entries(paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`),
  );
  assert.deepEqual(described.toSorted(), Object.keys(permissions).toSorted());
  const names = Object.values(paths).flatMap((operations) => Object.values(operations).map((each) => each.operationId));
  assert.equal(new Set(names).size, names.length);
});

test('every described body and query belongs to a route, and what makes a to-do is described by its schema', async () => {
  const described = [...Object.keys(requestBodies), ...Object.keys(requestQueries)];
  assert.deepEqual(
    described.filter((route) => !permissions[route]),
    [],
  );
  const { paths } = await readDocument();
  const body = JSON.stringify(paths['/projects/{key}/to-dos']?.post?.requestBody);
  assert.match(body, /"title"/);
  assert.match(body, /"creationKey"/);
});

test('a page tells the same to people', async () => {
  await using workspace = await openTestWorkspace('SQLite');
  await workspace.addPerson('Alice Example', 20);
  const response = await workspace.app.request('/settings/api', { headers: { cookie: 'person=alice' } });
  const text = await response.text();
  for (const route of Object.keys(permissions)) {
    const [method, pattern = ''] = route.split(' ');
    assert.ok(text.includes(`${method} ${pattern.replace(/:(\w+)/g, '{$1}')}`), route);
  }
});
