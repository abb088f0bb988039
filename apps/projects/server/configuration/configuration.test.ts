/** The variables by Leantime's rules, and what is said when they do not fit. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from '@gatehouse/testing/temporary-folder.ts';
import { ConfigurationBroken, describeConfiguration, readConfiguration } from './configuration.ts';
import { DotEnvBroken, parseDotEnv } from './dot-env.ts';

const printed = readFileSync(fileURLToPath(import.meta.resolve('../../../../tests/seed/leantime.env')), 'utf8');
const app = { LEAN_APP_URL: 'https://leantime.example.com' };
const good: Record<string, string> = { ...app, ...parseDotEnv(printed) };

function problemsOf(environment: Record<string, string>): readonly string[] {
  try {
    readConfiguration(environment, {});
  } catch (cause) {
    if (cause instanceof ConfigurationBroken) return cause.problems.map(({ variable }) => variable);
    throw cause;
  }
  return [];
}

test('the printed environment with LEAN_APP_URL is a whole configuration', () => {
  const { oidc, database, sessionMinutes } = readConfiguration(app, parseDotEnv(printed));
  assert.equal(oidc.enabled, true);
  assert.equal(oidc.clientId, 'leantime');
  assert.equal(oidc.clientSecret, 'insecure_secret');
  assert.equal(oidc.issuer, 'https://auth.example.com');
  assert.equal(oidc.createUser, true);
  assert.equal(oidc.defaultRole, 20);
  assert.equal(oidc.scopes, 'openid profile email');
  assert.equal(oidc.tokenAuthMethod, 'client_secret_post');
  assert.equal(database.dialect, 'sqlite');
  assert.equal(sessionMinutes, 480);
});

test('an .env file may hold spaces, quotes, comments, empty values and texts of several lines', () => {
  const text = [
    '\uFEFF# a comment',
    'A = spaced   # and a comment',
    'export B="quoted # not a comment" # a comment',
    "C='single \\n stays'",
    'D=',
    'E=with#hash',
    'F="line one\\nline two"',
    'G="-----BEGIN-----\nabc\n-----END-----"',
    'H = # only a comment',
    '   ',
    'A2=a=b=c',
    'D=second',
  ].join('\r\n');
  assert.deepEqual(parseDotEnv(text), {
    A: 'spaced',
    B: 'quoted # not a comment',
    C: 'single \\n stays',
    D: 'second',
    E: 'with#hash',
    F: 'line one\nline two',
    G: '-----BEGIN-----\nabc\n-----END-----',
    H: '',
    A2: 'a=b=c',
  });
  assert.throws(() => parseDotEnv('A=1\nwhat is this'), DotEnvBroken);
});

test('the environment wins over the file, and the file over the default; an empty text is a value', () => {
  const { oidc, siteName } = readConfiguration(
    { ...good, LEAN_OIDC_DEFAULT_ROLE: '30', LEAN_OIDC_FIELD_LASTNAME: '' },
    { LEAN_OIDC_DEFAULT_ROLE: '40', LEAN_SITENAME: 'From the file', LEAN_OIDC_FIELD_LASTNAME: 'surname' },
  );
  assert.equal(oidc.defaultRole, 30);
  assert.equal(siteName, 'From the file');
  assert.equal(oidc.fields.lastName, '');
  assert.equal(oidc.fields.firstName, 'given_name');
  assert.deepEqual(problemsOf({ ...good, LEAN_OIDC_SCOPES: '' }), ['LEAN_OIDC_SCOPES']);
  assert.deepEqual(problemsOf({ ...good, LEAN_OIDC_FIELD_EMAIL: '' }), ['LEAN_OIDC_FIELD_EMAIL']);
});

test('1, true, on and yes are true; other words are told', () => {
  for (const [text, flag] of [
    ['1', true],
    ['TRUE', true],
    ['on', true],
    ['yes', true],
    ['0', false],
    ['off', false],
    ['', false],
  ] as const)
    assert.equal(readConfiguration({ ...good, LEAN_OIDC_CREATE_USER: text }, {}).oidc.createUser, flag, text);
  assert.deepEqual(problemsOf({ ...good, LEAN_OIDC_CREATE_USER: 'maybe' }), ['LEAN_OIDC_CREATE_USER']);
});

test('the six roles are taken and every other value is refused', () => {
  for (const role of [5, 10, 20, 30, 40, 50])
    assert.equal(readConfiguration({ ...good, LEAN_OIDC_DEFAULT_ROLE: String(role) }, {}).oidc.defaultRole, role);
  for (const role of ['', '25', 'editor', '20.0', '-5', '020'])
    assert.deepEqual(problemsOf({ ...good, LEAN_OIDC_DEFAULT_ROLE: role }), ['LEAN_OIDC_DEFAULT_ROLE'], role);
});

test('LEAN_APP_URL is needed when people sign in, is an origin, and is https but under localhost', () => {
  const { LEAN_APP_URL: _, ...without } = good;
  assert.deepEqual(problemsOf(without), ['LEAN_APP_URL']);
  for (const url of [
    'leantime.example.com',
    'http://leantime.example.com',
    'https://example.com/leantime',
    'ftp://x',
    'http://127.0.0.1',
  ])
    assert.deepEqual(problemsOf({ ...good, LEAN_APP_URL: url }), ['LEAN_APP_URL'], url);
  assert.equal(
    readConfiguration({ ...good, LEAN_APP_URL: 'http://projects.localhost:9092/' }, {}).appUrl,
    'http://projects.localhost:9092',
  );
  assert.deepEqual(problemsOf({}), [], 'switched off it is not needed');
});

test('a provider or an endpoint without https is refused', () => {
  for (const name of ['LEAN_OIDC_PROVIDER_URL', 'LEAN_OIDC_TOKEN_URL_OVERRIDE', 'LEAN_OIDC_USERINFO_URL_OVERRIDE'])
    assert.deepEqual(problemsOf({ ...good, [name]: 'http://auth.example.com/x' }), [name]);
});

test('every problem is told at once, with what would be right and no secret', () => {
  const environment = {
    LEAN_OIDC_ENABLE: 'true',
    LEAN_OIDC_CLIENT_SECRET: 'the-secret-itself',
    LEAN_OIDC_DEFAULT_ROLE: '7',
    LEAN_OIDC_ROLE_SYNC: 'sometimes',
    LEAN_OIDC_GROUP_ASSIGNMENT: '{"20":"editors"}',
    LEAN_OIDC_TOKEN_AUTH_METHOD: 'client_secret_jwt',
    LEAN_SESSION_EXPIRATION: 'soon',
    LEAN_SESSION_PASSWORD: 'short',
    LEAN_TRUSTED_PROXIES: 'everyone',
    LEAN_DB_DEFAULT_CONNECTION: 'mysql',
    PORT: '99999',
  };
  const problems = new Set(problemsOf(environment));
  for (const variable of [
    ...Object.keys(environment).slice(2),
    'LEAN_APP_URL',
    'LEAN_OIDC_PROVIDER_URL',
    'LEAN_OIDC_CLIENT_ID',
  ])
    assert.ok(problems.has(variable), variable);
  assert.throws(
    () => readConfiguration(environment, {}),
    (cause) =>
      cause instanceof Error &&
      /Right would be/.test(cause.message) &&
      !/the-secret-itself|short[^e]/.test(cause.message),
  );
});

test('a secret may stand in a file, and not in both places', (t) => {
  const folder = temporaryFolder('secrets');
  t.after(() => folder.remove());
  const path = join(folder.path, 'secret');
  writeFileSync(path, 'from a file\n');
  const { LEAN_OIDC_CLIENT_SECRET: _, ...without } = good;
  assert.equal(
    readConfiguration({ ...without, LEAN_OIDC_CLIENT_SECRET_FILE: path }, {}).oidc.clientSecret,
    'from a file',
  );
  assert.deepEqual(problemsOf({ ...good, LEAN_OIDC_CLIENT_SECRET_FILE: path }), ['LEAN_OIDC_CLIENT_SECRET_FILE']);
  assert.ok(
    problemsOf({ ...without, LEAN_OIDC_CLIENT_SECRET_FILE: `${path}-missing` }).includes(
      'LEAN_OIDC_CLIENT_SECRET_FILE',
    ),
  );
});

test('groups give roles in the shape of the LDAP variable, and a name that does not fit its number is told', () => {
  const assignment = '{"20":{"ltRole":"editor","oidcGroup":"pm-editors"},"50":{"oidcGroup":"owners"}}';
  assert.deepEqual(readConfiguration({ ...good, LEAN_OIDC_GROUP_ASSIGNMENT: assignment }, {}).oidc.groupAssignment, [
    { role: 20, group: 'pm-editors' },
    { role: 50, group: 'owners' },
  ]);
  for (const wrong of ['{', '[]', '{"21":{"oidcGroup":"x"}}', '{"20":{"ltRole":"admin","oidcGroup":"x"}}'])
    assert.deepEqual(problemsOf({ ...good, LEAN_OIDC_GROUP_ASSIGNMENT: wrong }), ['LEAN_OIDC_GROUP_ASSIGNMENT'], wrong);
});

test('PostgreSQL is named as Leantime names it, and needs a session password', () => {
  const postgres = {
    ...good,
    LEAN_DB_DEFAULT_CONNECTION: 'pgsql',
    LEAN_DB_HOST: 'db.example.com',
    LEAN_DB_PORT: '5433',
    LEAN_DB_DATABASE: 'projects',
    LEAN_DB_USER: 'alice',
    LEAN_DB_PASSWORD: 'p',
  };
  assert.deepEqual(problemsOf(postgres), ['LEAN_SESSION_PASSWORD']);
  const { database } = readConfiguration({ ...postgres, LEAN_SESSION_PASSWORD: 'x'.repeat(32) }, {});
  assert.deepEqual(database, {
    dialect: 'postgres',
    host: 'db.example.com',
    port: 5433,
    database: 'projects',
    schema: 'public',
    username: 'alice',
    password: 'p',
  });
});

test('what is logged at start holds no secret', () => {
  const configuration = readConfiguration(
    {
      ...good,
      LEAN_SESSION_PASSWORD: 'session-password-session-password',
      LEAN_DB_DEFAULT_CONNECTION: 'pgsql',
      LEAN_DB_DATABASE: 'd',
      LEAN_DB_USER: 'u',
      LEAN_DB_PASSWORD: 'database-password',
    },
    {},
  );
  assert.doesNotMatch(
    JSON.stringify(describeConfiguration(configuration)),
    /insecure_secret|session-password|database-password/,
  );
});

test('mail goes by Leantime’s variables, with the ports that go with each encryption', () => {
  const mail = {
    LEAN_EMAIL_USE_SMTP: 'true',
    LEAN_EMAIL_RETURN: 'projects@example.com',
    LEAN_EMAIL_SMTP_HOSTS: 'mail.example.com;spare.example.com:2525',
    LEAN_EMAIL_SMTP_USERNAME: 'projects',
    LEAN_EMAIL_SMTP_PASSWORD: 'a secret',
    LEAN_EMAIL_SMTP_SECURE: 'SSL',
    LEAN_EMAIL_SMTP_PORT: '',
  };
  const configuration = readConfiguration({ ...good, ...mail }, {});
  assert.deepEqual(configuration.mail, {
    returnAddress: 'projects@example.com',
    servers: [
      { host: 'mail.example.com', port: 465 },
      { host: 'spare.example.com', port: 2525 },
    ],
    login: { username: 'projects', password: 'a secret' },
    encryption: 'implicit',
    skipVerify: false,
  });
  const described = JSON.stringify(describeConfiguration(configuration));
  assert.doesNotMatch(described, /a secret|projects@/);
  const plain = readConfiguration({ ...good, ...mail, LEAN_EMAIL_SMTP_SECURE: '' }, {}).mail;
  assert.equal(plain?.encryption, 'offered');
  assert.equal(plain?.servers[0]?.port, 587);
  assert.equal(readConfiguration({ ...good, ...mail, LEAN_EMAIL_USE_SMTP: 'false' }, {}).mail, undefined);
});

test('mail that could not go, or would show its password, is refused by the variable to change', () => {
  const mail = { LEAN_EMAIL_USE_SMTP: 'true', LEAN_EMAIL_RETURN: 'nobody' };
  assert.deepEqual(problemsOf({ ...good, ...mail }).toSorted(), [
    'LEAN_EMAIL_RETURN',
    'LEAN_EMAIL_SMTP_HOSTS',
    'LEAN_EMAIL_SMTP_USERNAME',
  ]);
  const whole = {
    ...mail,
    LEAN_EMAIL_RETURN: 'projects@example.com',
    LEAN_EMAIL_SMTP_HOSTS: 'mail.example.com',
    LEAN_EMAIL_SMTP_USERNAME: 'projects',
    LEAN_EMAIL_SMTP_AUTO_TLS: 'false',
  };
  assert.deepEqual(problemsOf({ ...good, ...whole }), ['LEAN_EMAIL_SMTP_AUTO_TLS']);
  assert.deepEqual(problemsOf({ ...good, ...whole, LEAN_EMAIL_SMTP_AUTH: 'false' }), []);
});

test('figures are offered at an address with a port, and nowhere without one', () => {
  const at = (address: string) => readConfiguration({ ...good, LEAN_METRICS_ADDRESS: address }, {}).metrics;
  assert.equal(readConfiguration(good, {}).metrics, undefined);
  assert.equal(at(''), undefined);
  assert.deepEqual(at('127.0.0.1:9093'), { host: '127.0.0.1', port: 9093 });
  assert.deepEqual(at('[::1]:9093'), { host: '::1', port: 9093 });
  assert.deepEqual(at(':9093'), { host: '0.0.0.0', port: 9093 });
  for (const wrong of ['9093', '127.0.0.1', '127.0.0.1:99999', '[127.0.0.1]:9093', 'http://127.0.0.1:9093', 'a b:1'])
    assert.deepEqual(problemsOf({ ...good, LEAN_METRICS_ADDRESS: wrong }), ['LEAN_METRICS_ADDRESS'], wrong);
});
