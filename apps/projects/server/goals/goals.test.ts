/** Goals over the API, on both databases: values that rise and fall, check-ins, milestones, and what is refused. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isBehindStart, shareOfGoal } from '../../wire/goal.ts';
import { creationKey, engines, openPlans } from '../milestones/milestones.testing.ts';

test('the way to a target is told alike for values that rise and values that fall', () => {
  const share = (startValue: number, currentValue: number, targetValue: number): string => {
    const course = { startValue, currentValue, targetValue };
    return `${shareOfGoal(course)}${isBehindStart(course) ? ' behind' : ''}`;
  };
  assert.equal(share(0, 50, 200), '0.25');
  assert.equal(share(12, 9, 3), `${1 / 3}`);
  assert.equal(share(12, 3, 3), '1');
  assert.equal(share(12, 1, 3), '1', 'beyond the target');
  assert.equal(share(12, 15, 3), '0 behind');
  assert.equal(share(-10, -4, 2), '0.5');
  assert.equal(share(0, 0, 10), '0');
});

const visitors = {
  title: 'More visitors',
  metric: 'Visitors a week',
  unit: 'number',
  startValue: 100,
  targetValue: 400,
};

for (const { engine, skip } of engines)
  describe(`goals on ${engine}`, { skip, concurrency: false }, () => {
    test('each check-in is kept, the last one is where the goal stands, and a repeated one writes nothing', async () => {
      await using plans = await openPlans(engine);
      const { goal } = await plans.make('goals', visitors);
      assert.equal(goal?.currentValue, 100);
      plans.at('2026-11-09T09:00:00Z');
      const request = { creationKey: creationKey(), value: 250.5, status: 'at_risk', note: 'The fair helped.' };
      await plans.send('POST', `goals/${goal?.id}/values`, request);
      const again = await plans.send('POST', `goals/${goal?.id}/values`, request);
      assert.equal(again.goal?.currentValue, 250.5);
      assert.equal(again.goal?.status, 'at_risk');
      assert.equal(again.goal?.version, 2);
      const { values } = await plans.get(`goals/${goal?.id}/values`);
      assert.deepEqual(
        values?.map(({ value, status, note, by, at }) => [value, status, note, by.name, at.slice(0, 10)]),
        [
          [250.5, 'at_risk', 'The fair helped.', 'Alice Example', '2026-11-09'],
          [100, 'on_track', '', 'Alice Example', '2026-11-02'],
        ],
      );
    });

    test('a goal tells how far its milestones are', async () => {
      await using plans = await openPlans(engine);
      const milestoneId = await plans.addMilestone('Launch');
      await plans.addMilestone('Another');
      await plans.addToDo('One', { milestoneId, statusId: plans.statuses[4] });
      await plans.addToDo('Two', { milestoneId });
      const { goal } = await plans.make('goals', { ...visitors, milestoneIds: [milestoneId] });
      assert.deepEqual(goal?.milestones, [
        { id: milestoneId, title: 'Launch', progress: { toDos: 2, done: 1, share: 0.5 } },
      ]);
      await plans.send('PATCH', `goals/${goal?.id}`, { version: 1, milestoneIds: [] });
      assert.deepEqual((await plans.get('goals')).goals?.[0]?.milestones, []);
    });

    test('a goal that cannot be measured is refused with the reason', async () => {
      await using plans = await openPlans(engine);
      const refuse = async (body: object): Promise<string> => {
        const answer = await plans.ask('POST', 'goals', { creationKey: creationKey(), ...visitors, ...body });
        assert.equal(answer.status, 422);
        return answer.body.error?.what ?? '';
      };
      assert.match(await refuse({ targetValue: 100 }), /some way to go/);
      assert.match(await refuse({ unit: 'currency' }), /which currency/);
      assert.match(await refuse({ startOn: '2026-11-10', endOn: '2026-11-09' }), /before the first/);
      assert.match(await refuse({ milestoneIds: ['nope'] }), /no such milestone/);
      await refuse({ startValue: 1e13 });
      assert.deepEqual((await plans.get('goals')).goals, []);
    });

    test('a change on an older state is refused, and a deleted goal takes its values along', async () => {
      await using plans = await openPlans(engine);
      const { goal } = await plans.make('goals', visitors);
      await plans.send('PATCH', `goals/${goal?.id}`, { version: 1, targetValue: 500 });
      assert.equal((await plans.ask('PATCH', `goals/${goal?.id}`, { version: 1, title: 'Late' })).status, 409);
      await plans.send('DELETE', `goals/${goal?.id}`, { version: 2 });
      assert.equal((await plans.ask('GET', `goals/${goal?.id}/values`)).status, 404);
    });
  });
