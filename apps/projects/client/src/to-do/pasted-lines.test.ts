import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readLines } from './pasted-lines.ts';

test('a pasted list is one title a line, without the signs of lists and without empty lines', () => {
  const text = '- Pack\r\n* Move\n\n  2) Unpack\n[x] Rest\n•  Sleep   well\n';
  const { lines, tooLong } = readLines(text);
  assert.deepEqual(
    lines.map((line) => line.text),
    ['Pack', 'Move', 'Unpack', 'Rest', 'Sleep well'],
  );
  assert.deepEqual(tooLong, []);
});

test('a box that is ticked is done, and others are open', () => {
  const { lines } = readLines('- [x] One\n- [ ] Two\n[X] Three\n[] Four\n☑ Five\n☐ Six\nSeven [x]');
  assert.deepEqual(
    lines.map(({ text, isDone }) => `${text}${isDone ? ' done' : ''}`),
    ['One done', 'Two', 'Three done', 'Four', 'Five done', 'Six', 'Seven [x]'],
  );
});

test('no line is cut: all of a long list is read, and lines that are too long are named', () => {
  const long = Array.from({ length: 230 }, (_, index) => `Line ${index + 1}`);
  long[2] = 'x'.repeat(251);
  long[3] = 'x'.repeat(250);
  const { lines, tooLong } = readLines(long.join('\n'));
  assert.equal(lines.length, 230);
  assert.deepEqual(tooLong, [3]);
});
