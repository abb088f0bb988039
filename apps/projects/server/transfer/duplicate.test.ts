/** A project made of another one, on both databases: what comes along and what does not, once, whole or not at all. */
import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { describe, test } from 'node:test';
import { openLog } from '@gatehouse/web/log.ts';
import type { ProjectFile } from '../../wire/project-file.ts';
import type { TestWorkspace } from '../api/workspace.testing.ts';
import { sweepFiles } from '../files/stored.ts';
import type { Person } from '../people/person.ts';
import { findProject } from '../projects/queries.ts';
import { clearPurged } from '../projects/trash.ts';
import { creationKey, engines } from '../to-dos/setting.testing.ts';
import { duplicateProject } from './duplicate-project.ts';
import { openFilled } from './filled.testing.ts';

const whole = { name: 'Website again', withPeople: true, withComments: true, withFiles: true, shiftDays: 0 };
const bare = { ...whole, withPeople: false, withComments: false, withFiles: false };

const dayMs = 24 * 60 * 60_000;
const log = openLog({ level: 'error', format: 'json' });

const duplicate = (workspace: TestWorkspace, person: Person, request: object) =>
  workspace.ask(person, 'POST', '/projects/WEB/duplicate', { creationKey: creationKey(), ...request });

async function look(workspace: TestWorkspace, person: Person, key = 'WEB2'): Promise<ProjectFile> {
  const { status, body } = await workspace.ask(person, 'GET', `/projects/${key}/project.json?files=1`);
  assert.equal(status, 200, JSON.stringify(body));
  return body as unknown as ProjectFile;
}

async function countFiles({ filesFolder }: TestWorkspace): Promise<number> {
  const entries = await readdir(filesFolder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).length;
}

