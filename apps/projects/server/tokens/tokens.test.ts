/** Access tokens over the API, on both databases: what they open, what they never do, and how they end. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { needs } from '@gatehouse/testing/needs.ts';
import type { CreateTokenRequest } from '../../wire/token.ts';
import type { AnswerBody } from '../api/answer-body.testing.ts';
import { type Engine, openTestWorkspace, type TestWorkspace } from '../api/workspace.testing.ts';
import type { Person } from '../people/person.ts';
import { digestOf } from './secret.ts';

const engines: readonly { engine: Engine; skip: string | false }[] = [
  { engine: 'SQLite', skip: false },
  { engine: 'PostgreSQL', skip: needs('postgresql') },
];

type Sent = { readonly status: number; readonly body: AnswerBody; readonly headers: Headers };

async function send(
  workspace: TestWorkspace,
  secret: string,
  method: string,
  path: string,
  body?: object,
): Promise<Sent> {
  const response = await workspace.app.request(path.startsWith('/api') ? path : `/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const parsed = text.startsWith('{') ? (JSON.parse(text) as AnswerBody) : {};
  return { status: response.status, body: parsed, headers: response.headers };
}

async function makeToken(workspace: TestWorkspace, person: Person, request: Partial<CreateTokenRequest> = {}) {
  const wanted = { name: 'Script', scopes: ['read'], days: 30, ...request };
  const { status, body } = await workspace.ask(person, 'POST', '/me/tokens', wanted);
  assert.equal(status, 201);
  return { secret: body.secret ?? '', id: body.token?.id ?? '' };
}

const project = { creationKey: 'a'.repeat(16), name: 'Website' };
const toDo = { creationKey: 'b'.repeat(16), title: 'Call' };

for (const { engine, skip } of engines)
  describe(`access tokens on ${engine}`, { skip }, () => {
    test('a token reads and writes as far as its scopes and its person go, without proof of origin', async () => {
      await using workspace = await openTestWorkspace(engine);
      const alice = await workspace.addPerson('Alice Example', 20);
      await workspace.ask(alice, 'POST', '/projects', project);
      const reading = await makeToken(workspace, alice);
      const writing = await makeToken(workspace, alice, { scopes: ['read', 'write'] });
      assert.equal((await send(workspace, reading.secret, 'GET', '/projects')).body.projects?.length, 1);
      const refused = await send(workspace, reading.secret, 'POST', '/projects/WEB/to-dos', toDo);
      assert.equal(refused.status, 403);
      assert.match(refused.body.error?.why ?? '', /scope write/);
      assert.equal((await send(workspace, writing.secret, 'POST', '/projects/WEB/to-dos', toDo)).status, 201);
      assert.equal((await send(workspace, writing.secret, 'POST', '/projects', project)).status, 403);
    });

    test('a token never makes, sees or revokes tokens, opens no stream and no page', async () => {
      await using workspace = await openTestWorkspace(engine);
      const alice = await workspace.addPerson('Alice Example', 50);
      const { secret, id } = await makeToken(workspace, alice, { scopes: ['read', 'write', 'manage', 'admin'] });
      assert.equal((await send(workspace, secret, 'GET', '/me/tokens')).status, 403);
      assert.equal(
        (await send(workspace, secret, 'POST', '/me/tokens', { name: 'x', scopes: ['read'], days: 1 })).status,
        403,
      );
      assert.equal((await send(workspace, secret, 'DELETE', `/me/tokens/${id}`)).status, 403);
      assert.equal((await send(workspace, secret, 'POST', '/me/calendar-feed', {})).status, 403);
      assert.equal((await send(workspace, secret, 'GET', '/api/live')).status, 401);
      const headers = { authorization: `Bearer ${secret}` };
      assert.equal((await workspace.app.request('/settings/api', { headers })).status, 303);
    });

    test('a token that reads fetches the description of the API; one that does not, or is no good, is told why not', async () => {
      await using workspace = await openTestWorkspace(engine);
      const alice = await workspace.addPerson('Alice Example', 20);
      const reading = await makeToken(workspace, alice);
      const writing = await makeToken(workspace, alice, { scopes: ['write'] });
      const described = await send(workspace, reading.secret, 'GET', '/api/openapi.json');
      assert.equal(described.status, 200);
      assert.match(JSON.stringify(described.body), /"openapi":"3\.1\./);
      assert.ok(described.headers.get('ratelimit-remaining'));
      const refused = await send(workspace, writing.secret, 'GET', '/api/openapi.json');
      assert.equal(refused.status, 403);
      assert.match(refused.body.error?.why ?? '', /scope read/);
      const unknown = await send(workspace, 'gatehouse_nobodys_token_at_all', 'GET', '/api/openapi.json');
      assert.equal(unknown.status, 401);
      assert.match(unknown.body.error?.what ?? '', /access token is not valid/);
    });

    test('a token that was revoked, has ended, or whose person may not come in opens nothing', async () => {
      let now = Date.now();
      await using workspace = await openTestWorkspace(engine, { now: () => now });
      const alice = await workspace.addPerson('Alice Example', 20);
      const bob = await workspace.addPerson('Bob Builder', 20);
      const [first, second] = [await makeToken(workspace, alice, { days: 1 }), await makeToken(workspace, alice)];
      const bobs = await makeToken(workspace, bob, { days: null });
      assert.equal((await workspace.ask(bob, 'DELETE', `/me/tokens/${second.id}`)).status, 404, 'not one of his');
      assert.equal((await workspace.ask(alice, 'DELETE', `/me/tokens/${second.id}`)).status, 204);
      assert.equal((await send(workspace, second.secret, 'GET', '/me')).status, 401);
      assert.equal((await send(workspace, first.secret, 'GET', '/me')).status, 200);
      now += 86_400_000;
      assert.equal((await send(workspace, first.secret, 'GET', '/me')).status, 401);
      await workspace.database.kysely
        .updateTable('people')
        .set({ deactivated_at: 1 })
        .where('id', '=', 'bob')
        .execute();
      assert.equal((await send(workspace, bobs.secret, 'GET', '/me')).status, 401);
      assert.equal((await send(workspace, 'nonsense', 'GET', '/me')).status, 401);
    });

    test('the secret is told once and stands nowhere; the list tells the hint and the last use', async () => {
      await using workspace = await openTestWorkspace(engine);
      const alice = await workspace.addPerson('Alice Example', 20);
      const { secret } = await makeToken(workspace, alice);
      assert.match(secret, /^gatehouse_[\w-]{43}$/, 'a beginning that is nobody else’s');
      await send(workspace, secret, 'GET', '/me');
      const { body } = await workspace.ask(alice, 'GET', '/me/tokens');
      const rows = await workspace.database.kysely.selectFrom('access_tokens').selectAll().execute();
      assert.ok(!JSON.stringify([body, rows]).includes(secret));
      assert.equal(body.tokens?.[0]?.hint, secret.slice(-4));
      assert.ok(body.tokens?.[0]?.lastUsedAt);
    });
  });

test('a token that was made when they began with ghp_ goes on working', async () => {
  await using workspace = await openTestWorkspace('SQLite');
  const alice = await workspace.addPerson('Alice Example', 20);
  const { id } = await makeToken(workspace, alice);
  const old = `ghp_${'a'.repeat(43)}`;
  const { kysely } = workspace.database;
  await kysely
    .updateTable('access_tokens')
    .set({ digest: digestOf(old) })
    .where('id', '=', id)
    .execute();
  assert.equal((await send(workspace, old, 'GET', '/me')).status, 200);
});

test('each token has its measure a minute, says what is left, and a new minute gives it back', async () => {
  let now = 60_000 * 1_000;
  await using workspace = await openTestWorkspace('SQLite', { now: () => now, bearer: { perMinuteMax: 2 } });
  const alice = await workspace.addPerson('Alice Example', 20);
  const { secret } = await makeToken(workspace, alice);
  const other = await makeToken(workspace, alice);
  const answers = [await send(workspace, secret, 'GET', '/me'), await send(workspace, secret, 'GET', '/me')];
  assert.deepEqual(
    answers.map(({ headers }) => headers.get('ratelimit-remaining')),
    ['1', '0'],
  );
  const third = await send(workspace, secret, 'GET', '/me');
  assert.equal(third.status, 429);
  assert.equal(third.headers.get('retry-after'), '60');
  assert.equal((await send(workspace, other.secret, 'GET', '/me')).status, 200);
  now += 60_000;
  assert.equal((await send(workspace, secret, 'GET', '/me')).status, 200);
});

test('beside a token no cookie counts: a wrong token is refused, whoever is signed in', async () => {
  await using workspace = await openTestWorkspace('SQLite');
  await workspace.addPerson('Alice Example', 20);
  const response = await workspace.app.request('/api/v1/me', {
    headers: { authorization: 'Bearer ghp_wrong-wrong-wrong-wrong', cookie: 'person=alice' },
  });
  assert.equal(response.status, 401);
  assert.match(response.headers.get('www-authenticate') ?? '', /invalid_token/);
});
