import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changed, loaded, loadObject, minimal, type Plain, withOidc } from './fixtures/loading.ts';
import { describePending } from './pending.ts';

function pending(changes: Plain, base = minimal()): string[] {
  return loaded(loadObject(changed(base, changes)))
    .pending.map(({ key }) => key)
    .sort();
}

const always = pending({});

test('only what the administrator set is named', () => {
  assert.deepEqual(always, ['access_control.rules']);
});

test('sections are named once, keys of clients with their position', () => {
  const found = pending(
    { telemetry: { metrics: { enabled: true } }, ntp: { version: 4 } },
    withOidc({ request_uris: ['https://a.example.com/request'] }),
  );
  assert.deepEqual(
    found.filter((key) => !always.includes(key)),
    ['identity_providers.oidc.clients[0].request_uris', 'ntp', 'telemetry'],
  );
});

test('a key set to what holds anyway is not named', () => {
  const found = pending({}, withOidc({ id_token_encrypted_response_alg: 'none', allow_multiple_auth_methods: false }));
  assert.deepEqual(found, always);
});

test('what works is not named', () => {
  const base = withOidc({
    require_pushed_authorization_requests: true,
    backchannel_logout_uri: 'https://app.example.com/backchannel',
    lifespan: 'short',
    allow_multiple_auth_methods: true,
  });
  const oidc = {
    cors: { endpoints: ['token'], allowed_origins: ['https://app.example.com'] },
    lifespans: { custom: { short: { access_token: '5m' } } },
  };
  assert.deepEqual(pending({ identity_providers: { oidc } }, base), always);
});

test('there is one sentence about all of them', () => {
  const { pending: found } = loaded(loadObject({ ...minimal(), ntp: { version: 4 } }));
  assert.match(
    describePending(found),
    /^These keys are known but have no effect yet: .*ntp \(the clock is not compared\).*\.$/,
  );
});
