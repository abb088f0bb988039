import assert from 'node:assert/strict';
import { test } from 'node:test';
import { costOf, type Digest, deriveKey, keyMatches, parseDigest } from './digest.ts';
import { blankDigest, CannotHash, decoyOf, generateDigest } from './generate.ts';
import { argon2Defaults, bcryptDefaults, type HashOptions, scryptDefaults, sha2CryptDefaults } from './hash-options.ts';

const cheap: readonly HashOptions[] = [
  { ...argon2Defaults, memory: 256, iterations: 1 },
  { ...argon2Defaults, variant: 'argon2d', memory: 256, iterations: 1 },
  { ...scryptDefaults, iterations: 8 },
  { ...bcryptDefaults, cost: 10 },
  { ...bcryptDefaults, variant: 'sha256', cost: 10 },
  { ...sha2CryptDefaults, iterations: 1000 },
  { ...sha2CryptDefaults, variant: 'sha256', iterations: 1000, saltLength: 8 },
  { algorithm: 'pbkdf2', variant: 'sha512', iterations: 100_000, saltLength: 16 },
  { algorithm: 'pbkdf2', variant: 'sha1', iterations: 100_000, saltLength: 16 },
];

function read(text: string): Digest {
  const answer = parseDigest(text);
  assert.ok(answer.kind === 'value');
  return answer.value;
}

for (const options of cheap)
  test(`a made ${options.algorithm} digest is read again and verifies (${JSON.stringify(options)})`, async () => {
    const text = await generateDigest(options, 'correct horse');
    const digest = read(text);
    assert.ok(keyMatches(digest, await deriveKey(digest, 'correct horse')));
    assert.ok(!keyMatches(digest, await deriveKey(digest, 'correct horsf')));
    assert.notEqual(await generateDigest(options, 'correct horse'), text);
  });

test('a blank and a decoy cost what the real digest costs and match nothing', async () => {
  for (const options of cheap) {
    const real = read(await generateDigest(options, 'correct horse'));
    assert.equal(costOf(blankDigest(options)), costOf(real));
    const decoy = decoyOf(real);
    assert.equal(costOf(decoy), costOf(real));
    assert.ok(!keyMatches(decoy, await deriveKey(decoy, 'correct horse')));
  }
});

test('bcrypt refuses a password it would cut short', async () => {
  await assert.rejects(generateDigest({ ...bcryptDefaults, cost: 10 }, 'é'.repeat(37)), CannotHash);
});

test('options past the bounds are refused before any work', async () => {
  const wrong: readonly HashOptions[] = [
    { ...argon2Defaults, memory: 16 },
    { ...argon2Defaults, memory: 2 ** 31 },
    { ...argon2Defaults, saltLength: 4 },
    { ...scryptDefaults, iterations: 30 },
    { ...bcryptDefaults, cost: 9 },
    { ...bcryptDefaults, cost: 31 },
    { ...sha2CryptDefaults, iterations: 999 },
    { ...sha2CryptDefaults, saltLength: 17 },
    { algorithm: 'pbkdf2', variant: 'sha512', iterations: 99_999, saltLength: 16 },
  ];
  for (const options of wrong) await assert.rejects(generateDigest(options, 'x'), CannotHash);
});
