import assert from 'node:assert/strict';
import { performance } from 'node:perf_hooks';
import { test } from 'node:test';
import { type Digest, parseDigest } from './digest.ts';
import { openDigestPool, secretBytesMax } from './digest-pool.ts';
import { generateDigest } from './generate.ts';
import { argon2Defaults, bcryptDefaults, type HashOptions, sha2CryptDefaults } from './hash-options.ts';

async function make(options: HashOptions, secret: string): Promise<Digest> {
  const answer = parseDigest(await generateDigest(options, secret));
  assert.ok(answer.kind === 'value');
  return answer.value;
}

const cheapArgon2 = await make({ ...argon2Defaults, memory: 256, iterations: 1 }, 'right');
const cheapSha = await make({ ...sha2CryptDefaults, iterations: 1000 }, 'right');
const slowBcrypt = await make({ ...bcryptDefaults, cost: 10 }, 'right');

test('the pool says match or mismatch, for native families and for those in threads', async (t) => {
  const pool = openDigestPool({ concurrency: 2 });
  t.after(() => pool.close());
  for (const digest of [cheapArgon2, cheapSha, slowBcrypt]) {
    assert.deepEqual(await pool.verify(digest, 'right'), { kind: 'match' });
    assert.deepEqual(await pool.verify(digest, 'wrong'), { kind: 'mismatch' });
  }
});

test('a full queue answers busy at once, and what waits is still answered', async (t) => {
  const pool = openDigestPool({ concurrency: 1, queueMax: 3 });
  t.after(() => pool.close());
  const answers = await Promise.all(Array.from({ length: 200 }, () => pool.verify(cheapArgon2, 'right')));
  assert.equal(answers.filter(({ kind }) => kind === 'match').length, 4);
  assert.equal(answers.filter(({ kind }) => kind === 'busy').length, 196);
  assert.deepEqual(await pool.verify(cheapArgon2, 'right'), { kind: 'match' });
});

test('a digest that needs more memory than the pool has runs alone, and others after it', async (t) => {
  const pool = openDigestPool({ concurrency: 4, memoryBytesMax: 1024 });
  t.after(() => pool.close());
  const answers = await Promise.all([1, 2, 3].map(() => pool.verify(cheapArgon2, 'right')));
  assert.deepEqual(answers, [{ kind: 'match' }, { kind: 'match' }, { kind: 'match' }]);
});

test('the event loop turns while digests are computed in JavaScript', async (t) => {
  const pool = openDigestPool({ concurrency: 1 });
  t.after(() => pool.close());
  await pool.verify(cheapSha, 'right');
  const before = performance.eventLoopUtilization();
  await Promise.all([1, 2, 3, 4].map(() => pool.verify(slowBcrypt, 'right')));
  assert.ok(performance.eventLoopUtilization(before).utilization < 0.5);
});

test('a secret past the length limit matches nothing and costs nothing', async (t) => {
  const pool = openDigestPool({ concurrency: 1, queueMax: 0 });
  t.after(() => pool.close());
  assert.deepEqual(await pool.verify(cheapArgon2, 'x'.repeat(secretBytesMax + 1)), { kind: 'mismatch' });
});

test('a closed pool answers busy, to those that wait as well', async () => {
  const pool = openDigestPool({ concurrency: 1 });
  const answers = Promise.all([1, 2, 3].map(() => pool.verify(cheapArgon2, 'right')));
  await pool.close();
  assert.deepEqual(
    (await answers).map(({ kind }) => kind),
    ['match', 'busy', 'busy'],
  );
  assert.equal((await pool.verify(cheapArgon2, 'right')).kind, 'busy');
});
