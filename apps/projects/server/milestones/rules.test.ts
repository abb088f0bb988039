import assert from 'node:assert/strict';
import { test } from 'node:test';
import { refuseDays, wouldCircle } from './rules.ts';

const edges = [
  { milestone_id: 'b', depends_on_id: 'a' },
  { milestone_id: 'c', depends_on_id: 'b' },
  { milestone_id: 'd', depends_on_id: 'c' },
];

test('a milestone may wait for what does not wait for it, near or far', () => {
  const cases: readonly [string, string[], boolean][] = [
    ['a', [], false],
    ['a', ['a'], true],
    ['a', ['b'], true],
    ['a', ['d'], true],
    ['d', ['a', 'b'], false],
    ['e', ['d'], false],
  ];
  for (const [id, dependsOnIds, circles] of cases)
    assert.equal(wouldCircle(edges, id, dependsOnIds), circles, `${id} waits for ${dependsOnIds}`);
});

test('days come in pairs and in order', () => {
  assert.equal(refuseDays(null, null), undefined);
  assert.equal(refuseDays('2026-11-02', '2026-11-02'), undefined);
  assert.match(refuseDays('2026-11-02', null)?.problem.what ?? '', /endOn.*both/);
  assert.match(refuseDays(null, '2026-11-02')?.problem.what ?? '', /startOn.*both/);
  assert.match(refuseDays('2026-11-03', '2026-11-02')?.problem.what ?? '', /before the first/);
});
