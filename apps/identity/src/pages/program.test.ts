import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sayIn } from '@gatehouse/words/say-in.ts';
import { programInWords } from './program.ts';

test('a browser is named with its system, and not after what it claims to be compatible with', () => {
  const chrome =
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';
  const rows: [userAgent: string, words: string][] = [
    [chrome, 'Chrome on Linux'],
    [`${chrome} Edg/140.0.0.0`, 'Edge on Linux'],
    [`${chrome} OPR/120.0.0.0`, 'Opera on Linux'],
    [chrome.replace('X11; Linux x86_64', 'X11; CrOS x86_64 14541.0.0'), 'Chrome on ChromeOS'],
    ['Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:143.0) Gecko/20100101 Firefox/143.0', 'Firefox on Windows'],
    ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:143.0) Gecko/20100101 Firefox/143.0', 'Firefox on macOS'],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18.0 Safari/604.1',
      'Safari on iOS',
    ],
    [
      'Mozilla/5.0 (Linux; Android 14; SM-S911B) AppleWebKit/537.36 SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36',
      'Samsung Internet on Android',
    ],
  ];
  for (const [userAgent, expected] of rows) assert.equal(programInWords(sayIn('en'), userAgent), expected);
});

test('another program is called what it calls itself, cut short and without anything but a name', () => {
  assert.equal(programInWords(sayIn('en'), 'curl/8.10.1'), 'curl');
  assert.equal(programInWords(sayIn('en'), 'x'.repeat(100_000)), 'x'.repeat(40));
  assert.equal(programInWords(sayIn('en'), '<b>bold</b>'), 'It did not say');
  assert.equal(programInWords(sayIn('en'), ''), 'It did not say');
});
