import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromPlain, plainText, type RichDoc } from '../../../wire/rich-text.ts';
import { withTyped } from './typed.ts';

test('what is typed goes on at the end, and every line after the first is a paragraph', () => {
  assert.deepEqual(withTyped(fromPlain('Water'), ' the ferns\n'), {
    type: 'doc',
    content: [{ type: 'paragraph', content: [{ type: 'text', text: 'Water the ferns' }] }, { type: 'paragraph' }],
  });
  assert.deepEqual(withTyped(fromPlain(''), 'a\nb'), fromPlain('a\nb'));
});

test('it takes no form over, and begins a paragraph behind what is none', () => {
  const bold = { type: 'text', text: 'now', marks: [{ type: 'bold' }] } as const;
  const doc: RichDoc = { type: 'doc', content: [{ type: 'paragraph', content: [bold] }] };
  assert.deepEqual(withTyped(doc, '!').content, [{ type: 'paragraph', content: [bold, { type: 'text', text: '!' }] }]);
  const heading: RichDoc = { type: 'doc', content: [{ type: 'heading', attrs: { level: 2 }, content: [bold] }] };
  assert.equal(plainText(withTyped(heading, 'and then')), 'now\nand then');
  assert.equal(withTyped(heading, 'and then').content.length, 2);
});
