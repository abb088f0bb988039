/** A whole project out as a file and in again, on both databases: the same but for its ids; and what is refused. */
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import type { ProjectFile } from '../../wire/project-file.ts';
import { openTestWorkspace, type TestWorkspace } from '../api/workspace.testing.ts';
import type { Person } from '../people/person.ts';
import { creationKey, engines } from '../to-dos/setting.testing.ts';
import { openFilled } from './filled.testing.ts';

async function exportFrom(
  workspace: TestWorkspace,
  person: Person,
  key: string,
  query = '?files=1',
): Promise<ProjectFile> {
  const { status, body } = await workspace.ask(person, 'GET', `/projects/${key}/project.json${query}`);
  assert.equal(status, 200, JSON.stringify(body));
  return body as unknown as ProjectFile;
}

const take = (workspace: TestWorkspace, person: Person, file: object, more: object = {}) =>
  workspace.ask(person, 'POST', '/imports/projects', { creationKey: creationKey(), file, ...more });

/** Without what says when and under which key. */
function bare({ exportedAt, project, ...rest }: ProjectFile) {
  return { ...rest, project: { ...project, key: '' } };
}

for (const { engine, skip } of engines) {
  test(`a project that is exported, imported and exported again is the same but for ids, on ${engine}`, {
    skip,
  }, async () => {
    await using filled = await openFilled(engine);
    const { workspace, alice } = filled;
    const file = await exportFrom(workspace, alice, 'WEB');
    assert.deepEqual(
      [file.toDos.length, file.toDos[0]?.comments.length, file.toDos[0]?.files.length, file.people.length],
      [3, 2, 1, 2],
    );
    const contentOf = (carried: ProjectFile['files'][number] | undefined) =>
      Buffer.from(carried?.content ?? '', 'base64').toString();
    assert.equal(contentOf(file.toDos[0]?.files[0]), 'a door');
    assert.equal(contentOf(file.files[0]), 'a house');
    const shown = (await workspace.ask(alice, 'POST', '/imports/projects/preview', { file })).body.projectPreview;
    assert.deepEqual([shown?.counts.toDos, shown?.known, shown?.unknown], [3, ['Alice Example', 'Bob Example'], []]);
    assert.equal(shown?.counts.files, 2);
    const taken = await take(workspace, alice, file);
    assert.equal(taken.status, 201, JSON.stringify(taken.body));
    assert.notEqual(taken.body.key, 'WEB', 'the key is taken, so it gets another');
    assert.deepEqual(bare(await exportFrom(workspace, alice, taken.body.key ?? '')), bare(file));
    const { body } = await workspace.ask(alice, 'POST', `/projects/${taken.body.key}/to-dos`, {
      creationKey: creationKey(),
      title: 'Next',
    });
    assert.equal(body.card?.number, 5, 'numbers go on where they were');
  });

  test(`however far the numbers of a file have come, the next to-do can be opened, on ${engine}`, {
    skip,
  }, async () => {
    await using filled = await openFilled(engine);
    const { workspace, alice } = filled;
    const file = await exportFrom(workspace, alice, 'WEB');
    const from = (nextNumber: number) => ({ ...file, project: { ...file.project, nextNumber } });
    assert.equal((await take(workspace, alice, from(999_999_999))).status, 422);
    const { body } = await take(workspace, alice, from(99_999_999));
    const at = `/projects/${body.key}/to-dos`;
    const made = await workspace.ask(alice, 'POST', at, { creationKey: creationKey(), title: 'Next' });
    assert.equal(made.body.card?.number, 99_999_999);
    assert.equal((await workspace.ask(alice, 'GET', `${at}/99999999`)).status, 200);
  });

  test(`what is exported while people work is of one moment, and can be taken in again, on ${engine}`, {
    skip,
  }, async () => {
    await using filled = await openFilled(engine);
    const { workspace, alice } = filled;
    let exporting = true;
    const work = async (worker: number): Promise<void> => {
      for (let made = 0; exporting && made < 40; made += 1) {
        const title = `new ${worker} ${made}`;
        const wish = { creationKey: creationKey(), title, tags: [title] };
        assert.equal((await workspace.ask(alice, 'POST', '/projects/WEB/to-dos', wish)).status, 201);
      }
    };
    const working = [1, 2, 3, 4].map(work);
    const files: ProjectFile[] = [];
    while (files.length < 4) files.push(await exportFrom(workspace, alice, 'WEB'));
    exporting = false;
    await Promise.all(working);
    for (const file of files) {
      const { status, body } = await workspace.ask(alice, 'POST', '/imports/projects/preview', { file });
      assert.equal(status, 200, JSON.stringify(body));
    }
  });

  test(`an import that is refused leaves no row and no file, on ${engine}`, { skip }, async () => {
    await using filled = await openFilled(engine);
    const { workspace, alice } = filled;
    const file = await exportFrom(workspace, alice, 'WEB');
    const before = await countEverything(workspace);
    const [first, ...others] = file.toDos;
    assert.ok(first);
    const broken: [string, object][] = [
      ['a reference that leads nowhere', { toDos: [{ ...first, status: 's99' }, ...others] }],
      ['an unknown number', { toDos: [{ ...first, blockedBy: [77] }, ...others] }],
      ['a circle', { toDos: [{ ...first, blockedBy: [4] }, ...others] }],
      ['a part of itself', { toDos: [{ ...first, parent: 1 }, ...others] }],
      ['a number twice', { toDos: [first, first] }],
      ['a field that is not known', { extra: 1 }],
      ['another version', { version: 2 }],
      ['a script', { toDos: [{ ...first, description: { type: 'doc', content: [{ type: 'script' }] } }] }],
      [
        'content that was changed',
        { toDos: [{ ...first, files: first.files.map((each) => ({ ...each, content: 'YSBkb29S' })) }] },
      ],
      [
        'content of a file of the project that was changed',
        { files: file.files.map((each) => ({ ...each, content: 'YSBkb29S' })) },
      ],
    ];
    for (const [what, change] of broken) {
      const { status, body } = await take(workspace, alice, { ...file, ...change });
      assert.equal(status, 422, what);
      assert.ok(body.error?.fields?.length, what);
    }
    assert.equal((await take(workspace, alice, file, { key: 'WEB' })).status, 409);
    assert.deepEqual(await countEverything(workspace), before);
  });
}

