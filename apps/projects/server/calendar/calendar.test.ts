/** The calendar at a secret address, read by a calendar library, on both databases. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { needs } from '@gatehouse/testing/needs.ts';
import ICAL from 'ical.js';
import { type Engine, openTestWorkspace, type TestWorkspace } from '../api/workspace.testing.ts';
import type { Person } from '../people/person.ts';
import { foldLine, writeCalendar } from './ical.ts';

const engines: readonly { engine: Engine; skip: string | false }[] = [
  { engine: 'SQLite', skip: false },
  { engine: 'PostgreSQL', skip: needs('postgresql') },
];

function readEvents(text: string) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  return calendar.getAllSubcomponents('vevent').map((component) => {
    const event = new ICAL.Event(component);
    return {
      uid: event.uid,
      summary: event.summary,
      first: event.startDate.toString(),
      after: event.endDate.toString(),
      isDay: event.startDate.isDate,
    };
  });
}

async function makeFeed(workspace: TestWorkspace, person: Person): Promise<string> {
  const { body } = await workspace.ask(person, 'POST', '/me/calendar-feed', {});
  return new URL(body.address ?? '').pathname;
}

for (const { engine, skip } of engines)
  describe(`the calendar on ${engine}`, { skip }, () => {
    test('what is due is said so in the language of its person, whoever fetches the calendar', async () => {
      await using workspace = await openTestWorkspace(engine, { now: () => Date.parse('2026-11-23T12:00:00Z') });
      const alice = await workspace.addPerson('Alice Example', 30);
      await workspace.ask(alice, 'POST', '/projects', { creationKey: 'a'.repeat(16), name: 'Website' });
      const toDo = { title: 'Pay', assigneeIds: ['alice'], dueOn: '2026-11-30' };
      await workspace.ask(alice, 'POST', '/projects/WEB/to-dos', { creationKey: 'b'.repeat(16), ...toDo });
      const path = await makeFeed(workspace, alice);
      const summaries: (string | undefined)[] = [];
      for (const language of ['fr', 'auto']) {
        await workspace.ask(alice, 'PATCH', '/me/preferences', { language });
        const response = await workspace.app.request(path, { headers: { 'accept-language': 'de' } });
        summaries.push(readEvents(await response.text())[0]?.summary);
      }
      assert.deepEqual(summaries, ['Échéance\u00a0: Pay', 'Fällig: Pay']);
    });

    test('the last day that can be said leaves the calendar whole', async () => {
      await using workspace = await openTestWorkspace(engine, { now: () => Date.parse('2026-11-23T12:00:00Z') });
      const alice = await workspace.addPerson('Alice Example', 30);
      await workspace.ask(alice, 'POST', '/projects', { creationKey: 'a'.repeat(16), name: 'Website' });
      const make = (key: string, dueOn: string) =>
        workspace.ask(alice, 'POST', '/projects/WEB/to-dos', {
          ...{ creationKey: key.repeat(16), title: 'Far', assigneeIds: ['alice'], dueOn },
        });
      assert.equal((await make('b', '9999-12-31')).status, 422);
      assert.equal((await make('c', '9998-12-31')).status, 201);
      const response = await workspace.app.request(await makeFeed(workspace, alice));
      assert.deepEqual(
        readEvents(await response.text()).map(({ first, after }) => [first, after]),
        [['9998-12-31', '9999-01-01']],
      );
    });

    test('what one has shows on its days, and what one may not see or has done does not', async () => {
      await using workspace = await openTestWorkspace(engine, { now: () => Date.parse('2026-11-23T12:00:00Z') });
      const alice = await workspace.addPerson('Alice Example', 30);
      const bob = await workspace.addPerson('Bob Builder', 20);
      const made = await workspace.ask(alice, 'POST', '/projects', { creationKey: 'a'.repeat(16), name: 'Website' });
      await workspace.ask(alice, 'PUT', '/projects/WEB/members/bob', { role: null });
      const make = (key: string, title: string, more: object) =>
        workspace.ask(alice, 'POST', '/projects/WEB/to-dos', {
          creationKey: key.repeat(16),
          title,
          assigneeIds: ['bob'],
          ...more,
        });
      await make('b', 'Call; then, write\\mail', { dueOn: '2026-11-30' });
      await make('c', 'Paint', { workStartOn: '2026-12-30', workEndOn: '2027-01-01' });
      await make('d', 'Done', { dueOn: '2026-11-30', statusId: made.body.project?.statuses?.[4]?.id });
      await make('e', 'Not his', { dueOn: '2026-11-30', assigneeIds: ['alice'] });
      const path = await makeFeed(workspace, bob);
      const read = async () => {
        const response = await workspace.app.request(path);
        assert.match(response.headers.get('content-type') ?? '', /^text\/calendar/);
        return readEvents(await response.text());
      };
      const events = await read();
      assert.deepEqual(
        events.map(({ uid, ...rest }) => rest),
        [
          { summary: 'Due: Call; then, write\\mail', first: '2026-11-30', after: '2026-12-01', isDay: true },
          { summary: 'Paint', first: '2026-12-30', after: '2027-01-02', isDay: true },
        ],
      );
      assert.deepEqual(
        (await read()).map(({ uid }) => uid),
        events.map(({ uid }) => uid),
        'the same names again',
      );
      await workspace.ask(alice, 'DELETE', '/projects/WEB/members/bob');
      assert.deepEqual(await read(), []);
    });

    test('a new address ends the old one, and closing it ends it for good', async () => {
      await using workspace = await openTestWorkspace(engine);
      const alice = await workspace.addPerson('Alice Example', 20);
      const first = await makeFeed(workspace, alice);
      const second = await makeFeed(workspace, alice);
      const statusOf = async (path: string) => (await workspace.app.request(path)).status;
      assert.deepEqual([await statusOf(first), await statusOf(second)], [404, 200]);
      assert.equal((await workspace.ask(alice, 'DELETE', '/me/calendar-feed')).status, 204);
      assert.equal(await statusOf(second), 404);
      assert.equal(await statusOf('/calendar/ical/short.ics'), 404);
    });
  });

test('a long line is folded at 75 bytes and no character is cut in two', () => {
  const line = `SUMMARY:${'Größe 🪴 '.repeat(30)}`;
  const parts = foldLine(line).split('\r\n');
  assert.ok(parts.every((part) => Buffer.byteLength(part) <= 75));
  assert.equal(parts.map((part, index) => (index === 0 ? part : part.slice(1))).join(''), line);
});

test('a text with line breaks and signs comes back as it was', () => {
  const summary = 'One, two; three\\four\nfive “six” 🪴 '.repeat(8).trim();
  const event = {
    uid: 'a@b',
    summary,
    description: summary,
    url: 'https://projects.example.com/p/WEB/t/1',
    firstDay: '2028-02-29',
    lastDay: '2028-02-29',
    changedAtMs: 0,
    sequence: 1,
  };
  const [read] = readEvents(writeCalendar('Café', [event]));
  assert.equal(read?.summary, summary);
  assert.equal(read?.after, '2028-03-01');
});
