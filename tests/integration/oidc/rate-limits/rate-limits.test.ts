/** `server.endpoints.rate_limits.openid_connect_*`: failures are counted by address and endpoint, and success is not. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { codeFor, exchange, post } from '../../../../apps/identity/src/oidc/client.testing.ts';
import { countersMax, openRequestLimits } from '../../../../apps/identity/src/oidc/engine/request-limits.ts';
import { type House, openHouse } from '../../../../apps/identity/src/oidc/house.testing.ts';

const minuteMs = 60_000;
let house: House;
let now = Date.now();
before(async () => {
  house = await openHouse({
    nowMs: () => now,
    requestLimits: {
      token: [
        { attemptsMax: 3, windowMs: minuteMs },
        { attemptsMax: 4, windowMs: 10 * minuteMs },
      ],
      revocation: [{ attemptsMax: 1, windowMs: minuteMs }],
    },
  });
});
after(() => house.close());

const wrong = { client_id: 'leantime', client_secret: 'wrong', grant_type: 'authorization_code', code: 'x' };
const failFrom = (address: string, path = '/api/oidc/token') => post(house, path, wrong, { 'x-test-address': address });

test('failures close the endpoint for their address, with the time to wait, until the window ends', async () => {
  const from = '198.51.100.1';
  for (let failure = 0; failure < 3; failure += 1) assert.equal((await failFrom(from)).status, 401);
  const closed = await failFrom(from);
  assert.deepEqual([closed.status, closed.headers.get('retry-after')], [429, '60']);
  assert.equal(closed.body.error, 'temporarily_unavailable');
  assert.equal((await failFrom('198.51.100.2')).status, 401);
  now += minuteMs;
  assert.equal((await failFrom(from)).status, 401);
  // The longer window is full now.
  const still = await failFrom(from);
  assert.deepEqual([still.status, still.headers.get('retry-after')], [429, String(9 * 60)]);
});

test('what succeeds is never counted, at once or one after another', async () => {
  const codes: string[] = [];
  for (let one = 0; one < 6; one += 1) codes.push(await codeFor(house.browser()));
  const answers = await Promise.all(codes.map((code) => exchange(house, code)));
  assert.deepEqual(
    answers.map(({ status }) => status),
    codes.map(() => 200),
  );
});

test('each endpoint counts for itself, and one without limits not at all', async () => {
  const from = '198.51.100.3';
  assert.equal((await failFrom(from, '/api/oidc/revocation')).status, 401);
  assert.equal((await failFrom(from, '/api/oidc/revocation')).status, 429);
  assert.equal((await failFrom(from)).status, 401);
  for (let failure = 0; failure < 6; failure += 1)
    assert.equal((await failFrom(from, '/api/oidc/introspection')).status, 401);
});

test('the addresses of one IPv6 network count as one', async () => {
  assert.equal((await failFrom('2001:db8::1', '/api/oidc/revocation')).status, 401);
  assert.equal((await failFrom('2001:db8::2', '/api/oidc/revocation')).status, 429);
  assert.equal((await failFrom('2001:db8:0:1::1', '/api/oidc/revocation')).status, 401);
});

test('a preflight is answered whatever failed', async () => {
  const url = `http://127.0.0.1:${new URL(house.issuer).port}/api/oidc/revocation`;
  const headers = { 'x-test-address': '2001:db8::1' };
  assert.ok((await fetch(url, { method: 'OPTIONS', headers })).ok);
});

test('what is remembered is bounded', () => {
  const limits = openRequestLimits({ userinfo: [{ attemptsMax: 1, windowMs: minuteMs }] }, new Map(), () => 0);
  for (let address = 0; address <= countersMax; address += 1) limits.failed('userinfo', `address ${address}`);
  assert.equal(limits.closedUntilMs('userinfo', 'address 0'), undefined);
  assert.equal(limits.closedUntilMs('userinfo', `address ${countersMax}`), minuteMs);
});
