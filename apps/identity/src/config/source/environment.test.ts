import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  changed,
  loaded,
  loadObject,
  minimal,
  outline,
  problemsOf,
  temporaryFolder,
  withOidc,
} from '../fixtures/loading.ts';

const folder = temporaryFolder();
const secretFile = join(folder, 'secret');
writeFileSync(secretFile, 'from a file of enough characters\r\n\n');

test('a variable wins over the files', () => {
  const answer = loaded(
    loadObject(minimal(), {
      env: {
        AUTHELIA_THEME: 'dark',
        AUTHELIA_SERVER_ADDRESS: 'tcp://127.0.0.1:1234',
        AUTHELIA_TOTP_ALLOWED_DIGITS: '6,8',
        AUTHELIA_DEFAULT_2FA_METHOD: 'totp',
      },
    }),
  );
  assert.equal(answer.configuration.theme, 'dark');
  assert.deepEqual(answer.configuration.server.address, {
    kind: 'network',
    scheme: 'tcp',
    host: '127.0.0.1',
    port: 1234,
    path: '/',
  });
  assert.deepEqual(answer.configuration.totp.allowed_digits, [6, 8]);
  assert.equal(answer.locate(['theme'])?.file, 'environment variable AUTHELIA_THEME');
});

test('a wrong variable is named', () => {
  const [problem] = problemsOf(loadObject(minimal(), { env: { AUTHELIA_LOG_LEVEL: 'loud' } }));
  assert.equal(problem?.file, 'environment variable AUTHELIA_LOG_LEVEL');
  assert.equal(problem?.key, 'log.level');
});

test('an unknown variable is warned about, with the nearest one', () => {
  const [problem] = problemsOf(
    loadObject(minimal(), { env: { AUTHELIA_TEME: 'dark', OTHER: 'x', X_AUTHELIA_CONFIG: 'y' } }),
  );
  assert.equal(problem?.severity, 'warning');
  assert.equal(problem?.cure, 'Did you mean AUTHELIA_THEME?');
});

test('the prefix that all variables share makes none of them near', () => {
  const [problem] = problemsOf(loadObject(minimal(), { env: { AUTHELIA_NOPE: 'x' } }));
  assert.equal(problem?.cure, 'Unset it. Keys inside lists and named sections have no variable.');
});

test('keys inside lists and named sections have no variable', () => {
  const env = { AUTHELIA_SESSION_COOKIES_DOMAIN: 'x', AUTHELIA_DEFINITIONS_NETWORK_HOUSE: 'y' };
  assert.deepEqual(
    problemsOf(loadObject(minimal(), { env })).map((each) => each.severity),
    ['warning', 'warning'],
  );
});

test('a secret comes from a file, without its line ends', () => {
  const base = changed(minimal(), { storage: { encryption_key: undefined } });
  const answer = loaded(loadObject(base, { env: { AUTHELIA_STORAGE_ENCRYPTION_KEY_FILE: secretFile } }));
  assert.equal(answer.configuration.storage.encryption_key, 'from a file of enough characters');
});

test('a secret is set once', () => {
  const env = { AUTHELIA_STORAGE_ENCRYPTION_KEY_FILE: secretFile };
  assert.deepEqual(outline(loadObject(minimal(), { env })), ['error storage.encryption_key']);
  const base = changed(minimal(), { storage: { encryption_key: undefined } });
  const both = { ...env, AUTHELIA_STORAGE_ENCRYPTION_KEY: 'another one of enough characters' };
  assert.deepEqual(outline(loadObject(base, { env: both })), ['error storage.encryption_key']);
});

test('a secret whose file cannot be read is refused', () => {
  const base = changed(minimal(), { session: { secret: undefined } });
  assert.deepEqual(outline(loadObject(base, { env: { AUTHELIA_SESSION_SECRET_FILE: '/does/not/exist' } })), [
    'error session.secret',
  ]);
});

test('what only sounds secret does not come from a file', () => {
  for (const name of [
    'AUTHELIA_SERVER_TLS_KEY_FILE',
    'AUTHELIA_IDENTITY_PROVIDERS_OIDC_LIFESPANS_ACCESS_TOKEN_FILE',
    'AUTHELIA_THEME_FILE',
  ])
    assert.deepEqual(outline(loadObject(withOidc(), { env: { [name]: secretFile } })), ['warning '], name);
});

test('old keys have variables too', () => {
  const base = changed(minimal(), { identity_validation: undefined });
  const answer = loaded(loadObject(base, { env: { AUTHELIA_JWT_SECRET_FILE: secretFile } }));
  assert.equal(answer.configuration.identity_validation.reset_password.jwt_secret, 'from a file of enough characters');
  assert.deepEqual(outline(answer), ['warning jwt_secret']);
});

test('a key whose name ends in FILE is no secret from a file', () => {
  const answer = loadObject(minimal(), { env: { AUTHELIA_AUTHENTICATION_BACKEND_FILE_PATH: '/x/users.yml' } });
  assert.equal(loaded(answer).configuration.authentication_backend.file?.path, '/x/users.yml');
});
