/** Bookmarks of Leantime, followed by somebody who is signed in and by somebody who is not. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openTestWorkspace } from './api/workspace.testing.ts';
import { oldAddresses } from './old-addresses.ts';
import type { Person } from './people/person.ts';

async function openHouse() {
  const workspace = await openTestWorkspace('SQLite', {
    client: { html: '<html lang="en"></html>', files: new Map() },
  });
  const follow = async (path: string, person?: Person) => {
    const headers = person ? { cookie: `person=${person.id}` } : {};
    const response = await workspace.app.request(path, { headers });
    return { status: response.status, to: response.headers.get('location') };
  };
  return { workspace, follow, [Symbol.asyncDispose]: () => workspace[Symbol.asyncDispose]() };
}

test('every old address leads to one that is there', async () => {
  await using house = await openHouse();
  const { workspace, follow } = house;
  const alice = await workspace.addPerson('Alice Example', 50);
  await workspace.ask(alice, 'POST', '/projects', { creationKey: 'a'.repeat(16), name: 'Website' });
  for (const old of Object.keys(oldAddresses)) {
    const { status, to } = await follow(old.replace('*', '7'), alice);
    assert.equal(status, 302, old);
    assert.equal((await follow(to ?? '', alice)).status, 200, `${old} leads to ${to}`);
  }
  assert.equal((await follow('/tickets/showKanban', alice)).to, '/p/WEB/board');
  assert.equal((await follow('/tickets/showAll?status=3', alice)).to, '/p/WEB/table');
});

test('where it could be one of several projects, an old address leads home', async () => {
  await using house = await openHouse();
  const { workspace, follow } = house;
  const alice = await workspace.addPerson('Alice Example', 50);
  assert.equal((await follow('/tickets/showKanban', alice)).to, '/dashboard/home');
  await workspace.ask(alice, 'POST', '/projects', { creationKey: 'a'.repeat(16), name: 'Website' });
  await workspace.ask(alice, 'POST', '/projects', { creationKey: 'b'.repeat(16), name: 'Garden' });
  assert.equal((await follow('/tickets/showKanban', alice)).to, '/dashboard/home');
});

test('who is not signed in signs in first, and then goes where the old address leads', async () => {
  await using house = await openHouse();
  const { status, to } = await house.follow('/tickets/showAll?status=3');
  assert.deepEqual([status, to], [303, `/auth/login?to=${encodeURIComponent('/tickets/showAll?status=3')}`]);
});
