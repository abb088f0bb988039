/** Sprints over the API, on both databases: planning, closing, and the burndown out of what happened. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { engines, openPlans, type Plans } from '../milestones/milestones.testing.ts';

async function addSprint(plans: Plans, name: string, startOn: string, endOn: string): Promise<string> {
  const { sprints } = await plans.make('sprints', { name, startOn, endOn });
  const id = sprints?.find((sprint) => sprint.name === name)?.id;
  assert.ok(id);
  return id;
}

async function titlesIn(plans: Plans, path: string): Promise<string[]> {
  return (await plans.get(path)).cards?.map(({ title }) => title) ?? [];
}

for (const { engine, skip } of engines)
  describe(`sprints on ${engine}`, { skip, concurrency: false }, () => {
    test('many to-dos are put into a sprint at once, and it tells what is in it', async () => {
      await using plans = await openPlans(engine);
      const sprintId = await addSprint(plans, 'Sprint 1', '2026-11-02', '2026-11-13');
      const numbers = [
        await plans.addToDo('One', { effort: 3 }),
        await plans.addToDo('Two', { effort: 5, statusId: plans.statuses[4] }),
        await plans.addToDo('Three'),
      ];
      const { moved } = await plans.send('POST', 'sprint-plan', { numbers: numbers.slice(0, 2), sprintId });
      assert.deepEqual(
        moved?.map((each) => each.fromSprintId),
        [null, null],
      );
      const { sprints, backlog } = await plans.get('sprints');
      assert.deepEqual(sprints?.[0]?.totals, { toDos: 2, done: 1, effort: 8, effortDone: 5 });
      assert.equal(backlog?.toDos, 1);
      assert.deepEqual(await titlesIn(plans, `sprints/${sprintId}/to-dos`), ['One', 'Two']);
      assert.deepEqual(await titlesIn(plans, 'backlog'), ['Three']);
      const again = await plans.send('POST', 'sprint-plan', { numbers, sprintId });
      assert.deepEqual(
        again.moved?.map(({ number }) => number),
        numbers.slice(2),
      );
      const { history } = (await plans.get(`to-dos/${numbers[2]}`)).toDo ?? {};
      assert.equal(history?.[0]?.field, 'sprint');
    });

    test('subtasks are left out of backlog and sprint for whoever asks so, and of nothing else', async () => {
      await using plans = await openPlans(engine);
      const sprintId = await addSprint(plans, 'Sprint 1', '2026-11-02', '2026-11-13');
      const whole = await plans.addToDo('Whole');
      await plans.addToDo('Part', { parentNumber: whole });
      await plans.addToDo('Planned part', { parentNumber: whole, sprintId });
      assert.deepEqual(await titlesIn(plans, 'backlog'), ['Whole', 'Part']);
      assert.deepEqual(await titlesIn(plans, 'backlog?subtasks=hidden'), ['Whole']);
      assert.deepEqual(await titlesIn(plans, `sprints/${sprintId}/to-dos`), ['Planned part']);
      assert.deepEqual(await titlesIn(plans, `sprints/${sprintId}/to-dos?subtasks=hidden`), []);
      assert.equal((await plans.ask('GET', 'backlog?subtasks=shown')).status, 422);
    });

    test('closing a sprint does with the open to-dos what was chosen, and leaves the done ones', async () => {
      await using plans = await openPlans(engine);
      const first = await addSprint(plans, 'First', '2026-11-02', '2026-11-06');
      const second = await addSprint(plans, 'Second', '2026-11-09', '2026-11-13');
      await plans.addToDo('Open', { sprintId: first });
      await plans.addToDo('Done', { sprintId: first, statusId: plans.statuses[4] });
      const close = (id: string, body: object) => plans.ask('POST', `sprints/${id}/close`, body);
      const itself = await close(first, { version: 1, openToDos: { to: 'sprint', sprintId: first } });
      assert.equal(itself.status, 422);
      await close(first, { version: 1, openToDos: { to: 'sprint', sprintId: second } });
      assert.deepEqual(await titlesIn(plans, `sprints/${first}/to-dos`), ['Done']);
      assert.deepEqual(await titlesIn(plans, `sprints/${second}/to-dos`), ['Open']);
      const { sprints } = await plans.get('sprints');
      assert.deepEqual(
        sprints?.map(({ name, closedAt }) => `${name} ${closedAt}`),
        ['Second null', 'First 2026-11-02T09:00:00.000Z'],
      );
      const into = await plans.ask('POST', 'sprint-plan', { numbers: [1], sprintId: first });
      assert.match(into.body.error?.what ?? '', /closed/);
      await close(second, { version: 1, openToDos: { to: 'sprint', sprintId: null } });
      assert.deepEqual(await titlesIn(plans, 'backlog'), ['Open']);
    });

    test('the burndown tells what was left after each change, also of what left the sprint', async () => {
      await using plans = await openPlans(engine);
      const sprintId = await addSprint(plans, 'Sprint 1', '2026-11-02', '2026-11-13');
      plans.at('2026-11-02T10:00:00Z');
      const one = await plans.addToDo('One', { effort: 3, sprintId });
      const two = await plans.addToDo('Two', { effort: 5 });
      plans.at('2026-11-03T10:00:00Z');
      await plans.send('POST', 'sprint-plan', { numbers: [two], sprintId });
      plans.at('2026-11-04T10:00:00Z');
      await plans.send('POST', `to-dos/${one}/move`, { statusId: plans.statuses[4], afterNumber: null });
      plans.at('2026-11-05T10:00:00Z');
      await plans.send('POST', 'sprint-plan', { numbers: [two], sprintId: null });
      const { points } = await plans.get(`sprints/${sprintId}/burndown`);
      assert.deepEqual(
        points?.map(({ at, toDos, effort }) => `${at.slice(0, 10)}: ${toDos}, ${effort}`),
        ['2026-11-02: 1, 3', '2026-11-03: 2, 8', '2026-11-04: 1, 5', '2026-11-05: 0, 0'],
      );
    });

    test('a deleted sprint gives its to-dos back to the backlog; an older state is refused', async () => {
      await using plans = await openPlans(engine);
      const id = await addSprint(plans, 'Sprint 1', '2026-11-02', '2026-11-13');
      await plans.addToDo('One', { sprintId: id });
      assert.equal((await plans.ask('PATCH', `sprints/${id}`, { version: 1, endOn: '2026-11-01' })).status, 422);
      await plans.send('PATCH', `sprints/${id}`, { version: 1, name: 'Sprint one' });
      assert.equal((await plans.ask('DELETE', `sprints/${id}`, { version: 1 })).status, 409);
      await plans.send('DELETE', `sprints/${id}`, { version: 2 });
      assert.deepEqual(await titlesIn(plans, 'backlog'), ['One']);
      assert.equal((await plans.ask('GET', `sprints/${id}/to-dos`)).status, 404);
    });
  });
