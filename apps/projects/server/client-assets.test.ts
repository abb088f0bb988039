/** The addresses of the client, as its routes name them: each is answered with the page, also when it is loaded anew. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { openTestWorkspace } from './api/workspace.testing.ts';

const source = (name: string): string => readFileSync(new URL(`../client/src/${name}`, import.meta.url), 'utf8');

/** `path="/p/:key/board"`, and `path={tokensPath}` by what `places.ts` says it is. */
function addressesOfClient(): string[] {
  const places = new Map(
    [...source('shell/places.ts').matchAll(/export const (\w+) = '([^']+)'/g)].map(([, name, path]) => [name, path]),
  );
  const routes = [...source('app.tsx').matchAll(/<Route path=(?:"([^"]+)"|\{(\w+)\})/g)];
  return routes.map(([, path, name]) => path ?? places.get(name ?? '') ?? `${name} is in no list of places`);
}

test('every address that the client knows is served with the page', async () => {
  const client = { html: '<html lang="en"><head></head></html>', files: new Map() };
  await using workspace = await openTestWorkspace('SQLite', { client });
  const alice = await workspace.addPerson('Alice Example', 20);
  const addresses = addressesOfClient().filter((path) => path !== '*');
  assert.ok(addresses.length > 20, addresses.join(' '));
  for (const path of addresses) {
    const asked = path.replace(':key', 'WEB').replace('/:day?', '');
    const answer = await workspace.app.request(asked, { headers: { cookie: `person=${alice.id}` } });
    assert.equal(answer.status, 200, path);
  }
});
