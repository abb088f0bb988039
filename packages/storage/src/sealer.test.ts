import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SealBroken } from './failures.ts';
import { openSealer } from './sealer.ts';

const sealer = openSealer('an encryption key of some length');
const at = { table: 'totp', column: 'secret', row: 'alice' };
const plain = Buffer.from('JBSWY3DPEHPK3PXP');

test('what was sealed opens at its place, also empty, also under a sealer opened anew', () => {
  assert.deepEqual(Buffer.from(sealer.open(at, sealer.seal(at, plain))), plain);
  assert.equal(sealer.open(at, sealer.seal(at, Buffer.alloc(0))).length, 0);
  const later = openSealer('an encryption key of some length');
  assert.deepEqual(Buffer.from(later.open(at, sealer.seal(at, plain))), plain);
});

test('the same value never seals to the same bytes', () => {
  assert.notDeepEqual(sealer.seal(at, plain), sealer.seal(at, plain));
});

test('a value does not open in another table, column or row', () => {
  const sealed = sealer.seal(at, plain);
  for (const elsewhere of [{ table: 'other' }, { column: 'other' }, { row: 'bob' }])
    assert.throws(() => sealer.open({ ...at, ...elsewhere }, sealed), SealBroken);
});

test('places whose parts join to the same text are different places', () => {
  const sealed = sealer.seal({ table: 'a', column: 'b","c', row: 'd' }, plain);
  assert.throws(() => sealer.open({ table: 'a', column: 'b', row: 'c","d' }, sealed), SealBroken);
});

test('a value does not open under another key', () => {
  assert.throws(() => openSealer('another encryption key').open(at, sealer.seal(at, plain)), SealBroken);
});

test('no byte can be altered, taken away or added', () => {
  const sealed = sealer.seal(at, plain);
  for (let i = 0; i < sealed.length; i += 1) {
    const altered = Uint8Array.from(sealed, (byte, index) => (index === i ? byte ^ 1 : byte));
    assert.throws(() => sealer.open(at, altered), SealBroken);
    assert.throws(() => sealer.open(at, sealed.subarray(0, i)), SealBroken);
  }
  assert.throws(() => sealer.open(at, Buffer.concat([sealed, Uint8Array.of(0)])), SealBroken);
});

test('a failure names the place and nothing of the value', () => {
  assert.throws(() => sealer.open({ ...at, row: 'bob' }, sealer.seal(at, plain)), {
    code: 'seal-broken',
    message: /totp\.secret does not open/,
  });
});

test('an empty encryption key is a mistake', () => {
  assert.throws(() => openSealer(''), TypeError);
});
