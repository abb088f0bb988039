/** To-dos out as CSV and in again: what is written, what is read, what is refused, on both databases. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LineNote } from '../../wire/csv.ts';
import { ownOrigin } from '../api/workspace.testing.ts';
import { creationKey, engines, makeToDo, openSetting, readToDo, type Setting } from '../to-dos/setting.testing.ts';
import { sayingIn } from '../words/say-of.ts';
import { countAll, preview, take } from './csv.testing.ts';
import { readCsv, writeCsv } from './csv-text.ts';
import { readDay } from './csv-values.ts';

async function download({ workspace, alice }: Setting): Promise<string> {
  const headers = { cookie: `person=${alice.id}`, origin: ownOrigin };
  const response = await workspace.app.request('/api/v1/projects/WEB/to-dos.csv', { headers });
  assert.equal(response.status, 200);
  assert.equal(response.headers.get('content-type'), 'text/csv; charset=utf-8');
  assert.match(response.headers.get('content-disposition') ?? '', /^attachment; filename="WEB-[\d-]+\.csv"$/);
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(await response.arrayBuffer());
}

for (const { engine, skip } of engines) {
  test(`what is exported as CSV can be imported again and is exported the same, on ${engine}`, { skip }, async () => {
    await using setting = await openSetting(engine);
    const { alice, statuses } = setting;
    const whole = await makeToDo(setting, 'Paint the "door", then the wall', {
      description: 'Two coats.\nLet it dry; then look.',
      statusId: statuses[2],
      ...{ dueOn: '2026-12-01', workStartOn: '2026-11-02', workEndOn: '2026-11-30', priority: 2, effort: 5 },
      ...{ type: 'bug', assigneeIds: [alice.id], tags: ['house', 'Übung'], plannedHours: 1.5, remainingHours: 0.25 },
    });
    await makeToDo(setting, '=HYPERLINK("http://evil.example","pay")', { parentNumber: whole.number });
    await makeToDo(setting, 'Done one', { statusId: statuses[4] });
    const csv = await download(setting);
    assert.ok(csv.startsWith('\ufeffNumber,Title,'));
    assert.ok(csv.includes(`"'=HYPERLINK(`), 'a formula is a text');

    const shown = await preview(setting, csv);
    assert.deepEqual([shown.problems, shown.notes, shown.newTags, shown.rows], [[], [], [], 3]);
    const taken = await take(setting, csv);
    assert.deepEqual([taken.status, taken.body.count], [201, 3], JSON.stringify(taken.body));
    const again = readCsv(await download(setting));
    const before = readCsv(csv);
    assert.ok('records' in again && 'records' in before);
    // The same but for the numbers, which are new, and the first three, which are still there.
    const bare = (cells: readonly string[]) => cells.toSpliced(11, 1).slice(1);
    assert.deepEqual(
      again.records.slice(3).map(({ cells }) => bare(cells)),
      before.records.map(({ cells }) => bare(cells)),
    );
    const part = await readToDo(setting, 5);
    assert.equal(part.parent?.number, 4, 'a part hangs on the new whole');
    assert.equal(part.title, '=HYPERLINK("http://evil.example","pay")');
    const { body } = await setting.ask('GET', '/to-dos/6');
    assert.notEqual(body.toDo?.completedAt, null);

    await setting.ask('POST', '/undo', { changeId: taken.body.changeId });
    const left = readCsv(await download(setting));
    assert.equal('records' in left && left.records.length, 3, 'an import is undone as one act');
  });

  test(`one bad line keeps the whole file out, and every bad line is named, on ${engine}`, { skip }, async () => {
    await using setting = await openSetting(engine);
    const csv = 'Title,Due,Priority\nGood,2026-11-23,1\n"Two\nlines",soon,1\nWorse,2026-02-30,urgent\n,2026-01-01,\n';
    const shown = await preview(setting, csv);
    assert.deepEqual(
      shown.problems.map(({ line }) => line),
      [3, 3, 5, 5, 6],
    );
    const taken = await take(setting, csv);
    assert.equal(taken.status, 422);
    assert.equal(taken.body.error?.fields?.[1]?.path, 'line 3');
    assert.match(taken.body.error?.fields?.[1]?.message ?? '', /soon/);
    assert.equal(await countAll(setting), 0);
  });

  test(`an import sent twice with one key is taken once, on ${engine}`, { skip }, async () => {
    await using setting = await openSetting(engine);
    const request = { creationKey: creationKey(), csv: 'Title\nOne\nTwo\n' };
    const first = await setting.ask('POST', '/imports/to-dos', request);
    const second = await setting.ask('POST', '/imports/to-dos', request);
    assert.deepEqual(second.body, first.body);
    assert.equal(await countAll(setting), 2);
  });
}

test('a file of Leantime is understood by its names, its words and its times', async () => {
  await using setting = await openSetting('SQLite');
  const csv =
    'id;headline;status;storypoints;priority;editorEmail;tags;dateToFinish;planHours;hourRemaining;dependingTicketId;type;milestone\n' +
    '12;Fix the gate;In Progress;XL;High;Alice@Example.com;garden,iron;2026-03-04 00:00:00;2,5;0;;story;Spring\n' +
    '13;Oil it;Archived;< 2 min;3;bob@example.com;;0000-00-00 00:00:00;;;12;subtask;\n';
  const shown = await preview(setting, csv);
  assert.deepEqual(shown.problems, []);
  assert.deepEqual(shown.newTags, ['garden', 'iron']);
  assert.deepEqual(
    shown.notes.map(({ line, message }) => `${line} ${/“(.*?)”/.exec(message)?.[1]}`),
    ['2 Spring', '3 Archived', '3 bob@example.com'],
  );
  assert.equal((await take(setting, csv)).status, 201);
  const gate = await readToDo(setting, 1);
  assert.deepEqual(
    [gate.title, gate.effort, gate.priority, gate.dueOn, gate.plannedHours, gate.remainingHours, gate.type],
    ['Fix the gate', 8, 2, '2026-03-04', 2.5, 0, 'story'],
  );
  assert.deepEqual([gate.statusId, gate.assignees[0]?.id], [setting.statuses[2], 'alice']);
  const oil = await readToDo(setting, 2);
  assert.deepEqual([oil.effort, oil.priority, oil.dueOn, oil.parent?.number], [0.5, 3, null, 1]);
});

test('what is found in a file comes with its sentence, so that it can be said in another language', async () => {
  await using setting = await openSetting('SQLite');
  const { problems, notes } = await preview(setting, `Title,Due,Status,Tags\nPay,soon,Later,${'x'.repeat(60)}\n`);
  const sayIn = (language: 'de' | 'en') => (each: LineNote) => sayingIn(language).marked(each.sentence, each.values);
  assert.deepEqual(problems.map(sayIn('de')), [
    'Höchstens 50 Zeichen.',
    '„soon“ ist nicht lesbar: Ein Tag wird wie 2026-11-23 geschrieben.',
  ]);
  assert.equal(problems[0]?.field, 'tags');
  assert.deepEqual(notes.map(sayIn('de')), ['Dieses Projekt hat keine Spalte „Later“: Sie kommt nach „New“.']);
  assert.deepEqual(
    [...problems, ...notes].map(sayIn('en')),
    [...problems, ...notes].map(({ message }) => message),
  );
});

test('an ordinary German table is read: its title row, names, days, numbers, words, people and quotes', async () => {
  await using setting = await openSetting('SQLite');
  const csv =
    'Gartenfest 2027;;;;;;\n;;;;;;\nAufgabe;Fällig am;Priorität;Status;Wer;Stunden;Typ\n' +
    'Bildschirm 24" kaufen;05.07.27;hoch;erledigt;Alice;1.250,00;Fehler\n;;;;;;\nZelt;4.3.26;Mittel;wartet;alice ex;1:30;Arbeit\n';
  const shown = await preview(setting, csv);
  assert.deepEqual(shown.problems, []);
  assert.deepEqual(
    shown.columns.map(({ field, sample }) => `${field}: ${sample.join(', ')}`),
    [
      'title: Bildschirm 24" kaufen, Zelt',
      'dueOn: 05.07.27, 4.3.26',
      'priority: hoch, Mittel',
      'status: erledigt, wartet',
      'assignees: Alice, alice ex',
      'plannedHours: 1.250,00, 1:30',
      'type: Fehler, Arbeit',
    ],
  );
  assert.deepEqual(
    shown.notes.map(({ line }) => line),
    [6, 6],
  );
  assert.equal((await take(setting, csv)).status, 201);
  const screen = await readToDo(setting, 1);
  assert.deepEqual(
    [screen.title, screen.dueOn, screen.priority, screen.statusId, screen.plannedHours, screen.type],
    ['Bildschirm 24" kaufen', '2027-07-05', 2, setting.statuses[4], 1250, 'bug'],
  );
  assert.equal(screen.assignees[0]?.id, setting.alice.id);
});

test('a to-do whose words are names of columns is not taken for the names of the columns', () => {
  const tables = [
    'Item,Status,Urgent\nBuy paint,To do,no\nFix door,Done,yes\nCall Anna,To do,no\n',
    'Vorgang;Type;Billable\nFix door;Task;no\n',
    'Was;Status;Fertig\nTür;Todo;no\n',
  ];
  for (const table of tables) {
    const read = readCsv(table);
    assert.ok('records' in read);
    assert.equal(read.headerLine, 1, table);
    assert.equal(read.records.length, table.trim().split('\n').length - 1);
  }
  const titled = readCsv('Open work,2026\n\nTitle,Status,Due\nFix door,To do,\n');
  assert.ok('records' in titled);
  assert.deepEqual([titled.headerLine, titled.records.length], [3, 1], 'a title of two cells is passed over');
});

test('columns that are left out have samples, too', async () => {
  await using setting = await openSetting('SQLite');
  const { columns } = await preview(setting, 'Title,Farbe\nOne,red\nTwo,\nThree,blue\n');
  assert.deepEqual(columns[1], { header: 'Farbe', field: null, sample: ['red', 'blue'] });
});

test('lines that cannot be read are left out where that is asked for, and their parts stand alone', async () => {
  await using setting = await openSetting('SQLite');
  const csv = 'Number,Title,Due,Part of\n1,One,soon,\n2,Two,,1\n3,,,\n4,Four,,2\n';
  const refused = await preview(setting, csv);
  assert.deepEqual([refused.problems.length, refused.leftOut, refused.rows], [2, [], 4]);
  const shown = await preview(setting, csv, { leaveOut: true });
  assert.deepEqual(shown.problems, []);
  assert.deepEqual(
    [shown.leftOut, shown.notes].map((all) => all.map(({ line }) => line)),
    [[2, 4], [3]],
  );
  assert.equal(shown.rows, 2);
  const taken = await take(setting, csv, { leaveOut: true });
  assert.deepEqual([taken.status, taken.body.count], [201, 2]);
  assert.equal((await readToDo(setting, 2)).parent?.number, 1);
  assert.equal((await take(setting, 'Was,Wann\nTür,\n', { leaveOut: true })).status, 422, 'no column is the title');
  assert.equal((await take(setting, 'Title,Due\nTür,soon\n', { leaveOut: true })).status, 422, 'nothing is left');
});

test('columns that no name tells can be chosen, and one field is named once', async () => {
  await using setting = await openSetting('SQLite');
  const csv = 'Was,Wann\nTür,03/04/2026\n';
  assert.match((await preview(setting, csv)).problems[0]?.message ?? '', /No column is the title/);
  const chosen = { columns: ['title', 'dueOn'], dayOrder: 'monthFirst' };
  assert.equal((await take(setting, csv, chosen)).status, 201);
  assert.equal((await readToDo(setting, 1)).dueOn, '2026-03-04');
  assert.equal((await take(setting, csv, { columns: ['title', 'title'] })).status, 422);
});

test('a file has limits in rows and bytes, and broken quotes are told with their line', async () => {
  await using setting = await openSetting('SQLite');
  const many = `Title\n${'x\n'.repeat(2_001)}`;
  assert.match((await take(setting, many)).body.error?.what ?? '', /line 2002.*At most 2000/);
  assert.equal((await take(setting, `Title\n${'x'.repeat(2_100_000)}`)).status, 422);
  assert.equal((await take(setting, `Title\n${'x'.repeat(7_000_000)}`)).status, 413);
  assert.match(
    (await take(setting, 'Title\nfine\n"never closed\n')).body.error?.what ?? '',
    /Line 3 cannot be read: a quote in it is not closed/,
  );
  assert.equal((await take(setting, '')).status, 422);
  assert.equal(await countAll(setting), 0);
});

test('two thousand to-dos are taken in one act that leaves time for others', async () => {
  await using setting = await openSetting('SQLite');
  const csv = `Title,Tags\n${Array.from({ length: 2_000 }, (_, index) => `To-do ${index},t${index % 40}\n`).join('')}`;
  const taken = await take(setting, csv);
  assert.deepEqual([taken.status, taken.body.count], [201, 2_000]);
  const { body } = await setting.ask('GET', '/board');
  assert.equal(body.columns?.[0]?.count, 2_000);
  assert.equal(body.columns?.[0]?.cards[0]?.title, 'To-do 0', 'in the order of the file');
});

test('who may only look exports nothing', async () => {
  await using setting = await openSetting('SQLite');
  const bob = await setting.workspace.addPerson('Bob Example', 10);
  await setting.ask('PUT', `/members/${bob.id}`, { role: null });
  assert.equal((await setting.workspace.ask(bob, 'GET', '/projects/WEB/to-dos.csv')).status, 403);
});

test('a day is read in the order that was chosen; what is no day is none', () => {
  assert.equal(readDay('03/04/2026', 'dayFirst'), '2026-04-03');
  assert.equal(readDay('03/04/2026', 'monthFirst'), '2026-03-04');
  assert.equal(readDay('3.4.2026', 'monthFirst'), '2026-04-03');
  assert.equal(readDay('2026-3-4T10:00', 'monthFirst'), '2026-03-04');
  assert.equal(readDay('05.07.27', 'dayFirst'), '2027-07-05');
  assert.equal(readDay('31/02/2026', 'dayFirst'), undefined);
  assert.equal(readDay('next week', 'dayFirst'), undefined);
});

test('a cell of several lines is quoted, so that no reader takes one of them for a record', () => {
  assert.equal(writeCsv(['Title'], [['one\ntwo'], ['three']]), '\ufeffTitle\r\n"one\ntwo"\r\nthree\r\n');
});

test('a line is counted as an editor counts, whatever ends those inside a cell', () => {
  for (const end of ['\n', '\r\n', '\r']) {
    const read = readCsv(['Title,Description', 'One,"first', 'second', 'third"', 'Two,', ''].join(end));
    assert.ok('records' in read);
    assert.deepEqual(
      read.records.map(({ line, cells }) => [line, ...cells]),
      [
        [2, 'One', 'first\nsecond\nthird'],
        [5, 'Two', ''],
      ],
    );
  }
});

test('a day that the calendar has not is told apart from what is no day', async () => {
  await using setting = await openSetting('SQLite');
  const { problems, columns } = await preview(setting, 'Task Name,Due\nOne,31.02.2026\nTwo,soon\nThree,24.12.2026\n');
  assert.deepEqual(
    columns.map(({ field }) => field),
    ['title', 'dueOn'],
  );
  assert.deepEqual(
    problems.map(({ line, message }) => [line, message]),
    [
      [2, 'There is no such day: “31.02.2026”.'],
      [3, '“soon” cannot be read: a day is written like 2026-11-23.'],
    ],
  );
});

test('what is no text is refused with what to do', async () => {
  await using setting = await openSetting('SQLite');
  const body = { csv: 'PK\u0003\u0004\u0014\u0000\u0006' };
  const { status, body: answer } = await setting.ask('POST', '/imports/to-dos/preview', body);
  assert.equal(status, 422);
  assert.match(JSON.stringify(answer), /This file is no text\. Save the table as CSV/);
});

test('no cell begins as a formula does, and each comes back as it was', () => {
  const cells = ['=1+1', '+1', '-1', '@sum', "'quoted", 'plain', '', ' = spaced'];
  const text = writeCsv(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'], [cells]);
  for (const cell of text.split('\n')[1]?.split(',') ?? []) assert.doesNotMatch(cell, /^"?[=+\-@]/);
  const read = readCsv(text);
  assert.ok('records' in read);
  assert.deepEqual(read.records[0]?.cells.slice(0, 7), cells.slice(0, 7));
});
