/** `access-control check-policy` over a configuration, as an administrator runs it. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { after, test } from 'node:test';
import { temporaryFolder } from '@gatehouse/testing/temporary-folder.ts';
import { checkPolicy } from './check-policy.ts';

const folder = temporaryFolder('check-policy');
after(() => folder.remove());
const path = join(folder.path, 'configuration.yml');
const rules = `definitions:
  network:
    house: ['10.0.0.0/8']
access_control:
  default_policy: deny
  rules:
    - domain: public.example.com
      policy: bypass
    - domain: '*.example.com'
      resources: '^/admin'
      subject: 'group:admins'
      policy: two_factor
    - domain: '*.example.com'
      networks: house
      methods: GET
      policy: one_factor
`;
writeFileSync(
  path,
  `${rules}authentication_backend:
  file:
    path: ${join(folder.path, 'users.yml')}
session:
  cookies:
    - domain: example.com
      authelia_url: https://auth.example.com
storage:
  encryption_key: a key for the storage of this test
  local:
    path: ${join(folder.path, 'db.sqlite3')}
notifier:
  filesystem:
    filename: ${join(folder.path, 'mail.txt')}
identity_validation:
  reset_password:
    jwt_secret: a secret of this test that is long enough
`,
);
writeFileSync(join(folder.path, 'users.yml'), 'users: {}\n');

async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const code = await checkPolicy(['--config', path, ...args], { stdin: Readable.from([]), stdout, stderr, env: {} });
  const textOf = (stream: PassThrough): string => String(stream.read() ?? '');
  return { code, out: textOf(stdout), err: textOf(stderr) };
}

test('the rule that holds is named with what it means, and only what fits is shown', async () => {
  const { code, out, err } = await run('--url', 'https://app.example.com/x', '--username', 'alice', '--ip', '10.1.2.3');
  assert.deepEqual([code, err], [0, '']);
  assert.equal(
    out,
    `GET https://app.example.com/x by alice from 10.1.2.3

   #  domain  resources  methods  networks  subject  query  policy
*  3  hit     hit        hit      hit       hit      hit    one_factor

Rule 3 holds: one_factor, whoever has signed in with one factor passes.
`,
  );
});

test('with --verbose every rule is shown', async () => {
  const { out } = await run('--url', 'https://public.example.com/', '--verbose');
  assert.match(out, /^\* {2}1 {2}hit .* bypass$/m);
  assert.match(out, /^ {3}2 {2}hit {5}miss .* two_factor$/m);
  assert.match(out, /^ {3}3 {2}hit .*miss .* one_factor$/m);
  assert.match(out, /Rule 1 holds: bypass, everybody passes, without signing in\./);
});

test('what depends on who signs in is told as such, and what holds otherwise', async () => {
  const { out } = await run('--url', 'https://app.example.com/admin', '--ip', '10.1.2.3');
  assert.match(out, /by somebody who has not signed in from 10\.1\.2\.3/);
  assert.match(out, /^~ {2}2 .* may .* two_factor$/m);
  assert.match(out, /^\* {2}3 /m);
  assert.match(out, /Rule 2 may hold: two_factor[\s\S]*in the end rule 3: one_factor/);
  const admin = await run('--url', 'https://app.example.com/admin', '--groups', 'users,admins');
  assert.match(admin.out, /\(groups: users, admins\)[\s\S]*Rule 2 holds: two_factor/);
});

test('where no rule fits the default holds', async () => {
  const { out } = await run('--url', 'https://app.example.com/', '--username', 'alice', '--method', 'post');
  assert.match(out, /^POST https[\s\S]*No rule fits; the default policy holds: deny, nobody passes\.\n$/);
});

for (const [what, args, message] of [
  ['no address', [], /--url is needed/],
  ['what is no address', ['--url', 'app'], /'app' is no address/],
  ['a wrong IP', ['--url', 'https://a.example.com', '--ip', '10.1'], /--ip/],
  ['a word too many', ['--url', 'https://a.example.com', 'x'], /'x' is not understood/],
  ['an unknown flag', ['--url', 'https://a.example.com', '--colour'], /--colour/],
] as const)
  test(`${what} is a call that was not understood`, async () => {
    const { code, out, err } = await run(...args);
    assert.deepEqual([code, out], [2, '']);
    assert.match(err, message);
    assert.match(err, /--help/);
  });

test('a configuration that is not valid is told, and no rule is tried', async () => {
  const broken = join(folder.path, 'broken.yml');
  writeFileSync(broken, 'access_control:\n  default_policy: maybe\n');
  const { code, out, err } = await run('--config', broken, '--url', 'https://app.example.com');
  assert.deepEqual([code, out], [1, '']);
  assert.match(err, /default_policy[\s\S]*no rule can be tried/);
});
