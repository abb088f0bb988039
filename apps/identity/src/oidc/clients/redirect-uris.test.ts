import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isTransportAllowed, mayRedirectTo, whyNotRegistrable } from './redirect-uris.ts';

const registered = [
  'https://app.example.com/callback',
  'http://127.0.0.1:8080/done?x=1',
  'http://[::1]/done',
  'http://projects.localhost:9092/oidc/callback',
  'http://plain.example.com/callback',
  'com.example.app:/done',
];

const allowed = [
  'https://app.example.com/callback',
  'http://127.0.0.1/done?x=1',
  'http://127.0.0.1:51234/done?x=1',
  'http://[::1]:4000/done',
  'http://projects.localhost:9092/oidc/callback',
  'com.example.app:/done',
];
for (const uri of allowed)
  test(`${uri} is allowed`, () => {
    assert.equal(mayRedirectTo(uri, registered), true);
  });

const refused = [
  'https://app.example.com/callback/',
  'https://app.example.com/callback?x=1',
  'https://app.example.com/callback#x',
  'https://app.example.com/callback/../callback',
  'https://app.example.com:443/callback',
  'https://APP.example.com/callback',
  'https://app.example.com.evil.example/callback',
  'https://app.example.com@evil.example/callback',
  'https://evil.example/callback',
  'https://app.example.com\\callback',
  'https://app.example.com/call%62ack',
  'https://sub.app.example.com/callback',
  'http://app.example.com/callback',
  'http://plain.example.com/callback',
  'http://127.0.0.1:8080/done',
  'http://127.0.0.1:8080/done?x=2',
  'http://127.0.0.1:8080@evil.example/done?x=1',
  'http://127.0.0.1:80801/../done?x=1',
  'http://127.0.0.2:8080/done?x=1',
  'http://localhost:8080/done?x=1',
  'http://projects.localhost:9093/oidc/callback',
  'javascript:alert(1)',
  '//app.example.com/callback',
  '',
];
for (const uri of refused)
  test(`'${uri}' is refused`, () => {
    assert.equal(mayRedirectTo(uri, registered), false);
  });

test('plain http leads only to names under localhost and to loopback addresses', () => {
  assert.equal(isTransportAllowed('http://a.b.localhost/x'), true);
  assert.equal(isTransportAllowed('http://localhost:1/x'), true);
  assert.equal(isTransportAllowed('http://localhost.example.com/x'), false);
  assert.equal(isTransportAllowed('http://10.0.0.1/x'), false);
});

test('a URI that a browser would run, or with a fragment, cannot be registered', () => {
  assert.match(whyNotRegistrable('javascript:alert(1)') ?? '', /scheme/);
  assert.match(whyNotRegistrable('https://app.example.com/#x') ?? '', /fragment/);
  assert.match(whyNotRegistrable('no uri') ?? '', /no URI/);
  assert.equal(whyNotRegistrable('app.immich:///oauth-callback'), undefined);
});
