import assert from 'node:assert/strict';
import { test } from 'node:test';
import { excerptsOf } from './excerpt.ts';

test('short texts stand whole, and nothing stays nothing', () => {
  assert.deepEqual(excerptsOf({ from: 'Buy milk', to: 'Buy oat milk' }), { from: 'Buy milk', to: 'Buy oat milk' });
  assert.deepEqual(excerptsOf({ from: null, to: 'Buy milk' }), { from: null, to: 'Buy milk' });
  assert.deepEqual(excerptsOf({ from: 'Buy milk', to: '' }), { from: 'Buy milk', to: '' });
});

test('long texts are shown where they differ, from a whole word on', () => {
  const same = 'Water the plants. '.repeat(40);
  const { from, to } = excerptsOf({ from: `${same}Then rest.`, to: `${same}Then sing.` });
  assert.match(from ?? '', /^…(Water|the|plants\.) .*Then rest\.$/);
  assert.match(to ?? '', /^…(Water|the|plants\.) .*Then sing\.$/);
  assert.ok(from && from.length <= 75, from ?? '');
});

test('at most so much is shown of either, and never half a sign', () => {
  const long = '🌱'.repeat(400);
  const { from, to } = excerptsOf({ from: long, to: `${long}!` });
  for (const text of [from, to]) {
    assert.ok(text && text.length <= 302, String(text?.length));
    assert.ok(text.isWellFormed(), text);
  }
  assert.notEqual(from, to);
  const { from: beginning } = excerptsOf({ from: `a${long}`, to: 'b' });
  assert.equal(beginning, `a${'🌱'.repeat(149)}…`);
});
