import assert from 'node:assert/strict';
import { test } from 'node:test';
import { audienceFault, requestedAudiences } from './audiences.ts';

const client = (audience: string[], mode: 'explicit' | 'implicit' = 'explicit') => ({
  options: { audience, requested_audience_mode: mode },
});
const api = client(['https://api.example.com/v1', 'reports', 'urn:example:api']);

test('audiences stand repeatedly, between spaces, beside resources, and each counts once', () => {
  assert.deepEqual(requestedAudiences({ audience: ['b a', 'c'], resource: 'a' }, api), ['a', 'b', 'c']);
  assert.deepEqual(requestedAudiences({ audience: 'b b  a' }, api), ['a', 'b']);
});

test('nothing asked is nothing, and everything registered in the implicit mode', () => {
  assert.deepEqual(requestedAudiences({}, api), []);
  assert.deepEqual(requestedAudiences({}, client(['b', 'a'], 'implicit')), ['a', 'b']);
  assert.deepEqual(requestedAudiences({ audience: 'a' }, client(['b', 'a'], 'implicit')), ['a']);
});

test('an audience is registered exactly', () => {
  assert.equal(audienceFault({ audience: 'https://api.example.com/v1 reports' }, api), undefined);
  for (const value of ['https://api.example.com/v1/', 'https://api.example.com/v1/users', 'Reports', 'report'])
    assert.deepEqual(audienceFault({ audience: value }, api), {
      kind: 'audience-unregistered',
      name: 'audience',
      value,
    });
});

test('a resource stands at or below a registered address', () => {
  for (const value of [
    'https://api.example.com/v1',
    'https://api.example.com/v1/',
    'https://api.example.com/v1/users?page=2',
    'https://API.example.com:443/v1/users',
    'urn:example:api',
  ])
    assert.equal(audienceFault({ resource: value }, api), undefined, value);
});

test('a resource beside it, above it, elsewhere, or no address at all is a fault', () => {
  for (const value of [
    'https://api.example.com/v10',
    'https://api.example.com/',
    'https://api.example.com/v1/../v2',
    'https://api.example.com/v1/%2e%2e/v2',
    'http://api.example.com/v1',
    'https://api.example.com:8443/v1',
    'https://api.example.com.evil.example/v1',
    'https://api.example.com@evil.example/v1',
    'https://evil@api.example.com/v1',
    'https://api.example.com/v1#part',
    'urn:example:api:more',
    'reports',
    '/v1',
  ])
    assert.equal(audienceFault({ resource: value }, api)?.value, value);
});

test('a client without audiences asks for none', () => {
  assert.equal(audienceFault({ audience: 'reports' }, client([]))?.value, 'reports');
  assert.equal(audienceFault({ resource: 'https://api.example.com' }, { options: {} })?.name, 'resource');
});
