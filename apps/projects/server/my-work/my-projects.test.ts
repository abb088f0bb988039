/** The projects of home over the API, on both databases: which ones, and how each is doing. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { MyProject } from '../../wire/project.ts';
import type { Person } from '../people/person.ts';
import { creationKey, engines, makeToDo, openSetting, type Setting } from '../to-dos/setting.testing.ts';

async function readMine({ workspace }: Setting, person: Person): Promise<readonly MyProject[]> {
  const { body } = await workspace.ask(person, 'GET', '/my-projects');
  return body.myProjects ?? [];
}

for (const { engine, skip } of engines)
  describe(`my projects on ${engine}`, { skip, concurrency: false }, () => {
    test('a project tells how far it is, what is open, and what was said last', async () => {
      let nowMs = Date.parse('2026-11-28T12:00:00Z');
      await using setting = await openSetting(engine, { now: () => ++nowMs });
      const { alice, ask, statuses } = setting;
      assert.deepEqual(await readMine(setting, alice), [
        { key: 'WEB', name: 'Website', isFavourite: false, share: null, open: 0, light: null },
      ]);
      for (const title of ['One', 'Two', 'Three', 'Four']) await makeToDo(setting, title);
      await ask('POST', '/to-dos/1/move', { statusId: statuses[4], afterNumber: null });
      await ask('POST', '/status-updates', { creationKey: creationKey(), light: 'red', text: '' });
      await ask('POST', '/status-updates', { creationKey: creationKey(), light: 'yellow', text: '' });
      const [web] = await readMine(setting, alice);
      assert.equal(web?.share, 0.25);
      assert.equal(web?.open, 3);
      assert.equal(web?.light, 'yellow');
    });

    test('first those kept at hand, then those one was let into; who is in none sees what is open to all', async () => {
      await using setting = await openSetting(engine);
      const { workspace, alice } = setting;
      const carol = await workspace.addPerson('Carol Manager', 30);
      for (const [name, visibility] of [
        ['Alpha', 'restricted'],
        ['Beta', 'all'],
        ['Gamma', 'all'],
      ])
        await workspace.ask(carol, 'POST', '/projects', { creationKey: creationKey(), name, visibility });
      const namesFor = async (person: Person) => (await readMine(setting, person)).map(({ name }) => name);
      assert.deepEqual(await namesFor(carol), ['Alpha', 'Beta', 'Gamma']);
      assert.deepEqual(await namesFor(alice), ['Website']);
      await workspace.ask(alice, 'PUT', '/projects/GAM/favourite');
      assert.deepEqual(await namesFor(alice), ['Gamma', 'Website']);
      const bob = await workspace.addPerson('Bob Builder', 20);
      assert.deepEqual(await namesFor(bob), ['Beta', 'Gamma']);
      const gamma = await workspace.ask(carol, 'GET', '/projects/GAM');
      const { version } = gamma.body.project ?? {};
      await workspace.ask(carol, 'PATCH', '/projects/GAM', { version, state: 'archived' });
      assert.deepEqual(await namesFor(alice), ['Website']);
    });
  });
