/** The text of a change that was refused after it had waited. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RichDoc } from '../../../wire/rich-text.ts';
import { writtenIn } from './written.ts';

const doc: RichDoc = {
  type: 'doc',
  content: [
    { type: 'paragraph', content: [{ type: 'text', text: 'First line', marks: [{ type: 'bold' }] }] },
    { type: 'paragraph', content: [{ type: 'mention', attrs: { id: 'bob', label: 'Bob' } }] },
  ],
};
const at = { key: 'WEB', number: 1 };

test('a comment, a description, subtasks and a new to-do give back every word that was written', () => {
  assert.equal(writtenIn('comment', { ...at, request: { creationKey: 'k', body: doc } }), 'First line\n@Bob');
  assert.equal(writtenIn('edit', { ...at, request: { version: 1, description: doc } }), 'First line\n@Bob');
  assert.equal(writtenIn('edit', { ...at, request: { version: 1, title: 'Named anew' } }), 'Named anew');
  assert.equal(writtenIn('parts', { ...at, request: { creationKey: 'k', titles: ['One', 'Two'] } }), 'One\nTwo');
  const made = { key: 'WEB', request: { creationKey: 'k', title: 'One', description: 'Why' } };
  assert.equal(writtenIn('create', made), 'One\nWhy');
});

test('where nothing was written there is nothing to give back', () => {
  assert.equal(writtenIn('move', { ...at, statusId: 's', afterNumber: null }), undefined);
  assert.equal(writtenIn('edit', { ...at, request: { version: 1, priority: 2 } }), undefined);
  assert.equal(writtenIn('edit', { ...at, request: { version: 1, description: '' } }), undefined);
});
