/** Notifications over the API, on both databases: who is told what, once, and how people make it quieter. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { needs } from '@gatehouse/testing/needs.ts';
import { type Engine, openTestWorkspace, type TestWorkspace } from '../api/workspace.testing.ts';
import { listenAs } from '../live/listening.testing.ts';
import type { Person } from '../people/person.ts';
import { tellDue } from './due.ts';
import { tellWaiting } from './teller.ts';

const engines: readonly { engine: Engine; skip: string | false }[] = [
  { engine: 'SQLite', skip: false },
  { engine: 'PostgreSQL', skip: needs('postgresql') },
];

let keys = 0;
const creationKey = (): string => `creation-key-${String(++keys).padStart(6, '0')}`;
const noon = Date.parse('2026-11-23T12:00:00Z');

type Setting = AsyncDisposable & {
  readonly workspace: TestWorkspace;
  readonly alice: Person;
  readonly bob: Person;
  readonly statuses: readonly string[];
  make(title: string, more?: object): Promise<number>;
  told(person: Person, query?: string): Promise<string[]>;
};

async function openSetting(engine: Engine): Promise<Setting> {
  const workspace = await openTestWorkspace(engine, { now: () => noon });
  const alice = await workspace.addPerson('Alice Example', 30);
  const bob = await workspace.addPerson('Bob Builder', 20);
  const made = await workspace.ask(alice, 'POST', '/projects', { creationKey: creationKey(), name: 'Website' });
  await workspace.ask(alice, 'PUT', '/projects/WEB/members/bob', { role: null });
  return {
    workspace,
    alice,
    bob,
    statuses: made.body.project?.statuses?.map(({ id }) => id) ?? [],
    async make(title, more = {}) {
      const body = { creationKey: creationKey(), title, ...more };
      const answer = await workspace.ask(alice, 'POST', '/projects/WEB/to-dos', body);
      return answer.body.card?.number ?? 0;
    },
    async told(person, query = '') {
      await workspace.worker.settle();
      const { body } = await workspace.ask(person, 'GET', `/me/notifications${query}`);
      return body.notifications?.map(({ kind, title, detail }) => [kind, title, detail].join(' · ').trim()) ?? [];
    },
    [Symbol.asyncDispose]: () => workspace[Symbol.asyncDispose](),
  };
}

for (const { engine, skip } of engines)
  describe(`notifications on ${engine}`, { skip }, () => {
    test('who is let in, given a to-do and sees it move on is told, and who did it is not', async () => {
      await using setting = await openSetting(engine);
      const { workspace, alice, bob, statuses, make, told } = setting;
      await make('Call', { assigneeIds: ['bob'] });
      const move = { statusId: statuses[4], afterNumber: null };
      await workspace.ask(alice, 'POST', '/projects/WEB/to-dos/1/move', move);
      assert.deepEqual((await told(bob)).sort(), ['assigned · Call ·', 'invited · Website ·', 'status · Call · Done']);
      assert.deepEqual(await told(alice), []);
    });

    test('several processes that hear of a change tell it once', async () => {
      await using setting = await openSetting(engine);
      const { workspace, bob, make, told } = setting;
      await workspace.worker.settle();
      await workspace.worker.stop();
      for (let index = 0; index < 5; index++) await make(`Thing ${index}`, { assigneeIds: ['bob'] });
      const { parts } = workspace;
      const claimed = await Promise.all([tellWaiting(parts), tellWaiting(parts), tellWaiting(parts)]);
      assert.equal(
        claimed.reduce((sum, each) => sum + each, 0),
        5,
      );
      assert.equal((await told(bob)).length, 6);
    });

    test('what is read is read on every open page, and counts no more', async () => {
      await using setting = await openSetting(engine);
      const { workspace, bob, make } = setting;
      await using page = await listenAs(workspace, bob);
      const ring = async (unread: number): Promise<void> => {
        for (;;) if ((await page.next('bell')).data.unread === unread) return;
      };
      await make('One', { assigneeIds: ['bob'] });
      await make('Two', { assigneeIds: ['bob'] });
      await ring(3);
      const { body } = await workspace.ask(bob, 'GET', '/me/notifications');
      assert.equal(body.unread, 3);
      const [first] = body.notifications ?? [];
      assert.equal((await workspace.ask(bob, 'POST', '/me/notifications/read', { ids: [first?.id] })).status, 204);
      await ring(2);
      await workspace.ask(bob, 'POST', '/me/notifications/read', {});
      await ring(0);
    });

    test('nobody reads or marks the notifications of somebody else', async () => {
      await using setting = await openSetting(engine);
      const { workspace, alice, bob, make, told } = setting;
      await make('One', { assigneeIds: ['bob'] });
      await told(bob);
      const mine = await workspace.ask(bob, 'GET', '/me/notifications');
      const ids = mine.body.notifications?.map(({ id }) => id);
      await workspace.ask(alice, 'POST', '/me/notifications/read', { ids });
      assert.equal((await workspace.ask(bob, 'GET', '/me/notifications')).body.unread, 2);
    });

    test('a kind that is not wanted and a project that is silenced are not told; what names somebody is', async () => {
      await using setting = await openSetting(engine);
      const { workspace, alice, bob, statuses, make, told } = setting;
      await workspace.ask(bob, 'PUT', '/projects/WEB/mute', { muted: true });
      await make('Call', { assigneeIds: ['bob'] });
      await workspace.ask(alice, 'POST', '/projects/WEB/to-dos/1/move', { statusId: statuses[4], afterNumber: null });
      assert.deepEqual(
        (await told(bob)).filter((text) => !text.startsWith('invited')),
        ['assigned · Call ·'],
      );
      const settings = await workspace.ask(bob, 'PATCH', '/me/notification-settings', { ways: { assigned: 'none' } });
      assert.equal(settings.body.settings?.ways.assigned, 'none');
      assert.deepEqual(settings.body.settings?.mutedProjects, ['WEB']);
      await make('Mail', { assigneeIds: ['bob'] });
      assert.deepEqual(
        (await told(bob)).filter((text) => text.includes('Mail')),
        [],
      );
    });

    test('who was taken out of a project is told nothing more of it', async () => {
      await using setting = await openSetting(engine);
      const { workspace, alice, bob, statuses, make, told } = setting;
      await make('Call', { assigneeIds: ['bob'] });
      await workspace.ask(alice, 'DELETE', '/projects/WEB/members/bob');
      await workspace.worker.settle();
      const before = await told(bob);
      await workspace.ask(alice, 'POST', '/projects/WEB/to-dos/1/move', { statusId: statuses[4], afterNumber: null });
      assert.deepEqual(await told(bob), before);
    });

    test('a to-do that is due is told once, in the morning of the person’s own day', async () => {
      await using setting = await openSetting(engine);
      const { workspace, bob, make, told } = setting;
      await make('Today', { assigneeIds: ['bob'], dueOn: '2026-11-23' });
      await make('Tomorrow', { assigneeIds: ['bob'], dueOn: '2026-11-24' });
      const due = async () => (await told(bob)).filter((text) => text.startsWith('due'));
      await workspace.ask(bob, 'PATCH', '/me/notification-settings', { timeZone: 'Pacific/Honolulu' });
      await tellDue(workspace.parts);
      assert.deepEqual(await due(), [], 'it is two at night there');
      await workspace.ask(bob, 'PATCH', '/me/notification-settings', { timeZone: 'Europe/Berlin' });
      await tellDue(workspace.parts);
      await tellDue(workspace.parts);
      assert.deepEqual(await due(), ['due · Today · 2026-11-23']);
      await workspace.ask(bob, 'PATCH', '/me/notification-settings', { timeZone: 'Pacific/Kiritimati' });
      await tellDue(workspace.parts);
      assert.deepEqual((await due()).sort(), ['due · Today · 2026-11-23'], 'there it is two at night of the next day');
    });

    test('a long list comes page by page', async () => {
      await using setting = await openSetting(engine);
      const { workspace, bob, make, told } = setting;
      for (let index = 0; index < 34; index++) await make(`Thing ${index}`, { assigneeIds: ['bob'] });
      await told(bob);
      const first = await workspace.ask(bob, 'GET', '/me/notifications');
      const second = await workspace.ask(bob, 'GET', `/me/notifications?before=${first.body.next}`);
      const ids = [...(first.body.notifications ?? []), ...(second.body.notifications ?? [])].map(({ id }) => id);
      assert.equal(new Set(ids).size, 35);
      assert.equal(second.body.next, null);
    });
  });
