import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openLog } from '@gatehouse/web/log.ts';
import { onEveryDatabase, type TestDatabase } from '../../storage/databases.suite.ts';
import { openRefusalRecorder, pendingInBucketMax, pendingMax } from './recorder.ts';
import { openRefusalStore, rowsInAllMax, rowsInBucketMax } from './refusal.store.ts';
import { plain, type Refusal, sameForMs } from './refusal.ts';

const start = Math.floor(Date.UTC(2026, 10, 23, 21) / sameForMs) * sameForMs;

function buildRefusal(changes: Partial<Refusal> = {}): Refusal {
  return {
    kind: 'refusal',
    issuer: 'https://auth.example.com',
    clientId: 'leantime',
    isKnownClient: true,
    endpoint: 'authorization',
    error: 'invalid_request',
    cause: 'pkce-missing',
    what: 'What.',
    why: 'Why.',
    todo: 'To do.',
    sent: plain('no code_challenge'),
    registered: plain('require_pkce: true'),
    ...changes,
  };
}

function openRoom({ database }: TestDatabase) {
  const clock = { nowMs: start };
  const lines: Record<string, unknown>[] = [];
  const log = openLog({ level: 'info', format: 'json' }, { write: (line) => void lines.push(JSON.parse(line)) });
  const nowMs = () => clock.nowMs;
  const store = openRefusalStore({ database, nowMs });
  let writes = 0;
  const counted = {
    add: (...args: Parameters<typeof store.add>) => {
      writes += 1;
      return store.add(...args);
    },
  };
  const recorder = openRefusalRecorder({ store: counted, log, nowMs });
  return { clock, lines, store, recorder, writes: () => writes, all: () => store.list({ limit: 100_000 }) };
}

onEveryDatabase('refusals', (open) => {
  test('a refusal is found under the reference that was answered at once', async () => {
    const { recorder, store, all } = openRoom(await open());
    const refusal = buildRefusal({ setting: { key: 'a.b', file: 'c.yml', line: 3 }, write: 'b: true' });
    const reference = recorder.record(refusal);
    assert.deepEqual(await all(), [], 'nothing is written on the way of the request');
    await recorder.flush();
    const [kept] = await store.list({ reference, limit: 10 });
    assert.deepEqual(kept, { ...refusal, reference, times: 1, firstAtMs: start, lastAtMs: start });
  });

  test('identical ones of an hour are one row that counts, over flushes and processes', async () => {
    const test = await open();
    const [here, there] = [openRoom(test), openRoom({ ...test, database: await test.again() })];
    const references = new Set<string>();
    for (const { recorder, clock } of [here, there, here])
      for (const atMs of [0, 1000, sameForMs - 1]) {
        clock.nowMs = start + atMs;
        references.add(recorder.record(buildRefusal()));
        await recorder.flush();
      }
    assert.equal(references.size, 1);
    const [kept, ...more] = await here.all();
    assert.equal(more.length, 0);
    assert.deepEqual([kept?.times, kept?.firstAtMs, kept?.lastAtMs], [9, start, start + sameForMs - 1]);
    here.clock.nowMs = start + sameForMs;
    assert.ok(!references.has(here.recorder.record(buildRefusal())));
  });

  test('each client keeps its newest, and no flood of one pushes out another’s', async () => {
    const { recorder, all, clock } = openRoom(await open());
    recorder.record(buildRefusal({ clientId: 'quiet' }));
    for (let batch = 0; batch < 5; batch += 1) {
      for (let each = 0; each < pendingInBucketMax; each += 1) {
        recorder.record(buildRefusal({ clientId: 'loud', sent: plain(`address ${batch} ${each}`) }));
      }
      await recorder.flush();
      clock.nowMs += 1;
    }
    const kept = await all();
    const loud = kept.filter(({ clientId }) => clientId === 'loud');
    assert.equal(loud.length, rowsInBucketMax);
    assert.ok(loud.every(({ sent }) => /^address [34] /.test(sent[0]?.text ?? '')));
    assert.equal(kept.filter(({ clientId }) => clientId === 'quiet').length, 1);
  });

  test('a flood of refusals for clients that do not exist shares one limit', async () => {
    const { recorder, all, clock } = openRoom(await open());
    for (let each = 0; each < 300; each += 1) {
      clock.nowMs += 1;
      recorder.record(buildRefusal({ clientId: `made-up-${each}`, isKnownClient: false }));
      if (each % 40 === 39) await recorder.flush();
    }
    await recorder.flush();
    assert.ok((await all()).length <= rowsInBucketMax);
  });

  test('rows of before thirty days are swept', async () => {
    const { recorder, all, clock, store } = openRoom(await open());
    recorder.record(buildRefusal());
    await recorder.flush();
    clock.nowMs += 30 * 24 * sameForMs;
    assert.equal(await store.sweep(10), 0);
    clock.nowMs += 1;
    assert.equal(await store.sweep(10), 1);
    assert.deepEqual(await all(), []);
  });
});

test('attack 54: a thousand different bad requests within a second are one bounded write', async () => {
  const written: number[] = [];
  const lines: Record<string, unknown>[] = [];
  const log = openLog({ level: 'info', format: 'json' }, { write: (line) => void lines.push(JSON.parse(line)) });
  const recorder = openRefusalRecorder({
    store: { add: async (batch) => void written.push(batch.length) },
    log,
    nowMs: () => start,
  });
  for (let client = 0; client < 10; client += 1)
    for (let each = 0; each < 100; each += 1)
      recorder.record(buildRefusal({ clientId: `client-${client}`, sent: plain(`${each}`) }));
  await recorder.flush();
  assert.deepEqual(written, [pendingMax]);
  assert.equal(lines.at(-1)?.further, 1000 - pendingMax);
  assert.ok(rowsInAllMax >= pendingMax);
});

test('a storage that fails costs the refusals and nothing else', async () => {
  const lines: Record<string, unknown>[] = [];
  const log = openLog({ level: 'info', format: 'json' }, { write: (line) => void lines.push(JSON.parse(line)) });
  const recorder = openRefusalRecorder({
    store: { add: () => Promise.reject(new Error('the disk is full')) },
    log,
    nowMs: () => start,
  });
  recorder.record(buildRefusal());
  await recorder.flush();
  assert.equal(lines.at(-1)?.refusals, 1);
});
