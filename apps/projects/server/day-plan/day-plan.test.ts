/** Planning a day over the API, on both databases: one's own alone, within midnight, gone with what it is about. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import ICAL from 'ical.js';
import { blocksMax } from '../../wire/day-plan.ts';
import type { Answer } from '../api/workspace.testing.ts';
import { creationKey, engines, makeToDo, openSetting, type Setting } from '../to-dos/setting.testing.ts';

const monday = '2026-11-30';

function plan({ workspace, alice }: Setting, number: number, more: object = {}): Promise<Answer> {
  const body = { creationKey: creationKey(), projectKey: 'WEB', number, day: monday, startMinute: 600, minutes: 60 };
  return workspace.ask(alice, 'POST', '/me/day-plan', { ...body, ...more });
}

async function readDay({ workspace, alice }: Setting, day = monday, person = alice): Promise<string[]> {
  const { body } = await workspace.ask(person, 'GET', `/me/day-plan?day=${day}`);
  return body.blocks?.map(({ startMinute, minutes, title }) => `${startMinute}+${minutes} ${title}`) ?? [];
}

for (const { engine, skip } of engines)
  describe(`the day plan on ${engine}`, { skip, concurrency: false }, () => {
    test('a to-do is planned, moved to another hour and day, made longer and taken off', async () => {
      await using setting = await openSetting(engine);
      const { workspace, alice } = setting;
      const { number } = await makeToDo(setting, 'Write the offer');
      await makeToDo(setting, 'Call the printer');
      const { body } = await plan(setting, number);
      await plan(setting, 2, { startMinute: 540, minutes: 15 });
      assert.deepEqual(await readDay(setting), ['540+15 Call the printer', '600+60 Write the offer']);
      const path = `/me/day-plan/${body.block?.id}`;
      const changed = await workspace.ask(alice, 'PATCH', path, { startMinute: 615, minutes: 90 });
      assert.deepEqual([changed.body.block?.startMinute, changed.body.block?.minutes], [615, 90]);
      await workspace.ask(alice, 'PATCH', path, { day: '2026-12-01' });
      assert.deepEqual(await readDay(setting), ['540+15 Call the printer']);
      assert.deepEqual(await readDay(setting, '2026-12-01'), ['615+90 Write the offer']);
      assert.equal((await workspace.ask(alice, 'DELETE', path)).status, 204);
      assert.equal((await workspace.ask(alice, 'DELETE', path)).status, 204);
      assert.deepEqual(await readDay(setting, '2026-12-01'), []);
    });

    test('the same creation key, sent at once, plans once', async () => {
      await using setting = await openSetting(engine);
      const { number } = await makeToDo(setting, 'Write the offer');
      const key = creationKey();
      const answers = await Promise.all([1, 2, 3].map(() => plan(setting, number, { creationKey: key })));
      assert.deepEqual(
        answers.map(({ status }) => status),
        [201, 201, 201],
      );
      assert.equal(new Set(answers.map(({ body }) => body.block?.id)).size, 1);
      assert.deepEqual(await readDay(setting), ['600+60 Write the offer']);
    });

    test('nobody else sees or changes it', async () => {
      await using setting = await openSetting(engine);
      const { workspace } = setting;
      const owner = await workspace.addPerson('Carol Owner', 50);
      const { number } = await makeToDo(setting, 'Write the offer');
      const id = (await plan(setting, number)).body.block?.id;
      assert.deepEqual(await readDay(setting, monday, owner), []);
      const moved = await workspace.ask(owner, 'PATCH', `/me/day-plan/${id}`, { startMinute: 0 });
      assert.equal(moved.status, 404);
      await workspace.ask(owner, 'DELETE', `/me/day-plan/${id}`);
      assert.deepEqual(await readDay(setting), ['600+60 Write the offer']);
    });

    test('what one may not see cannot be planned, and is not there once one may not any more', async () => {
      await using setting = await openSetting(engine);
      const { workspace, alice } = setting;
      const bob = await workspace.addPerson('Bob Builder', 20);
      const { number } = await makeToDo(setting, 'Write the offer');
      const ask = () =>
        workspace.ask(bob, 'POST', '/me/day-plan', {
          creationKey: creationKey(),
          projectKey: 'WEB',
          number,
          day: monday,
          startMinute: 600,
          minutes: 60,
        });
      assert.equal((await ask()).status, 404);
      await workspace.ask(alice, 'PUT', '/projects/WEB/members/bob', { role: 5 });
      assert.equal((await ask()).status, 201);
      assert.deepEqual(await readDay(setting, monday, bob), ['600+60 Write the offer']);
      await workspace.ask(alice, 'DELETE', '/projects/WEB/members/bob');
      assert.deepEqual(await readDay(setting, monday, bob), []);
    });

    test('what is done stays and says so; what is in the trash is not there, and comes back with it', async () => {
      await using setting = await openSetting(engine);
      const { workspace, alice, statuses, ask } = setting;
      const { number } = await makeToDo(setting, 'Write the offer');
      await plan(setting, number);
      const { body } = await ask('POST', `/to-dos/${number}/move`, { statusId: statuses[4], afterNumber: null });
      const day = await workspace.ask(alice, 'GET', `/me/day-plan?day=${monday}`);
      assert.equal(day.body.blocks?.[0]?.isDone, true);
      await ask('DELETE', `/to-dos/${number}`, { version: body.card?.version });
      assert.deepEqual(await readDay(setting), []);
      await ask('POST', `/trash/${number}/restore`, {});
      assert.deepEqual(await readDay(setting), ['600+60 Write the offer']);
    });

    test('nothing goes beyond midnight, in odd minutes, on no day or above the limit', async () => {
      await using setting = await openSetting(engine);
      const { workspace, alice } = setting;
      const { number } = await makeToDo(setting, 'Write the offer');
      for (const wrong of [
        { startMinute: 1410, minutes: 60 },
        { startMinute: 601 },
        { startMinute: -5 },
        { minutes: 0 },
        { minutes: 1e9 },
        { day: '2026-02-30' },
        { number: 0 },
        { startMinute: '600' },
      ])
        assert.equal((await plan(setting, number, wrong)).status, 422, JSON.stringify(wrong));
      assert.equal((await plan(setting, 99)).status, 404);
      const { body } = await plan(setting, number, { startMinute: 1380 });
      const late = await workspace.ask(alice, 'PATCH', `/me/day-plan/${body.block?.id}`, { minutes: 90 });
      assert.equal(late.status, 422);
      assert.deepEqual(await readDay(setting), ['1380+60 Write the offer']);
      for (let more = 1; more < blocksMax; more++) await plan(setting, number, { startMinute: 5 * more });
      assert.equal((await plan(setting, number)).status, 422);
    });

    test('it stands in the calendar at its hour, without a time zone', async () => {
      await using setting = await openSetting(engine);
      const { workspace, alice } = setting;
      const { number } = await makeToDo(setting, 'Write the offer');
      await plan(setting, number, { day: '2099-11-30', startMinute: 570, minutes: 45 });
      const { body } = await workspace.ask(alice, 'POST', '/me/calendar-feed', {});
      const response = await workspace.app.request(new URL(body.address ?? '').pathname);
      const calendar = new ICAL.Component(ICAL.parse(await response.text()));
      const events = calendar.getAllSubcomponents('vevent').map((each) => new ICAL.Event(each));
      assert.deepEqual(
        events.map(({ summary, startDate, endDate }) => [summary, startDate.toString(), endDate.toString()]),
        [['Write the offer', '2099-11-30T09:30:00', '2099-11-30T10:15:00']],
      );
      assert.equal(events[0]?.startDate.zone, ICAL.Timezone.localTimezone);
    });
  });
