import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nearest, parseChoice } from './choice.ts';
import { parseClientSecret } from './digest.ts';
import { parseExpression } from './expression.ts';
import { parseMailbox } from './mail-address.ts';
import { parseSwitch, parseWhole } from './number.ts';
import type { Outcome } from './outcome.ts';
import { parsePattern } from './regex.ts';
import { isPrivatePath, isSecretName } from './secret.ts';
import { parseUrl } from './url.ts';

function table(
  title: string,
  parse: (text: string) => Outcome<unknown>,
  good: readonly string[],
  bad: readonly string[],
): void {
  for (const text of good) test(`${JSON.stringify(text)} is ${title}`, () => assert.equal(parse(text).kind, 'value'));
  for (const text of bad)
    test(`${JSON.stringify(text)} is not ${title}`, () => assert.equal(parse(text).kind, 'refused'));
}

table(
  'a whole number',
  parseWhole,
  ['0', '-1', '+5', '007', ' 8 ', '9007199254740991'],
  ['', '1.5', '1e3', '0x10', 'ten', '9007199254740992', '8 MB'],
);
table('a switch', parseSwitch, ['true', 'True', '1', 't', 'false', '0', ''], ['yes', 'on', '2', 'tRUE']);
table(
  'a URL',
  parseUrl,
  ['https://auth.example.com', 'http://auth.localhost:9091/', 'urn:x:y'],
  ['', 'auth.example.com', 'https://', ' https://a.example', '/path'],
);
table(
  'an expression in RE2',
  parsePattern,
  ['^/api/.*$', '(?P<User>\\w+)\\.example\\.com', '(?i)abc', ''],
  ['(', '(?=look)', '(?<!behind)x', '(a)\\1', '[z-a]', 'a{2000}'],
);
table(
  'a client secret',
  parseClientSecret,
  [
    'insecure_secret',
    '$plaintext$insecure_secret',
    '$pbkdf2-sha512$310000$c8p78n7pUMln0jzvd4aK4Q$JNRBzwAo0ek5qKn50cFzzvE9RXV88h1wJn5KGiHrD0YKtZaR/nCb2CJPOsKaPK0hjf.9yHxzQGZziziccp6Yng',
    '$argon2id$v=19$m=65536,t=3,p=4$BpLnfgDsc2WD8F2q$o/vzA4myCqZZ36bUGsDY//8mKUYNZZaR0t4MFFSs+iM',
    '$2b$12$BpLnfgDsc2WD8F2qBpLnfeBpLnfgDsc2WD8F2qBpLnfgDsc2WD8F2',
    `$6$rounds=50000$saltsaltsaltsalt$${'a'.repeat(86)}`,
    `$5$salt$${'a'.repeat(43)}`,
    '$scrypt$ln=16,r=8,p=1$c2FsdA$a2V5',
    `$y$j9T$c2FsdA$${'a'.repeat(43)}`,
    `$bcrypt-sha256$v=2,t=2b,r=12$${'a'.repeat(22)}$${'b'.repeat(31)}`,
  ],
  [
    '',
    '$plaintext$',
    '$1$md5crypt$abc',
    '$2$12$short',
    '$2b$09$BpLnfgDsc2WD8F2qBpLnfeBpLnfgDsc2WD8F2qBpLnfgDsc2WD8F2',
    '$argon2id$v=16$m=65536,t=3,p=4$BpLnfgDsc2WD8F2q$o/vzA4myCqZZ36bUGsDY',
    '$argon2id$v=19$t=3,m=65536,p=4$BpLnfgDsc2WD8F2q$o/vzA4myCqZZ36bUGsDY',
    `$6$saltsaltsaltsaltx$${'a'.repeat(86)}`,
    '$pbkdf2-md5$1000$c2FsdA$a2V5',
  ],
);
table(
  'a mail address',
  parseMailbox,
  ['alice@example.com', 'Gatehouse <auth@example.com>', '"Gate, house" <auth@example.com>'],
  [
    '',
    'alice',
    'alice@',
    '@example.com',
    'a b@example.com',
    'Gatehouse <auth@example.com> x',
    'a@b..c',
    'x\r\nBcc: y <a@b.c>',
  ],
);
table(
  'an attribute expression',
  (text) => parseExpression(text, ['department']),
  [
    '"admins" in groups',
    'username + "@example.com"',
    'department == "it"',
    'size(emails) > 1',
    'groups.exists(g, g.startsWith("a"))',
  ],
  ['', 'unknown_attribute', 'groups + 1', '"open', 'username(', 'email_verified && username'],
);

test('an expression is evaluated over the attributes of a person', () => {
  const parsed = parseExpression('"admins" in groups ? "root" : username', []);
  assert.ok(parsed.kind === 'value');
  assert.equal(parsed.value.evaluate({ groups: ['admins'], username: 'alice' }), 'root');
  assert.equal(parsed.value.evaluate({ groups: [], username: 'alice' }), 'alice');
});

test('a pattern tells its named groups', () => {
  const parsed = parsePattern('^(?P<User>\\w+)\\.(?P<Group>\\w+)$');
  assert.deepEqual(parsed.kind === 'value' && parsed.value.groups, ['User', 'Group']);
});

test('a slip of the hand finds its word, something else does not', () => {
  assert.equal(nearest('clietns', ['clients', 'cors', 'jwks']), 'clients');
  assert.equal(nearest('redirect_uri', ['redirect_uris', 'request_uris']), 'redirect_uris');
  assert.equal(nearest('banana', ['clients', 'cors']), undefined);
  assert.equal(nearest('x', ['yy']), undefined);
});

test('a refused choice names the choices', () => {
  const parsed = parseChoice('drak', ['light', 'dark']);
  assert.ok(parsed.kind === 'refused');
  assert.equal(parsed.cure, "Did you mean 'dark'? It takes 'light', 'dark'.");
});

test('secrets are told by the last word of their name', () => {
  for (const name of [
    'key',
    'hmac_secret',
    'encryption_key',
    'AUTHELIA_SESSION_SECRET',
    'certificate_chain',
    'password',
  ])
    assert.equal(isSecretName(name), true, name);
  for (const name of ['key_id', 'keyboard', 'secret_size', 'path', 'monkey'])
    assert.equal(isSecretName(name), false, name);
  assert.equal(isPrivatePath(['notifier', 'smtp', 'sender']), true);
  assert.equal(isPrivatePath(['server', 'address']), false);
});
