/** What people prefer, over the API and in the pages, on both databases: kept for each alone, drawn from the first byte. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readPreferences } from '../../wire/preferences.ts';
import { openTestWorkspace, ownOrigin, type TestWorkspace } from '../api/workspace.testing.ts';
import type { Person } from '../people/person.ts';
import { engines } from '../to-dos/setting.testing.ts';

const client = { html: '<!doctype html><html lang="en"><head></head></html>', files: new Map() };

async function openPage({ app }: TestWorkspace, person: Person, carried: readonly string[] = []) {
  const cookie = [`person=${person.id}`, ...carried].join('; ');
  const response = await app.request('/dashboard/home', { headers: { cookie } });
  const root = /<html[^>]*>/.exec(await response.text())?.[0];
  return { root, cookies: response.headers.getSetCookie().map((each) => each.split(';')[0] ?? '') };
}

for (const { engine, skip } of engines)
  describe(`preferences on ${engine}`, { skip, concurrency: false }, () => {
    test('what is chosen is kept, and nobody else has it', async () => {
      await using workspace = await openTestWorkspace(engine);
      const alice = await workspace.addPerson('Alice Example', 5);
      const bob = await workspace.addPerson('Bob Builder', 50);
      const read = async (person: Person) => (await workspace.ask(person, 'GET', '/me/preferences')).body.preferences;
      assert.deepEqual(await read(alice), readPreferences({}));
      const edited = await workspace.ask(alice, 'PATCH', '/me/preferences', { theme: 'dark', spacing: 'wide' });
      assert.deepEqual(edited.body.preferences, readPreferences({ theme: 'dark', spacing: 'wide' }));
      await workspace.ask(alice, 'PATCH', '/me/preferences', { theme: 'auto', motion: 'none' });
      assert.deepEqual(await read(alice), readPreferences({ spacing: 'wide', motion: 'none' }));
      assert.deepEqual(await read(bob), readPreferences({}));
    });

    test('what is no choice is refused, and nothing of it kept', async () => {
      await using workspace = await openTestWorkspace(engine);
      const alice = await workspace.addPerson('Alice Example', 5);
      for (const wrong of [{}, { theme: 'pink' }, { theme: 'dark', colour: 'red' }, { language: 'xx' }, { lines: 1 }])
        assert.equal((await workspace.ask(alice, 'PATCH', '/me/preferences', wrong)).status, 422);
      const { body } = await workspace.ask(alice, 'GET', '/me/preferences');
      assert.deepEqual(body.preferences, readPreferences({}));
    });

    test('a page is drawn so in every browser, and the browser is told once', async () => {
      await using workspace = await openTestWorkspace(engine, { client });
      const alice = await workspace.addPerson('Alice Example', 5);
      assert.deepEqual(await openPage(workspace, alice), { root: '<html lang="en">', cookies: [] });
      await workspace.ask(alice, 'PATCH', '/me/preferences', { theme: 'dark', typeface: 'legible', language: 'de' });
      const first = await openPage(workspace, alice);
      assert.equal(first.root, '<html lang="de" data-theme="dark" data-typeface="legible">');
      assert.deepEqual(first.cookies, ['looks=language.de-theme.dark-typeface.legible', 'language=de']);
      const next = await openPage(workspace, alice, first.cookies);
      assert.deepEqual(next, { root: first.root, cookies: [] });
    });

    test('a change brings its cookie along, for the pages before the sign-in', async () => {
      await using workspace = await openTestWorkspace(engine);
      await workspace.addPerson('Alice Example', 5);
      const response = await workspace.app.request('/api/v1/me/preferences', {
        method: 'PATCH',
        headers: { 'content-type': 'application/json', cookie: 'person=alice', origin: ownOrigin },
        body: JSON.stringify({ theme: 'light' }),
      });
      const [cookie] = response.headers.getSetCookie();
      assert.match(cookie ?? '', /^looks=theme\.light; Max-Age=31536000; Path=\/; HttpOnly; SameSite=Lax$/);
    });
  });
