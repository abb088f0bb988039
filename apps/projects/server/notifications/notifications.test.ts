/** Notifications over the API, on both databases: who is told what, once, and how people make it quieter. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { listenAs } from '../live/listening.testing.ts';
import { tellDue } from './due.ts';
import { creationKey, engines, openSetting } from './setting.testing.ts';
import { tellWaiting } from './teller.ts';

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
        claimed.reduce((sum, { changes }) => sum + changes, 0),
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

    test('who reads a to-do has read what they were told of it, and of nothing else', async () => {
      await using setting = await openSetting(engine);
      const { workspace, alice, bob, statuses, make } = setting;
      await make('One', { assigneeIds: ['alice', 'bob'] });
      await make('Two', { assigneeIds: ['bob'] });
      await workspace.ask(alice, 'POST', '/projects/WEB/to-dos/1/move', { statusId: statuses[4], afterNumber: null });
      await workspace.ask(bob, 'POST', '/projects/WEB/to-dos/1/comments', {
        creationKey: creationKey(),
        body: 'Done so soon?',
      });
      await workspace.worker.settle();
      const unread = async (person = bob) => {
        const { body } = await workspace.ask(person, 'GET', '/me/notifications');
        return body.notifications?.filter(({ read }) => !read).map(({ kind, title }) => `${kind} ${title}`);
      };
      const readToDo = (projectKey: string, number: number) =>
        workspace.ask(bob, 'POST', '/me/notifications/read', { toDo: { projectKey, number } });
      assert.deepEqual((await unread())?.sort(), ['assigned One', 'assigned Two', 'invited Website', 'status One']);
      assert.equal((await readToDo('WEB', 3)).status, 204);
      assert.equal((await readToDo('ABC', 1)).status, 204);
      assert.equal((await unread())?.length, 4);
      assert.equal((await readToDo('WEB', 1)).status, 204);
      assert.deepEqual((await unread())?.sort(), ['assigned Two', 'invited Website']);
      assert.deepEqual(await unread(alice), ['comment One']);
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

    test('what was told of a to-do that moved leads to where it is now, and is gone for whom may not see that', async () => {
      await using setting = await openSetting(engine);
      const { workspace, alice, bob, make, told } = setting;
      await workspace.ask(alice, 'POST', '/projects', { creationKey: creationKey(), name: 'People', key: 'HRX' });
      const first = { creationKey: creationKey(), title: 'Takes the first number' };
      await workspace.ask(alice, 'POST', '/projects/HRX/to-dos', first);
      await make('Talk', { assigneeIds: ['bob'] });
      await told(bob);
      await workspace.ask(alice, 'POST', '/projects/WEB/to-dos/1/transfer', { version: 1, projectKey: 'HRX' });
      const hidden = (await workspace.ask(bob, 'GET', '/me/notifications')).body;
      assert.deepEqual([hidden.notifications?.map(({ kind }) => kind), hidden.unread], [['invited'], 1]);
      await workspace.ask(alice, 'PUT', '/projects/HRX/members/bob', { role: null });
      await workspace.worker.settle();
      const { body } = await workspace.ask(bob, 'GET', '/me/notifications');
      const assigned = body.notifications?.find(({ kind }) => kind === 'assigned');
      assert.deepEqual([assigned?.projectKey, assigned?.projectName, assigned?.number], ['HRX', 'People', 2]);
      assert.equal(body.unread, 3);
    });

    test('a comment that is removed and brought back is told once', async () => {
      await using setting = await openSetting(engine);
      const { workspace, alice, bob, make, told } = setting;
      await make('Call', { assigneeIds: ['bob'] });
      const path = '/projects/WEB/to-dos/1/comments';
      const said = await workspace.ask(alice, 'POST', path, { creationKey: creationKey(), body: 'Hello' });
      await told(bob);
      await workspace.ask(alice, 'DELETE', `${path}/${said.body.comment?.id}`);
      assert.equal((await workspace.ask(alice, 'POST', `${path}/${said.body.comment?.id}/restore`)).status, 200);
      assert.deepEqual(
        (await told(bob)).filter((text) => text.startsWith('comment')),
        ['comment · Call · Hello'],
      );
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

    test('nobody waits for what is due behind those who want to hear nothing of it, or whose day has not begun', async () => {
      await using setting = await openSetting(engine);
      const { workspace, alice, bob, make, told } = setting;
      const kysely = workspace.database.kysely;
      await make('Old', { assigneeIds: ['alice'], dueOn: '2026-11-20' });
      const known = await kysely.selectFrom('to_dos').selectAll().executeTakeFirstOrThrow();
      const rows = Array.from({ length: 501 }, (_, index) => ({
        ...known,
        ...{
          id: `old-${index}`,
          number: index + 2,
          rank: `a0${String(index).padStart(4, '0')}1`,
          creation_key: `old-${index}`,
        },
      }));
      const people = rows.map(({ id }) => ({ to_do_id: id, person_id: 'alice' }));
      for (let from = 0; from < rows.length; from += 200) {
        await kysely
          .insertInto('to_dos')
          .values(rows.slice(from, from + 200))
          .execute();
        await kysely
          .insertInto('to_do_assignees')
          .values(people.slice(from, from + 200))
          .execute();
      }
      await kysely.updateTable('projects').set({ next_number: 900 }).execute();
      await workspace.ask(alice, 'PATCH', '/me/notification-settings', { timeZone: 'Pacific/Honolulu' });
      await make('Sleeping', { assigneeIds: ['bob'], dueOn: '2026-11-21' });
      await tellDue(workspace.parts);
      const due = async () => (await told(bob)).filter((text) => text.startsWith('due'));
      assert.deepEqual(await due(), ['due · Sleeping · 2026-11-21'], 'it is two at night where alice is');
      await workspace.ask(alice, 'PATCH', '/me/notification-settings', { timeZone: 'UTC' });
      await workspace.ask(alice, 'PUT', '/projects/WEB/mute', { muted: true });
      await make('Muted', { assigneeIds: ['bob'], dueOn: '2026-11-22' });
      await tellDue(workspace.parts);
      assert.deepEqual((await due()).sort(), ['due · Muted · 2026-11-22', 'due · Sleeping · 2026-11-21']);
      assert.deepEqual(
        (await told(alice)).filter((text) => text.startsWith('due')),
        [],
      );
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
