/**
 * Every route of the API × every role × every way to stand to a project, against the real server: what it answers is what the
 * policy says of the action that `opens.testing.ts` has for it. That no route is forgotten, `tests/tidy/permissions.test.ts` holds. What stands outside the API (sign-in, its
 * pages, files for everybody) is let through by its prefix; every other page asks for a person.
 */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import type { RoleNumber } from '../../wire/roles.ts';
import { decide, ownedBy, type ProjectFacts, type Viewer, workspace as wholeWorkspace } from '../projects/policy.ts';
import { type Action, isProjectAction } from '../projects/policy-actions.ts';
import { apiPath } from './enforce.ts';
import { pinned } from './opens.testing.ts';
import { permissions } from './permissions.ts';
import { openTestWorkspace, type TestWorkspace } from './workspace.testing.ts';

/** Outside the API, for everybody: by how the path begins. */
const forEverybody = ['/healthz', '/auth/', '/oidc/', '/assets/', '/calendar/ical/'];

const client = { html: '<!doctype html><html lang="en"><title>Workspace</title></html>', files: new Map() };
const allRoles: readonly RoleNumber[] = [5, 10, 20, 30, 40, 50];

type Standing = { readonly name: string; readonly facts: Omit<ProjectFacts, 'kind'> };
const restricted = { visibility: 'restricted', state: 'open', membership: null } as const;
const standings: readonly Standing[] = [
  { name: 'not a member', facts: restricted },
  { name: 'a member who keeps their role', facts: { ...restricted, membership: { role: null } } },
  { name: 'a member lowered to read only', facts: { ...restricted, membership: { role: 5 } } },
  { name: 'a member raised to manager', facts: { ...restricted, membership: { role: 30 } } },
  { name: 'a project for everyone', facts: { ...restricted, visibility: 'all' } },
  { name: 'a project open to their company', facts: { ...restricted, visibility: 'clients', clientId: 'river' } },
  { name: 'an archived project', facts: { ...restricted, state: 'archived', membership: { role: null } } },
  { name: 'a project in the trash', facts: { ...restricted, state: 'trashed', membership: { role: null } } },
];

test('every route takes the action that was written down for it a second time', () => {
  assert.deepEqual(permissions, pinned);
});

test('a route without a line is closed, and the log says which', async () => {
  await using workspace = await openTestWorkspace('SQLite');
  const alice = await workspace.addPerson('Alice Example', 50);
  const line = 'GET /me';
  const kept = permissions[line];
  try {
    Reflect.deleteProperty(permissions, line);
    assert.equal((await workspace.ask(alice, 'GET', '/me')).status, 500);
  } finally {
    Reflect.set(permissions, line, kept);
  }
  assert.equal((await workspace.ask(alice, 'GET', '/me')).status, 200);
});

test('attack 30: outside the API every page asks for a person, but for what everybody needs', async () => {
  await using workspace = await openTestWorkspace('SQLite', { client });
  const pages = workspace.app.routes.filter(
    ({ method, path }) =>
      method !== 'ALL' && !path.startsWith(`${apiPath}/`) && !forEverybody.some((prefix) => path.startsWith(prefix)),
  );
  assert.ok(pages.length > 0);
  for (const { method, path } of pages) {
    const response = await workspace.app.request(path.replaceAll('*', 'x'), { method });
    // A page leads to the sign-in; a stream or a file has no page to show.
    const leads = response.headers.get('location') ?? '';
    const said = path.startsWith('/api/') ? `${response.status}` : `${response.status} ${leads.replace(/\?.*/, '')}`;
    assert.equal(said, path.startsWith('/api/') ? '401' : '303 /auth/login', `${method} ${path}`);
  }
});

for (const standing of standings)
  test(`attack 30: every route answers each role as the policy says: ${standing.name}`, async () => {
    await using workspace = await openTestWorkspace('SQLite', { client });
    const wrong: string[] = [];
    for (const role of allRoles) {
      const person = await workspace.addPerson(`P${role}`, role);
      await workspace.database.kysely.updateTable('people').set({ client_id: 'river' }).execute();
      for (const [route, action] of Object.entries(pinned)) {
        const key = await makeProject(workspace, person.id, standing);
        const said = await answerOf(workspace, person.id, route, key);
        const expected = expectedOf(action, { id: person.id, role, clientId: 'river' }, standing);
        if (said !== expected) wrong.push(`${route} as ${role}: ${said}, the policy says ${expected}`);
      }
    }
    assert.deepEqual(wrong, []);
  });

type Said = 'yes' | 'not found' | 'denied' | `status ${number}`;

function expectedOf(action: Action, viewer: Viewer, { facts }: Standing): Said {
  const resource = isProjectAction(action) ? ownedBy(viewer.id, { kind: 'project', ...facts }) : wholeWorkspace;
  const decision = decide(viewer, action, resource);
  if (decision.allowed) return 'yes';
  return decision.lacks === 'sight' ? 'not found' : 'denied';
}

/** Asks with nothing useful in it: who may is told what is missing, or gets an answer; who may not never comes that far. */
async function answerOf({ app }: TestWorkspace, personId: string, route: string, key: string): Promise<Said> {
  const [method = 'GET', pattern = ''] = route.split(' ');
  const path = pattern
    .replace(':key', key)
    .replace(/:number\b/g, '999999')
    .replace(/:\w+(\{[^}]*\})?/g, randomUUID());
  const headers = {
    cookie: `person=${personId}`,
    origin: 'http://projects.localhost',
    'content-type': 'application/json',
  };
  const leave = new AbortController();
  const body = method === 'GET' ? {} : { body: '{}' };
  const response = await app.request(`${apiPath}${path}`, { method, headers, signal: leave.signal, ...body });
  const { status } = response;
  const text = status >= 400 ? await response.text() : '';
  // A live answer would go on for ever.
  if (status < 400) await response.body?.cancel();
  leave.abort();
  if (status === 404 && text.includes('This project was not found.')) return 'not found';
  if (status === 403) return 'denied';
  return status === 401 || status >= 500 ? `status ${status}` : 'yes';
}

/** A fresh one for each question, so that no answer depends on the one before. */
async function makeProject({ database }: TestWorkspace, personId: string, { facts }: Standing): Promise<string> {
  const id = randomUUID();
  const key = `P${id.replaceAll('-', '').slice(0, 9).toUpperCase()}`;
  const { kysely } = database;
  const { membership, ...settings } = facts;
  await kysely
    .insertInto('projects')
    .values({
      ...{
        id,
        key,
        name: key,
        description: '',
        visibility: settings.visibility,
        state: settings.state === 'trashed' ? 'open' : settings.state,
        deleted_at: settings.state === 'trashed' ? 1 : null,
        client_id: settings.clientId ?? null,
      },
      ...{ next_number: 1, version: 1, created_by: 'nobody', creation_key: id, created_at: 1, updated_at: 1 },
    })
    .execute();
  const status = {
    id: randomUUID(),
    project_id: id,
    name: 'New',
    report_type: 'new',
    tone: 'grey',
    position: 0,
    on_board: 1,
  } as const;
  await kysely.insertInto('project_statuses').values(status).execute();
  if (membership)
    await kysely
      .insertInto('project_members')
      .values({ project_id: id, person_id: personId, role: membership.role, created_at: 1 })
      .execute();
  return key;
}
