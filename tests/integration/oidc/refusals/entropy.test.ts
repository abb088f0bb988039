/** `minimum_parameter_entropy`: the least length of state and nonce, by default, stated and switched off. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import {
  aliceAgrees,
  authorizationPath,
  authorize,
  landing,
  type Params,
} from '../../../../apps/identity/src/oidc/client.testing.ts';
import { type House, openHouse } from '../../../../apps/identity/src/oidc/house.testing.ts';

const settings: readonly [stated: number | undefined, charactersMin: number][] = [
  [undefined, 8],
  [8, 8],
  [20, 20],
];

for (const [stated, charactersMin] of settings)
  describe(`minimum_parameter_entropy ${stated ?? 'not stated'}`, () => {
    let house: House;
    before(async () => {
      house = await openHouse({ oidc: { minimum_parameter_entropy: stated } });
    });
    after(() => house.close());
    const long = 'x'.repeat(charactersMin);
    const short = 'x'.repeat(charactersMin - 1);
    const ask = async (changes: Params) =>
      landing(await authorize(house.browser(), authorizationPath(changes), aliceAgrees));

    test(`${charactersMin} characters are enough, for state and nonce`, async () => {
      const target = await ask({ state: long, nonce: long });
      assert.ok(target.searchParams.get('code'));
      assert.equal(target.searchParams.get('state'), long);
    });

    for (const [title, changes] of [
      ['a shorter state', { state: short }],
      ['an empty state', { state: '' }],
      ['no state', { state: undefined }],
      ['a shorter nonce', { state: long, nonce: short }],
    ] as const)
      test(`${title} is refused`, async () => {
        const target = await ask({ ...changes, prompt: 'none' });
        assert.equal(target.searchParams.get('error'), 'invalid_request');
        assert.equal(target.searchParams.get('code'), null);
      });

    test('a request without a nonce is no request with a short one', async () => {
      assert.ok((await ask({ state: long, nonce: undefined })).searchParams.get('code'));
    });
  });

test('switched off, any state will do, or none', async () => {
  const house = await openHouse({ oidc: { minimum_parameter_entropy: -1 } });
  try {
    for (const changes of [{ state: 'x', nonce: 'y' }, { state: undefined }])
      assert.ok(
        landing(await authorize(house.browser(), authorizationPath(changes), aliceAgrees)).searchParams.get('code'),
      );
  } finally {
    await house.close();
  }
});
