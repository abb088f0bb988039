import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onEveryDatabase, openMemoryDatabase } from '../storage/databases.suite.ts';
import { type Charge, openAttemptLimiter } from './limiter.ts';
import { openTries, type Patience, TriesHeldUp } from './tries.ts';

const startMs = 1_800_000_000_000;
const limit = { attemptsMax: 5, windowMs: 60_000 };
const office: Charge = { bucket: 'address 192.0.2.1', limit };
const person = (name: string): Charge => ({ bucket: `user ${name}`, limit: { attemptsMax: 2, windowMs: 60_000 } });

onEveryDatabase('tries', (open) => {
  async function openRoom() {
    const clock = { ms: startMs };
    const { database } = await open();
    const tries = openTries(openAttemptLimiter({ database, nowMs: () => clock.ms }));
    const seen: string[] = [];
    const once = async (what: 'right' | 'wrong', charges: readonly Charge[] = [office]): Promise<string> => {
      const answer = await tries.make(
        charges,
        async () => {
          seen.push(what);
          return { kind: what };
        },
        ({ kind }) => kind === 'wrong',
      );
      return answer.kind;
    };
    return { tries, clock, once, seen };
  }

  const times = <T>(count: number, make: (index: number) => Promise<T>) =>
    Promise.all(Array.from({ length: count }, (_, index) => make(index)));
  const count = (all: readonly string[], one: string) => all.filter((each) => each === one).length;

  test('of sixty-four right ones at once, far more than the limit, every one is made, never more at a time than it', async () => {
    const { tries, once } = await openRoom();
    let underWay: (() => void)[] = [];
    let begun = 0;
    const answers = await times(64, () =>
      tries.make(
        [office],
        async () => {
          begun += 1;
          const end = new Promise<void>((resolve) => underWay.push(resolve));
          assert.ok(underWay.length <= limit.attemptsMax);
          // They end together, when there is no room for one more or nobody is left.
          if (underWay.length === limit.attemptsMax || begun === 64) {
            for (const each of underWay) each();
            underWay = [];
          }
          await end;
          return { kind: 'right' };
        },
        ({ kind }) => kind === 'wrong',
      ),
    );
    assert.deepEqual([begun, answers.filter(({ kind }) => kind === 'right').length], [64, 64]);
    assert.equal(count(await times(5, () => once('wrong')), 'wrong'), 5, 'and none of them counts');
  });

  test('attack 17: of two hundred guesses at once as many are looked at as the limit says, the rest is refused', async () => {
    const { once, seen, clock } = await openRoom();
    const answers = await times(200, () => once('wrong'));
    assert.deepEqual([count(answers, 'wrong'), count(answers, 'limited'), seen.length], [5, 195, 5]);
    assert.equal(await once('right'), 'limited');
    clock.ms += 60_000;
    assert.equal(await once('right'), 'right');
  });

  test('attack 17: right ones between two hundred guesses open no room for more of them', async () => {
    const { once, seen } = await openRoom();
    const answers = await times(400, (index) => once(index % 2 ? 'wrong' : 'right'));
    assert.equal(count(answers, 'wrong'), 5);
    assert.equal(count(seen, 'wrong'), 5);
    assert.equal(count(answers, 'right') + count(answers, 'limited'), 395);
  });

  test('whoever waits for one limit is not kept by another one that is full of guesses', async () => {
    const { once } = await openRoom();
    await times(2, () => once('wrong', [person('alice'), office]));
    const answers = await times(40, (index) => once('right', [person(index % 2 ? 'alice' : `other ${index}`), office]));
    assert.deepEqual([count(answers, 'right'), count(answers, 'limited')], [20, 20]);
  });

  test('a try that fails by itself stays charged, and nobody waits for it for ever', async () => {
    const { tries, once } = await openRoom();
    const broken = () =>
      tries.make<{ kind: string }>(
        [office],
        () => Promise.reject(new Error('broken')),
        () => false,
      );
    const answers = await Promise.allSettled([...Array.from({ length: 5 }, broken), once('right')]);
    assert.deepEqual(
      answers.map((each) => (each.status === 'fulfilled' ? each.value : 'broken')),
      [...Array(5).fill('broken'), 'limited'],
    );
  });

  test('one whose turn comes while it asks asks again, and none is left in line', async () => {
    const { once } = await openRoom();
    for (let round = 0; round < 20; round++)
      assert.equal(count(await times(7, () => once('right')), 'right'), 7, `round ${round}`);
  });
});

