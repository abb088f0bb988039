/** Which thing comes next. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nextThing, readFocusState } from './next-thing.ts';

const work = [1, 2, 3].map((number) => ({ projectKey: 'WEB', number }));

test('the first of the work that is neither this nor put off comes next', () => {
  assert.equal(nextThing(work, 'WEB-1', [])?.number, 2);
  assert.equal(nextThing(work, 'WEB-2', ['WEB-1'])?.number, 3);
  assert.equal(nextThing(work, 'WEB-3', ['WEB-1', 'WEB-2']), undefined);
  assert.equal(nextThing([], 'WEB-1', []), undefined);
});

test('what the address carries is read as it is meant, whatever it holds', () => {
  assert.deepEqual(readFocusState({ from: '/day', later: ['WEB-1'] }), { from: '/day', later: ['WEB-1'] });
  assert.deepEqual(readFocusState(null), { later: [] });
  assert.deepEqual(readFocusState({ from: 7, later: 'WEB-1' }), { later: [] });
});
