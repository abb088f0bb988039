import assert from 'node:assert/strict';
import { test } from 'node:test';
import { memoryVolatile } from './memory-volatile.ts';
import { startSweeper, sweepExpired } from './sweeper.ts';
import type { Volatile } from './volatile.ts';

const expiresAtMs = 1_700_000_000_000;

async function withExpired(count: number): Promise<Volatile> {
  const volatile = memoryVolatile(() => expiresAtMs);
  for (let i = 0; i < count; i += 1) await volatile.put('code', String(i), { payload: Buffer.from('x'), expiresAtMs });
  return volatile;
}

test('a sweep goes on batch by batch until nothing is left', async () => {
  const volatile = await withExpired(25);
  assert.equal(await sweepExpired(volatile, { rowsMax: 10, batchesMax: 100 }), 25);
  assert.equal(await sweepExpired(volatile, { rowsMax: 10, batchesMax: 100 }), 0);
});

test('a sweep ends at its limit of batches', async () => {
  const volatile = await withExpired(25);
  assert.equal(await sweepExpired(volatile, { rowsMax: 5, batchesMax: 3 }), 15);
});

/** The sweeper's timer keeps no process alive, so the test does; answers what `start` resolves with. */
async function inTime<T>(start: (resolve: (value: T) => void, reject: (reason: unknown) => void) => void): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const timer = setTimeout(() => reject(new Error('the sweeper never ran')), 5_000);
  start(resolve, reject);
  return promise.finally(() => clearTimeout(timer));
}

test('the sweeper sweeps at its interval', async () => {
  const volatile = await withExpired(3);
  const removed = await inTime<number>((resolve, reject) => {
    const onSwept = (count: number) => sweeper.stop().then(() => resolve(count));
    const sweeper = startSweeper(volatile, { intervalMs: 1, onSwept, onFailure: reject });
  });
  assert.equal(removed, 3);
});

test('a sweep that fails is reported, and the next one happens', async () => {
  const volatile = await withExpired(3);
  let failures = 0;
  const failingOnce: Volatile = {
    ...volatile,
    sweep: (rowsMax) => (failures === 0 ? Promise.reject(new RangeError('the disk is full')) : volatile.sweep(rowsMax)),
  };
  const removed = await inTime<number>((resolve) => {
    const onSwept = (count: number) => sweeper.stop().then(() => resolve(count));
    const onFailure = (): void => {
      failures += 1;
    };
    const sweeper = startSweeper(failingOnce, { intervalMs: 1, onSwept, onFailure });
  });
  assert.deepEqual([removed, failures], [3, 1]);
});

test('a sweep that is told to stop ends after the batch it is at', async () => {
  const volatile = await withExpired(25);
  assert.equal(await sweepExpired(volatile, { rowsMax: 5, batchesMax: 100 }, AbortSignal.abort()), 5);
});
