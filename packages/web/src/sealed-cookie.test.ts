import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cookieSealer } from './sealed-cookie.ts';

test('a sealed value opens for its purpose until its expiry instant', () => {
  let now = 1000;
  const sealer = cookieSealer('a secret of the house', () => now);
  const sealed = sealer.seal('transaction', { state: 'abc' }, 2000);
  assert.deepEqual(sealer.open('transaction', sealed), { state: 'abc' });
  assert.equal(sealer.open('other', sealed), undefined);
  now = 1999;
  assert.deepEqual(sealer.open('transaction', sealed), { state: 'abc' });
  now = 2000;
  assert.equal(sealer.open('transaction', sealed), undefined);
});

test('an altered, foreign or oversized value does not open', () => {
  const sealer = cookieSealer('a secret of the house', () => 0);
  const sealed = sealer.seal('transaction', 1, 10);
  const flipped = sealed.slice(0, -2) + (sealed.endsWith('AA') ? 'BB' : 'AA');
  assert.equal(sealer.open('transaction', flipped), undefined);
  assert.equal(sealer.open('transaction', cookieSealer('another', () => 0).seal('transaction', 1, 10)), undefined);
  assert.equal(sealer.open('transaction', ''), undefined);
  assert.equal(sealer.open('transaction', 'A'.repeat(5000)), undefined);
});
