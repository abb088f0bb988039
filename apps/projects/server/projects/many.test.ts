/** More projects and more people than a list holds, on both databases: nobody loses what they see behind what they do not. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { foundPeopleMax } from '../../wire/project.ts';
import type { TestWorkspace } from '../api/workspace.testing.ts';
import { creationKey, engines, makeToDo, openSetting, readToDo } from '../to-dos/setting.testing.ts';

const many = 1_001;
const rowsAtOnce = 200;

/** Their names stand before all others; alice and bob are in none of them. */
async function addForeignProjects({ database }: TestWorkspace): Promise<void> {
  const blank = { description: '', visibility: 'restricted', state: 'open', client_id: null } as const;
  const facts = { next_number: 1, version: 1, created_by: 'nobody', created_at: 1, updated_at: 1 };
  const rows = Array.from({ length: many }, (_, index) => ({
    ...{ id: `foreign-${index}`, key: `F${index}`, name: `Aardvark ${index}`, creation_key: `foreign-${index}` },
    ...blank,
    ...facts,
  }));
  for (let from = 0; from < many; from += rowsAtOnce)
    await database.kysely
      .insertInto('projects')
      .values(rows.slice(from, from + rowsAtOnce))
      .execute();
}

/** Open to-dos of alice's in one of the foreign projects, due before everything else. */
async function addUnseenToDos({ database }: TestWorkspace, count: number): Promise<void> {
  const [known] = await database.kysely.selectFrom('to_dos').selectAll().limit(1).execute();
  assert.ok(known);
  const project_id = 'foreign-0';
  const [status] = await database.kysely.selectFrom('project_statuses').selectAll().limit(1).execute();
  assert.ok(status);
  await database.kysely
    .insertInto('project_statuses')
    .values({ ...status, id: 'foreign-status', project_id })
    .execute();
  const rows = Array.from({ length: count }, (_, index) => ({
    ...known,
    ...{ id: `unseen-${index}`, project_id, number: index + 1, title: `Unseen ${index}`, status_id: 'foreign-status' },
    ...{ due_on: '2020-01-01', creation_key: `unseen-${index}`, rank: `a${String(index).padStart(4, '0')}` },
  }));
  for (let from = 0; from < count; from += rowsAtOnce) {
    const some = rows.slice(from, from + rowsAtOnce);
    await database.kysely.insertInto('to_dos').values(some).execute();
    await database.kysely
      .insertInto('to_do_assignees')
      .values(some.map(({ id }) => ({ to_do_id: id, person_id: 'alice' })))
      .execute();
  }
}

/** All of them, and Zoe with a role of her own. */
async function addMembers({ database }: TestWorkspace): Promise<void> {
  const { kysely } = database;
  const { id: project_id } = await kysely.selectFrom('projects').select('id').executeTakeFirstOrThrow();
  const people = Array.from({ length: many }, (_, index) => ({ person_id: `person-${index}`, role: null }));
  const rows = [...people, { person_id: 'zoe', role: 10 } as const];
  for (let from = 0; from < rows.length; from += rowsAtOnce)
    await kysely
      .insertInto('project_members')
      .values(rows.slice(from, from + rowsAtOnce).map((row) => ({ ...row, project_id, created_at: 1 })))
      .execute();
}

async function addPeople({ database }: TestWorkspace): Promise<void> {
  const {
    id: _,
    name: __,
    ...known
  } = await database.kysely.selectFrom('people').selectAll().where('id', '=', 'alice').executeTakeFirstOrThrow();
  const rows = Array.from({ length: many }, (_each, index) => ({
    ...known,
    ...{
      id: `person-${index}`,
      name: `Aaron ${index}`,
      email: `person-${index}@example.com`,
      issuer: null,
      subject: null,
    },
  }));
  for (let from = 0; from < many; from += rowsAtOnce)
    await database.kysely
      .insertInto('people')
      .values(rows.slice(from, from + rowsAtOnce))
      .execute();
}

