import assert from 'node:assert/strict';
import { test } from 'node:test';
import { othersFirst } from './others-first.ts';
import { startRounds } from './rounds.ts';

const never = 2 ** 30;
const onFailure = (cause: unknown): void => assert.fail(String(cause));

test('rounds come by themselves, and after one that failed, too', async () => {
  const third = Promise.withResolvers<void>();
  const failures: unknown[] = [];
  let rounds = 0;
  const started = startRounds({
    intervalMs: 1,
    async work() {
      rounds++;
      if (rounds === 3) third.resolve();
      throw rounds;
    },
    onFailure: (cause) => failures.push(cause),
  });
  await third.promise;
  await started.stop();
  assert.deepEqual(failures.slice(0, 3), [1, 2, 3]);
});

test('wishes while a round goes on are one more round, and never two go on at once', async () => {
  const first = Promise.withResolvers<void>();
  const begun = Promise.withResolvers<void>();
  let [rounds, atOnce, mostAtOnce] = [0, 0, 0];
  const started = startRounds({
    intervalMs: never,
    async work() {
      rounds++;
      mostAtOnce = Math.max(mostAtOnce, ++atOnce);
      begun.resolve();
      await first.promise;
      atOnce--;
    },
    onFailure,
  });
  void started.wake();
  await begun.promise;
  const wishes = [started.wake(), started.wake()];
  first.resolve();
  await Promise.all(wishes);
  assert.deepEqual({ rounds, mostAtOnce }, { rounds: 2, mostAtOnce: 1 });
  await started.stop();
});

test('stop waits for the round under way, and none follows it', async () => {
  const end = Promise.withResolvers<void>();
  const begun = Promise.withResolvers<void>();
  const order: string[] = [];
  const started = startRounds({
    intervalMs: never,
    async work() {
      begun.resolve();
      await end.promise;
      order.push('round');
    },
    onFailure,
  });
  void started.wake();
  await begun.promise;
  void started.wake();
  const stopped = started.stop().then(() => order.push('stopped'));
  end.resolve();
  await stopped;
  await started.wake();
  assert.deepEqual(order, ['round', 'stopped']);
});

test('long work hears that it is to stop, and stop does not wait for its end', async () => {
  const begun = Promise.withResolvers<void>();
  const started = startRounds({
    intervalMs: never,
    async work(stopped) {
      while (!stopped.aborted) {
        begun.resolve();
        await othersFirst();
      }
    },
    onFailure,
  });
  void started.wake();
  await begun.promise;
  await started.stop();
});
