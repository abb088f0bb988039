/** Tries over a PostgreSQL in which somebody holds rows or a table: who waits, for how long, and what is left of it. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isDatabaseAway } from '@gatehouse/storage/away.ts';
import { needs } from '@gatehouse/testing/needs.ts';
import { allCounters, presentCounters, startHeldDatabase } from '../storage/held-database.testing.ts';
import { type Charge, openAttemptLimiter } from './limiter.ts';
import { openTries, TriesHeldUp } from './tries.ts';

const charge = (bucket: string): Charge => ({ bucket, limit: { attemptsMax: 3, windowMs: 600_000 } });

describe('tries over a database that does not answer', { skip: needs('postgresql') }, () => {
  async function openRoom() {
    await using opened = new AsyncDisposableStack();
    const held = opened.use(await startHeldDatabase());
    const database = await held.open();
    opened.defer(() => database.close());
    const tries = openTries(openAttemptLimiter({ database, nowMs: Date.now }), { turnMs: 200, lineMs: 30_000 });
    const seen: string[] = [];
    async function once(kind: 'right' | 'wrong', ...buckets: string[]): Promise<string> {
      const answer = await tries.make(
        buckets.map(charge),
        async () => {
          seen.push(kind);
          return { kind };
        },
        (made) => made.kind === 'wrong',
      );
      return answer.kind;
    }
    const everything = opened.move();
    return { holding: held.holding, seen, once, [Symbol.asyncDispose]: () => everything.disposeAsync() };
  }

  test('hold up only those who share a limit with the one that hangs; they are told so, and nothing was tried', async () => {
    await using room = await openRoom();
    assert.equal(await room.once('wrong', 'alice'), 'wrong');
    await room.holding(presentCounters, async () => {
      const hanging = room.once('right', 'alice', 'office');
      const behind = room.once('right', 'office');
      hanging.catch(() => undefined);
      behind.catch(() => undefined);
      assert.equal(await room.once('right', 'bob'), 'right', 'bob does not notice');
      await assert.rejects(behind, TriesHeldUp);
      await assert.rejects(hanging, (cause) => isDatabaseAway(cause));
    });
    assert.deepEqual(room.seen, ['wrong', 'right']);
    assert.equal(await room.once('right', 'alice', 'office'), 'right', 'it goes on as if nothing had been');
  });

  test('attack 17: are charged for what was looked at, whatever was held up in between', async () => {
    await using room = await openRoom();
    assert.equal(await room.once('wrong', 'alice'), 'wrong');
    await room.holding(allCounters, async () => {
      const guesses = await Promise.allSettled(Array.from({ length: 20 }, () => room.once('wrong', 'alice')));
      assert.ok(guesses.every(({ status }) => status === 'rejected'));
    });
    assert.equal(room.seen.length, 1);
    const answers: string[] = [];
    for (let guess = 0; guess < 4; guess++) answers.push(await room.once('wrong', 'alice'));
    assert.deepEqual(answers, ['wrong', 'wrong', 'limited', 'limited']);
  });
});
