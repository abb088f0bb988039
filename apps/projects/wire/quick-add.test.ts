import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Language } from './languages.ts';
import { lineWithout, parseQuickAdd, placeIn, type QuickAdd, signOf } from './quick-add.ts';

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
    placeKey: null,
    plannedHours: 2,
    effort: null,
    unknown: [],
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

test('a time after the day does not hide it, and stays in the title', () => {
  const { title, dueOn, understood } = parse('Call mum tomorrow 5pm !2 #family');
  assert.deepEqual([title, dueOn], ['Call mum 5pm', '2026-11-24']);
  assert.deepEqual(
    understood.map(({ kind, start, end }) => `${kind}: ${'Call mum tomorrow 5pm !2 #family'.slice(start, end)}`),
    ['due: tomorrow', 'priority: !2', 'tag: #family'],
  );
  assert.equal(due('Call mum 5pm tomorrow'), 'Call mum 5pm → 2026-11-24');
  assert.equal(due('Call mum on friday at 17:30'), 'Call mum at 17:30 → 2026-11-27');
  assert.equal(due('Call mum fri 5 pm'), 'Call mum 5 pm → 2026-11-27');
  assert.equal(due('Mama anrufen morgen um 17 Uhr', 'de'), 'Mama anrufen um 17 Uhr → 2026-11-24');
  assert.equal(due('Appeler maman demain à 17h30', 'fr'), 'Appeler maman à 17h30 → 2026-11-24');
  assert.equal(due('Llamar a mamá mañana a las 17:00', 'es'), 'Llamar a mamá a las 17:00 → 2026-11-24');
  assert.equal(due('tomorrow 5pm'), 'tomorrow 5pm → null');
  assert.equal(due('Buy 5 am transmitters'), 'Buy 5 am transmitters → null');
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

/** A Sunday, the last day of a week. */
const sunday = '2026-11-29';
const dueOnSunday = (line: string, language: Language = 'en'): string => {
  const { title, dueOn } = parseQuickAdd(line, { today: sunday, language, people });
  return `${title} → ${dueOn}`;
};

test('the coming weekday is said with a word before it or behind it, and next week has weekdays', () => {
  for (const [language, line, day] of [
    ['en', 'Book hall next fri', '2026-12-04'],
    ['en', 'Book hall this Friday', '2026-12-04'],
    ['en', 'Book hall monday next week', '2026-11-30'],
    ['en', 'Book hall on Wednesday of next week', '2026-12-02'],
    ['en', 'Book hall next week on thursday', '2026-12-03'],
    ['de', 'Book hall nächsten Freitag', '2026-12-04'],
    ['de', 'Book hall am kommenden Montag', '2026-11-30'],
    ['de', 'Book hall bis zum nächsten Freitag', '2026-12-04'],
    ['de', 'Book hall nächste Woche Mittwoch', '2026-12-02'],
    ['de', 'Book hall am Mittwoch in der nächsten Woche', '2026-12-02'],
    ['de', 'Book hall am nächsten So', '2026-12-06'],
    ['fr', 'Book hall vendredi prochain', '2026-12-04'],
    ['fr', 'Book hall le jeudi de la semaine prochaine', '2026-12-03'],
    ['es', 'Book hall próximo viernes', '2026-12-04'],
    ['es', 'Book hall el viernes que viene', '2026-12-04'],
    ['es', 'Book hall el lunes de la semana que viene', '2026-11-30'],
  ] as const)
    assert.equal(dueOnSunday(line, language), `Book hall → ${day}`, `${language}: ${line}`);
});

test('words that are no day in what they stand in do not become one', () => {
  for (const [language, line] of [
    ['de', 'Weiter so'],
    ['de', 'Things to do'],
    ['de', 'Guten Morgen'],
    ['de', 'Jeden Montag'],
    ['de', 'Protokoll vom Freitag'],
    ['en', 'Plan the end of next week'],
    ['en', 'Offers for Black Friday'],
    ['en', 'Minutes from monday'],
    ['en', 'Part 1/2'],
    ['en', 'Support 24/7'],
    ['en', 'Release 1.2.26'],
    ['fr', 'Voyage à la mer'],
    ['es', 'Llamar por la mañana'],
  ] as const)
    assert.equal(dueOnSunday(line, language), `${line} → null`, language);
  assert.equal(dueOnSunday('Kuchen am So', 'de'), 'Kuchen → 2026-12-06');
});

test('a part of the day behind a day stays in the title as a time does, and is no day', () => {
  assert.equal(dueOnSunday('Plakat am Freitag Morgen', 'de'), 'Plakat Morgen → 2026-12-04');
  assert.equal(dueOnSunday('Plakat morgen Abend', 'de'), 'Plakat Abend → 2026-11-30');
  assert.equal(dueOnSunday('Plakat morgen', 'de'), 'Plakat → 2026-11-30');
  assert.equal(dueOnSunday('Freitag Morgen', 'de'), 'Freitag Morgen → null');
  assert.equal(dueOnSunday('Call fri evening'), 'Call evening → 2026-12-04');
  assert.equal(dueOnSunday('Llamar mañana por la tarde', 'es'), 'Llamar por la tarde → 2026-11-30');
});

test('a date is said with its weekday, with two digits of a year, or with strokes', () => {
  for (const [language, line, day] of [
    ['de', 'x Fr 4.12.', '2026-12-04'],
    ['de', 'x am Fr., 4.12.', '2026-12-04'],
    ['de', 'x Freitag, den 4. Dezember', '2026-12-04'],
    ['de', 'x So 6.12.', '2026-12-06'],
    ['en', 'x on Friday 4 dec', '2026-12-04'],
    ['es', 'x viernes, 4 de diciembre de 2026', '2026-12-04'],
    ['de', 'x 05.07.27', '2027-07-05'],
    ['en', 'x 24/12', '2026-12-24'],
    ['en', 'x 5/7/27', '2027-07-05'],
    ['fr', 'x 24/12/2027', '2027-12-24'],
  ] as const)
    assert.equal(dueOnSunday(line, language), `x → ${day}`, `${language}: ${line}`);
  assert.equal(
    dueOnSunday('x Mo 4.12.', 'de'),
    'x Mo → 2026-12-04',
    'a weekday that the date does not have is left to be seen',
  );
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
  for (const line of ['x ~1h 30m', 'x ~1h30', 'x ~1:30', 'x ~90min'])
    assert.deepEqual([parse(line).title, parse(line).plannedHours], ['x', 1.5], line);
  assert.equal(parse('x ~1.250h', 'de').plannedHours, null);
  assert.equal(parse('x ~1.25h', 'de').plannedHours, 1.25);
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

test('where there is a choice of projects, the key of one after a plus takes it', () => {
  const places = [{ key: 'ALI' }, { key: 'PARTY' }];
  const read = (line: string) => parseQuickAdd(line, { today, language: 'en', people, places });
  const { title, placeKey, dueOn } = read('Order the cake fri +party');
  assert.deepEqual([title, placeKey, dueOn], ['Order the cake', 'PARTY', '2026-11-27']);
  assert.equal(placeIn('Order +ALI the cake +Party', places), 'PARTY');
  for (const line of ['Call +49 170 1234567', 'Learn C++', 'Order \\+party', 'Ask for a +1', 'x +parties']) {
    assert.equal(read(line).title, line.replace('\\', ''));
    assert.equal(placeIn(line, places), null);
  }
  assert.equal(parse('Order +party').title, 'Order +party', 'in the line of a column there is no choice');
});

test('what was understood is taken out of the line when it is chosen elsewhere', () => {
  const without = (line: string, kind: 'due' | 'tag'): string => lineWithout(line, parse(line), kind);
  assert.equal(without('Pay invoice on friday !1', 'due'), 'Pay invoice !1');
  assert.equal(without('Call mum fri 5pm', 'due'), 'Call mum 5pm');
  assert.equal(without('#a Pay #b', 'tag'), 'Pay');
  assert.equal(without('Pay invoice', 'due'), 'Pay invoice');
});

test('a sign that was not understood does not hide the day before it, and stays in the title', () => {
  assert.equal(due('Pay invoice fri @annx'), 'Pay invoice @annx → 2026-11-27');
  assert.equal(due('Pay invoice fri @annx !1 #5'), 'Pay invoice @annx #5 → 2026-11-27');
  assert.equal(due('Call mum fri 5pm @b'), 'Call mum 5pm @b → 2026-11-27');
  assert.equal(due('Party on saturday !!!'), 'Party !!! → 2026-11-28');
  assert.equal(due('Watch "fri" @annx'), 'Watch fri @annx → null');
  assert.equal(due('fri @annx'), 'fri @annx → null');
});

test('of a name it tells that it fits nobody, or several', () => {
  assert.deepEqual(parse('x @annx fri @b @ana').unknown, [
    { sign: '@annx', fits: 0 },
    { sign: '@b', fits: 2 },
  ]);
  assert.deepEqual(parse('x @').unknown, []);
});

test('a priority is said by its name, and of a priority or hours that are not understood it tells', () => {
  const priorityNames = { 1: 'Kritisch', 2: 'Hoch', 3: 'Mittel', 4: 'Niedrig', 5: 'Sehr niedrig' };
  const read = (line: string) => parseQuickAdd(line, { today, language: 'de', people, priorityNames });
  assert.deepEqual([read('x !hoch').priority, read('x !High').priority, read('x !sehrniedrig').priority], [2, 2, 5]);
  assert.deepEqual(read('x !hoch').unknown, []);
  const { title, unknown } = read('x !urgent fri ~2d !6 ~20');
  assert.equal(title, 'x !urgent ~2d !6 ~20');
  assert.deepEqual(
    unknown.map(({ sign }) => sign),
    ['!urgent', '~2d', '!6', '~20'],
  );
  assert.deepEqual(read('x !!! ~ !').unknown, []);
});

test('everybody has a sign that names nobody else', () => {
  const others = [
    ...people,
    { id: 'ana2', name: 'Ana Alt' },
    { id: 'ana3', name: 'Ana Altmann' },
    { id: 'bo', name: 'Bo' },
  ];
  const signs = others.map((person) => signOf(person, others));
  assert.deepEqual(signs, ['@Álvarez', '@Bob', '@Beatrice', '@Alt', '@Altmann', '@Bo']);
  for (const [index, sign] of signs.entries())
    assert.deepEqual(
      parseQuickAdd(`x ${sign}`, { today, language: 'en', people: others }).assigneeIds,
      [others[index]?.id],
      sign,
    );
});

test('of two people of one name neither has a sign', () => {
  const twins = [
    { id: 'ana', name: 'Ana Álvarez' },
    { id: 'ana2', name: 'Ana Alvarez' },
  ];
  assert.deepEqual(
    twins.map((person) => signOf(person, twins)),
    [null, null],
  );
});
