/** A device asks for services as an application in a browser does. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { claimsOf } from '../../../../apps/identity/src/oidc/client.testing.ts';
import { type House, openHouse } from '../../../../apps/identity/src/oidc/house.testing.ts';
import { answerFor, askForCodes, codesOf, redeem, television } from './device.testing.ts';

const asked = { audience: 'films music' };

let house: House;
before(async () => {
  house = await openHouse({
    clients: [{ ...television, audience: ['films', 'music'], access_token_signed_response_alg: 'RS256' }],
  });
});
after(() => house.close());

test('a device gets the audiences that it asked for, or fewer', async () => {
  for (const [redeemed, audience] of [
    [{}, ['films', 'music']],
    [{ audience: 'music' }, ['music']],
  ] as const) {
    const { userCode, deviceCode } = await codesOf(house, asked);
    await answerFor(house.browser(), userCode, { as: 'alice', factors: '1', consent: 'accept' });
    const { body } = await redeem(house, deviceCode, redeemed);
    assert.deepEqual(claimsOf(body.access_token).aud, audience);
  }
});

test('an audience that is not registered is refused before anybody types a code', async () => {
  const { status, body } = await askForCodes(house, { audience: 'games' });
  assert.deepEqual([status, body.error], [400, 'invalid_target']);
});
