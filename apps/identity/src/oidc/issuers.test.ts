import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Database, openDatabase } from '@gatehouse/storage/database.ts';
import { memoryVolatile } from '@gatehouse/storage/volatile/memory-volatile.ts';
import type { IdentityTables } from '../storage/tables.ts';
import { codeFor, exchange, post, userinfo } from './client.testing.ts';
import { guideClient, type House, openHouse } from './house.testing.ts';

let database: Database<IdentityTables>;
let one: House;
let other: House;
before(async () => {
  database = await openDatabase<IdentityTables>({ dialect: 'sqlite', path: ':memory:' });
  const volatile = memoryVolatile(Date.now);
  const shared = {
    database,
    volatile: () => volatile,
    clients: [
      { ...guideClient, scopes: [...(guideClient.scopes ?? []), 'offline_access'], grant_types: grants },
      { ...guideClient, client_id: 'signed', access_token_signed_response_alg: 'RS256' },
    ],
  };
  one = await openHouse(shared);
  other = await openHouse(shared);
});
after(async () => {
  await one.close();
  await other.close();
  await database.close();
});

const grants = ['authorization_code', 'refresh_token'];
const credentials = { client_id: 'leantime', client_secret: 'insecure_secret' };

test('a code of one issuer is worth nothing at another over the same store, and stays good at its own', async () => {
  const code = await codeFor(one.browser());
  const foreign = await exchange(other, code);
  assert.equal(foreign.status, 400);
  assert.equal(foreign.body.error, 'invalid_grant');
  assert.equal((await exchange(one, code)).status, 200);
});

test('tokens of one issuer are unknown to another', async () => {
  const tokens = await exchange(one, await codeFor(one.browser(), { scope: 'openid offline_access' }));
  assert.equal((await userinfo(other, tokens.body.access_token)).status, 401);
  const refresh = { ...credentials, grant_type: 'refresh_token', refresh_token: tokens.body.refresh_token };
  assert.equal((await post(other, '/api/oidc/token', refresh)).body.error, 'invalid_grant');
  assert.equal((await userinfo(one, tokens.body.access_token)).status, 200);
  assert.equal((await post(one, '/api/oidc/token', refresh)).status, 200);
});

test('attack 47: a JWT of one issuer is unknown to another with the same keys', async () => {
  const code = await codeFor(one.browser(), { client_id: 'signed' });
  const token = (await exchange(one, code, { client_id: 'signed' })).body.access_token;
  assert.equal((await userinfo(other, token)).status, 401);
  assert.equal((await userinfo(one, token)).status, 200);
});
