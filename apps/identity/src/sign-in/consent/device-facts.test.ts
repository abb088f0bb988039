import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sayIn } from '@gatehouse/words/say-in.ts';
import { askedInWords, deviceFacts } from './device-facts.ts';

test('when it asked is told in minutes', () => {
  assert.equal(askedInWords(sayIn('en'), 0, 59_000), 'Just now');
  assert.equal(askedInWords(sayIn('en'), 0, 60_000), '1 minute ago');
  assert.equal(askedInWords(sayIn('en'), 0, 9 * 60_000), '9 minutes ago');
});

test('an address that is also the reader’s is said to be', () => {
  const device = { address: '203.0.113.9', userAgent: 'curl/8', askedAtMs: 0, userCode: 'BCDF-GHJK' };
  const value = (visitor: string) => deviceFacts(sayIn('en'), device, visitor, 0).at(-1)?.value;
  assert.equal(value('203.0.113.9'), '203.0.113.9, the same as yours');
  assert.equal(value('198.51.100.4'), '203.0.113.9');
});
