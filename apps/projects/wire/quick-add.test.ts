import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Language } from './languages.ts';
import { parseQuickAdd, type QuickAdd } from './quick-add.ts';

/** A Monday. */
const today = '2026-11-23';
const people = [
  { id: 'ana', name: 'Ana Álvarez' },
  { id: 'bob', name: 'Bob Builder' },
  { id: 'bea', name: 'Beatrice Bo' },
];
const parse = (line: string, language: Language = 'en'): QuickAdd => parseQuickAdd(line, { today, language, people });
const due = (line: string, language: Language = 'en'): string =>
  `${parse(line, language).title} → ${parse(line, language).dueOn}`;

test('one line says everything', () => {
  const { understood, ...said } = parse('Pay invoice fri !1 @ana #billing ~2h');
  assert.deepEqual(said, {
    title: 'Pay invoice',
    dueOn: '2026-11-27',
    priority: 1,
    assigneeIds: ['ana'],
    tags: ['billing'],
    plannedHours: 2,
    effort: null,
  });
  assert.deepEqual(
    understood.map(({ kind, start, end }) => `${kind}: ${'Pay invoice fri !1 @ana #billing ~2h'.slice(start, end)}`),
    ['due: fri', 'priority: !1', 'person: @ana', 'tag: #billing', 'hours: ~2h'],
  );
});

test('signs count anywhere in the line, in any order', () => {
  const { title, tags, priority, dueOn } = parse('!2 Call #home the printer tomorrow #Home');
  assert.deepEqual(
    { title, tags, priority, dueOn },
    {
      title: 'Call the printer',
      tags: ['home'],
      priority: 2,
      dueOn: '2026-11-24',
    },
  );
});

test('a day counts only at the end of what is said, and never when it is all of it', () => {
  assert.equal(due('Paint the sun yellow'), 'Paint the sun yellow → null');
  assert.equal(due('Call on friday about the sun'), 'Call on friday about the sun → null');
  assert.equal(due('Friday'), 'Friday → null');
  assert.equal(due('tomorrow #x'), 'tomorrow → null');
});

test('days are said in many ways', () => {
  for (const [line, day] of [
    ['x today', '2026-11-23'],
    ['x mon', '2026-11-30'],
    ['x on Sunday', '2026-11-29'],
    ['x by 24 dec', '2026-12-24'],
    ['x Dec 24th', '2026-12-24'],
    ['x 3 jan', '2027-01-03'],
    ['x 22 nov', '2027-11-22'],
    ['x 1 feb 2028', '2028-02-01'],
    ['x 24.12.', '2026-12-24'],
    ['x in 3 days', '2026-11-26'],
    ['x in 2 weeks', '2026-12-07'],
    ['x next week', '2026-11-30'],
    ['x 2026-12-01', '2026-12-01'],
    ['x until 2026-12-01', '2026-12-01'],
  ])
    assert.equal(due(line as string), `x → ${day}`, line);
});

test('a day that does not exist, or is too far, stays a word', () => {
  for (const line of ['x 31 feb', 'x 2026-02-29', 'x in 9999 weeks', 'x 99.99.', 'x in 0 days'])
    assert.equal(due(line), `${line} → null`);
});

test('each language has its own words, and English works in all', () => {
  for (const [language, line, day] of [
    ['de', 'x am Freitag', '2026-11-27'],
    ['de', 'x übermorgen', '2026-11-25'],
    ['de', 'x bis zum 24. Dezember', '2026-12-24'],
    ['de', 'x in 2 Wochen', '2026-12-07'],
    ['de', 'x fri', '2026-11-27'],
    ['fr', 'x vendredi', '2026-11-27'],
    ['fr', 'x pour le 1er janvier', '2027-01-01'],
    ['fr', 'x dans 3 jours', '2026-11-26'],
    ['fr', 'x aujourd’hui', '2026-11-23'],
    ['es', 'x el viernes', '2026-11-27'],
    ['es', 'x pasado mañana', '2026-11-25'],
    ['es', 'x 24 de diciembre', '2026-12-24'],
    ['es', 'x mar', '2026-11-24'],
  ] as const)
    assert.equal(due(line, language), `x → ${day}`, `${language}: ${line}`);
  assert.equal(due('Was soll ich do', 'en'), 'Was soll ich do → null');
});

test('somebody is named by the start of a name, if only one fits', () => {
  const given = (line: string): readonly string[] => parse(line).assigneeIds;
  assert.deepEqual(given('x @alv'), ['ana']);
  assert.deepEqual(given('x @ÁLVAREZ @anaa'), ['ana']);
  assert.deepEqual(given('x @bo'), ['bea'], 'a whole part of a name wins over the start of another');
  assert.deepEqual(given('x @b'), []);
  assert.equal(parse('x @b').title, 'x @b');
  assert.equal(parse('Mail to info@ana.example').title, 'Mail to info@ana.example');
});

test('hours and effort are told apart', () => {
  assert.equal(parse('x ~30m').plannedHours, 0.5);
  assert.equal(parse('x ~1,5h').plannedHours, 1.5);
  assert.equal(parse('x ~xl').effort, 8);
  for (const line of ['x ~', 'x ~0h', 'x ~5000h', 'x ~huge', 'x !6', 'x !', 'x #', 'x #5', 'x #a/b', 'x @'])
    assert.equal(parse(line).title, line);
});

test('quotes and a backslash make a word of anything', () => {
  assert.equal(due('Watch "Big tomorrow"'), 'Watch Big tomorrow → null');
  assert.equal(due('Write "fri"'), 'Write fri → null');
  const { title, tags } = parse('Fix \\#five #six');
  assert.deepEqual({ title, tags }, { title: 'Fix #five', tags: ['six'] });
  assert.equal(parse('Say "hello').title, 'Say "hello');
});

test('a line without a title has none', () => {
  assert.equal(parse('  ').title, '');
  assert.equal(parse('#a !1').title, '');
});
