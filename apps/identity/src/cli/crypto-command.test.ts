import assert from 'node:assert/strict';
import { createPrivateKey, createPublicKey } from 'node:crypto';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { type TestContext, test } from 'node:test';
import { runCrypto } from './crypto-command.ts';

type Ran = { readonly code: number; readonly out: string; readonly err: string };

async function run(args: string[], input = ''): Promise<Ran> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const code = await runCrypto(args, { stdin: Readable.from([input]), stdout, stderr, env: {} });
  const textOf = (stream: PassThrough): string => String(stream.read() ?? '');
  return { code, out: textOf(stdout), err: textOf(stderr) };
}

async function folder(t: TestContext): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'crypto-'));
  t.after(() => rm(path, { recursive: true }));
  return path;
}

const cheap: readonly (readonly [string, RegExp, ...string[]])[] = [
  ['argon2', /^\$argon2id\$v=19\$m=256,t=1,p=2\$/, '-m', '256', '-i', '1', '-p', '2'],
  ['argon2', /^\$argon2i\$v=19\$m=256,t=3,p=4\$/, '--variant', 'argon2i', '--memory', '256'],
  ['bcrypt', /^\$2b\$10\$/, '--cost', '10'],
  ['bcrypt', /^\$bcrypt-sha256\$v=2,t=2b,r=10\$/, '-v', 'sha256', '-i', '10'],
  ['pbkdf2', /^\$pbkdf2-sha256\$100000\$/, '--variant', 'sha256', '--iterations', '100000'],
  ['scrypt', /^\$scrypt\$ln=8,r=4,p=1\$/, '--iterations', '8', '--block-size', '4'],
  ['sha2crypt', /^\$5\$rounds=1000\$.{8}\$/, '-v', 'sha256', '-i', '1000', '-s', '8'],
];

for (const [algorithm, shape, ...flags] of cheap)
  test(`hash generate ${algorithm} ${flags.join(' ')} prints a digest that hash validate accepts`, async () => {
    const made = await run(['hash', 'generate', algorithm, ...flags, '--password', 'correct horse']);
    assert.deepEqual([made.code, made.err], [0, '']);
    const digest = /^Digest: (\S+)\n$/.exec(made.out)?.[1] ?? '';
    assert.match(digest, shape);
    const right = await run(['hash', 'validate', digest, '--password', 'correct horse']);
    assert.deepEqual(right, { code: 0, out: 'The password matches the digest.\n', err: '' });
    const wrong = await run(['hash', 'validate', '--password', 'wrong', '--', digest]);
    assert.deepEqual(wrong, { code: 1, out: 'The password does not match the digest.\n', err: '' });
  });

test('a password may be piped in', async () => {
  const made = await run(['hash', 'generate', 'argon2', '-m', '256'], 'correct horse\nmore');
  const digest = made.out.slice('Digest: '.length, -1);
  assert.equal((await run(['hash', 'validate', digest], 'correct horse\n')).code, 0);
  assert.equal((await run(['hash', 'validate', digest], 'more\n')).code, 1);
});

test('a random password is printed with its digest', async () => {
  const { out } = await run(['hash', 'generate', 'argon2', '-m', '256', '--random', '--random.length', '20']);
  const [, password, digest] = /^Random Password: ([A-Za-z0-9]{20})\nDigest: (\S+)\n$/.exec(out) ?? [];
  assert.equal((await run(['hash', 'validate', digest ?? '', '--password', password ?? ''])).code, 0);
});

test('rand prints as many characters as asked, of the set asked', async () => {
  assert.match((await run(['rand'])).out, /^Random Value: [A-Za-z0-9]{72}\n$/);
  assert.match((await run(['rand', '-n', '200', '-x', 'numeric-hex'])).out, /^Random Value: [0-9A-F]{200}\n$/);
  assert.match((await run(['rand', '--length', '30', '--charset', 'rfc3986'])).out, /^Random Value: [\w.~-]{30}\n$/);
  assert.match((await run(['rand', '--length', '9', '--characters', 'xyzzy'])).out, /^Random Value: [xyz]{9}\n$/);
  assert.notEqual((await run(['rand'])).out, (await run(['rand'])).out);
});

