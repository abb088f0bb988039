import assert from 'node:assert/strict';
import { test } from 'node:test';
import { acrRequestOf, leastAcr, saidAcr, satisfies } from './acr.ts';

const claims = (acr: unknown) => JSON.stringify({ id_token: { acr } });

test('acr_values are a wish, an essential claim a demand that outweighs them', () => {
  assert.deepEqual(acrRequestOf({ acr_values: 'a b' }), { essential: false, values: ['a', 'b'] });
  assert.deepEqual(
    acrRequestOf({ acr_values: 'one_factor', claims: claims({ essential: true, value: 'two_factor' }) }),
    {
      essential: true,
      values: ['two_factor'],
    },
  );
  assert.deepEqual(acrRequestOf({ claims: claims({ values: ['two_factor'] }) }), {
    essential: false,
    values: ['two_factor'],
  });
});

test('a request that names no value demands nothing', () => {
  for (const params of [{}, { acr_values: '' }, { claims: claims(null) }, { claims: claims({ essential: true }) }])
    assert.equal(acrRequestOf(params), undefined);
});

test('the least of the values is enough, whatever their order', () => {
  assert.equal(leastAcr({ essential: true, values: ['two_factor', 'gold', 'one_factor'] }), 'one_factor');
  assert.equal(leastAcr({ essential: true, values: ['gold'] }), 'unknown');
});

test('a level satisfies those below it, and nothing satisfies from no sign-in', () => {
  assert.equal(satisfies('two_factor', 'one_factor'), true);
  assert.equal(satisfies('one_factor', 'two_factor'), false);
  assert.equal(satisfies(undefined, 'one_factor'), false);
});

test('what is said is among what was asked where that is true, and the plain truth otherwise', () => {
  const asked = (...values: string[]) => ({ essential: false, values });
  assert.equal(saidAcr('two_factor', asked('one_factor')), 'one_factor');
  assert.equal(saidAcr('two_factor', asked('one_factor', 'two_factor')), 'two_factor');
  assert.equal(saidAcr('one_factor', asked('two_factor')), 'one_factor');
  assert.equal(saidAcr('two_factor', asked('gold')), 'two_factor');
  assert.equal(saidAcr('two_factor', undefined), 'two_factor');
});
