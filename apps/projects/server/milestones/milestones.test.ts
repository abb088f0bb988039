/** Milestones over the API, on both databases: progress, order, waiting, conflicts, and what is refused. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { TimelineAnswer } from '../../wire/milestone.ts';
import { creationKey, engines, openPlans } from './milestones.testing.ts';

for (const { engine, skip } of engines)
  describe(`milestones on ${engine}`, { skip, concurrency: false }, () => {
    test('progress weighs each to-do by effort and priority, the middle of both where nothing is said', async () => {
      await using plans = await openPlans(engine);
      const milestoneId = await plans.addMilestone('Launch');
      const done = plans.statuses[4];
      const progress = async () => (await plans.get('milestones')).milestones?.[0]?.progress;
      assert.deepEqual(await progress(), { toDos: 0, done: 0, share: null });
      await plans.addToDo('nothing said', { milestoneId });
      await plans.addToDo('large and critical', { milestoneId, effort: 8, priority: 1, statusId: done });
      await plans.addToDo('small and lowest', { milestoneId, effort: 0.5, priority: 5, statusId: done });
      await plans.addToDo('elsewhere', { effort: 13, statusId: done });
      assert.deepEqual(await progress(), { toDos: 3, done: 2, share: (16 + 0.5) / (4.5 + 16 + 0.5) });
      const trashed = await plans.addToDo('in the trash', { milestoneId });
      await plans.send('DELETE', `to-dos/${trashed}`, { version: 1 });
      assert.equal((await progress())?.toDos, 3);
    });

    test('a card weighs the same in one piece as in ten subtasks, which share in what it weighs', async () => {
      await using plans = await openPlans(engine);
      const milestoneId = await plans.addMilestone('Launch');
      const statusId = plans.statuses[4];
      await plans.addToDo('in one piece', { milestoneId, effort: 2 });
      const whole = await plans.addToDo('in pieces', { milestoneId, effort: 2 });
      const parts: number[] = [];
      for (let index = 0; index < 9; index++)
        parts.push(await plans.addToDo(`piece ${index}`, { milestoneId, parentNumber: whole, priority: 1 }));
      const shares = async () => {
        const { progress } = (await plans.get('milestones')).milestones?.[0] ?? {};
        const project = (await plans.get('overview?today=2026-11-20')).progress;
        return [progress?.share, project?.share].map((share) => Math.round((share ?? -1) * 1000));
      };
      const finish = (number: number | undefined) => plans.send('PATCH', `to-dos/${number}`, { version: 1, statusId });
      for (const part of parts.slice(0, 5)) await finish(part);
      assert.deepEqual(await shares(), [250, 250]);
      for (const part of [...parts.slice(5), whole]) await finish(part);
      assert.deepEqual(await shares(), [500, 500]);
    });

    test('a card without an effort has that of its subtasks; a subtask without its card counts for itself', async () => {
      await using plans = await openPlans(engine);
      const milestoneId = await plans.addMilestone('Launch');
      const statusId = plans.statuses[4];
      const whole = await plans.addToDo('estimated in pieces');
      await plans.addToDo('the large piece', { parentNumber: whole, effort: 5, milestoneId });
      await plans.addToDo('the small piece', { parentNumber: whole, effort: 1, milestoneId, statusId });
      await plans.addToDo('done', { effort: 8, statusId });
      const { progress } = (await plans.get('milestones')).milestones?.[0] ?? {};
      assert.deepEqual(progress, { toDos: 2, done: 1, share: 1 / 6 });
      const { share } = (await plans.get('overview?today=2026-11-20')).progress ?? {};
      assert.equal(share?.toFixed(6), ((2 + 8) / 14).toFixed(6));
    });

    test('a creation that is sent again answers with the same milestone', async () => {
      await using plans = await openPlans(engine);
      const request = { creationKey: creationKey(), title: 'Once' };
      const answers = await Promise.all([1, 2, 3].map(() => plans.ask('POST', 'milestones', request)));
      assert.equal(new Set(answers.map(({ body }) => body.milestone?.id)).size, 1);
      assert.equal((await plans.get('milestones')).milestones?.length, 1);
    });

    test('a milestone cannot wait for itself, near or far, even when two people close the circle at once', async () => {
      await using plans = await openPlans(engine);
      const a = await plans.addMilestone('A');
      const b = await plans.addMilestone('B', { dependsOnIds: [a] });
      const circle = await plans.ask('PATCH', `milestones/${a}`, { version: 1, dependsOnIds: [b] });
      assert.equal(circle.status, 422);
      assert.match(circle.body.error?.what ?? '', /waits for it/);
      const c = await plans.addMilestone('C');
      const d = await plans.addMilestone('D');
      const both = await Promise.all([
        plans.ask('PATCH', `milestones/${c}`, { version: 1, dependsOnIds: [d] }),
        plans.ask('PATCH', `milestones/${d}`, { version: 1, dependsOnIds: [c] }),
      ]);
      assert.deepEqual(both.map(({ status }) => status).sort(), [200, 422]);
      assert.equal((await plans.ask('PATCH', `milestones/${a}`, { version: 1, dependsOnIds: ['x'] })).status, 422);
    });

    test('a change on an older state is refused, and days come in pairs and in order', async () => {
      await using plans = await openPlans(engine);
      const id = await plans.addMilestone('Launch', { startOn: '2026-11-02', endOn: '2026-11-13' });
      const change = (body: object) => plans.ask('PATCH', `milestones/${id}`, body);
      const moved = await change({ version: 1, startOn: '2026-11-09', endOn: '2026-11-20' });
      assert.equal(moved.body.milestone?.version, 2);
      assert.equal((await change({ version: 1, title: 'Late' })).status, 409);
      assert.equal((await change({ version: 2, startOn: null })).status, 422);
      assert.equal((await change({ version: 2, endOn: '2026-11-08' })).status, 422);
      assert.equal((await change({ version: 2, ownerId: 'nobody' })).status, 422);
      assert.equal((await change({ version: 2 })).status, 422);
    });

    test('milestones are put into an order, each by one row', async () => {
      await using plans = await openPlans(engine);
      const [a, b, c] = [await plans.addMilestone('A'), await plans.addMilestone('B'), await plans.addMilestone('C')];
      const order = async () => (await plans.get('milestones')).milestones?.map(({ title }) => title).join('');
      await plans.send('POST', `milestones/${c}/move`, { afterId: null });
      assert.equal(await order(), 'CAB');
      await plans.send('POST', `milestones/${a}/move`, { afterId: b });
      assert.equal(await order(), 'CBA');
      await plans.send('POST', `milestones/${c}/move`, { afterId: 'gone' });
      assert.equal(await order(), 'BAC');
    });

    test('a to-do belongs to a milestone of its own project alone, and outlives it', async () => {
      await using plans = await openPlans(engine);
      const milestoneId = await plans.addMilestone('Launch');
      await plans.workspace.ask(plans.alice, 'POST', '/projects', { creationKey: creationKey(), name: 'Other' });
      const stranger = { creationKey: creationKey(), title: 'Stranger', milestoneId };
      const refused = await plans.workspace.ask(plans.alice, 'POST', '/projects/OTH/to-dos', stranger);
      assert.equal(refused.status, 422);
      const number = await plans.addToDo('Write it', { milestoneId });
      await plans.send('DELETE', `milestones/${milestoneId}`, { version: 1 });
      assert.equal((await plans.get(`to-dos/${number}`)).toDo?.milestoneId, null);
      assert.deepEqual((await plans.get('milestones')).milestones, []);
    });

    test('the timeline holds the to-dos with work days', async () => {
      await using plans = await openPlans(engine);
      const milestoneId = await plans.addMilestone('Launch');
      await plans.addToDo('Write', { milestoneId, workStartOn: '2026-11-04', workEndOn: '2026-11-06' });
      await plans.addToDo('Print', { workEndOn: '2026-11-03' });
      await plans.addToDo('Some day');
      const { toDos, milestones } = await plans.get('timeline');
      const rows: TimelineAnswer['toDos'] | undefined = toDos;
      assert.deepEqual(
        rows?.map((toDo) => `${toDo.title} ${toDo.workStartOn} ${toDo.workEndOn} ${toDo.milestoneId === milestoneId}`),
        ['Print 2026-11-03 2026-11-03 false', 'Write 2026-11-04 2026-11-06 true'],
      );
      assert.equal(milestones?.length, 1);
    });

    test('the open milestones of every project one sees stand together, the soonest end first', async () => {
      await using plans = await openPlans(engine);
      await plans.addMilestone('Later', { startOn: '2026-12-01', endOn: '2026-12-24' });
      await plans.addMilestone('Some day');
      await plans.addMilestone('Over', { status: 'done' });
      await plans.workspace.ask(plans.alice, 'POST', '/projects', { creationKey: creationKey(), name: 'Other' });
      const soon = { creationKey: creationKey(), title: 'Soon', startOn: '2026-11-03', endOn: '2026-11-04' };
      await plans.workspace.ask(plans.alice, 'POST', '/projects/OTH/milestones', soon);
      const { body } = await plans.workspace.ask(plans.alice, 'GET', '/milestones');
      const titles = body.milestones?.map(({ title }) => title);
      assert.deepEqual(titles, ['Soon', 'Later', 'Some day']);
      const bob = await plans.workspace.addPerson('Bob Builder', 20);
      assert.deepEqual((await plans.workspace.ask(bob, 'GET', '/milestones')).body.milestones, []);
    });
  });
