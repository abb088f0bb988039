/**
 * What every backend of `Volatile` must do. A backend gives two handles on the same values, as two processes would have;
 * where there is only one process both are the same.
 */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Volatile, VolatileWrite } from './volatile.ts';

export type VolatileBackend = {
  readonly name: string;
  /** The reason to skip, or false. */
  readonly skip?: string | false;
  /** Opens two handles whose time is `nowMs`. */
  open(nowMs: () => number): Promise<{ first: Volatile; second: Volatile; close(): Promise<void> }>;
};

const startMs = 1_700_000_000_000;
const parallel = 50;

export function volatileSuite(backend: VolatileBackend): void {
  describe(`volatile values in ${backend.name}`, { skip: backend.skip ?? false }, () => {
    let opened: Awaited<ReturnType<VolatileBackend['open']>>;
    let first: Volatile;
    let second: Volatile;
    let now = startMs;
    let kinds = 0;

    before(async () => {
      opened = await backend.open(() => now);
      ({ first, second } = opened);
    });
    after(() => opened?.close());

    /** A kind of the test's own, so that tests share nothing. */
    function newKind(): string {
      now = startMs;
      kinds += 1;
      return `kind-${kinds}`;
    }

    function write(text: string, more: Partial<VolatileWrite> = {}): VolatileWrite {
      return { payload: Buffer.from(text), expiresAtMs: startMs + 1_000, ...more };
    }

    /** What other tests left must not be counted. */
    async function sweepAll(): Promise<void> {
      now = startMs + 1_000_000;
      await first.sweep(1_000);
      now = startMs;
    }

    async function read(kind: string, id: string): Promise<string | undefined> {
      const entry = await first.get(kind, id);
      return entry && Buffer.from(entry.payload).toString();
    }

    async function readByAlias(kind: string, alias: string): Promise<string | undefined> {
      const entry = await first.getByAlias(kind, alias);
      return entry && Buffer.from(entry.payload).toString();
    }

    describe('basics', () => {
      test('a value comes back byte for byte, through every handle', async () => {
        const kind = newKind();
        const payload = Uint8Array.from({ length: 256 }, (_, byte) => byte);
        await first.put(kind, 'a', { payload, expiresAtMs: startMs + 1_000 });
        for (const handle of [first, second]) {
          const entry = await handle.get(kind, 'a');
          assert(entry);
          assert.deepEqual(Uint8Array.from(entry.payload), payload);
          assert.deepEqual([entry.id, entry.expiresAtMs, entry.consumedAtMs], ['a', startMs + 1_000, undefined]);
        }
      });

      test('an unknown id and an id of another kind find nothing', async () => {
        const kind = newKind();
        await first.put(kind, 'a', write('x'));
        assert.equal(await first.get(kind, 'b'), undefined);
        assert.equal(await first.get(newKind(), 'a'), undefined);
      });

      test('a second put replaces payload and expiry', async () => {
        const kind = newKind();
        await first.put(kind, 'a', write('old'));
        await second.put(kind, 'a', write('new', { expiresAtMs: startMs + 5_000 }));
        now = startMs + 4_000;
        assert.equal(await read(kind, 'a'), 'new');
      });

      test('a deleted value is gone, and deleting it again is nothing', async () => {
        const kind = newKind();
        await first.put(kind, 'a', write('x'));
        await second.delete(kind, 'a');
        await first.delete(kind, 'a');
        assert.equal(await first.get(kind, 'a'), undefined);
      });
    });

    describe('expiry', () => {
      test('a value is there one millisecond before its expiry instant and gone at it', async () => {
        const kind = newKind();
        await first.put(kind, 'a', write('x', { alias: 'name' }));
        now = startMs + 999;
        assert.equal(await read(kind, 'a'), 'x');
        assert.equal(await readByAlias(kind, 'name'), 'x');
        now = startMs + 1_000;
        assert.equal(await first.get(kind, 'a'), undefined);
        assert.equal(await first.getByAlias(kind, 'name'), undefined);
        assert.equal(await first.consume(kind, 'a'), 'missing');
      });

      test('an id whose value has expired can be added again', async () => {
        const kind = newKind();
        await first.add(kind, 'a', write('old'));
        now = startMs + 1_000;
        assert.equal(await second.add(kind, 'a', write('new', { expiresAtMs: startMs + 2_000 })), 'added');
        assert.equal(await read(kind, 'a'), 'new');
      });

      test('a sweep removes at most what it may, only what has expired, and then nothing', async () => {
        const kind = newKind();
        await sweepAll();
        for (let i = 0; i < 7; i += 1) await first.put(kind, `old-${i}`, write('x', { grantId: 'swept' }));
        await first.put(kind, 'live', write('y', { expiresAtMs: startMs + 1_001 }));
        now = startMs + 1_000;
        assert.equal(await first.sweep(5), 5);
        assert.equal(await second.sweep(5), 2);
        assert.equal(await first.sweep(5), 0);
        assert.equal(await read(kind, 'live'), 'y');
        await first.put(kind, 'old-0', write('again', { expiresAtMs: startMs + 2_000 }));
        await first.deleteByGrant('swept');
        assert.equal(await read(kind, 'old-0'), 'again');
      });
    });

    describe('aliases and grants', () => {
      test('an alias finds its value within its kind', async () => {
        const kind = newKind();
        await first.put(kind, 'a', write('x', { alias: 'name' }));
        const entry = await second.getByAlias(kind, 'name');
        assert.equal(entry?.id, 'a');
        assert.equal(await first.getByAlias(newKind(), 'name'), undefined);
        await first.delete(kind, 'a');
        assert.equal(await first.getByAlias(kind, 'name'), undefined);
      });

      test('the value written last has the alias; the other keeps its id', async () => {
        const kind = newKind();
        await first.put(kind, 'a', write('former', { alias: 'name' }));
        await second.put(kind, 'b', write('latter', { alias: 'name', expiresAtMs: startMs + 500 }));
        assert.equal(await readByAlias(kind, 'name'), 'latter');
        assert.equal(await read(kind, 'a'), 'former');
      });

      test('an add that is refused takes no alias', async () => {
        const kind = newKind();
        await first.put(kind, 'a', write('holder', { alias: 'name' }));
        await first.put(kind, 'b', write('other'));
        assert.equal(await first.add(kind, 'b', write('refused', { alias: 'name' })), 'exists');
        assert.equal(await readByAlias(kind, 'name'), 'holder');
      });

      test('a put without the former alias and grant drops them', async () => {
        const kind = newKind();
        await first.put(kind, 'a', write('x', { alias: 'name', grantId: `${kind}-grant` }));
        await first.put(kind, 'a', write('y'));
        assert.equal(await first.getByAlias(kind, 'name'), undefined);
        await first.deleteByGrant(`${kind}-grant`);
        assert.equal(await read(kind, 'a'), 'y');
      });

      test('the values of a grant die together, of every kind, and no others', async () => {
        const kinds = [newKind(), newKind()];
        for (const kind of kinds) {
          await first.put(kind, 'a', write('x', { grantId: `${kinds[0]}-one`, alias: 'name' }));
          await first.put(kind, 'b', write('y', { grantId: `${kinds[0]}-two` }));
          await first.put(kind, 'c', write('z'));
        }
        await second.deleteByGrant(`${kinds[0]}-one`);
        for (const kind of kinds) {
          assert.deepEqual(await Promise.all(['a', 'b', 'c'].map((id) => read(kind, id))), [undefined, 'y', 'z']);
          assert.equal(await first.getByAlias(kind, 'name'), undefined);
        }
      });

      test('of a grant one kind alone may die', async () => {
        const kinds = [newKind(), newKind()];
        for (const kind of kinds) await first.put(kind, 'a', write('x', { grantId: `${kinds[0]}-one` }));
        await second.deleteByGrant(`${kinds[0]}-one`, kinds[0]);
        assert.deepEqual(await Promise.all(kinds.map((kind) => read(kind, 'a'))), [undefined, 'x']);
      });
    });

    describe('consumption', () => {
      test('the first consumer gets it, the second learns that, and the value stays readable', async () => {
        const kind = newKind();
        await first.put(kind, 'a', write('x'));
        now = startMs + 7;
        assert.equal(await first.consume(kind, 'a'), 'consumed');
        now = startMs + 8;
        assert.equal(await second.consume(kind, 'a'), 'already-consumed');
        assert.equal(await first.consume(kind, 'b'), 'missing');
        const entry = await second.get(kind, 'a');
        assert.equal(entry?.consumedAtMs, startMs + 7);
      });

      test('storing a consumed value again does not bring it back', async () => {
        const kind = newKind();
        await first.put(kind, 'a', write('x'));
        await first.consume(kind, 'a');
        await second.put(kind, 'a', write('y', { expiresAtMs: startMs + 5_000 }));
        assert.equal(await first.consume(kind, 'a'), 'already-consumed');
        assert.equal(await second.add(kind, 'a', write('z')), 'exists');
        assert.equal(await read(kind, 'a'), 'y');
      });

      test('a consumed value that is stored again takes its alias from no other, and keeps one that it has', async () => {
        const kind = newKind();
        await first.put(kind, 'a', write('former', { alias: 'name' }));
        await first.consume(kind, 'a');
        await second.put(kind, 'a', write('late', { alias: 'name' }));
        assert.equal(await readByAlias(kind, 'name'), 'late');
        await first.put(kind, 'b', write('latter', { alias: 'name' }));
        await second.put(kind, 'a', write('later still', { alias: 'name' }));
        assert.equal(await readByAlias(kind, 'name'), 'latter');
        await second.delete(kind, 'a');
        assert.equal(await readByAlias(kind, 'name'), 'latter');
      });

      test('a value stored after the consumed one has expired is a new one', async () => {
        const kind = newKind();
        await first.put(kind, 'a', write('x'));
        await first.consume(kind, 'a');
        now = startMs + 1_000;
        await first.put(kind, 'a', write('y', { expiresAtMs: startMs + 2_000 }));
        assert.equal(await first.consume(kind, 'a'), 'consumed');
      });
    });

    describe('races', () => {
      /** The same call from both handles, all under way at once. */
      function race<Answer>(call: (handle: Volatile) => Promise<Answer>): Promise<Answer[]> {
        return Promise.all(Array.from({ length: parallel }, (_, i) => call(i % 2 ? first : second)));
      }

      test(`of ${parallel} parallel consumers exactly one gets it`, async () => {
        for (let round = 0; round < 5; round += 1) {
          const kind = newKind();
          await first.put(kind, 'a', write('x'));
          const answers = await race((handle) => handle.consume(kind, 'a'));
          assert.equal(answers.filter((answer) => answer === 'consumed').length, 1);
          assert.equal(answers.filter((answer) => answer === 'already-consumed').length, parallel - 1);
        }
      });

      test(`of ${parallel} parallel adds exactly one is added`, async () => {
        for (let round = 0; round < 5; round += 1) {
          const kind = newKind();
          const answers = await race((handle) => handle.add(kind, 'a', write('x')));
          assert.equal(answers.filter((answer) => answer === 'added').length, 1);
        }
      });

      test('puts that race consumers never bring the value back', async () => {
        const kind = newKind();
        await first.put(kind, 'a', write('x'));
        const answers = await race(async (handle) => {
          await handle.put(kind, 'a', write('y'));
          return handle.consume(kind, 'a');
        });
        assert.equal(answers.filter((answer) => answer === 'consumed').length, 1);
      });

      test('sweeps that race remove each value once', async () => {
        const kind = newKind();
        await sweepAll();
        await Promise.all(Array.from({ length: 40 }, (_, i) => first.put(kind, `old-${i}`, write('x'))));
        now = startMs + 1_000;
        const removed = await race((handle) => handle.sweep(3));
        assert.equal(
          removed.reduce((sum, count) => sum + count, 0),
          40,
        );
      });
    });
  });
}