for (const { engine, skip } of engines)
  describe(`more than a list holds, on ${engine}`, { skip, concurrency: false }, () => {
    test('a thousand projects that somebody does not see hide none that they see, nor what is in it', async () => {
      await using setting = await openSetting(engine);
      const { workspace, alice } = setting;
      await makeToDo(setting, 'Water the plants', { assigneeIds: ['alice'] });
      await addForeignProjects(workspace);
      await addUnseenToDos(workspace, 501);
      const projects = (await workspace.ask(alice, 'GET', '/projects')).body.projects ?? [];
      assert.deepEqual(
        projects.map(({ key }) => key),
        ['WEB'],
      );
      const mine = (await workspace.ask(alice, 'GET', '/my-work')).body;
      assert.deepEqual(
        mine.toDos?.map(({ title }) => title),
        ['Water the plants'],
      );
      const found = (await workspace.ask(alice, 'GET', '/search?q=plants')).body.results ?? [];
      assert.deepEqual(
        found.map((result) => result.kind === 'toDo' && result.title),
        ['Water the plants'],
      );
      const carol = await workspace.addPerson('Carol Manager', 30);
      const seen = (await workspace.ask(carol, 'GET', '/search?q=WEB-1')).body.results ?? [];
      assert.equal(seen.length, 1, 'who sees more projects than a list holds finds what is in the last of them');
      const list = (await workspace.ask(carol, 'GET', '/projects')).body;
      assert.deepEqual([list.projects?.length, list.more], [1_000, true]);
      assert.equal((await workspace.ask(alice, 'GET', '/projects')).body.more, false);
      await setting.ask('PUT', '/members/carol', { role: null });
      const home = (await workspace.ask(carol, 'GET', '/my-projects')).body.myProjects ?? [];
      assert.deepEqual(
        home.map(({ key }) => key),
        ['WEB'],
      );
      await setting.ask('POST', '/milestones', { creationKey: creationKey(), title: 'Spring' });
      const milestones = (await workspace.ask(carol, 'GET', '/milestones')).body.milestones ?? [];
      assert.deepEqual(
        milestones.map(({ title }) => title),
        ['Spring'],
        'of the last project too',
      );
    });

    test('the thousand and first of those who see a project can be given a to-do, and keeps it in another', async () => {
      await using setting = await openSetting(engine);
      const { workspace, alice } = setting;
      const last = 'zoe';
      await workspace.addPerson('Zoe', 20);
      await addPeople(workspace);
      const home = { creationKey: creationKey(), name: 'Garden', key: 'GAR', visibility: 'all' };
      assert.equal((await workspace.ask(alice, 'POST', '/projects', home)).status, 201);
      const { version: of } = (await workspace.ask(alice, 'GET', '/projects/WEB')).body.project ?? {};
      const opened = await workspace.ask(alice, 'PATCH', '/projects/WEB', { version: of, visibility: 'all' });
      assert.equal(opened.status, 200, JSON.stringify(opened.body));
      const { project } = (await workspace.ask(alice, 'GET', '/projects/WEB')).body;
      assert.deepEqual(
        [project?.assignable.length, project?.moreAssignable, project?.moreMembers],
        [1_000, true, false],
      );
      assert.ok(
        project?.assignable.some(({ id }) => id === 'alice'),
        'a member is not left out, whatever their name',
      );
      const everybody = (await workspace.ask(alice, 'GET', '/people')).body;
      assert.deepEqual([everybody.people?.length, everybody.more], [1_000, true]);
      const found = async (path: string, name: string) => {
        const { body } = await workspace.ask(alice, 'GET', `${path}?name=${encodeURIComponent(name)}`);
        return [body.people?.map((person) => person.name) ?? [], body.more] as const;
      };
      for (const path of ['/people', '/projects/WEB/people']) {
        for (const name of ['zo', 'OE', 'Zoe']) assert.deepEqual(await found(path, name), [['Zoe'], false], path);
        assert.deepEqual(await found(path, 'a%'), [[], false], 'letters alone');
        const [aarons, more] = await found(path, 'aaron');
        assert.deepEqual([aarons.length, more], [foundPeopleMax, true]);
        assert.equal((await workspace.ask(alice, 'GET', `${path}?name=${'a'.repeat(101)}`)).status, 422);
      }
      await workspace.addPerson('Özlem Müller', 20);
      for (const name of ['özl', 'ÖZL', 'mül', 'lem m'])
        assert.deepEqual(await found('/projects/WEB/people', name), [['Özlem Müller'], false], name);
      await workspace.addPerson('José Łukasz O’Neill-Brün', 20);
      await workspace.addPerson('Юлия Иванова', 20);
      // Marks that are letters to those who write them.
      const marked = ['ガブリエル タナカ', 'हिन्दी शर्मा', 'วิทยา ทองดี'];
      for (const name of marked) await workspace.addPerson(name, 20);
      for (const path of ['/people', '/projects/WEB/people', '/projects/WEB/members', '/projects/WEB/access']) {
        const names = async (name: string): Promise<string[]> => {
          const { body } = await workspace.ask(alice, 'GET', `${path}?name=${encodeURIComponent(name)}`);
          const people = body.people ?? (body.members ?? body.access ?? []).map(({ person }) => person);
          return people.map((person) => person.name);
        };
        const isMember = path.endsWith('/members');
        for (const name of ['jose', 'JOSÉ', 'jose\u0301', 'neill-brun', 'neill brün', 'OZL'])
          assert.deepEqual(
            await names(name),
            isMember ? [] : [name === 'OZL' ? 'Özlem Müller' : 'José Łukasz O’Neill-Brün'],
            name,
          );
        for (const name of ['юлия', 'Юлия', 'ИВАН'])
          assert.deepEqual(await names(name), isMember ? [] : ['Юлия Иванова'], name);
        for (const name of marked)
          for (const part of [name, name.slice(0, 4), name.split(' ')[1] ?? ''])
            assert.deepEqual(await names(part), isMember ? [] : [name], part);
        assert.deepEqual(await names('a_'), [], 'no sign of a pattern means more than itself');
      }
      const { number } = await makeToDo(setting, 'Water the plants', { assigneeIds: [last] });
      const { version } = await readToDo(setting, number);
      const path = `/projects/WEB/to-dos/${number}/transfer`;
      const moved = await workspace.ask(alice, 'POST', path, { version, projectKey: 'GAR' });
      assert.equal(moved.status, 200, JSON.stringify(moved.body));
      const there = (await workspace.ask(alice, 'GET', '/projects/GAR/to-dos/1')).body.toDo;
      assert.deepEqual(
        there?.assignees.map(({ id }) => id),
        [last],
      );
    });

    test('of more than a list holds every member is found by letters of their name, and what they may do here', async () => {
      await using setting = await openSetting(engine);
      const { workspace, alice } = setting;
      await workspace.addPerson('Zoe', 20);
      await addPeople(workspace);
      await addMembers(workspace);
      const { project } = (await workspace.ask(alice, 'GET', '/projects/WEB')).body;
      assert.deepEqual([project?.members.length, project?.moreMembers], [1_000, true]);
      assert.ok(!project?.members.some(({ person }) => person.id === 'zoe'));
      const members = (await workspace.ask(alice, 'GET', '/projects/WEB/members?name=zo')).body;
      assert.deepEqual(
        members.members?.map(({ person, role, effectiveRoleName }) => [person.name, role, effectiveRoleName]),
        [['Zoe', 10, 'Commenter']],
      );
      const aarons = (await workspace.ask(alice, 'GET', '/projects/WEB/members?name=aaron')).body;
      assert.deepEqual([aarons.members?.length, aarons.more], [foundPeopleMax, true]);

      const all = (await workspace.ask(alice, 'GET', '/projects/WEB/access')).body;
      assert.deepEqual([all.access?.length, all.more], [200, true]);
      const access = (await workspace.ask(alice, 'GET', '/projects/WEB/access?name=ZOE')).body;
      assert.deepEqual(
        access.access?.map(({ person, why, may }) => [person.id, why, may.comment, may.editToDo]),
        [['zoe', 'own-role', true, false]],
      );
      await workspace.addPerson('Zoé Zwölf', 20);
      await setting.ask('PUT', '/members/zoé', { role: null });
      const marked = (await workspace.ask(alice, 'GET', '/projects/WEB/members?name=zoe%20zwolf')).body;
      assert.deepEqual(
        marked.members?.map(({ person }) => person.name),
        ['Zoé Zwölf'],
      );
      await workspace.addPerson('Zoltan Outsider', 20);
      const outside = (await workspace.ask(alice, 'GET', '/projects/WEB/access?name=zolt')).body;
      assert.deepEqual(outside, { access: [], more: false });
      for (const path of ['access', 'members'])
        assert.equal((await workspace.ask(alice, 'GET', `/projects/WEB/${path}?name=${'a'.repeat(101)}`)).status, 422);
    });
  });
