import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { type Digest, deriveKey, formatDigest, keyMatches, parseDigest } from './digest.ts';

type Vector = { readonly from: string; readonly family: string; readonly secret: string; readonly digest: string };

const { digests } = JSON.parse(readFileSync(new URL('./fixtures/digests.json', import.meta.url), 'utf8')) as {
  readonly digests: readonly Vector[];
};

function read(text: string): Digest {
  const answer = parseDigest(text);
  assert.ok(answer.kind === 'value', `${text}: ${answer.kind === 'refused' ? answer.reason : ''}`);
  return answer.value;
}

async function matches(digest: Digest, secret: string): Promise<boolean> {
  return keyMatches(digest, await deriveKey(digest, secret));
}

for (const family of ['argon2', 'pbkdf2', 'scrypt', 'bcrypt', 'sha2crypt'] as const)
  test(`${family} digests of other implementations verify, and only with their own secret`, async () => {
    const vectors = digests.filter((vector) => vector.family === family);
    assert.ok(vectors.length >= 2);
    for (const { digest: text, secret, from } of vectors) {
      const digest = read(text);
      assert.equal(digest.family, family);
      assert.ok(await matches(digest, secret), `${from}: ${text}`);
      assert.ok(!(await matches(digest, `${secret}!`.slice(1) || '!')), `${from}: ${text}`);
    }
  });

// The test inputs at the end of Drepper's document, whose salts and rounds are within the bounds held here.
const specified: readonly (readonly [string, string])[] = [
  ['Hello world!', '$5$saltstring$5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc5'],
  ['Hello world!', '$5$rounds=10000$saltstringsaltst$3xv.VbSHBb41AL9AvLeujZkZRBAwqFMz2.opqey6IcA'],
  ['This is just a test', '$5$rounds=5000$toolongsaltstrin$Un/5jzAHMgOGZ5.mWJpuVolil07guHPvOW8mGRcvxa5'],
  [
    'Hello world!',
    '$6$saltstring$svn8UoSVapNtMuq1ukKS4tPQd8iKwSMHWjl/O817G3uBnIFNjnQJuesI68u4OTLiBFdcbYEdFCoEOfaS35inz1',
  ],
  [
    'Hello world!',
    '$6$rounds=10000$saltstringsaltst$OW1/O6BYHV6BcXZu8QVeXbDWra3Oeqh0sbHbbMCVNSnCM/UrjmM0Dp8vOuZeHBy/YTBmSK6H9qs/y3RnOaw5v.',
  ],
  [
    'This is just a test',
    '$6$rounds=5000$toolongsaltstrin$lQ8jolhgVRVhY4b5pZKaysCLi0QBxGoNeKQzQ3glMhwllF7oGDZxUhx1yxdYcz/e1JSbq3y6JMxxl8audkUEm0',
  ],
];

for (const [secret, text] of specified)
  test(`SHA-crypt's own test vector verifies: ${text.slice(0, 32)}`, async () => {
    assert.ok(await matches(read(text), secret));
  });

test('the client digest printed in the integration guide is that of insecure_secret', async () => {
  const digest = read(
    '$pbkdf2-sha512$310000$c8p78n7pUMln0jzvd4aK4Q$JNRBzwAo0ek5qKn50cFzzvE9RXV88h1wJn5KGiHrD0YKtZaR/nCb2CJPOsKaPK0hjf.9yHxzQGZziziccp6Yng',
  );
  assert.ok(await matches(digest, 'insecure_secret'));
});

test('a digest is written as it was read, but for the prefixes that mean the same', () => {
  for (const { digest } of digests) {
    const written = formatDigest(read(digest));
    const canonical = digest
      .replace(/^\$2[axy]\$/, '$2b$')
      .replace(/^\$5\$(?!rounds)/, '$5$rounds=5000$')
      .replace(/^\$pbkdf2-sha1\$/, '$pbkdf2$');
    assert.equal(written, canonical);
  }
});

