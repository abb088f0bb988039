/** What values of a CSV file mean: how each is understood, what is chosen instead, what may not be, and where it ends. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ChosenMeaning, type CsvMeaningField, csvMeaningsMax } from '../../wire/csv.ts';
import { creationKey, engines, openSetting, readToDo, type Setting } from '../to-dos/setting.testing.ts';
import { countAll, preview, take } from './csv.testing.ts';

const csv =
  'Title,Status,Type,Priority,Effort,Assignees,Milestone,Sprint\n' +
  'One,Doing,chore,urgent,huge,Ally,Spring,May\n' +
  'Two,doing,Bug,P3,S,"Ally, Alice",Spring,\n' +
  'Three,Done,,High,,,,\n';

/** A milestone and a sprint of a project, with its first column. */
async function plan({ workspace, alice }: Setting, key: string) {
  const make = async (path: string, more: object) => {
    const body = { creationKey: creationKey(), ...more };
    const answer = await workspace.ask(alice, 'POST', `/projects/${key}${path}`, body);
    assert.equal(answer.status, 201, JSON.stringify(answer.body));
    return answer.body;
  };
  const { milestone } = await make('/milestones', { title: 'Winter' });
  await make('/sprints', { name: 'Week one', startOn: '2026-12-01', endOn: '2026-12-07' });
  const { sprints } = (await workspace.ask(alice, 'GET', `/projects/${key}/sprints`)).body;
  const { body } = await workspace.ask(alice, 'GET', `/projects/${key}`);
  return {
    milestone: milestone?.id ?? '',
    sprint: sprints?.[0]?.id ?? '',
    status: body.project?.statuses?.[0]?.id ?? '',
  };
}

const chosenFor = (field: CsvMeaningField, value: string, to: string | null): ChosenMeaning => ({ field, value, to });

for (const { engine, skip } of engines)
  test(`a value that names nothing here becomes what is chosen for it, in all of its lines, on ${engine}`, {
    skip,
  }, async () => {
    await using setting = await openSetting(engine);
    const { alice, statuses } = setting;
    const { milestone, sprint } = await plan(setting, 'WEB');
    const first = await preview(setting, csv);
    assert.deepEqual(
      first.meanings.filter(({ found }) => found === 'none'),
      [
        { field: 'status', value: 'Doing', lines: 2, found: 'none', to: statuses[0] },
        { field: 'type', value: 'chore', lines: 1, found: 'none' },
        { field: 'priority', value: 'urgent', lines: 1, found: 'none' },
        { field: 'priority', value: 'P3', lines: 1, found: 'none' },
        { field: 'effort', value: 'huge', lines: 1, found: 'none' },
        { field: 'assignees', value: 'Ally', lines: 2, found: 'none', to: null },
        { field: 'milestone', value: 'Spring', lines: 2, found: 'none', to: null },
        { field: 'sprint', value: 'May', lines: 1, found: 'none', to: null },
      ],
    );
    assert.deepEqual(
      first.meanings.filter(({ found }) => found === 'one').map(({ value, to }) => [value, to]),
      [
        ['Done', statuses[4]],
        ['Bug', 'bug'],
        ['High', '2'],
        ['S', '2'],
        ['Alice', alice.id],
      ],
    );
    assert.deepEqual(first.people, [{ id: alice.id, name: 'Alice Example' }]);
    assert.deepEqual(
      [first.problems, first.notes].map((all) => all.map(({ line, about }) => [line, about?.value])),
      [
        [
          [2, 'chore'],
          [2, 'urgent'],
          [2, 'huge'],
          [3, 'P3'],
        ],
        [
          [2, 'Doing'],
          [2, 'Ally'],
          [2, 'Spring'],
          [2, 'May'],
        ],
      ],
      'each value is told with its first line',
    );
    assert.equal((await take(setting, csv)).status, 422);

    const meanings = [
      chosenFor('status', 'doing', statuses[2] ?? ''),
      chosenFor('status', 'Done', statuses[3] ?? ''),
      chosenFor('type', 'chore', 'story'),
      chosenFor('priority', 'URGENT', '1'),
      chosenFor('priority', 'P3', null),
      chosenFor('effort', 'huge', '13'),
      chosenFor('assignees', 'Ally', alice.id),
      chosenFor('milestone', 'Spring', milestone),
      chosenFor('sprint', 'May', sprint),
    ];
    const second = await preview(setting, csv, { meanings });
    assert.deepEqual([second.problems, second.notes], [[], []]);
    assert.deepEqual(
      second.meanings.map(({ value, found }) => [value, found]),
      first.meanings.map(({ value, found }) => [value, found]),
      'what was chosen stands where it stood',
    );
    assert.equal((await take(setting, csv, { meanings })).status, 201);
    const taken = await Promise.all([1, 2, 3].map((number) => readToDo(setting, number)));
    assert.deepEqual(
      taken.map((toDo) => [toDo.statusId, toDo.type, toDo.priority, toDo.effort, toDo.milestoneId, toDo.sprintId]),
      [
        [statuses[2], 'story', 1, 13, milestone, sprint],
        [statuses[2], 'bug', null, 2, milestone, null],
        [statuses[3], 'task', 2, null, null, null],
      ],
    );
    assert.deepEqual(
      taken.map(({ assignees }) => assignees.map(({ id }) => id)),
      [[alice.id], [alice.id], []],
    );
  });

