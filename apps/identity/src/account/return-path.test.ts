import assert from 'node:assert/strict';
import { test } from 'node:test';
import { againPath, parseReturnPath } from './return-path.ts';

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

test('what is tried again is the page that was asked for, never a form and never another site', () => {
  const again = (method: string, path: string) => againPath({ method, url: `https://auth.example.com${path}` });
  assert.equal(again('GET', '/settings/password?then=%2F'), '/settings/password?then=%2F');
  assert.equal(again('POST', '/settings/password'), undefined);
  assert.equal(again('GET', '//evil.example/'), undefined);
});
