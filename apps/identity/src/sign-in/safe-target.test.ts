import assert from 'node:assert/strict';
import { test } from 'node:test';
import { safeTarget } from './safe-target.ts';

const places = { cookieDomains: ['example.com', 'home.localhost'], ports: ['8443'] };

const safe: readonly [text: string, target: string][] = [
  ['https://example.com', 'https://example.com/'],
  ['https://app.example.com/a?b=c#d', 'https://app.example.com/a?b=c#d'],
  ['HTTPS://APP.Example.COM/x', 'https://app.example.com/x'],
  ['https://app.example.com:443/x', 'https://app.example.com/x'],
  ['https://app.example.com:8443/x', 'https://app.example.com:8443/x'],
  ['wss://app.example.com/socket', 'wss://app.example.com/socket'],
  ['http://projects.home.localhost:9092/x', 'http://projects.home.localhost:9092/x'],
  ['https://app.example.com/?next=https://evil.test', 'https://app.example.com/?next=https://evil.test'],
];

const unsafe: readonly string[] = [
  '',
  '/',
  '/path',
  'app.example.com',
  'https://evil.test',
  '//evil.test',
  '/\\evil.test',
  '\\\\evil.test',
  'https:evil.test',
  'https:/app.example.com',
  'https:app.example.com',
  'https:///app.example.com',
  'https:\\\\app.example.com',
  'https://auth.example.com@evil.test',
  'https://user:word@app.example.com',
  'https://@app.example.com',
  'https://example.com.evil.test',
  'https://evil.test/example.com',
  'https://evil.test#.example.com',
  'https://evil.test?.example.com',
  'https://evil.test\\.example.com',
  'https://notexample.com',
  'https://example.com.',
  'https://app.example.com:8080',
  'https://app.example.com:22',
  'http://app.example.com',
  'http://example.com',
  'http://evil.localhost',
  'ftp://app.example.com',
  'javascript:alert(1)//app.example.com',
  'data:text/html,https://app.example.com',
  '%2f%2fevil.test',
  'https%3a%2f%2fapp.example.com',
  ' https://app.example.com',
  'https://app.example.com/\r\nSet-Cookie: a=b',
  'https://app.example.com/\t',
  'ht\ttps://app.example.com',
  'https://evil.test\u3002example.com',
  'https://app.ex\u0430mple.com',
  'https://[::1]/',
  `https://app.example.com/${'a'.repeat(5000)}`,
];

for (const [text, target] of safe) test(`leads on to ${text}`, () => assert.equal(safeTarget(text, places), target));

for (const text of unsafe)
  test(`attack 1: never leads to ${JSON.stringify(text.slice(0, 60))}`, () =>
    assert.equal(safeTarget(text, places), undefined));

/** Plain http, and names that only end like a domain of the house. */
const outside: readonly string[] = [
  'http://app.example.com',
  'http://example.com/x',
  'ws://app.example.com',
  'https://notexample.com',
  'https://example.com.evil.test',
  'https://example.org',
  'http://home.localhost.evil.test',
];

for (const text of outside)
  test(`attack 2: never leads out of the house, to ${text}`, () => assert.equal(safeTarget(text, places), undefined));