test('a line that is left out for a value comes back when something is chosen for it', async () => {
  await using setting = await openSetting('SQLite');
  const file = 'Title,Priority\nOne,urgent\nTwo,urgent\nThree,1\n';
  const without = await preview(setting, file, { leaveOut: true });
  assert.deepEqual([without.rows, without.leftOut.map(({ line }) => line)], [1, [2, 3]]);
  assert.equal(without.meanings[0]?.value, 'urgent');
  const meanings = [chosenFor('priority', 'urgent', '1')];
  assert.equal((await preview(setting, file, { leaveOut: true, meanings })).rows, 3);
});

test('what is not of the project, or no such thing at all, is refused, and nothing is stored', async () => {
  await using setting = await openSetting('SQLite');
  const { workspace, alice } = setting;
  await workspace.ask(alice, 'POST', '/projects', { creationKey: creationKey(), name: 'Garden' });
  const foreign = await plan(setting, 'GAR');
  const bob = await workspace.addPerson('Bob Example', 20);
  const away = await workspace.addPerson('Ann Example', 50);
  await workspace.database.kysely.updateTable('people').set({ deactivated_at: 1 }).where('id', '=', away.id).execute();
  const wrong: readonly [string, ChosenMeaning | object][] = [
    ['a column of another project', chosenFor('status', 'Doing', foreign.status)],
    ['a milestone of another project', chosenFor('milestone', 'Spring', foreign.milestone)],
    ['a sprint of another project', chosenFor('sprint', 'May', foreign.sprint)],
    ['somebody who is not in the project', chosenFor('assignees', 'Ally', bob.id)],
    ['somebody who is not here any more', chosenFor('assignees', 'Ally', away.id)],
    ['nobody', chosenFor('assignees', 'Ally', 'nobody-has-this-id')],
    ['a person as a column', chosenFor('status', 'Doing', alice.id)],
    ['no type', chosenFor('type', 'chore', 'epic')],
    ['no priority', chosenFor('priority', 'urgent', '6')],
    ['no effort', chosenFor('effort', 'huge', '4')],
    ['a value that is not in the file', chosenFor('priority', 'later', '6')],
    ['a field that names nothing', { field: 'title', value: 'One', to: null }],
    ['no choice', { field: 'priority', value: 'urgent' }],
    ['a number', { field: 'priority', value: 'urgent', to: 1 }],
    ['an empty value', chosenFor('priority', '', '1')],
    ['a long value', chosenFor('priority', 'x'.repeat(201), '1')],
    ['a script for an id', chosenFor('status', 'Doing', '<script>alert(1)</script> ')],
  ];
  for (const [what, meaning] of wrong)
    for (const ask of [
      () => take(setting, csv, { meanings: [meaning] }),
      () => setting.ask('POST', '/imports/to-dos/preview', { csv, meanings: [meaning] }),
    ]) {
      const { status, body } = await ask();
      assert.deepEqual([status, body.error?.fields?.[0]?.path.split('.')[0]], [422, 'meanings'], what);
    }
  const gone = await take(setting, csv, { meanings: [chosenFor('priority', 'urgent', '6')] });
  assert.match(gone.body.error?.what ?? '', /What was chosen for “urgent” is not in this project/);
  const twice = [chosenFor('priority', 'urgent', '1'), chosenFor('priority', 'URGENT', '2')];
  assert.equal((await take(setting, csv, { meanings: twice })).status, 422);
  assert.equal(await countAll(setting), 0);
});

