import assert from 'node:assert/strict';
import { test } from 'node:test';
import { agoInWords, deviceFacts, programInWords } from './device-facts.ts';

test('a browser is named with its system, and not after what it claims to be compatible with', () => {
  const chrome =
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';
  assert.equal(programInWords(chrome), 'Chrome on Linux');
  assert.equal(programInWords(`${chrome} Edg/140.0.0.0`), 'Edge on Linux');
  assert.equal(
    programInWords('Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18.0 Safari/604.1'),
    'Safari on iOS',
  );
});

test('another program is called what it calls itself, cut short and without anything but a name', () => {
  assert.equal(programInWords('curl/8.10.1'), 'curl');
  assert.equal(programInWords(`${'x'.repeat(100)}`), 'x'.repeat(40));
  assert.equal(programInWords('<b>bold</b>'), 'It did not say');
  assert.equal(programInWords(''), 'It did not say');
});

test('when it asked is told in minutes', () => {
  assert.equal(agoInWords(0, 59_000), 'Just now');
  assert.equal(agoInWords(0, 60_000), 'A minute ago');
  assert.equal(agoInWords(0, 9 * 60_000), '9 minutes ago');
});

test('an address that is also the reader’s is said to be', () => {
  const device = { address: '203.0.113.9', userAgent: 'curl/8', askedAtMs: 0, userCode: 'BCDF-GHJK' };
  const value = (visitor: string) => deviceFacts(device, visitor, 0).at(-1)?.value;
  assert.equal(value('203.0.113.9'), '203.0.113.9, the same as yours');
  assert.equal(value('198.51.100.4'), '203.0.113.9');
});
