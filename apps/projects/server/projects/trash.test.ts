/** A project in the trash, back again, and ended for good, on both databases: what is left of it, and for whom. */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { describe, test } from 'node:test';
import { openLog } from '@gatehouse/web/log.ts';
import { sql } from 'kysely';
import { dayOf } from '../../wire/days.ts';
import { ownOrigin, type TestWorkspace } from '../api/workspace.testing.ts';
import { sweepFiles } from '../files/stored.ts';
import { listenAs } from '../live/listening.testing.ts';
import type { Person } from '../people/person.ts';
import { creationKey, engines, makeToDo, openSetting, type Setting } from '../to-dos/setting.testing.ts';
import { clearPurged } from './trash.ts';

const log = openLog({ level: 'silent', format: 'text' });

for (const { engine, skip } of engines)
  describe(`the trash of projects on ${engine}`, { skip, concurrency: false }, () => {
    test('a project in the trash is nowhere, for anybody, until it is brought back as it was', async () => {
      await using setting = await openSetting(engine);
      const { workspace, alice } = setting;
      const bob = await fill(setting);
      await setting.ask('PATCH', '', { version: 1, state: 'archived' });
      await setting.ask('PATCH', '', { version: 2, state: 'open' });
      const before = await seenBy(workspace, bob);
      assert.deepEqual(before, {
        project: 200,
        toDo: 200,
        projects: 1,
        work: 1,
        found: 1,
        told: 1,
        planned: 1,
        milestones: 1,
        calendar: 1,
      });
      assert.equal((await setting.ask('DELETE', '', { version: 3 })).status, 204);
      const nowhere = {
        project: 404,
        toDo: 404,
        projects: 0,
        work: 0,
        found: 0,
        told: 0,
        planned: 0,
        milestones: 0,
        calendar: 0,
      };
      assert.deepEqual(await seenBy(workspace, bob), nowhere);
      const owner = await workspace.addPerson('Olga Owner', 50);
      assert.equal((await workspace.ask(owner, 'GET', '/projects/WEB')).status, 404);
      const { trashedProjects } = (await workspace.ask(alice, 'GET', '/trashed-projects')).body;
      assert.deepEqual(
        trashedProjects?.map(({ deletedAt: _, ...rest }) => rest),
        [{ key: 'WEB', name: 'Website', deletedBy: { id: 'alice', name: 'Alice Example' }, toDos: 2, files: 2 }],
      );
      assert.equal((await workspace.ask(alice, 'GET', '/projects')).body.trashed, 1);
      assert.equal((await workspace.ask(bob, 'GET', '/projects')).body.trashed, 0);
      assert.deepEqual((await workspace.ask(bob, 'GET', '/trashed-projects')).body.trashedProjects, []);
      assert.equal((await workspace.ask(bob, 'POST', '/trashed-projects/WEB/restore', {})).status, 403);
      assert.equal((await workspace.ask(alice, 'POST', '/trashed-projects/WEB/restore', {})).status, 204);
      assert.deepEqual(await seenBy(workspace, bob), before);
      assert.equal((await workspace.ask(alice, 'POST', '/trashed-projects/WEB/restore', {})).status, 404);
    });

    test('an archived project comes back archived', async () => {
      await using setting = await openSetting(engine);
      await setting.ask('PATCH', '', { version: 1, state: 'archived' });
      assert.equal((await setting.ask('DELETE', '', { version: 2 })).status, 204);
      await setting.workspace.ask(setting.alice, 'POST', '/trashed-projects/WEB/restore', {});
      assert.equal((await setting.ask('GET', '')).body.project?.state, 'archived');
    });

    test('what others changed since is not thrown away unseen, and the key stays taken in the trash', async () => {
      await using setting = await openSetting(engine);
      await setting.ask('PATCH', '', { version: 1, name: 'Site' });
      assert.equal((await setting.ask('DELETE', '', { version: 1 })).body.error?.code, 'conflict.changed_meanwhile');
      await setting.ask('DELETE', '', { version: 2 });
      const again = { creationKey: creationKey(), name: 'Other', key: 'WEB' };
      const made = await setting.workspace.ask(setting.alice, 'POST', '/projects', again);
      assert.equal(made.body.error?.code, 'conflict.key_taken');
    });

    test('open pages hear of it, strangers do not, and the webhook is told', async () => {
      await using setting = await openSetting(engine);
      const { workspace, alice } = setting;
      const bob = await fill(setting);
      const carol = await workspace.addPerson('Carol Client', 20);
      const hook = { creationKey: creationKey(), url: 'https://example.com/hook', kinds: ['project.trashed'] };
      assert.equal((await setting.ask('POST', '/webhooks', hook)).status, 201);
      await using bobs = await listenAs(workspace, bob);
      await using carols = await listenAs(workspace, carol);
      await setting.ask('DELETE', '', { version: 1 });
      assert.equal((await bobs.nextChange('project.trashed')).data.projectKey, 'WEB');
      await workspace.ask(alice, 'POST', '/trashed-projects/WEB/restore', {});
      await bobs.nextChange('project.restored');
      await workspace.ask(carol, 'POST', '/projects', { creationKey: creationKey(), name: 'Own' });
      assert.equal((await carols.next('change')).data.projectKey, 'OWN', 'nothing of the other project came before');
      await workspace.worker.settle();
      const { rows } = await sql<{ kind: string }>`select kind from webhook_deliveries`.execute(
        workspace.database.kysely,
      );
      assert.deepEqual(
        rows.map(({ kind }) => kind),
        ['project.trashed'],
      );
    });

    test('what is ended for good leaves no row and no byte behind, and touches nothing else', async () => {
      await using setting = await openSetting(engine);
      const { workspace, alice } = setting;
      await fill(setting);
      await workspace.ask(alice, 'POST', '/projects', { creationKey: creationKey(), name: 'Garden' });
      const kept = { creationKey: creationKey(), title: 'Kept', assigneeIds: ['alice'] };
      await workspace.ask(alice, 'POST', '/projects/GAR/to-dos', kept);
      assert.equal(
        (await workspace.ask(alice, 'DELETE', '/trashed-projects/WEB')).status,
        404,
        'not from outside the trash',
      );
      await setting.ask('DELETE', '', { version: 1 });
      assert.equal((await workspace.ask(alice, 'DELETE', '/trashed-projects/WEB')).status, 204);
      assert.deepEqual(await projectsNamed(workspace), ['GAR']);
      assert.equal((await workspace.ask(alice, 'POST', '/trashed-projects/WEB/restore', {})).status, 404);
      await sweepFiles(workspace.parts, log);
      assert.deepEqual(
        readdirSync(workspace.filesFolder, { recursive: true, withFileTypes: true }).filter((each) => each.isFile()),
        [],
      );
      const again = { creationKey: creationKey(), name: 'Website', key: 'WEB' };
      assert.equal((await workspace.ask(alice, 'POST', '/projects', again)).status, 201, 'the key is free');
    });

    test('a clearing away that a process left unfinished is gone from view and goes on', async () => {
      await using setting = await openSetting(engine);
      const { workspace, alice } = setting;
      await fill(setting);
      await setting.ask('DELETE', '', { version: 1 });
      await workspace.database.kysely.updateTable('projects').set({ purged_at: 1 }).execute();
      assert.deepEqual((await workspace.ask(alice, 'GET', '/trashed-projects')).body.trashedProjects, []);
      assert.equal((await workspace.ask(alice, 'GET', '/projects')).body.trashed, 0);
      assert.equal((await workspace.ask(alice, 'POST', '/trashed-projects/WEB/restore', {})).status, 404);
      await clearPurged(workspace.parts);
      assert.deepEqual(await projectsNamed(workspace), []);
    });
  });