test('what is chosen for values that are not in the file counts for nothing', async () => {
  await using setting = await openSetting('SQLite');
  const meanings = [chosenFor('priority', 'urgent', '1'), chosenFor('status', 'Doing', null)];
  const shown = await preview(setting, 'Title,Priority\nOne,high\n', { meanings });
  assert.deepEqual(shown.meanings, [{ field: 'priority', value: 'high', lines: 1, found: 'one', to: '2' }]);
});

test('as many values of a field as can be chosen for are listed, and that there are more is said', async () => {
  await using setting = await openSetting('SQLite');
  const rows = Array.from({ length: csvMeaningsMax + 5 }, (_, index) => `To-do ${index},Stage ${index}\n`).join('');
  const file = `Title,Status\n${rows}Long,${'x'.repeat(201)}\nOften,Stage 104\n`;
  const shown = await preview(setting, file);
  assert.equal(shown.meanings.length, csvMeaningsMax);
  assert.deepEqual([shown.meanings[0]?.value, shown.meanings[0]?.lines], ['Stage 104', 2], 'the most frequent first');
  assert.deepEqual(shown.tooMany, [{ field: 'status', count: csvMeaningsMax + 6 }]);
  assert.equal(shown.notes.filter(({ about }) => about).length, csvMeaningsMax);
  assert.equal(shown.notes.filter(({ about }) => !about).length, 6, 'the others are told by their lines');
  const all = Array.from({ length: 7 * csvMeaningsMax + 1 }, (_, index) => chosenFor('status', `Stage ${index}`, null));
  const refused = await take(setting, file, { meanings: all });
  assert.match(refused.body.error?.what ?? '', /At most 700 values/);
  assert.equal((await take(setting, file, { meanings: all.slice(1) })).status, 201);
});

test('a person of a file is looked for among those who can be given a to-do in that project', async () => {
  await using setting = await openSetting('SQLite');
  const { workspace, ask } = setting;
  const people = await Promise.all([
    workspace.addPerson('Maria Baker', 20),
    workspace.addPerson('Mario Carter', 20),
    workspace.addPerson('Cleo Clerk', 20),
  ]);
  const [baker, carter] = people;
  assert.ok(baker && carter);
  const file = 'Title,Assignees\nOne,"Mari; Cleo Clerk; cleo@example.com"\n';
  const found = async () => (await preview(setting, file)).meanings.map(({ value, found, to }) => [value, found, to]);
  const nobody = [
    ['Cleo Clerk', 'none', null],
    ['cleo@example.com', 'none', null],
  ];
  await ask('PUT', `/members/${baker.id}`, { role: null });
  assert.deepEqual(await found(), [...nobody, ['Mari', 'one', baker.id]]);
  await ask('PUT', `/members/${carter.id}`, { role: null });
  assert.deepEqual(await found(), [['Mari', 'several', null], ...nobody]);
});

test('in a project that all may see, a file tells nothing of people of whom its importer does not learn otherwise', async () => {
  await using setting = await openSetting('SQLite');
  const { workspace, alice, ask } = setting;
  const cleo = await workspace.addPerson('Cleo Clerk', 20);
  const editor = await workspace.addPerson('Eve Editor', 10);
  await ask('PUT', `/members/${editor.id}`, { role: 20 });
  const project = (await ask('GET', '')).body.project;
  assert.equal((await ask('PATCH', '', { version: project?.version, visibility: 'all' })).status, 200);
  const file = `Title,Assignees\nOne,"Cleo Clerk, Alice"\n`;
  const seen = async () => {
    const { body } = await workspace.ask(editor, 'POST', '/projects/WEB/imports/to-dos/preview', { csv: file });
    return body.preview?.meanings.map(({ to }) => to);
  };
  assert.deepEqual(await seen(), [null, alice.id]);
  const chosen = { csv: file, meanings: [chosenFor('assignees', 'Cleo Clerk', cleo.id)] };
  assert.equal((await workspace.ask(editor, 'POST', '/projects/WEB/imports/to-dos/preview', chosen)).status, 422);
  await ask('PUT', `/members/${cleo.id}`, { role: null });
  assert.deepEqual(await seen(), [cleo.id, alice.id]);
});