test('the prefixes of LDAP servers are understood', () => {
  const argon2 = '$argon2id$v=19$m=256,t=1,p=4$c2l4dGVlbiBieXRlIHNsdA$AAAAAAAAAAAAAAAAAAAAAA';
  assert.deepEqual(read(`{ARGON2}${argon2}`), read(argon2));
  assert.deepEqual(read('{CRYPT}$6$ab$'.concat('x'.repeat(86))), read('$6$ab$'.concat('x'.repeat(86))));
  const rest = '1000$c2l4dGVlbiBieXRlIHNsdA$AAAAAAAAAAAAAAAAAAAAAA';
  assert.deepEqual(read(`{PBKDF2-SHA512}${rest}`), read(`$pbkdf2-sha512$${rest}`));
  assert.deepEqual(read(`{PBKDF2}${rest}`), read(`$pbkdf2$${rest}`));
});

const key = 'AAAAAAAAAAAAAAAAAAAAAA';
const refusals: readonly (readonly [string, string, RegExp])[] = [
  ['plain text', 'insecure_secret', /no digest of a known kind/],
  ['marked plain text', '$plaintext$insecure_secret', /plain text/],
  ['nothing', '', /no digest/],
  ['md5-crypt', '$1$abc$xxxxxxxxxxxxxxxxxxxxxx', /too weak/],
  ['salted SHA-1', '{SSHA}AAAAAAAAAAAAAAAAAAAAAAAAAAAA', /too weak/],
  ['yescrypt', '$y$j9T$F5Jx5fExrKuPp53xLKQ..1$wudkDJD0oOY0zkzL5AuJW.IIsY1p8KRVgnCO9GtfYF7', /yescrypt/],
  ['argon2 of an older version', `$argon2id$v=16$m=256,t=1,p=4$${key}$${key}`, /version/],
  ['argon2 without a version', `$argon2id$m=256,t=1,p=4$${key}$${key}`, /of the form/],
  ['argon2 that wants 4 TiB', `$argon2id$v=19$m=4294967295,t=1,p=4$${key}$${key}`, /2 GiB/],
  ['argon2 that never ends', `$argon2id$v=19$m=65536,t=4294967295,p=4$${key}$${key}`, /more work/],
  ['argon2 with padded base64', `$argon2id$v=19$m=256,t=1,p=4$${key}==$${key}`, /form/],
  ['argon2 with left-over bits', `$argon2id$v=19$m=256,t=1,p=4$${key.slice(0, -1)}B$${key}`, /base64/],
  ['PBKDF2 that never ends', `$pbkdf2-sha512$99999999999$${key}$${key}`, /iterations/],
  ['PBKDF2 with a key of one byte', `$pbkdf2-sha512$1000$${key}$AA`, /key/],
  ['scrypt that wants all memory', `$scrypt$ln=24,r=1024,p=1$${key}$${key}`, /1 GiB/],
  ['scrypt that never ends', `$scrypt$ln=20,r=1,p=99999999$${key}$${key}`, /1 GiB|work/],
  ['bcrypt that takes weeks', `$2b$31$${'a'.repeat(53)}`, /cost/],
  ['bcrypt without a letter', `$2$10$${'a'.repeat(53)}`, /form/],
  ['SHA-crypt that never ends', `$6$rounds=999999999$ab$${'x'.repeat(86)}`, /rounds/],
  ['SHA-crypt with the other length', `$6$ab$${'x'.repeat(43)}`, /form/],
  ['a very long text', `$6$${'x'.repeat(100_000)}`, /longer/],
];

for (const [what, text, reason] of refusals)
  test(`${what} is refused, and the reason does not repeat it`, () => {
    const answer = parseDigest(text);
    assert.ok(answer.kind === 'refused');
    assert.match(answer.reason, reason);
    assert.ok(text.length < 8 || !`${answer.reason}${answer.cure}`.includes(text.slice(-8)));
  });

test('altered digests are read or refused, never thrown, and what is read writes itself back', () => {
  // A fixed generator (Park–Miller), so that a find can be repeated.
  let seed = 20_240_229;
  const below = (bound: number): number => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % bound;
  };
  const alphabet = '$={},.+/-0129AZaz\0é';
  for (let round = 0; round < 20_000; round++) {
    let text = digests[below(digests.length)]?.digest ?? '';
    for (let edits = 1 + below(4); edits > 0; edits--) {
      const at = below(text.length + 1);
      text = text.slice(0, at) + alphabet[below(alphabet.length)] + text.slice(at + below(6));
    }
    const answer = parseDigest(text);
    if (answer.kind === 'value') assert.deepEqual(read(formatDigest(answer.value)), answer.value);
  }
});
