import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SealBroken } from '../failures.ts';
import { openSealer } from '../sealer.ts';
import { countedVolatile } from './counted-volatile.ts';
import { memoryVolatile } from './memory-volatile.ts';
import { digestOfId, sealedVolatile } from './sealed-volatile.ts';

const now = 1_700_000_000_000;
const expiresAtMs = now + 1_000;

function build() {
  const stored = memoryVolatile(() => now);
  return { stored, values: sealedVolatile(stored, openSealer('an encryption key')) };
}

test('a value comes back by its id and by its alias, with its consumption', async () => {
  const { values } = build();
  const value = { who: 'alice', scopes: ['openid'] };
  await values.put('Session', 'id', { value, expiresAtMs, alias: 'uid' });
  assert.deepEqual(await values.get('Session', 'id'), { value, expiresAtMs, consumedAtMs: undefined });
  assert.equal(await values.consume('Session', 'id'), 'consumed');
  assert.deepEqual(await values.getByAlias('Session', 'uid'), { value, expiresAtMs, consumedAtMs: now });
  assert.equal(await values.add('Session', 'id', { value, expiresAtMs }), 'exists');
});

test('a value is consumed by its alias once', async () => {
  const { values } = build();
  await values.put('Session', 'id', { value: 1, expiresAtMs, alias: 'uid' });
  assert.equal(await values.consumeByAlias('Session', 'nobody'), 'missing');
  assert.equal(await values.consumeByAlias('Session', 'uid'), 'consumed');
  assert.equal(await values.consumeByAlias('Session', 'uid'), 'already-consumed');
  assert.equal((await values.get('Session', 'id'))?.consumedAtMs, now);
});

test('neither id nor alias nor value is in what is stored', async () => {
  const { stored, values } = build();
  await values.put('Code', 'bearer-id', { value: 'alice', expiresAtMs, alias: 'alias' });
  assert.equal(await stored.get('Code', 'bearer-id'), undefined);
  assert.equal(await stored.getByAlias('Code', 'alias'), undefined);
  const entry = await stored.get('Code', digestOfId('bearer-id'));
  assert(entry);
  assert.doesNotMatch(Buffer.from(entry.payload).toString('latin1'), /alice|bearer-id|alias/);
});

test('a payload moved to another id or kind does not open', async () => {
  const { stored, values } = build();
  await values.put('Code', 'a', { value: 1, expiresAtMs });
  const entry = await stored.get('Code', digestOfId('a'));
  assert(entry);
  await stored.put('Code', digestOfId('b'), entry);
  await stored.put('Token', digestOfId('a'), entry);
  await assert.rejects(values.get('Code', 'b'), SealBroken);
  await assert.rejects(values.get('Token', 'a'), SealBroken);
});

test('the values of a grant die together', async () => {
  const { values } = build();
  await values.put('Code', 'a', { value: 1, expiresAtMs, grantId: 'g' });
  await values.put('Token', 'b', { value: 1, expiresAtMs, grantId: 'g' });
  await values.deleteByGrant('g');
  assert.equal(await values.get('Code', 'a'), undefined);
  assert.equal(await values.get('Token', 'b'), undefined);
});

test('what JSON cannot hold is a mistake', async () => {
  await assert.rejects(build().values.put('Code', 'a', { value: undefined, expiresAtMs }), TypeError);
});

test('touches are counted by name, and a sweep is none', async () => {
  const counted = countedVolatile(memoryVolatile(() => now));
  const values = sealedVolatile(counted, openSealer('an encryption key'));
  await values.put('Code', 'a', { value: 1, expiresAtMs });
  await values.get('Code', 'a');
  await values.get('Code', 'b');
  await counted.sweep(10);
  const { put, get, total } = counted.touches();
  assert.deepEqual([put, get, total], [1, 2, 3]);
  counted.reset();
  assert.equal(counted.touches().total, 0);
});
