import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isLocalhostName, isSecureEnough } from './localhost-names.ts';

test('only localhost and names under it are localhost names', () => {
  for (const name of ['localhost', 'auth.localhost', 'Auth.LOCALHOST', 'a.b.localhost.'])
    assert.ok(isLocalhostName(name), name);
  for (const name of ['localhost.example.com', 'notlocalhost', '127.0.0.1', '', 'localhost.evil'])
    assert.ok(!isLocalhostName(name), name);
});

test('plain http is enough under localhost and nowhere else', () => {
  assert.ok(isSecureEnough(new URL('https://example.com/')));
  assert.ok(isSecureEnough(new URL('http://auth.localhost:9091/')));
  assert.ok(!isSecureEnough(new URL('http://example.com/')));
  assert.ok(!isSecureEnough(new URL('http://127.0.0.1/')));
  assert.ok(!isSecureEnough(new URL('ftp://localhost/')));
});
