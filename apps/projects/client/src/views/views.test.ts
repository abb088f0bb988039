import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Card } from '../../../wire/to-do.ts';
import { isFiltering, noFilter, nothing, passes, readFilter, writeFilter } from './filter.ts';
import { groupings, groupingsOn, type LanePlaces, lanesOf, usualGrouping } from './lanes.ts';
import { byRank, readColumns, readSort, sortCards, sumsOf, writeSort } from './sort.ts';

/** A Monday. */
const today = '2026-11-23';
const ana = { id: 'ana', name: 'Ana Example' };
const bob = { id: 'bob', name: 'Bob Builder' };
const billing = { id: 't1', name: 'billing', tone: 'grey' } as const;

let numbers = 0;
function buildCard(facts: Partial<Card> = {}): Card {
  const number = facts.number ?? ++numbers;
  return {
    projectKey: 'WEB',
    number,
    title: `Card ${number}`,
    statusId: 'new',
    dueOn: null,
    priority: null,
    assignees: [],
    type: 'task',
    effort: null,
    tags: [],
    milestoneId: null,
    sprintId: null,
    parentNumber: null,
    workStartOn: null,
    workEndOn: null,
    plannedHours: null,
    remainingHours: null,
    subtasks: { done: 0, total: 0 },
    openBlockers: 0,
    comments: 0,
    files: 0,
    rank: `a${String(number).padStart(4, '0')}`,
    version: 1,
    ...facts,
  };
}

test('a filter goes into an address and comes back the same', () => {
  const filter = {
    ...noFilter,
    text: 'print, fold',
    people: ['ana', nothing],
    tags: ['t1'],
    types: ['bug'],
    priorities: [1, 2],
    milestones: ['m1'],
    sprints: ['s1'],
    due: 'week',
    hidesSubtasks: true,
  } as const;
  const query = writeFilter(new URLSearchParams('group=person'), filter);
  assert.deepEqual(readFilter(new URLSearchParams(query.toString())), filter);
  assert.equal(query.get('group'), 'person');
  assert.equal(writeFilter(query, noFilter).toString(), 'group=person');
});

test('what is no value of a field counts for nothing', () => {
  const filter = readFilter(new URLSearchParams('type=elephant&priority=9,1&due=never'));
  assert.deepEqual(filter, { ...noFilter, priorities: [1] });
  assert.ok(isFiltering(filter));
  assert.ok(!isFiltering(readFilter(new URLSearchParams('group=person'))));
});

test('values of a field are joined by or, fields by and, and nothing is a value too', () => {
  const cards = [
    buildCard({ title: 'ana, tagged', assignees: [ana], tags: [billing] }),
    buildCard({ title: 'ana', assignees: [ana] }),
    buildCard({ title: 'both', assignees: [ana, bob], tags: [billing] }),
    buildCard({ title: 'nobody', tags: [billing] }),
  ];
  const shown = (filter: object): string[] =>
    cards.filter(passes({ ...noFilter, ...filter }, today)).map(({ title }) => title);
  assert.deepEqual(shown({ people: ['ana'] }), ['ana, tagged', 'ana', 'both']);
  assert.deepEqual(shown({ people: ['bob', nothing] }), ['both', 'nobody']);
  assert.deepEqual(shown({ people: ['ana'], tags: ['t1'] }), ['ana, tagged', 'both']);
  assert.deepEqual(shown({ tags: [nothing] }), ['ana']);
});

test('subtasks can be left out, whatever else is asked for', () => {
  const cards = [
    buildCard({ title: 'whole', subtasks: { done: 0, total: 1 } }),
    buildCard({ title: 'part', parentNumber: 7 }),
  ];
  const shown = (address: string): string[] =>
    cards.filter(passes(readFilter(new URLSearchParams(address)), today)).map(({ title }) => title);
  assert.deepEqual(shown(''), ['whole', 'part']);
  assert.deepEqual(shown('subtasks=hidden'), ['whole']);
  assert.deepEqual(shown('subtasks=hidden&q=part'), []);
  assert.deepEqual(shown('subtasks=elephant'), ['whole', 'part']);
  assert.equal(writeFilter(new URLSearchParams('subtasks=hidden'), noFilter).toString(), '');
});

test('words are looked for without marks and case, in title and number', () => {
  const card = buildCard({ number: 42, title: 'Müller anrufen' });
  const found = (text: string): boolean => passes({ ...noFilter, text }, today)(card);
  for (const text of ['muller', 'ANRUFEN mül', 'web-42', '']) assert.ok(found(text), text);
  for (const text of ['meier', 'web-43', 'müller 43']) assert.ok(!found(text), text);
});

test('due filters know the week, and what has no day', () => {
  const due = (filter: 'overdue' | 'today' | 'week' | 'fortnight' | 'none') =>
    [null, '2026-11-22', today, '2026-11-29', '2026-12-07', '2026-12-08'].filter((dueOn) =>
      passes({ ...noFilter, due: filter }, today)(buildCard({ dueOn })),
    );
  assert.deepEqual(due('overdue'), ['2026-11-22']);
  assert.deepEqual(due('today'), [today]);
  assert.deepEqual(due('week'), ['2026-11-22', today, '2026-11-29']);
  assert.deepEqual(due('fortnight'), ['2026-11-22', today, '2026-11-29', '2026-12-07']);
  assert.deepEqual(due('none'), [null]);
});

