import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseReturnPath } from './return-path.ts';

for (const path of ['/', '/sign-in/abc/one-time-code', '/sign-in/abc?x=1&y=%2F%2Fevil.example'])
  test(`'${path}' is a path of the portal`, () => {
    assert.equal(parseReturnPath(path), path);
  });

for (const text of [
  undefined,
  '',
  'https://evil.example/',
  '//evil.example',
  '/\\evil.example',
  '/\t/evil.example',
  '/\n/evil.example',
  ' /sign-in',
  'sign-in',
  'javascript:alert(1)',
  '/.//evil.example',
  '/a/..//evil.example',
  '/%',
  `/${'a'.repeat(3000)}`,
])
  test(`${JSON.stringify(text)?.slice(0, 40)} is ${text === '/%' ? 'harmless' : 'nowhere to go on'}`, () => {
    assert.equal(parseReturnPath(text), text === '/%' ? '/%' : undefined);
  });