/** Something of each kind that leads to the project from outside; Bob has a part in it. */
async function fill(setting: Setting): Promise<Person> {
  const { workspace, ask } = setting;
  const bob = await workspace.addPerson('Bob Builder', 20);
  await ask('PUT', '/members/bob', { role: null });
  const { number } = await makeToDo(setting, 'Paint the fence', {
    assigneeIds: ['bob'],
    tags: ['garden'],
    dueOn: dayOf(new Date()),
  });
  await ask('POST', `/to-dos/${number}/parts`, { creationKey: creationKey(), titles: ['Buy paint'] });
  await ask('POST', `/to-dos/${number}/comments`, { creationKey: creationKey(), body: 'Which fence?' });
  await ask('POST', '/milestones', { creationKey: creationKey(), title: 'Fence' });
  const view = { name: 'Mine', page: 'board', query: '', isShared: true };
  await ask('POST', '/views', { creationKey: creationKey(), ...view });
  const span = { day: '2026-05-01', startMinute: 600, minutes: 60 };
  const block = { creationKey: creationKey(), projectKey: 'WEB', number, ...span };
  const planned = await workspace.ask(bob, 'POST', '/me/day-plan', block);
  assert.equal(planned.status, 201, JSON.stringify(planned.body));
  for (const place of [`/to-dos/${number}`, '']) {
    const uploaded = await workspace.app.request(`/api/v1/projects/WEB${place}/files`, {
      method: 'POST',
      headers: {
        ...{ 'content-type': 'application/octet-stream', 'x-file-name': 'plan.txt', 'x-creation-key': creationKey() },
        ...{ cookie: 'person=alice', origin: ownOrigin },
      },
      body: 'a plan',
    });
    assert.equal(uploaded.status, 201);
  }
  await workspace.worker.settle();
  return bob;
}

/** How much of the project somebody meets in each place. */
async function seenBy(workspace: TestWorkspace, person: Person): Promise<Record<string, number>> {
  const get = async (path: string) => workspace.ask(person, 'GET', path);
  const { notifications } = (await get('/me/notifications')).body;
  const { address } = (await workspace.ask(person, 'POST', '/me/calendar-feed', {})).body;
  const calendar = await (await workspace.app.request(new URL(address ?? '').pathname)).text();
  return {
    project: (await get('/projects/WEB')).status,
    toDo: (await get('/projects/WEB/to-dos/1')).status,
    projects: (await get('/projects')).body.projects?.length ?? -1,
    work: (await get('/my-work')).body.toDos?.length ?? -1,
    found: (await get('/search?q=fence')).body.results?.length ? 1 : 0,
    told: notifications?.length ? 1 : 0,
    planned: (await get('/me/day-plan?day=2026-05-01')).body.blocks?.length ?? -1,
    milestones: (await get('/milestones')).body.milestones?.length ? 1 : 0,
    calendar: calendar.includes('Paint the fence') ? 1 : 0,
  };
}

/** The keys of the projects that are there; every row of a project or of a to-do belongs to one of them. */
async function projectsNamed({ database: { kysely } }: TestWorkspace): Promise<string[]> {
  for (const { name, columns } of await kysely.introspection.getTables())
    for (const [column, owner] of [
      ['project_id', 'projects'],
      ['to_do_id', 'to_dos'],
    ] as const) {
      if (!columns.some((each) => each.name === column)) continue;
      const { rows } = await sql`select 1 from ${sql.table(name)} where ${sql.ref(column)} not in
        (select id from ${sql.table(owner)})`.execute(kysely);
      assert.deepEqual(rows, [], `${name} holds nothing of what is gone`);
    }
  const rows = await kysely.selectFrom('projects').select('key').orderBy('key').execute();
  return rows.map(({ key }) => key);
}