test('the contents of files come out whole however much they are, each in its place, and null for what is lost', async () => {
  await using filled = await openFilled('SQLite');
  const { workspace, alice } = filled;
  const { kysely } = workspace.database;
  const idOf = async (name: string): Promise<string> =>
    (await kysely.selectFrom('files').select('id').where('name', '=', name).executeTakeFirstOrThrow()).id;
  const [large, lost] = [await idOf('House.txt'), await idOf('Tür.txt')];
  const pathOf = (id: string): string => join(workspace.filesFolder, id.slice(0, 2), id);
  // No multiple of three, so that the last letters are filled up.
  const bytes = randomBytes(30_000_001);
  await writeFile(pathOf(large), bytes);
  await kysely.updateTable('files').set({ bytes: bytes.length }).where('id', '=', large).execute();
  await rm(pathOf(lost));
  const { files, toDos } = await exportFrom(workspace, alice, 'WEB');
  assert.ok(bytes.equals(Buffer.from(files[0]?.content ?? '', 'base64')));
  assert.deepEqual([toDos[0]?.files[0]?.name, toDos[0]?.files[0]?.content], ['Tür.txt', null]);
});

test('while the place of files is away, an export with their contents is refused before it begins', async () => {
  await using filled = await openFilled('SQLite');
  const { workspace, alice } = filled;
  await rm(workspace.filesFolder, { recursive: true });
  await writeFile(workspace.filesFolder, 'no folder');
  const { status, body } = await workspace.ask(alice, 'GET', '/projects/WEB/project.json?files=1');
  assert.deepEqual([status, body.error?.code], [503, 'server.files_away']);
  assert.equal((await exportFrom(workspace, alice, 'WEB', '')).toDos.length, 3);
});

test('in another workspace people are found by mail; who is not there is named, and their words are kept with their name', async () => {
  await using filled = await openFilled('SQLite');
  const file = await exportFrom(filled.workspace, filled.alice, 'WEB');
  await using other = await openTestWorkspace('SQLite');
  const owner = await other.addPerson('Olga Owner', 50);
  const { kysely } = other.database;
  await kysely.updateTable('people').set({ email: 'alice@example.com' }).where('id', '=', owner.id).execute();
  const moved = { ...file, people: file.people.map((person) => ({ ...person, id: `elsewhere-${person.id}` })) };
  const shown = (await other.ask(owner, 'POST', '/imports/projects/preview', { file: moved })).body.projectPreview;
  assert.deepEqual([shown?.known, shown?.unknown, shown?.keepsAuthors], [['Olga Owner'], ['Bob Example'], true]);
  assert.equal((await take(other, owner, moved)).body.key, 'WEB');
  const { body } = await other.ask(owner, 'GET', '/projects/WEB/to-dos/1/comments');
  assert.deepEqual(
    body.comments?.map(({ by, body: said }) => [by.name, JSON.stringify(said).includes('Bob Example:')]),
    [
      ['Olga Owner', false],
      ['Olga Owner', true],
    ],
  );
  const toDo = (await other.ask(owner, 'GET', '/projects/WEB/to-dos/1')).body.toDo;
  assert.deepEqual(toDo?.assignees, []);
  assert.match(JSON.stringify(toDo?.description), /"@Bob Example"/);
});