test('rand writes each file its own value, for its owner alone, and never over another', async (t) => {
  const path = await folder(t);
  const [one, two] = [join(path, 'secrets', 'one'), join(path, 'two')];
  const { code, out } = await run(['rand', '--file', `${one},${two}`, '--length', '64']);
  assert.deepEqual([code, out], [0, `Written: ${one}\nWritten: ${two}\n`]);
  const values = [await readFile(one, 'utf8'), await readFile(two, 'utf8')];
  assert.match(values[0] ?? '', /^[A-Za-z0-9]{64}$/);
  assert.notEqual(values[0], values[1]);
  assert.equal((await stat(one)).mode & 0o777, 0o600);
  const again = await run(['rand', one]);
  assert.equal(again.code, 1);
  assert.match(again.err, /is there already and was left as it is/);
  assert.equal(await readFile(one, 'utf8'), values[0]);
});

for (const [kind, type, ...flags] of [
  ['rsa', 'rsa', '--bits', '2048'],
  ['ecdsa', 'ec', '--curve', 'P384'],
  ['ed25519', 'ed25519'],
] as const)
  test(`pair ${kind} generate writes two keys that belong together`, async (t) => {
    const path = join(await folder(t), 'keys');
    const args = ['pair', kind, 'generate', '-d', path, '--file.private-key', 'k.pem', ...flags];
    const { code, err } = await run(args);
    assert.deepEqual([code, err], [0, '']);
    const key = createPrivateKey(await readFile(join(path, 'k.pem')));
    assert.equal(key.asymmetricKeyType, type);
    const written = createPublicKey(await readFile(join(path, 'public.pem')));
    assert.ok(createPublicKey(key).equals(written));
    assert.equal((await stat(join(path, 'k.pem'))).mode & 0o777, 0o600);
    assert.equal((await run(args)).code, 1);
  });

const digestOfNobody = `$2b$10$${'a'.repeat(53)}`;
for (const [what, args, message] of [
  ['an unknown algorithm', ['hash', 'generate', 'md5', '--password', 'x'], /one of argon2\|bcrypt/],
  ['an unknown flag', ['hash', 'generate', 'argon2', '--colour', 'red'], /--colour/],
  ['no password', ['hash', 'generate', 'argon2'], /A password is needed/],
  ['a random and a given password', ['hash', 'generate', '--random', '--password', 'x'], /not both/],
  ['yescrypt', ['hash', 'generate', 'scrypt', '-v', 'yescrypt', '--password', 'x'], /yescrypt/],
  [
    'a word for a number',
    ['hash', 'generate', 'argon2', '-m', 'much', '--password', 'x'],
    /--memory needs a whole number/,
  ],
  ['too little memory', ['hash', 'generate', 'argon2', '-m', '16', '--password', 'x'], /8 KiB/],
  ['a password bcrypt cuts short', ['hash', 'generate', 'bcrypt', '--password', 'x'.repeat(73)], /72 bytes/],
  ['no digest', ['hash', 'validate'], /single quotes/],
  ['a digest a shell has eaten', ['hash', 'validate', '9=65536,t=3', '--password', 'x'], /no digest of a known kind/],
  ['two digests', ['hash', 'validate', digestOfNobody, digestOfNobody], /one digest/],
  ['an unknown set', ['rand', '--charset', 'klingon'], /one of ascii/],
  ['a set of one', ['rand', '--characters', 'aaa'], /two different/],
  ['a small key', ['pair', 'rsa', 'generate', '-b', '1024'], /2048/],
  ['an unknown curve', ['pair', 'ecdsa', 'generate', '--curve', 'P257'], /one of P224/],
  ['a pair without a verb', ['pair', 'rsa'], /generate/],
] as const)
  test(`${what} is a call that was not understood`, async () => {
    const { code, out, err } = await run([...args]);
    assert.deepEqual([code, out], [2, '']);
    assert.match(err, message);
    assert.match(err, /--help/);
  });

for (const args of [
  [],
  ['hash', 'generate'],
  ['hash', 'generate', 'scrypt'],
  ['hash', 'validate'],
  ['rand'],
  ['pair', 'rsa'],
])
  test(`help is printed for: crypto ${args.join(' ')}`, async () => {
    const { code, out } = await run([...args, '--help']);
    assert.equal(code, 0);
    assert.match(out, new RegExp(`Usage:\n  gatehouse crypto ${args.join(' ')}`));
    assert.match(out, /-h, --help/);
  });
