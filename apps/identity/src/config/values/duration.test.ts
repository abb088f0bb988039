import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDuration, parseRefreshInterval, parseRememberMe } from './duration.ts';

const read: readonly (readonly [string, number])[] = [
  ['', 0],
  ['0', 0],
  ['90', 90],
  ['1m', 60],
  ['1M', 2_592_000],
  ['1h30m', 5400],
  ['1h 30m', 5400],
  ['1 hour and 30 minutes', 5400],
  ['2 weeks', 1_209_600],
  ['1d', 86_400],
  ['1y', 31_536_000],
  ['001s', 1],
  ['500ms', 0.5],
  ['250 milliseconds', 0.25],
  ['1month', 2_592_000],
];
for (const [text, seconds] of read)
  test(`'${text}' is ${seconds} seconds`, () =>
    assert.deepEqual(parseDuration(text), { kind: 'value', value: seconds }));

for (const text of [
  '-5',
  '1.5h',
  'h',
  '5x',
  '5 m i n',
  '1h-30m',
  '1H',
  'one hour',
  '9999999y',
  'constructor',
  '1constructor',
  '1__proto__',
])
  test(`'${text}' is no duration`, () => assert.equal(parseDuration(text).kind, 'refused'));

test('a duration stops being one at the length Authelia cannot hold', () => {
  assert.equal(parseDuration('9223372036').kind, 'value');
  assert.equal(parseDuration('9223372037').kind, 'refused');
});

test('remember me is switched off by -1 alone', () => {
  assert.deepEqual(parseRememberMe('-1'), { kind: 'value', value: 'disabled' });
  assert.equal(parseRememberMe('-2').kind, 'refused');
});

test('the refresh interval takes two words beside durations', () => {
  assert.deepEqual(parseRefreshInterval('always'), { kind: 'value', value: 'always' });
  assert.deepEqual(parseRefreshInterval('5m'), { kind: 'value', value: 300 });
  assert.equal(parseRefreshInterval('never').kind, 'refused');
});
