import assert from 'node:assert/strict';
import { test } from 'node:test';
import { beginningOf } from './beginning.ts';

test('the beginning of a text is as long as may be and ends with a whole sign', () => {
  assert.equal(beginningOf('Call', 10), 'Call');
  assert.equal(beginningOf('Call Ana', 4), 'Call');
  assert.equal(beginningOf('Hi 😀', 4), 'Hi ');
  assert.equal(beginningOf('Hi 😀', 5), 'Hi 😀');
});
