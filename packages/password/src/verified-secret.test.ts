import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Digest, parseDigest } from './digest.ts';
import { type DigestPool, openDigestPool } from './digest-pool.ts';
import { openVerifiedSecrets } from './verified-secret.ts';

function read(text: string): Digest {
  const answer = parseDigest(text);
  assert.ok(answer.kind === 'value');
  return answer.value;
}

const digest = read(
  '$pbkdf2-sha512$310000$c8p78n7pUMln0jzvd4aK4Q$JNRBzwAo0ek5qKn50cFzzvE9RXV88h1wJn5KGiHrD0YKtZaR/nCb2CJPOsKaPK0hjf.9yHxzQGZziziccp6Yng',
);
const other = read('$pbkdf2-sha512$1000$c2l4dGVlbiBieXRlIHNsdA$AAAAAAAAAAAAAAAAAAAAAA');

/** A real pool, and how many digests it was asked for. */
function countingPool(queueMax?: number): { pool: DigestPool; asked: () => number } {
  const inner = openDigestPool({ concurrency: 1, ...(queueMax === undefined ? {} : { queueMax }) });
  let asked = 0;
  return {
    asked: () => asked,
    pool: {
      verify(given, secret) {
        asked += 1;
        return inner.verify(given, secret);
      },
      close: () => inner.close(),
    },
  };
}

test('fifty first requests with one secret pay one digest, later ones none', async (t) => {
  const { pool, asked } = countingPool();
  t.after(() => pool.close());
  const secrets = openVerifiedSecrets(pool);
  const first = await Promise.all(Array.from({ length: 50 }, () => secrets.verify('app', digest, 'insecure_secret')));
  assert.ok(first.every(({ kind }) => kind === 'match'));
  assert.deepEqual(await secrets.verify('app', digest, 'insecure_secret'), { kind: 'match' });
  assert.equal(asked(), 1);
});

test('a wrong secret pays each time, and does not make the right one forgotten', async (t) => {
  const { pool, asked } = countingPool();
  t.after(() => pool.close());
  const secrets = openVerifiedSecrets(pool);
  await secrets.verify('app', digest, 'insecure_secret');
  assert.deepEqual(await secrets.verify('app', digest, 'wrong'), { kind: 'mismatch' });
  assert.deepEqual(await secrets.verify('app', digest, 'wrong'), { kind: 'mismatch' });
  assert.equal(asked(), 3);
  assert.deepEqual(await secrets.verify('app', digest, 'insecure_secret'), { kind: 'match' });
  assert.equal(asked(), 3);
});

test('what verified for one client or one digest says nothing about another', async (t) => {
  const { pool, asked } = countingPool();
  t.after(() => pool.close());
  const secrets = openVerifiedSecrets(pool);
  await secrets.verify('app', digest, 'insecure_secret');
  assert.deepEqual(await secrets.verify('app', other, 'insecure_secret'), { kind: 'mismatch' });
  assert.deepEqual(await secrets.verify('wiki', other, 'insecure_secret'), { kind: 'mismatch' });
  assert.equal(asked(), 3);
});

test('a flood of wrong secrets is answered busy past the queue, and the known secret still passes', async (t) => {
  const { pool } = countingPool(2);
  t.after(() => pool.close());
  const secrets = openVerifiedSecrets(pool);
  await secrets.verify('app', digest, 'insecure_secret');
  const flood = Array.from({ length: 20 }, (_, index) => secrets.verify('app', other, `wrong ${index}`));
  assert.deepEqual(await secrets.verify('app', digest, 'insecure_secret'), { kind: 'match' });
  const kinds = (await Promise.all(flood)).map(({ kind }) => kind);
  assert.ok(kinds.includes('busy'));
  assert.ok(!kinds.includes('match'));
});
