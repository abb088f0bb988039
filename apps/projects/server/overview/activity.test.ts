/** What happened in a project, gathered: a table of who did what when, and the lines that come of it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ChangeFacts, ChangeKind } from '../../wire/change.ts';
import { type ActivityRow, gatherActivity } from './activity.ts';

const minuteMs = 60_000;

type Act = readonly [who: string, minute: number, kind: ChangeKind, facts: ChangeFacts];

/** Of acts in the order in which they were done, each line as words. */
function gathered(...acts: readonly Act[]): string[] {
  return gatherFirst(Number.POSITIVE_INFINITY, acts);
}

function gatherFirst(max: number, acts: readonly Act[]): string[] {
  const rows = acts.map(
    ([who, minute, kind, facts], index): ActivityRow => ({
      id: index + 1,
      kind,
      actor_id: who,
      actor_name: who,
      facts: JSON.stringify({ ...(facts.number && { title: `To-do ${facts.number}` }), ...facts }),
      at: minute * minuteMs,
    }),
  );
  return gatherActivity(rows.toReversed(), max).map(({ by, acts: done, toDos, title }) => {
    const what = done.map(({ kind, fields, toStatus }) => [kind, toStatus, ...fields].filter(Boolean).join(' '));
    return `${by?.name}: ${what.join(', ')}: ${title ?? toDos.map(({ number }) => number).join(' ')}`;
  });
}

test('what somebody did to one to-do within five minutes is one line, in the order in which it was done', () => {
  assert.deepEqual(
    gathered(
      ['Ana', 0, 'toDo.changed', { number: 1, fields: ['priority'] }],
      ['Ana', 1, 'comment.added', { number: 1 }],
      ['Ana', 2, 'toDo.changed', { number: 1, fields: ['due', 'priority'] }],
      ['Ana', 5, 'toDo.moved', { number: 1, toStatus: 'Done' }],
    ),
    ['Ana: comment.added, toDo.changed due priority, toDo.moved Done: 1'],
  );
});

test('later than that, by somebody else or to something else it is a line of its own, the latest first', () => {
  assert.deepEqual(
    gathered(
      ['Ana', 0, 'toDo.changed', { number: 1, fields: ['title'] }],
      ['Ana', 5.1, 'toDo.changed', { number: 1, fields: ['due'] }],
      ['Bob', 5.2, 'toDo.changed', { number: 1, fields: ['effort'] }],
      ['Ana', 5.3, 'milestone.changed', { title: 'Launch' }],
    ),
    [
      'Ana: milestone.changed: Launch',
      'Bob: toDo.changed effort: 1',
      'Ana: toDo.changed due: 1',
      'Ana: toDo.changed title: 1',
    ],
  );
});

test('what others did meanwhile parts nothing', () => {
  assert.deepEqual(
    gathered(
      ['Ana', 0, 'toDo.changed', { number: 1, fields: ['title'] }],
      ['Bob', 1, 'comment.added', { number: 1 }],
      ['Ana', 2, 'toDo.changed', { number: 1, fields: ['due'] }],
    ),
    ['Ana: toDo.changed title due: 1', 'Bob: comment.added: 1'],
  );
});

test('one and the same thing done to several to-dos is one line; another thing is not', () => {
  assert.deepEqual(
    gathered(
      ['Ana', 0, 'toDo.moved', { number: 1, toStatus: 'Done' }],
      ['Ana', 1, 'toDo.changed', { number: 2, fields: ['status'], fromStatus: 'New', toStatus: 'Done' }],
      ['Ana', 2, 'toDo.moved', { number: 3, toStatus: 'Blocked' }],
      ['Ana', 3, 'toDo.changed', { number: 4, fields: ['due'] }],
      ['Ana', 4, 'toDo.changed', { number: 5, fields: ['due'] }],
      ['Ana', 4, 'toDo.changed', { number: 6, fields: ['due', 'tags'] }],
      ['Ana', 9.5, 'toDo.moved', { number: 7, toStatus: 'Blocked' }],
    ),
    [
      'Ana: toDo.moved Blocked: 7',
      'Ana: toDo.changed due tags: 6',
      'Ana: toDo.changed due: 5 4',
      'Ana: toDo.moved Blocked: 3',
      'Ana: toDo.moved Done: 2 1',
    ],
  );
});

test('who makes a to-do sets its fields, and who does more also puts it in order: neither is told besides', () => {
  assert.deepEqual(
    gathered(
      ['Ana', 0, 'toDo.created', { number: 1 }],
      ['Ana', 1, 'toDo.changed', { number: 1, fields: ['due'] }],
      ['Ana', 2, 'toDo.created', { number: 2 }],
      ['Ana', 3, 'toDo.moved', { number: 2 }],
      ['Ana', 4, 'toDo.moved', { number: 3 }],
    ),
    ['Ana: toDo.moved: 3', 'Ana: toDo.created: 2 1'],
  );
});

test('an edit that changed the column and more is told as both', () => {
  assert.deepEqual(
    gathered(['Ana', 0, 'toDo.changed', { number: 1, fields: ['status', 'due', 'elephant'], toStatus: 'Done' }]),
    ['Ana: toDo.moved Done, toDo.changed due: 1'],
  );
});

test('the first lines are the same whether or not there are more', () => {
  const people = ['Ana', 'Bob'];
  for (let seed = 1; seed <= 200; seed++) {
    const next = generator(seed);
    let minute = 0;
    const acts = Array.from({ length: 60 }, (): Act => {
      minute += next(seed % 2 === 0 ? 3 : 12);
      const facts = { number: 1 + next(3), fields: ['due' as const] };
      return [people[next(people.length)] ?? '', minute, next(3) === 0 ? 'comment.added' : 'toDo.changed', facts];
    });
    const all = gathered(...acts);
    for (const max of [0, 1, 5, 12]) assert.deepEqual(gatherFirst(max, acts), all.slice(0, max), `seed ${seed}`);
  }
});

/** Whole numbers below a bound, the same for the same seed (a linear congruential generator, as in Numerical Recipes). */
function generator(seed: number): (bound: number) => number {
  let state = seed;
  return (bound) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * bound);
  };
}
