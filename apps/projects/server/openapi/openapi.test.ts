/** The description of the API says what runs: every route, and the schema of every body. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { acceptedBodies } from '../api/bodies.testing.ts';
import { permissions } from '../api/permissions.ts';
import { openTestWorkspace } from '../api/workspace.testing.ts';
import { routeAnswers } from './answers.ts';
import { requestBodies, requestQueries } from './requests.ts';
import { summaries } from './summaries.ts';
import { fieldsOf } from './types.ts';

type JsonSchema = Exclude<Parameters<typeof z.fromJSONSchema>[0], boolean>;
type Said = { readonly $ref?: string; readonly content?: Record<string, { readonly schema?: JsonSchema }> };
type Operation = {
  readonly requestBody?: unknown;
  readonly operationId: string;
  readonly security: unknown[];
  readonly responses: Record<string, Said>;
};
type Document = {
  readonly openapi: string;
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: { readonly schemas: Record<string, JsonSchema>; readonly responses: Record<string, Said> };
};

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

test('every route says in a sentence what it is for, and every body that a route takes is described', async () => {
  const told = Object.values(summaries).flatMap((routes) => Object.keys(routes));
  assert.deepEqual(told.toSorted(), Object.keys(permissions).toSorted());
  assert.deepEqual(Object.keys(requestBodies).toSorted(), Object.keys(acceptedBodies({})).toSorted());
});

test('a page tells people of every route what it is for, who gets in, what it takes and what it answers with', async () => {
  await using workspace = await openTestWorkspace('SQLite');
  await workspace.addPerson('Alice Example', 20);
  const response = await workspace.app.request('/settings/api', { headers: { cookie: 'person=alice' } });
  const text = await response.text();
  for (const [route, summary] of Object.values(summaries).flatMap((routes) => Object.entries(routes))) {
    const [method, pattern = ''] = route.split(' ');
    const [first = ''] = summary.split('`');
    assert.ok(text.includes(`<code>${method} ${pattern.replace(/:(\w+)/g, '{$1}')}</code></h3>\n<p>${first}`), route);
  }
  const [, edit = ''] = text.split('<code>PATCH /projects/{key}/to-dos/{number}</code>');
  const [entry = ''] = edit.split('</article>');
  assert.match(entry, /the scope <code>write<\/code> and at least the role 20 \(Editor\)/);
  assert.match(entry, /<code>version: <span>integer<\/span><\/code>.*<code>title\?: <span>string<\/span><\/code>/);
  assert.match(entry, /<code>200 <span>ToDoAnswer &amp; Changed<\/span><\/code>/);
  assert.ok(!text.includes('`'), 'a backtick stands on the page');
});

test('a schema is said as a programmer writes a type', () => {
  const schema = {
    type: 'object',
    properties: {
      ids: { type: 'array', items: { anyOf: [{ type: 'string' }, { type: 'null' }] } },
      span: {
        type: 'object',
        properties: { day: { type: 'string' }, minutes: { type: 'integer' } },
        required: ['day'],
      },
      light: { type: 'string', enum: ['green', 'red'] },
      anything: {},
    },
    required: ['light'],
  };
  assert.deepEqual(
    fieldsOf(schema).map(({ name, required, type }) => `${name}${required ? '' : '?'}: ${type}`),
    [
      'light: "green" | "red"',
      'ids?: (string | null)[]',
      'span?: { day: string, minutes?: integer }',
      'anything?: any',
    ],
  );
});

test('every route says what it answers with, and every name that the document refers to is in it', async () => {
  assert.deepEqual(Object.keys(routeAnswers).toSorted(), Object.keys(permissions).toSorted());
  const document = await readDocument();
  const referred = [...JSON.stringify(document).matchAll(/"#\/components\/(\w+)\/([^"]+)"/g)];
  const { components } = document;
  const known = new Set(
    Object.entries(components).flatMap(([kind, things]) => Object.keys(things).map((name) => `${kind} ${name}`)),
  );
  assert.ok(referred.length > 100);
  assert.deepEqual(
    referred.filter(([, kind, name]) => !known.has(`${kind} ${decodeURIComponent(name ?? '')}`)),
    [],
  );
});

test('a route names what it may refuse with: what takes a body may find it wrong, what has a version may come too late', async () => {
  const { paths } = await readDocument();
  const statusesOf = (path: string, method: string): string[] => Object.keys(paths[path]?.[method]?.responses ?? {});
  assert.deepEqual(statusesOf('/projects/{key}/to-dos/{number}', 'patch'), [
    '200',
    '400',
    '401',
    '403',
    '404',
    '409',
    '413',
    '415',
    '422',
    '429',
  ]);
  assert.deepEqual(statusesOf('/my-work', 'get'), ['200', '401', '403', '429']);
  assert.match(JSON.stringify(paths['/projects']?.post?.responses[409]), /conflict\.key_taken/);
});

test('what routes answer has the shape that the document says', async () => {
  await using workspace = await openTestWorkspace('SQLite', { mayCallPrivate: true });
  const alice = await workspace.addPerson('Alice Example', 50);
  const { paths, components } = await readDocument();
  const checked = new Set<string>();

  /** Asks, and holds the answer against the schema of its route. */
  async function ask(route: string, values: Record<string, string | number> = {}, body?: object) {
    const [method = '', pattern = ''] = route.split(' ');
    const path = pattern.replace(/:(\w+)/g, (_, name: string) => String(values[name] ?? 'WEB'));
    const query = values.query === undefined ? '' : `?${values.query}`;
    const answer = await workspace.ask(alice, method, path + query, body);
    const said = paths[pattern.replace(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()]?.responses[answer.status];
    assert.ok(said, `${route} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    assert.ok(answer.status < 300, `${route} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    const schema = said.content?.['application/json']?.schema;
    if (schema) assertShape(route, { ...schema, $defs: components.schemas }, answer.body);
    checked.add(route);
    return answer.body;
  }

  const key = (index: number) => `creation-key-${String(index).padStart(6, '0')}`;
  const made = await ask('POST /projects', {}, { creationKey: key(1), name: 'Website' });
  const statusId = made.project?.statuses?.[1]?.id;
  await ask(
    'POST /projects/:key/to-dos',
    {},
    { creationKey: key(2), title: 'Call', assigneeIds: ['alice'], dueOn: '2026-11-23' },
  );
  await ask('POST /projects/:key/to-dos', {}, { creationKey: key(3), title: 'Write', tags: ['garden'] });
  await ask('POST /projects/:key/to-dos/:number/move', { number: 1 }, { statusId, afterNumber: null });
  await ask('PATCH /projects/:key/to-dos/:number', { number: 2 }, { version: 1, title: 'Write more' });
  await ask(
    'POST /projects/:key/milestones',
    {},
    { creationKey: key(4), title: 'Opening', startOn: '2026-11-01', endOn: '2026-12-01' },
  );
  await ask(
    'POST /projects/:key/webhooks',
    {},
    { creationKey: key(5), url: 'https://example.com/hook', kinds: ['toDo.created'] },
  );
  await ask('POST /me/tokens', {}, { name: 'Script', scopes: ['read'], days: 30 });
  await ask('POST /projects/:key/status-updates', {}, { creationKey: key(6), light: 'green', text: 'It goes well.' });
  for (const route of [
    'GET /me',
    'GET /my-projects',
    'GET /my-work',
    'GET /me/notifications',
    'GET /me/notification-settings',
    'GET /me/tokens',
    'GET /me/calendar-feed',
    'GET /people',
    'GET /people/managed',
    'GET /me/profile',
    'GET /local-sign-ins',
    'GET /clients',
    'GET /client-names',
    'GET /projects',
    'GET /projects/:key',
    'GET /projects/:key/access',
    'GET /projects/:key/members',
    'GET /projects/:key/board',
    'GET /projects/:key/tags',
    'GET /projects/:key/trash',
    'GET /projects/:key/people',
    'GET /projects/:key/files',
    'GET /milestones',
    'GET /projects/:key/milestones',
    'GET /projects/:key/timeline',
    'GET /projects/:key/sprints',
    'GET /projects/:key/backlog',
    'GET /projects/:key/goals',
    'GET /projects/:key/status-updates',
    'GET /projects/:key/webhooks',
  ])
    await ask(route);
  await ask('GET /search', { query: 'q=Call' });
  await ask('GET /projects/:key/overview', { query: 'today=2026-11-23' });
  for (const route of ['', '/comments', '/files'])
    await ask(`GET /projects/:key/to-dos/:number${route}`, { number: 1 });
  await ask('DELETE /projects/:key/to-dos/:number', { number: 2 }, { version: 2 });
  assert.ok(checked.size > 35);
});

function assertShape(route: string, schema: JsonSchema, answer: unknown): void {
  const local = JSON.parse(JSON.stringify(schema).replaceAll('#/components/schemas/', '#/$defs/')) as typeof schema;
  const result = z.fromJSONSchema(local).safeParse(answer);
  assert.ok(result.success, `${route}: ${JSON.stringify(result.error?.issues, null, 1)}`);
}