const places: LanePlaces = {
  statuses: [{ id: 'new' }, { id: 'done' }],
  wholes: [{ id: '901' }],
  people: [ana, bob],
  milestones: [{ id: 'm1' }],
  sprints: [],
  tags: [billing],
};

test('every card stands in exactly one lane, whatever the grouping', () => {
  const cards = [
    buildCard(),
    buildCard({ assignees: [ana, bob], priority: 1, effort: 3, milestoneId: 'm1', dueOn: today }),
    buildCard({ assignees: [bob], tags: [billing], type: 'bug', dueOn: '2026-01-01' }),
  ];
  for (const grouping of groupings) {
    const seen = lanesOf(grouping, cards, places, today).flatMap((lane) => lane.cards.map(({ number }) => number));
    assert.deepEqual(seen.toSorted(), cards.map(({ number }) => number).toSorted(), grouping);
  }
});

test('a card whose milestone, sprint, person or tag is gone or not loaded yet stands with those that have none', () => {
  const cards = [buildCard({ milestoneId: 'gone', sprintId: 'gone', assignees: [ana], tags: [billing] })];
  const nowhere: LanePlaces = { statuses: [], wholes: [], people: [], milestones: [], sprints: [], tags: [] };
  for (const grouping of ['status', 'milestone', 'sprint', 'person', 'tag'] as const)
    assert.deepEqual(
      lanesOf(grouping, cards, nowhere, today).map(({ value, cards: held }) => [value, held.length]),
      [[null, 1]],
      grouping,
    );
});

test('by status the groups stand in the order of the columns; by parent a to-do stands with its subtasks', () => {
  const whole = buildCard({ number: 901, subtasks: { done: 0, total: 1 }, statusId: 'done' });
  const cards = [buildCard({ number: 902, parentNumber: 901 }), whole, buildCard({ number: 903 })];
  const groups = (grouping: 'status' | 'parent') =>
    lanesOf(grouping, cards, places, today).map(({ id, cards: held }) => [id, held.map(({ number }) => number)]);
  assert.deepEqual(groups('status'), [
    ['new', [902, 903]],
    ['done', [901]],
  ]);
  assert.deepEqual(groups('parent'), [
    ['901', [902, 901]],
    ['null', [903]],
  ]);
});

test('each page offers the groupings that say something there, and begins with one of them', () => {
  for (const page of ['board', 'list', 'table'] as const) assert.ok(groupingsOn(page).includes(usualGrouping(page)));
  assert.ok(!groupingsOn('board').includes('status'));
  assert.ok(groupingsOn('table').includes('status') && groupingsOn('table').includes('parent'));
  assert.ok(groupingsOn('list').includes('parent'));
});

test('a lane says what putting a card there changes, or that it cannot', () => {
  const cards = [buildCard({ assignees: [ana, bob] }), buildCard({ dueOn: '2026-01-01' })];
  const changes = (grouping: 'person' | 'due' | 'milestone') =>
    lanesOf(grouping, cards, places, today).map(({ id, change }) => [id, change]);
  assert.deepEqual(changes('person'), [
    ['several', undefined],
    ['null', { assigneeIds: [] }],
  ]);
  assert.deepEqual(changes('due'), [
    ['overdue', undefined],
    ['none', { dueOn: null }],
  ]);
  assert.deepEqual(changes('milestone'), [
    ['m1', { milestoneId: 'm1' }],
    ['null', { milestoneId: null }],
  ]);
});

test('a table is sorted both ways, with what has no value last', () => {
  const cards = [
    buildCard({ number: 101, priority: 3 }),
    buildCard({ number: 102 }),
    buildCard({ number: 103, priority: 1 }),
    buildCard({ number: 104, priority: 1 }),
  ];
  const orders = { statuses: new Map(), milestones: new Map(), sprints: new Map() };
  const order = (text: string): number[] =>
    sortCards(cards, readSort(new URLSearchParams({ sort: text })), orders).map(({ number }) => number);
  assert.deepEqual(order('priority'), [103, 104, 101, 102]);
  assert.deepEqual(order('-priority'), [101, 103, 104, 102]);
  assert.deepEqual(order(''), [101, 102, 103, 104]);
  assert.deepEqual(readSort(new URLSearchParams('sort=weight')), byRank);
  for (const text of ['due', '-title', ''])
    assert.equal(writeSort(readSort(new URLSearchParams({ sort: text }))), text);
});

test('sums count what is there', () => {
  const part = buildCard({ plannedHours: 2.2, remainingHours: 1, parentNumber: 1 });
  const cards = [buildCard({ plannedHours: 1.1, effort: 0.5 }), part];
  assert.deepEqual(sumsOf(cards), { count: 2, parts: 1, planned: 3.3, remaining: 1, effort: 0.5 });
});

test('number and title are in every table', () => {
  assert.deepEqual(readColumns(new URLSearchParams('columns=due,elephant')), ['number', 'title', 'due']);
  assert.deepEqual(readColumns(new URLSearchParams('columns=')), ['number', 'title']);
});
