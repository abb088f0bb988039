/** Test support: a workspace with a project that holds one of everything. */
import assert from 'node:assert/strict';
import { creationKeyHeader, fileNameHeader } from '../../wire/file.ts';
import type { RoleNumber } from '../../wire/roles.ts';
import { type Engine, openTestWorkspace, ownOrigin } from '../api/workspace.testing.ts';
import type { Person } from '../people/person.ts';
import { creationKey } from '../to-dos/setting.testing.ts';

export const paragraph = (...content: object[]) => ({ type: 'doc', content: [{ type: 'paragraph', content }] });
const bold = (text: string) => ({ type: 'text', text, marks: [{ type: 'bold' }] });

/** A workspace with alice's project WEB, which holds one of everything. */
export async function openFilled(engine: Engine, role: RoleNumber = 50) {
  const workspace = await openTestWorkspace(engine);
  const alice = await workspace.addPerson('Alice Example', role);
  const bob = await workspace.addPerson('Bob Example', 20);
  const must = async (person: Person, method: string, path: string, body?: object) => {
    const answer = await workspace.ask(person, method, path, body);
    assert.ok(answer.status < 300, `${method} ${path}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  const made = await must(alice, 'POST', '/projects', {
    creationKey: creationKey(),
    name: 'Website',
    description: 'All of it',
  });
  const [first, , , , done] = made.project?.statuses.map(({ id }) => id) ?? [];
  const at = '/projects/WEB';
  await must(alice, 'PUT', `${at}/members/bob`, { role: 30 });
  await must(alice, 'PATCH', at, { version: 1, startsOn: '2026-01-01', endsOn: '2026-12-31', visibility: 'all' });
  await must(alice, 'PATCH', `${at}/statuses/${first}`, { wipLimit: 5, name: 'Fresh' });
  const milestone = async (title: string, more: object = {}) =>
    (await must(alice, 'POST', `${at}/milestones`, { creationKey: creationKey(), title, ...more })).milestone?.id ?? '';
  const shell = await milestone('Shell', { startOn: '2026-02-01', endOn: '2026-03-01', ownerId: 'bob' });
  const roof = await milestone('Roof', { dependsOnIds: [shell] });
  await must(alice, 'POST', `${at}/sprints`, {
    creationKey: creationKey(),
    name: 'One',
    startOn: '2026-02-01',
    endOn: '2026-02-14',
  });
  const sprint = (await must(alice, 'GET', `${at}/sprints`)).sprints?.[0]?.id;
  const goal = { title: 'Visits', metric: 'Visitors a week', unit: 'number', startValue: 10, targetValue: 90 };
  const { goal: kept } = await must(alice, 'POST', `${at}/goals`, {
    creationKey: creationKey(),
    ...goal,
    milestoneIds: [roof],
  });
  await must(bob, 'POST', `${at}/goals/${kept?.id}/values`, {
    creationKey: creationKey(),
    value: 30,
    status: 'at_risk',
    note: 'Slow',
  });
  await must(bob, 'POST', `${at}/status-updates`, { creationKey: creationKey(), light: 'yellow', text: 'It waits.' });
  const toDo = async (title: string, more: object = {}) =>
    (await must(alice, 'POST', `${at}/to-dos`, { creationKey: creationKey(), title, ...more })).card?.number ?? 0;
  const mention = { type: 'mention', attrs: { id: 'bob', label: 'Bob Example' } };
  const draw = await toDo('Draw the door', {
    description: paragraph(bold('Look, '), mention),
    ...{ assigneeIds: ['bob'], tags: ['door', 'Übung'], milestoneId: roof, sprintId: sprint, priority: 1, effort: 0.5 },
    ...{ dueOn: '2026-02-10', workStartOn: '2026-02-02', workEndOn: '2026-02-03', plannedHours: 2.25, type: 'story' },
  });
  await toDo('A part of it', { parentNumber: draw });
  const gone = await toDo('Never mind');
  await must(alice, 'DELETE', `${at}/to-dos/${gone}`, { version: 1 });
  const paint = await toDo('Paint it', { statusId: done });
  await must(alice, 'PATCH', `${at}/to-dos/${paint}`, { version: 1, blockedBy: [draw] });
  await must(alice, 'POST', `${at}/to-dos/${paint}/move`, { statusId: done, afterNumber: null });
  const say = async (person: Person, text: object | string, replyTo?: string) =>
    (
      await must(person, 'POST', `${at}/to-dos/${draw}/comments`, {
        creationKey: creationKey(),
        body: text,
        ...(replyTo && { replyTo }),
      })
    ).comment?.id ?? '';
  const question = await say(alice, paragraph({ type: 'text', text: 'Which colour, ' }, mention));
  await say(bob, 'Green.', question);
  const removed = await say(bob, 'Nothing');
  await must(alice, 'DELETE', `${at}/to-dos/${draw}/comments/${removed}`);
  await must(bob, 'PUT', `${at}/to-dos/${draw}/comments/${question}/reactions/like`);
  for (const [place, name, content] of [
    [`/to-dos/${draw}`, 'Tür.txt', 'a door'],
    ['', 'House.txt', 'a house'],
  ] as const) {
    const uploaded = await workspace.app.request(`/api/v1${at}${place}/files`, {
      method: 'POST',
      headers: {
        cookie: 'person=bob',
        origin: ownOrigin,
        'content-type': 'application/octet-stream',
        [fileNameHeader]: encodeURIComponent(name),
        [creationKeyHeader]: creationKey(),
      },
      body: content,
    });
    assert.equal(uploaded.status, 201);
  }
  return { workspace, alice, bob, [Symbol.asyncDispose]: () => workspace[Symbol.asyncDispose]() };
}
