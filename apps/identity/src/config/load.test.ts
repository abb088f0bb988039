import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  digest,
  fileOf,
  keyText,
  loaded,
  loadObject,
  loadTexts,
  minimal,
  nowMs,
  outline,
  problemsOf,
  seedFolder,
  temporaryFolder,
  withOidc,
} from './fixtures/loading.ts';
import { loadConfiguration } from './load.ts';
import { formatProblems } from './problem.ts';

const rest = JSON.stringify(withOidc({}, { clients: undefined }));

for (const name of ['configuration.clients.yml', 'configuration.clients.claims-hydration.yml'])
  test(`the printed ${name} loads beside a file that holds the rest`, () => {
    const paths = [fileOf(rest), join(seedFolder, name)];
    const answer = loaded(loadConfiguration({ paths, env: {}, nowMs }));
    const client = answer.configuration.identity_providers.oidc?.clients[0];
    assert.equal(client?.client_id, 'leantime');
    assert.deepEqual(client.client_secret, { kind: 'digest', family: 'pbkdf2', text: digest });
    assert.equal(client.require_pkce, true);
    assert.equal(client.token_endpoint_auth_method, 'client_secret_post');
    assert.deepEqual(answer.warnings, []);
    const line =
      readFileSync(paths[1] ?? '', 'utf8')
        .split('\n')
        .findIndex((each) => each.includes('require_pkce')) + 1;
    const path = ['identity_providers', 'oidc', 'clients', 0, 'require_pkce'];
    assert.deepEqual(answer.locate(path), { file: paths[1], line });
  });

test('an absent key is located at its nearest ancestor', () => {
  const file = fileOf(`${JSON.stringify(minimal())}\n`);
  const more = fileOf('session:\n  name: a\n');
  const answer = loaded(loadConfiguration({ paths: [file, more], env: {}, nowMs }));
  assert.deepEqual(answer.locate(['session', 'name']), { file: more, line: 2 });
  assert.deepEqual(answer.locate(['session', 'same_site']), { file, line: 1 });
  assert.deepEqual(answer.locate(['telemetry', 'metrics', 'enabled']), { file, line: 1 });
});

test('maps merge over files, lists and values are replaced', () => {
  const first = {
    ...minimal(),
    regulation: { max_retries: 1, find_time: '1m' },
    server: { trusted_proxies: ['10.0.0.0/8', '10.1.0.0/16'] },
  };
  const second = 'regulation:\n  max_retries: 2\nserver:\n  trusted_proxies: ["192.0.2.0/24"]\n';
  const { configuration } = loaded(loadTexts([JSON.stringify(first), second]));
  assert.equal(configuration.regulation.max_retries, 2);
  assert.equal(configuration.regulation.find_time, 60);
  assert.deepEqual(configuration.server.trusted_proxies, ['192.0.2.0/24']);
});

test('a directory stands for its YAML files by name and not for what is below it', () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, '10-all.yml'), JSON.stringify(minimal()));
  writeFileSync(join(folder, '20-theme.yaml'), 'theme: dark');
  writeFileSync(join(folder, 'notes.txt'), 'not: [yaml');
  mkdirSync(join(folder, 'below'));
  writeFileSync(join(folder, 'below', 'x.yml'), 'theme: blue');
  assert.equal(loaded(loadConfiguration({ paths: [folder], env: {}, nowMs })).configuration.theme, 'dark');
});

test('what is wrong is told all at once, with file, line, key and cure, in order', () => {
  const first = fileOf(`${JSON.stringify(minimal())}\n`);
  const second = fileOf(
    'thema: dark\nlog:\n  level: inof\n  size: 3\nsession:\n  expiration: soon\nregulation:\n  find_time: 1h\n',
  );
  const answer = loadConfiguration({ paths: [first, second], env: {}, nowMs });
  assert.ok(answer.kind === 'refused');
  assert.equal(
    formatProblems(answer.problems),
    `${second}:1: error at thema
  This key is not known.
  Did you mean 'theme'?

${second}:3: error at log.level
  'inof' is not one of the values of this key.
  Did you mean 'info'? It takes 'trace', 'debug', 'info', 'warn', 'error'.

${second}:4: error at log.size
  This key is not known.
  Known keys here: level, format, file_path, keep_stdout.

${second}:6: error at session.expiration
  'soon' is not a duration.
  Write a number of seconds, or blocks of number and unit such as '90s', '5m', '1h 30m', '2 weeks', '1M' (month).

${second}:8: error at regulation.find_time
  find_time is longer than ban_time.
  Shorten find_time or lengthen ban_time.
`,
  );
});

test('a wrong value below a list names its position', () => {
  const answer = loadObject(withOidc({ redirect_uris: ['https://a.example.com', { no: 'text' }] }));
  assert.deepEqual(outline(answer), ['error identity_providers.oidc.clients[0].redirect_uris[1]']);
});

test('secrets never stand in a message', () => {
  const secret = 'c0nf1dential';
  const answer = loadObject({
    ...withOidc({ client_secret: `$1$${secret}` }, { jwks: [{ key: secret }] }),
    storage: { encryption_key: [secret], local: { path: 'x' } },
    notifier: {
      smtp: { address: 'smtp://mail', sender: secret, password: { a: secret }, tls: { private_key: secret } },
    },
  });
  assert.equal(answer.kind, 'refused');
  assert.equal(formatProblems(problemsOf(answer)).includes(secret), false);
  assert.equal(outline(answer).length, 6);
});