for (const { engine, skip } of engines)
  describe(`a duplicate of a project on ${engine}`, { skip, concurrency: false }, () => {
    test('it has the plan and what is open, with people, comments and files, its days moved', async () => {
      await using filled = await openFilled(engine);
      const { workspace, alice } = filled;
      const before = await look(workspace, alice, 'WEB');
      const toldBefore = await countNotifications(workspace);
      const made = await duplicate(workspace, alice, { ...whole, shiftDays: 365 });
      assert.deepEqual([made.status, made.body.key], [201, 'WEB2'], JSON.stringify(made.body));
      const file = await look(workspace, alice);
      const { name, description, visibility, state, startOn, endOn } = file.project;
      assert.deepEqual(
        [name, description, visibility, state, startOn, endOn],
        ['Website again', 'All of it', 'all', 'open', '2027-01-01', '2027-12-31'],
      );
      assert.deepEqual([file.statuses, file.tags, file.members], [before.statuses, before.tags, before.members]);
      assert.deepEqual(
        file.milestones.map(({ title, status, startOn: from, dependsOn }) => [title, status, from, dependsOn]),
        [
          ['Shell', 'planned', '2027-02-01', []],
          ['Roof', 'planned', null, ['m1']],
        ],
      );
      assert.deepEqual(
        file.sprints.map(({ name: sprint, startOn: from, endOn: to }) => [sprint, from, to]),
        [['One', '2027-02-01', '2027-02-14']],
      );
      assert.deepEqual(
        file.goals.map(({ currentValue, status, values, milestones }) => [
          currentValue,
          status,
          values.length,
          milestones,
        ]),
        [[10, 'on_track', 1, ['m2']]],
      );
      assert.deepEqual(file.statusUpdates, []);
      assert.deepEqual(
        file.toDos.map(({ number, title, parent }) => [number, title, parent]),
        [
          [1, 'Draw the door', null],
          [2, 'A part of it', 1],
        ],
        'what is done or in the trash stays behind',
      );
      const [drawn] = file.toDos;
      const [was] = before.toDos;
      assert.ok(drawn && was);
      assert.deepEqual(
        [drawn.dueOn, drawn.workStartOn, drawn.workEndOn, drawn.plannedHours, drawn.priority, drawn.sprint],
        ['2027-02-10', '2027-02-02', '2027-02-03', 2.25, 1, 'i1'],
      );
      const nameOf = ({ people }: ProjectFile, ref: string) => people.find((person) => person.ref === ref)?.name;
      assert.deepEqual(
        drawn.assignees.map((ref) => nameOf(file, ref)),
        ['Bob Example'],
      );
      assert.deepEqual(
        drawn.comments.map(({ by, at, reactions }) => [nameOf(file, by), at, reactions.length]),
        was.comments.map(({ by, at, reactions }) => [nameOf(before, by), at, reactions.length]),
        'what others said stays theirs',
      );
      assert.deepEqual(drawn.files[0]?.content, was.files[0]?.content);
      assert.equal(before.files.length, 1);
      assert.deepEqual(
        file.files.map(({ name, content }) => [name, content]),
        before.files.map(({ name, content }) => [name, content]),
      );
      assert.equal(await countNotifications(workspace), toldBefore, 'nobody is told');
      const next = await workspace.ask(alice, 'POST', '/projects/WEB2/to-dos', {
        creationKey: creationKey(),
        title: 'Next',
      });
      assert.equal(next.body.card?.number, 3);
      assert.deepEqual((await look(workspace, alice, 'WEB')).toDos, before.toDos, 'the other is as it was');
    });

    test('without people, comments and files it has none of them, and asks the store for nothing', async () => {
      await using filled = await openFilled(engine);
      const { workspace, alice } = filled;
      const files = await countFiles(workspace);
      assert.equal((await duplicate(workspace, alice, { ...bare, key: 'NEXT' })).body.key, 'NEXT');
      const { people, members, milestones, toDos, files: ownFiles } = await look(workspace, alice, 'NEXT');
      assert.deepEqual(ownFiles, []);
      assert.deepEqual(
        people.map(({ name }) => name),
        ['Alice Example', 'Bob Example'],
        'Bob is named in a text',
      );
      assert.deepEqual(members, [{ person: 'p1', role: 30 }]);
      assert.deepEqual(
        milestones.map(({ owner }) => owner),
        [null, null],
      );
      assert.deepEqual(
        toDos.map((each) => [each.assignees, each.watchers, each.comments, each.files]),
        [
          [[], [], [], []],
          [[], [], [], []],
        ],
      );
      assert.equal(await countFiles(workspace), files);
    });

    test('the same creation key, sent at once, makes one project and leaves no file over', async () => {
      await using filled = await openFilled(engine);
      const { workspace, alice } = filled;
      const request = { ...whole, creationKey: creationKey() };
      const answers = await Promise.all([1, 2, 3].map(() => duplicate(workspace, alice, request)));
      assert.deepEqual(
        answers.map(({ status, body }) => [status, body.key]),
        [1, 2, 3].map(() => [201, 'WEB2']),
      );
      const { projects } = (await workspace.ask(alice, 'GET', '/projects')).body;
      assert.equal(projects?.length, 2);
      assert.equal(await countFiles(workspace), 4);
    });

    test('its files go for good with it, and so do those of a copy whose process ended on the way', async () => {
      await using filled = await openFilled(engine);
      const { workspace, alice } = filled;
      const { parts } = workspace;
      assert.equal((await duplicate(workspace, alice, whole)).status, 201);
      const nothingCleared = { ...parts, files: { ...parts.files, removeAll: async () => undefined } };
      const seen = await findProject(parts.db, alice, 'WEB');
      assert.ok(seen);
      const taken = { ...whole, key: 'WEB', creationKey: creationKey() };
      assert.ok('problem' in (await duplicateProject(nothingCleared, alice, seen, taken)));
      assert.equal(await countFiles(workspace), 6);

      await parts.db.updateTable('projects').set({ deleted_at: 1, purged_at: 1 }).where('key', '=', 'WEB2').execute();
      await clearPurged(parts);
      await sweepFiles(parts, log);
      assert.equal(await countFiles(workspace), 4, 'those of a duplicate that is gone');
      await sweepFiles({ ...parts, now: () => Date.now() + 2 * dayMs }, log);
      assert.equal(await countFiles(workspace), 2, 'those of one that was never made');
    });

    test('what is refused leaves no row and no file', async () => {
      await using filled = await openFilled(engine);
      const { workspace, alice, bob } = filled;
      const carol = await workspace.addPerson('Carol Clerk', 10);
      assert.equal((await duplicate(workspace, carol, whole)).status, 403, 'who may not change it');
      await workspace.ask(alice, 'PUT', '/projects/WEB/members/carol', { role: 30 });
      for (const [person, request, status] of [
        [carol, whole, 403],
        [alice, { ...whole, key: 'WEB' }, 409],
        [alice, { ...whole, shiftDays: 3_661 }, 422],
        [alice, { ...whole, name: ' ' }, 422],
      ] as const)
        assert.equal((await duplicate(workspace, person, request)).status, status, JSON.stringify(request));
      await workspace.database.kysely.updateTable('to_dos').set({ due_on: '9998-12-30' }).execute();
      const late = await duplicate(workspace, alice, { ...whole, shiftDays: 5 });
      assert.deepEqual([late.status, late.body.error?.fields?.[0]?.path], [422, 'shiftDays']);
      assert.equal((await workspace.ask(alice, 'GET', '/projects')).body.projects?.length, 1);
      assert.equal(await countFiles(workspace), 2);
      assert.equal((await duplicate(workspace, bob, whole)).status, 201, 'a manager of the project who may make some');
    });
  });

async function countNotifications({ database, worker }: TestWorkspace): Promise<number> {
  await worker.settle();
  const { count } = await database.kysely
    .selectFrom('notifications')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count);
}
