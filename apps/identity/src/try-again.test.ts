import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openTryAgain } from './try-again.ts';

/** Work that fails so many times and tells which try it was. */
function failing(times: number) {
  const tries: boolean[] = [];
  const work = async (isRepeat: boolean): Promise<number> => {
    tries.push(isRepeat);
    if (tries.length <= times) throw new Error(`failure ${tries.length}`);
    return tries.length;
  };
  return { tries, work };
}

test('work that fails is tried again after each wait, until it succeeds', async () => {
  const again = openTryAgain([1, 2, 3]);
  const { tries, work } = failing(2);
  const waits: number[] = [];
  assert.equal(await again.run(work, (_cause, againInMs) => waits.push(againInMs)), 3);
  assert.deepEqual(
    [tries, waits],
    [
      [false, true, true],
      [1, 2],
    ],
  );
});

test('when there are no waits left the last failure is the answer', async () => {
  const again = openTryAgain([1, 1]);
  const { tries, work } = failing(5);
  await assert.rejects(
    again.run(work, () => undefined),
    /failure 3/,
  );
  assert.equal(tries.length, 3);
});

test('at the end what waits is tried once more at once, and nothing waits any more', async () => {
  const again = openTryAgain([3_600_000]);
  const waiting = failing(5);
  const heard = Promise.withResolvers<void>();
  const given = again.run(waiting.work, () => heard.resolve());
  await heard.promise;
  again.close();
  await assert.rejects(given, /failure 2/);
  assert.equal(waiting.tries.length, 2);
  const late = failing(5);
  await assert.rejects(
    again.run(late.work, () => assert.fail('it is over')),
    /failure 1/,
  );
});
