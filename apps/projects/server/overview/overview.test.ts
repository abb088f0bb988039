/** The overview of a project over the API, on both databases. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { creationKey, engines, openPlans } from '../milestones/milestones.testing.ts';

const today = 'overview?today=2026-11-20';

for (const { engine, skip } of engines)
  describe(`the overview on ${engine}`, { skip, concurrency: false }, () => {
    test('it tells progress, what is late, what is planned and what happened last', async () => {
      await using plans = await openPlans(engine);
      const done = plans.statuses[4];
      await plans.addMilestone('Launch');
      for (let index = 0; index < 10; index++) await plans.addToDo(`Done ${index}`, { statusId: done, effort: 2 });
      for (let index = 0; index < 10; index++) await plans.addToDo(`Open ${index}`);
      await plans.addToDo('Late', { dueOn: '2026-11-19' });
      await plans.addToDo('Due today', { dueOn: '2026-11-20' });
      plans.at('2026-11-12T09:00:00Z');
      const overview = await plans.get(today);
      assert.deepEqual(overview.progress, { toDos: 22, done: 10, share: 20 / 44, endsOn: '2026-12-02' });
      assert.equal(overview.late?.count, 1);
      assert.deepEqual(
        overview.late?.cards.map(({ title }) => title),
        ['Late'],
      );
      assert.deepEqual(
        overview.milestones?.map(({ title }) => title),
        ['Launch'],
      );
      const { acts, toDos, by } = overview.activity?.[0] ?? {};
      assert.deepEqual(acts, [{ kind: 'toDo.created', fields: [], toStatus: null }]);
      assert.equal(toDos?.[0]?.title, 'Due today');
      assert.equal(by?.name, 'Alice Example');
    });

    test('what people say about the project is kept, the latest first, and said once', async () => {
      await using plans = await openPlans(engine);
      await plans.make('status-updates', { light: 'green', text: 'All well.' });
      plans.at('2026-11-03T09:00:00Z');
      const request = { creationKey: creationKey(), light: 'yellow', text: 'The printer is late.' };
      for (let time = 0; time < 2; time++) await plans.send('POST', 'status-updates', request);
      const { updates } = await plans.get(today);
      assert.deepEqual(
        updates?.map(({ light, text }) => `${light}: ${text}`),
        ['yellow: The printer is late.', 'green: All well.'],
      );
      assert.equal((await plans.ask('POST', 'status-updates', { ...request, light: 'blue' })).status, 422);
    });

    test('who is told how a project does is told in whole signs', async () => {
      await using plans = await openPlans(engine);
      await plans.make('status-updates', { light: 'green', text: `${'x'.repeat(199)}😀 and more` });
      const { facts } = await plans.workspace.parts.db
        .selectFrom('changes')
        .select('facts')
        .where('kind', '=', 'statusUpdate.added')
        .executeTakeFirstOrThrow();
      assert.deepEqual(JSON.parse(facts), { tone: 'green', excerpt: 'x'.repeat(199) });
    });

    test('a project is kept at hand by each person for themselves', async () => {
      await using plans = await openPlans(engine);
      const bob = await plans.workspace.addPerson('Bob Builder', 20);
      await plans.workspace.ask(plans.alice, 'PUT', '/projects/WEB/members/bob', { role: 5 });
      for (let time = 0; time < 2; time++)
        assert.equal((await plans.workspace.ask(bob, 'PUT', '/projects/WEB/favourite')).status, 204);
      const seen = async (person: typeof bob) =>
        (await plans.workspace.ask(person, 'GET', '/projects')).body.projects?.[0]?.isFavourite;
      assert.equal(await seen(bob), true);
      assert.equal(await seen(plans.alice), false);
      await plans.workspace.ask(bob, 'DELETE', '/projects/WEB/favourite');
      assert.equal(await seen(bob), false);
    });

    test('the day has to be given, for only the reader’s clock knows it', async () => {
      await using plans = await openPlans(engine);
      assert.equal((await plans.ask('GET', 'overview')).status, 422);
    });
  });