test('an unreadable YAML never shows its text', () => {
  const answer = loadTexts(['storage:\n  encryption_key: "c0nf1dential\nother: x']);
  assert.equal(answer.kind, 'refused');
  assert.equal(formatProblems(problemsOf(answer)).includes('c0nf1dential'), false);
});

const unreadable: readonly (readonly [string, string, number])[] = [
  ['a key that stands twice', 'theme: dark\nlog:\n  level: info\n  level: warn\n', 4],
  ['a tab', 'log:\n\tlevel: info\n', 2],
  ['an alias without an anchor', 'theme: *missing\n', 1],
  ['two documents', 'theme: dark\n---\ntheme: light\n', 2],
  ['a list at the root', '- theme\n', 1],
  ['a tag', 'theme: !secret x\n', 1],
  ['an empty entry of a list', 'server:\n  trusted_proxies:\n    -\n', 3],
  ['a key that would change all objects', '__proto__:\n  theme: dark\n', 1],
];
for (const [title, text, line] of unreadable)
  test(`${title} is refused with its line`, () => {
    const answer = loadTexts([JSON.stringify(minimal()), text]);
    assert.equal(answer.kind, 'refused');
    assert.equal(problemsOf(answer)[0]?.line, line, formatProblems(problemsOf(answer)));
  });

test('aliases that multiply without end are refused quickly', () => {
  const levels = Array.from(
    { length: 20 },
    (_, level) => `a${level + 1}: &a${level + 1} [${Array(9).fill(`*a${level}`).join(', ')}]`,
  );
  const answer = loadTexts([`a0: &a0 [x]\n${levels.join('\n')}\n`]);
  assert.match(problemsOf(answer)[0]?.message ?? '', /aliases/);
});

test('an alias to what stands around it is refused', () => {
  assert.match(problemsOf(loadTexts(['log: &log\n  level: info\n  again: *log\n']))[0]?.message ?? '', /aliases/);
});

test('aliases and merge keys are followed', () => {
  const text = 'x: &x\n  level: warn\n  format: json\nlog:\n  <<: *x\n  level: debug\n';
  assert.deepEqual(outline(loadTexts([JSON.stringify(minimal()), text])), ['error x']);
  const answer = loaded(
    loadTexts([
      JSON.stringify(minimal()),
      'log: &x\n  level: warn\ntelemetry:\n  metrics:\n    <<: [{enabled: true}]\n',
    ]),
  );
  assert.equal(answer.configuration.telemetry.metrics.enabled, true);
});

test('files that are absent, too large or no text are refused', () => {
  const folder = temporaryFolder();
  const large = join(folder, 'large.yml');
  writeFileSync(large, '#'.repeat(4 * 1024 * 1024 + 1));
  const binary = join(folder, 'binary.yml');
  writeFileSync(binary, Buffer.from([0x74, 0xff, 0xfe]));
  mkdirSync(join(folder, 'empty'));
  const paths = [join(folder, 'absent.yml'), large, binary, join(folder, 'empty')];
  const answer = loadConfiguration({ paths, env: {}, nowMs });
  assert.deepEqual([...new Set(problemsOf(answer).map((each) => each.file))].sort(), paths.sort());
});

test('weak values are read as what they stand for', () => {
  const { configuration } = loaded(
    loadObject({
      ...minimal(),
      totp: { issuer: 42, digits: '8', disable_reuse_security_policy: 'true', allowed_digits: '6, 8' },
      session: {
        cookies: [{ domain: 'example.com', authelia_url: 'https://a.example.com', expiration: '7200', name: true }],
      },
    }),
  );
  assert.equal(configuration.totp.issuer, '42');
  assert.equal(configuration.totp.digits, 8);
  assert.equal(configuration.totp.disable_reuse_security_policy, true);
  assert.deepEqual(configuration.totp.allowed_digits, [6, 8]);
  assert.equal(configuration.session.cookies[0]?.expiration, 7200);
  assert.equal(configuration.session.cookies[0]?.name, 'true');
});

test('a section that is empty says nothing', () => {
  assert.deepEqual(outline(loadTexts([JSON.stringify(minimal()), 'log:\ntelemetry:\n  metrics:\n'])), []);
});

test('a whole configuration with a provider goes through the template filter', () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'key.pem'), keyText('rsa.pem'));
  const text = `identity_providers:
  oidc:
    hmac_secret: 'x'
    jwks:
      - key: {{ secret "${folder}/key.pem" | mindent 10 "|" | msquote }}
    clients:
      - client_id: 'app'
        client_secret: '${digest}'
        redirect_uris: []
        unknown: 1
`;
  const answer = loadTexts([JSON.stringify(minimal()), text], { filters: ['template'] });
  assert.deepEqual(
    problemsOf(answer).map(({ key, line }) => [key, line]),
    [['identity_providers.oidc.clients[0].unknown', 10]],
  );
});

test('a template that cannot be rendered is refused and nothing is asked of the rest', () => {
  const answer = loadTexts(['{{ nope }}'], { filters: ['template'] });
  assert.deepEqual(
    problemsOf(answer).map(({ line, message }) => [line, message]),
    [[1, "There is no function 'nope'."]],
  );
});
