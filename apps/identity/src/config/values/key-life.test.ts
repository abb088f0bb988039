import assert from 'node:assert/strict';
import { test } from 'node:test';
import { firstGapMs, inSigningOrder, nextTurnMs, phaseAt } from './key-life.ts';
import { parseMoment } from './moment.ts';

test('a key is announced until it begins, in use until it ends, and retired from that instant on', () => {
  const key = { not_before: 100, not_after: 200 };
  assert.deepEqual(
    [99, 100, 199, 200].map((nowMs) => phaseAt(key, nowMs)),
    ['announced', 'in use', 'in use', 'retired'],
  );
  assert.equal(phaseAt({}, 0), 'in use');
});

test('the key that began last signs; without times the first of the file does', () => {
  const names = (keys: { name: string; not_before?: number; not_after?: number }[], nowMs: number) =>
    inSigningOrder(keys, nowMs).map(({ name }) => name);
  const old = { name: 'old', not_after: 300 };
  const next = { name: 'next', not_before: 200 };
  assert.deepEqual(names([old, next], 199), ['old', 'next']);
  assert.deepEqual(names([old, next], 200), ['next', 'old']);
  assert.deepEqual(names([old, next], 300), ['next', 'old']);
  assert.deepEqual(names([{ name: 'b' }, { name: 'a' }], 0), ['b', 'a']);
});

test('a gap is found at its first instant, now or later', () => {
  assert.equal(firstGapMs([{}], 50), undefined);
  assert.equal(firstGapMs([{ not_after: 100 }, { not_before: 100 }], 50), undefined);
  assert.equal(firstGapMs([{ not_after: 100 }, { not_before: 101 }], 50), 100);
  assert.equal(firstGapMs([{ not_before: 100 }], 50), 50);
  assert.equal(firstGapMs([{ not_after: 100 }], 50), 100);
  assert.equal(firstGapMs([], 50), 50);
});

test('the next turn is the next instant at which a key begins or ends', () => {
  const keys = [{ not_after: 300 }, { not_before: 200 }];
  assert.deepEqual(
    [0, 200, 299, 300].map((nowMs) => nextTurnMs(keys, nowMs)),
    [200, 300, 300, undefined],
  );
});

test('a moment needs an offset', () => {
  assert.deepEqual(parseMoment('2027-06-01T02:00:00+02:00'), {
    kind: 'value',
    value: Date.parse('2027-06-01T00:00:00Z'),
  });
  for (const text of ['2027-06-01', '2027-06-01T00:00:00', 'tomorrow', '2027-13-01T00:00:00Z'])
    assert.equal(parseMoment(text).kind, 'refused');
});
