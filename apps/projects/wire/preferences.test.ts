/** What a cookie carries of the looks: what was chosen, and nothing that is no choice. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lookAttributes, readLooks, readPreferences, writeLooks } from './preferences.ts';

const chosen = readPreferences({ theme: 'dark', density: 'quiet', language: 'de' });

test('what was chosen comes through a cookie as it was', () => {
  assert.equal(writeLooks(chosen), 'language.de-theme.dark-density.quiet');
  assert.deepEqual(readLooks(writeLooks(chosen)), chosen);
  assert.equal(writeLooks(readPreferences({})), '');
  assert.deepEqual(readLooks(undefined), readPreferences({}));
});

test('what is no choice counts as not chosen, so nothing foreign comes into a page', () => {
  assert.deepEqual(readLooks('theme."><script>-density.loud-colour.red-__proto__.x'), readPreferences({}));
  assert.deepEqual(lookAttributes(readLooks('theme.dark-typeface.legible')), {
    'data-theme': 'dark',
    'data-typeface': 'legible',
  });
});