test('whose an address is, a file tells only those who manage people', async () => {
  await using filled = await openFilled('SQLite');
  const file = await exportFrom(filled.workspace, filled.alice, 'WEB');
  await using other = await openTestWorkspace('SQLite');
  const editor = await other.addPerson('Eve Editor', 20);
  const owner = await other.addPerson('Olga Owner', 50);
  const { kysely } = other.database;
  await kysely.updateTable('people').set({ email: 'alice@example.com' }).where('id', '=', owner.id).execute();
  const moved = { ...file, people: file.people.map((person) => ({ ...person, id: `elsewhere-${person.id}` })) };
  const knownTo = async (viewer: typeof owner) =>
    (await other.ask(viewer, 'POST', '/imports/projects/preview', { file: moved })).body.projectPreview?.known;
  assert.deepEqual(await knownTo(owner), ['Olga Owner']);
  assert.deepEqual(await knownTo(editor), []);
});

test('a file is no proof of who said what: an editor brings words of others in with their name before them', async () => {
  await using filled = await openFilled('SQLite', 20);
  const { workspace, alice } = filled;
  const file = await exportFrom(workspace, alice, 'WEB');
  assert.ok(
    file.people.every(({ email }) => email === null),
    'mail addresses are for those who manage people',
  );
  const { body } = await take(workspace, alice, file);
  const comments = await workspace.ask(alice, 'GET', `/projects/${body.key}/to-dos/1/comments`);
  assert.ok(comments.body.comments?.every(({ by }) => by.id === 'alice'));
  assert.match(JSON.stringify(comments.body.comments?.[1]?.body), /Bob Example:.*Green/);
});

test('an import sent twice with one key makes one project, and keeps its files once', async () => {
  await using filled = await openFilled('SQLite');
  const { workspace, alice } = filled;
  const file = await exportFrom(workspace, alice, 'WEB');
  const request = { creationKey: creationKey(), file };
  const first = await workspace.ask(alice, 'POST', '/imports/projects', request);
  const before = await countEverything(workspace);
  const second = await workspace.ask(alice, 'POST', '/imports/projects', request);
  assert.deepEqual([second.status, second.body], [first.status, first.body]);
  assert.deepEqual(await countEverything(workspace), before);
});

test('without contents a file names what there was, and the import says that it does not take it', async () => {
  await using filled = await openFilled('SQLite');
  const { workspace, alice } = filled;
  const file = await exportFrom(workspace, alice, 'WEB', '');
  const named = file.toDos[0]?.files[0];
  assert.deepEqual([named?.content, named?.bytes], [null, 6]);
  assert.equal(named?.sha256, createHash('sha256').update('a door').digest('hex'));
  const shown = (await workspace.ask(alice, 'POST', '/imports/projects/preview', { file })).body.projectPreview;
  assert.equal(shown?.filesWithoutContent, 2);
  const { body } = await take(workspace, alice, file);
  assert.deepEqual((await workspace.ask(alice, 'GET', `/projects/${body.key}/files`)).body.files, []);
});

test('a file of a project that was written before projects had files of their own is taken in', async () => {
  await using filled = await openFilled('SQLite');
  const { workspace, alice } = filled;
  const { files, ...before } = await exportFrom(workspace, alice, 'WEB');
  assert.equal(files.length, 1);
  const { status, body } = await workspace.ask(alice, 'POST', '/imports/projects', {
    creationKey: creationKey(),
    file: before,
  });
  assert.equal(status, 201, JSON.stringify(body));
  assert.deepEqual((await exportFrom(workspace, alice, body.key ?? '')).files, []);
});

async function countEverything({ database, filesFolder }: TestWorkspace): Promise<Record<string, number>> {
  const stored = await readdir(filesFolder, { recursive: true, withFileTypes: true });
  const counts: Record<string, number> = { stored: stored.filter((entry) => entry.isFile()).length };
  for (const table of [
    'projects',
    'project_statuses',
    'to_dos',
    'comments',
    'files',
    'milestones',
    'changes',
    'tags',
  ] as const) {
    const { count } = await database.kysely
      .selectFrom(table)
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    counts[table] = Number(count);
  }
  return counts;
}
