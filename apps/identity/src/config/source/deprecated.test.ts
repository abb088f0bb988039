import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Configuration } from '../configuration.ts';
import { changed, loaded, loadObject, minimal, outline, type Plain, withOidc } from '../fixtures/loading.ts';

type Case = readonly [
  old: Plain,
  read: (configuration: Configuration) => unknown,
  wanted: unknown,
  ...warnings: string[],
];

const smtp = { filesystem: undefined, smtp: { sender: 'a@example.com' } };

const cases: readonly Case[] = [
  [
    { log_level: 'debug', logs_file: '/x' },
    ({ log }) => [log.level, log.file_path],
    ['debug', '/x'],
    'log_level',
    'logs_file',
  ],
  [
    { host: '127.0.0.1', port: 80 },
    ({ server }) => server.address,
    { kind: 'network', scheme: 'tcp', host: '127.0.0.1', port: 80, path: '/' },
    'host',
  ],
  [
    { server: { host: '::1', port: 80, path: 'auth' } },
    ({ server }) => server.address,
    { kind: 'network', scheme: 'tcp', host: '::1', port: 80, path: '/auth' },
    'server.host',
  ],
  [
    { server: { path: 'auth' } },
    ({ server }) => server.address,
    { kind: 'network', scheme: 'tcp', host: '', port: 9091, path: '/auth' },
    'server.path',
  ],
  [{ server: { read_buffer_size: 8192 } }, ({ server }) => server.buffers.read, 8192, 'server.read_buffer_size'],
  [
    { session: { remember_me_duration: '1w' } },
    ({ session }) => session.cookies[0]?.remember_me,
    604_800,
    'session.remember_me_duration',
  ],
  [
    { webauthn: { user_verification: 'required' } },
    ({ webauthn }) => webauthn.selection_criteria.user_verification,
    'required',
    'webauthn.user_verification',
  ],
  [
    { notifier: { ...smtp, smtp: { ...smtp.smtp, host: 'mail.example.com', port: 587, disable_verify_cert: true } } },
    ({ notifier }) => [notifier.smtp?.address, notifier.smtp?.tls.skip_verify],
    [{ kind: 'network', scheme: 'smtp', host: 'mail.example.com', port: 587, path: '/' }, true],
    'notifier.smtp.host',
    'notifier.smtp.disable_verify_cert',
  ],
  [
    { authentication_backend: { disable_reset_password: true } },
    ({ authentication_backend: backend }) => backend.password_reset.disable,
    true,
    'authentication_backend.disable_reset_password',
  ],
];
for (const [old, read, wanted, ...warnings] of cases)
  test(`${warnings.join(' and ')} still count, with a word about them`, () => {
    const answer = loaded(loadObject(changed(minimal(), old)));
    assert.deepEqual(read(answer.configuration), wanted);
    assert.deepEqual(outline(answer).sort(), warnings.map((key) => `warning ${key}`).sort());
  });

test('several old names of one key are spoken of as several', () => {
  const [warning] = loaded(loadObject(changed(minimal(), { host: '127.0.0.1', port: 80 }))).warnings;
  assert.equal(warning?.message, "'host', 'port' are old names; they are read as 'server.address'.");
});

test('old names inside clients still count', () => {
  const client = {
    client_id: undefined,
    id: 'old',
    client_secret: undefined,
    secret: '$plaintext$s',
    description: 'Old',
    userinfo_signing_algorithm: 'RS256',
  };
  const answer = loaded(loadObject(changed(minimal(), withOidc(client))));
  const [read] = answer.configuration.identity_providers.oidc?.clients ?? [];
  assert.deepEqual([read?.client_id, read?.client_name, read?.userinfo_signed_response_alg], ['old', 'Old', 'RS256']);
  assert.equal(answer.warnings.length, 5);
});

test('old and new together are refused', () => {
  assert.deepEqual(outline(loadObject({ ...minimal(), log_level: 'debug', log: { level: 'info' } })), [
    'error log_level',
  ]);
});

test('a key without a successor is refused', () => {
  const answer = loadObject(
    changed(minimal(), { notifier: { ...smtp, smtp: { ...smtp.smtp, address: 'smtp://m', trusted_cert: '/x' } } }),
  );
  assert.deepEqual(outline(answer), ['error notifier.smtp.trusted_cert']);
});

test('an old key keeps its line', () => {
  const answer = loaded(loadObject({ log_level: 'debug', ...minimal() }));
  assert.equal(answer.locate(['log', 'level'])?.line, 2);
});
