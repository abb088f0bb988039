/** Who asks has to be who the page was opened for. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openTestWorkspace, ownOrigin } from '../api/workspace.testing.ts';

test('a request that names whom it is made for is refused in the session of somebody else, and no other is', async () => {
  await using workspace = await openTestWorkspace('SQLite');
  const alice = await workspace.addPerson('Alice Example', 20);
  const carol = await workspace.addPerson('Carol Manager', 30);
  const ask = (headers: Record<string, string>) =>
    workspace.app.request('/api/v1/me', { headers: { cookie: `person=${carol.id}`, origin: ownOrigin, ...headers } });
  const refused = await ask({ 'x-person': alice.id });
  assert.equal(refused.status, 409);
  assert.equal(((await refused.json()) as { error: { code: string } }).error.code, 'session.other_person');
  assert.equal((await ask({ 'x-person': carol.id })).status, 200);
  assert.equal((await ask({})).status, 200);
});
