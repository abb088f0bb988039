/** An application that registered itself and was removed: its tokens are dead for everybody who is shown them. And strangers
 * are in no sector with one another. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { post } from '../../../../apps/identity/src/oidc/client.testing.ts';
import { guideClient, type House, openHouse } from '../../../../apps/identity/src/oidc/house.testing.ts';
import { call, path, register, house as rules } from './registering.testing.ts';

const service = { ...guideClient, client_id: 'service', grant_types: ['authorization_code', 'client_credentials'] };
let house: House;
before(async () => {
  const offered = { ...rules, grant_types: [...rules.grant_types, 'client_credentials'] };
  house = await openHouse({ clients: [service], oidc: { dynamic_client_registration: offered } });
});
after(() => house.close());

const basic = (id: unknown, secret: unknown) => ({
  authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`,
});

async function machine() {
  const { body } = await register(house, { grant_types: ['client_credentials'], redirect_uris: [], scope: 'profile' });
  const own = basic(body.client_id, body.client_secret);
  const answer = await post(house, '/api/oidc/token', { grant_type: 'client_credentials' }, own);
  return { body, token: String(answer.body.access_token) };
}

test('a machine that is gone speaks for nobody, and nobody takes its token for good', async () => {
  const [gone, other] = [await machine(), await machine()];
  const asService = basic('service', 'insecure_secret');
  const inspect = async (token: string, headers: Record<string, string>) =>
    post(house, '/api/oidc/introspection', { token }, headers);
  assert.equal(String((await inspect(gone.token, asService)).body.active), 'true');
  const bearing = { authorization: `Bearer ${gone.token}` };
  assert.equal(String((await inspect(other.token, bearing)).body.active), 'true');
  const removed = await call(
    house,
    'DELETE',
    `${path}/${gone.body.client_id}`,
    String(gone.body.registration_access_token),
  );
  assert.equal(removed.status, 204);
  assert.equal(String((await inspect(gone.token, asService)).body.active), 'false');
  assert.equal((await inspect(other.token, bearing)).status, 401);
});

test('applications whose addresses name no host are in no common sector', async () => {
  const { status, body } = await register(house, {
    redirect_uris: ['com.example.one:/callback'],
    subject_type: 'pairwise',
  });
  assert.deepEqual([status, body.error], [400, 'invalid_client_metadata']);
});