/** Over a database in memory, with tries that end when the test says so. */
async function openHeld(patience?: Patience) {
  const clock = { ms: startMs };
  const database = await openMemoryDatabase();
  const tries = openTries(openAttemptLimiter({ database, nowMs: () => clock.ms }), patience);
  /** Resolves once it is under way. */
  async function begin(charges: readonly Charge[]) {
    const begun = Promise.withResolvers<void>();
    const gate = Promise.withResolvers<{ kind: string }>();
    const answer = tries.make(
      charges,
      () => {
        begun.resolve();
        return gate.promise;
      },
      ({ kind }) => kind === 'wrong',
    );
    await begun.promise;
    return (kind: 'right' | 'wrong') => {
      gate.resolve({ kind });
      return answer;
    };
  }
  /** Resolves once it stands in line or has its answer, which is behind a function so that it is not waited for. */
  async function wait(charges: readonly Charge[]) {
    const answer = tries.make(
      charges,
      async () => ({ kind: 'right' }),
      () => false,
    );
    answer.catch(() => undefined);
    // It asks the database once, which is of this process; a further question is answered after it.
    for (let questions = 0; questions < 6; questions++)
      await database.kysely.selectFrom('attempt_counters').select('bucket').execute();
    return () => answer;
  }
  return { tries, clock, begin, wait, [Symbol.asyncDispose]: () => database.close() };
}
const single = (bucket: string): Charge => ({ bucket, limit: { attemptsMax: 1, windowMs: 60_000 } });

test('room in two limits wakes one for each of them, and none sleeps on because another one was asked first', async () => {
  await using held = await openHeld();
  const endBoth = await held.begin([single('a'), single('b')]);
  const endThird = await held.begin([single('c')]);
  const needsMore = await held.wait([single('a'), single('c')]);
  const needsTheOther = await held.wait([single('b')]);
  await endBoth('right');
  assert.deepEqual(await needsTheOther(), { kind: 'right' });
  await endThird('right');
  assert.deepEqual(await needsMore(), { kind: 'right' });
});

test('what one who was woken has no use for goes to the next who waits for it', async () => {
  await using held = await openHeld();
  const endFirst = await held.begin([single('a')]);
  const endOther = await held.begin([single('b')]);
  const needsBoth = await held.wait([single('a'), single('b')]);
  const needsOne = await held.wait([single('a')]);
  await endFirst('right');
  assert.deepEqual(await needsOne(), { kind: 'right' });
  await endOther('right');
  assert.deepEqual(await needsBoth(), { kind: 'right' });
});

test('whoever still waits when a window has ended is let in, though all that was under way were guesses', async () => {
  await using held = await openHeld();
  const end = await held.begin([single('a')]);
  const waiting = await held.wait([single('a')]);
  held.clock.ms += 60_000;
  await end('wrong');
  assert.deepEqual(await waiting(), { kind: 'right' });
});

test('a window that ends lets in who waits, while what filled it is still under way', async () => {
  await using held = await openHeld();
  const short = [{ bucket: 'a', limit: { attemptsMax: 1, windowMs: 50 } }];
  const end = await held.begin(short);
  held.clock.ms += 45;
  const waiting = await held.wait(short);
  held.clock.ms += 5;
  assert.deepEqual(await waiting(), { kind: 'right' });
  await end('wrong');
});

test('a limit that is full of guesses refuses at once, whatever goes on in another one', async () => {
  await using held = await openHeld();
  await (await held.begin([single('a')]))('wrong');
  const end = await held.begin([single('b')]);
  assert.deepEqual(await (await held.wait([single('a'), single('b')]))(), {
    kind: 'limited',
    retryAtMs: startMs + 60_000,
  });
  await end('right');
});

test('a try that does not end holds those behind it for a while: they are told so, and refused nothing', async () => {
  await using held = await openHeld({ turnMs: 1000, lineMs: 30 });
  const end = await held.begin([single('a')]);
  const behind = await held.wait([single('a'), single('b')]);
  await assert.rejects(behind(), TriesHeldUp);
  assert.deepEqual(await (await held.wait([single('b')]))(), { kind: 'right' }, 'and nothing is charged for it');
  await end('right');
  assert.deepEqual(await (await held.wait([single('a')]))(), { kind: 'right' });
});

test('a line that is full sends the next one away', async () => {
  const database = await openMemoryDatabase();
  const tries = openTries(openAttemptLimiter({ database, nowMs: () => startMs }));
  const charges = [{ bucket: 'address 192.0.2.1', limit: { attemptsMax: 1, windowMs: 60_000 } }];
  const gate = Promise.withResolvers<{ kind: string }>();
  const first = tries.make(
    charges,
    () => gate.promise,
    ({ kind }) => kind === 'wrong',
  );
  const other = () =>
    tries.make(
      charges,
      () => assert.fail('there is no room'),
      () => false,
    );
  const others = Array.from({ length: 1001 }, other);
  assert.deepEqual(await Promise.race(others), { kind: 'limited', retryAtMs: startMs + 60_000 });
  gate.resolve({ kind: 'wrong' });
  assert.equal((await first).kind, 'wrong');
  assert.ok((await Promise.all(others)).every((answer) => Object(answer).kind === 'limited'));
  await database.close();
});
