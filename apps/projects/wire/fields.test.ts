import assert from 'node:assert/strict';
import { test } from 'node:test';
import { oneLine } from './fields.ts';

const said = (text: string): string | undefined => oneLine(250).safeParse(text).error?.issues[0]?.message;

test('a title is in any script, with signs and pictures', () => {
  for (const text of ['Pay', 'Café', 'שלום עולם', 'مرحبا', '支付', '👩‍👩‍👧', '1️⃣', '…', 'क्षि', 'Pay \u200Fשלום'])
    assert.equal(said(text), undefined, text);
});

test('a title that nobody can see is none', () => {
  for (const text of ['\u200B', '\u200B\u200D\uFEFF', '\u2060 \u00AD', '\u0301', '\u3164', '\u2800', '\uFE0F'])
    assert.equal(said(text), 'Write at least one character that can be seen.', JSON.stringify(text));
  assert.equal(said(' '), 'Write at least one character.');
});

test('a title does not turn the words around it', () => {
  for (const sign of ['\u202A', '\u202E', '\u2066', '\u2069'])
    assert.equal(said(`Pay ${sign}001`), 'Characters that turn the direction of words around do not belong here.');
});
