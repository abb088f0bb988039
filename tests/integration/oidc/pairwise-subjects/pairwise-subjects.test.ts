import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import type { Browser } from '../../../../apps/identity/src/oidc/browser.testing.ts';
import {
  authorizationPath,
  authorize,
  claimsOf,
  codeFor,
  exchange,
  landing,
  post,
  userinfo,
} from '../../../../apps/identity/src/oidc/client.testing.ts';
import { guideClient, type House, openHouse } from '../../../../apps/identity/src/oidc/house.testing.ts';
import { answerFor, codesOf, redeem, television } from '../device-flow/device.testing.ts';

const sales = 'https://sales.example.com/sector.json';
const client = { ...guideClient, consent_mode: 'implicit' as const };
const asAlice = { as: 'alice', factors: '2' } as const;

const application = createServer(async (req, res) => {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(chunk);
  res.end();
  application.emit('told', new URLSearchParams(Buffer.concat(chunks).toString()).get('logout_token'));
});

let house: House;
before(async () => {
  await new Promise<void>((resolve) => application.listen(0, '127.0.0.1', resolve));
  const { port } = application.address() as AddressInfo;
  house = await openHouse({
    clients: [
      client,
      { ...client, client_id: 'shop', sector_identifier_uri: sales },
      { ...client, client_id: 'till', sector_identifier_uri: sales, access_token_signed_response_alg: 'RS256' },
      { ...client, client_id: 'signed', sector_identifier_uri: sales, userinfo_signed_response_alg: 'RS256' },
      { ...client, client_id: 'other', sector_identifier_uri: 'https://sales.example.com/other.json' },
      { ...television, sector_identifier_uri: sales },
      {
        ...client,
        client_id: 'told',
        sector_identifier_uri: sales,
        backchannel_logout_uri: `http://app.localhost:${port}/`,
        allow_private_network: true,
      },
    ],
  });
});
after(async () => {
  await house.close();
  application.close();
});

async function signIn(clientId: string, browser: Browser = house.browser(), asked: Record<string, string> = {}) {
  const { body } = await exchange(house, await codeFor(browser, { client_id: clientId, ...asked }, asAlice), {
    client_id: clientId,
  });
  return { access_token: body.access_token, id_token: body.id_token, sub: claimsOf(body.id_token).sub };
}

test('applications of one sector know a person by one subject, those of another by another, the rest by the public one', async () => {
  const [open, shop, till, other] = await Promise.all(['leantime', 'shop', 'till', 'other'].map((id) => signIn(id)));
  assert.equal(shop?.sub, till?.sub);
  assert.equal(new Set([open?.sub, shop?.sub, other?.sub]).size, 3);
  for (const { sub } of [open, shop, other].filter((each) => each !== undefined))
    assert.match(String(sub), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test('the sector is the whole address, stored once for each person', async () => {
  await Promise.all([signIn('shop'), signIn('shop'), signIn('other')]);
  const rows = await house.database.kysely.selectFrom('subjects').select(['sector_id', 'username']).execute();
  assert.deepEqual(rows.map((row) => `${row.username} ${row.sector_id}`).sort(), [
    'alice ',
    'alice https://sales.example.com/other.json',
    `alice ${sales}`,
  ]);
});

test('the subject stays over a restart', async () => {
  const { sub } = await signIn('shop');
  const restarted = await openHouse({
    clients: [{ ...client, client_id: 'shop', sector_identifier_uri: sales }],
    database: house.database,
  });
  try {
    const code = await codeFor(restarted.browser(), { client_id: 'shop' }, asAlice);
    const { body } = await exchange(restarted, code, { client_id: 'shop' });
    assert.equal(claimsOf(body.id_token).sub, sub);
  } finally {
    await restarted.close();
  }
});

test('userinfo, plain and signed, and introspection of opaque and JWT tokens say the same subject', async () => {
  const { sub } = await signIn('shop');
  assert.equal((await userinfo(house, (await signIn('shop')).access_token)).body.sub, sub);
  const url = `http://127.0.0.1:${new URL(house.issuer).port}/api/oidc/userinfo`;
  const authorization = `Bearer ${(await signIn('signed')).access_token}`;
  assert.equal(claimsOf(await (await fetch(url, { headers: { authorization } })).text()).sub, sub);
  const introspected = async (clientId: string, scope: string) => {
    const { access_token: token } = await signIn(clientId, house.browser(), { scope });
    const authorization = `Basic ${Buffer.from(`${clientId}:insecure_secret`).toString('base64')}`;
    const { body } = await post(house, '/api/oidc/introspection', { token }, { authorization });
    assert.equal(body.sub, sub);
    return body.username;
  };
  for (const clientId of ['shop', 'till']) {
    assert.equal(await introspected(clientId, 'openid profile'), 'alice');
    assert.equal(await introspected(clientId, 'openid'), undefined, 'a name would undo the subject');
  }
});

test('a JWT access token says the same subject and nowhere the public one', async () => {
  const open = await signIn('leantime');
  const { access_token: token, sub } = await signIn('till');
  assert.equal(claimsOf(token).sub, sub);
  assert.equal(JSON.stringify(claimsOf(token)).includes(String(open.sub)), false);
});

test('a logout token says the same subject', async () => {
  const browser = house.browser();
  const { sub } = await signIn('told', browser);
  const heard = once(application, 'told') as Promise<[string]>;
  const page = await (await browser.go('/api/oidc/logout')).text();
  const xsrf = /name="xsrf" value="([^"]+)"/.exec(page)?.[1] ?? '';
  const action = /action="([^"]+)"/.exec(page)?.[1] ?? '';
  await browser.go(action, { method: 'POST', body: new URLSearchParams({ xsrf, logout: 'yes' }) });
  assert.equal(claimsOf((await heard)[0]).sub, sub);
});

test('a hint and a claims request name the person by the subject of the sector; the public one names nobody', async () => {
  const browser = house.browser();
  const { id_token: hint, sub } = await signIn('shop', browser);
  const open = await signIn('leantime', browser);
  const ask = async (changes: Record<string, string | undefined>) =>
    landing(await authorize(browser, authorizationPath({ client_id: 'shop', prompt: 'none', ...changes })))
      .searchParams;
  const subIs = (value: unknown) => ({ claims: JSON.stringify({ id_token: { sub: { value } } }) });
  assert.ok((await ask({ id_token_hint: hint })).get('code'));
  assert.ok((await ask(subIs(sub))).get('code'));
  assert.equal((await ask(subIs(open.sub))).get('error'), 'login_required');
});

test('a person at a device is known by the subject of the sector too', async () => {
  const { sub } = await signIn('shop');
  const { userCode, deviceCode } = await codesOf(house);
  await answerFor(house.browser(), userCode, { ...asAlice, consent: 'accept' });
  const { body } = await redeem(house, deviceCode);
  assert.equal(claimsOf(body.id_token).sub, sub);
  assert.equal((await userinfo(house, body.access_token)).body.sub, sub);
});

test('discovery names both kinds of subjects', async () => {
  const url = `http://127.0.0.1:${new URL(house.issuer).port}/.well-known/openid-configuration`;
  const metadata: unknown = await (await fetch(url)).json();
  assert.deepEqual(Object(metadata).subject_types_supported, ['public', 'pairwise']);
});
