/** Flows that stop without anybody being refused, driven over HTTP: what is found, and what is not. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codeFor, exchange, userinfo } from '../../../../apps/identity/src/oidc/client.testing.ts';
import { guideClient, type HouseOptions, openHouse } from '../../../../apps/identity/src/oidc/house.testing.ts';

/** Minutes pass between the flow and the review. */
async function findingsAfter(
  options: HouseOptions,
  flow: (house: Awaited<ReturnType<typeof openHouse>>) => Promise<unknown>,
) {
  let aheadMs = 0;
  const house = await openHouse({ ...options, nowMs: () => Date.now() + aheadMs });
  try {
    await flow(house);
    aheadMs = 62_000;
    await house.flows.review();
    aheadMs = 180_000;
    await house.flows.review();
    return (await house.refusals()).filter(({ kind }) => kind === 'finding');
  } finally {
    await house.close();
  }
}

test('a code that no application exchanges is found, with the likely cause and the way to look', async () => {
  const [finding, ...more] = await findingsAfter({}, (house) => codeFor(house.browser()));
  assert.equal(more.length, 0);
  assert.equal(finding?.cause, 'code-never-redeemed');
  assert.equal(finding?.clientId, 'leantime');
  assert.match(finding?.todo ?? '', /\/\.well-known\/openid-configuration/);
});

test('a code whose exchange was refused is one refusal and no finding', async () => {
  const findings = await findingsAfter({}, async (house) => {
    const code = await codeFor(house.browser());
    await exchange(house, code, { client_secret: 'wrong' });
  });
  assert.deepEqual(findings, []);
});

test('the printed client that reads the ID token alone is found, with the claims policy it needs', async () => {
  const [finding, ...more] = await findingsAfter({}, async (house) => exchange(house, await codeFor(house.browser())));
  assert.equal(more.length, 0);
  assert.equal(finding?.cause, 'userinfo-never-read');
  assert.match(finding?.write ?? '', /id_token: \['email', 'name', 'preferred_username', 'groups'\]/);
});

test('an application that reads userinfo, or whose ID token has what it needs, or asks for nothing, is no finding', async () => {
  const reads = await findingsAfter({}, async (house) => {
    const { body } = await exchange(house, await codeFor(house.browser()));
    assert.equal((await userinfo(house, body.access_token)).status, 200);
  });
  const hatch = await findingsAfter(
    {
      clients: [{ ...guideClient, claims_policy: 'leantime' }],
      oidc: { claims_policies: { leantime: { id_token: ['email'] } } },
    },
    async (house) => exchange(house, await codeFor(house.browser())),
  );
  const plain = await findingsAfter({}, async (house) =>
    exchange(house, await codeFor(house.browser(), { scope: 'openid' })),
  );
  assert.deepEqual([reads, hatch, plain], [[], [], []]);
});

test('an ordinary exchange touches no store for it', async () => {
  const house = await openHouse();
  try {
    const code = await codeFor(house.browser());
    const before = house.touches.touches().total;
    await exchange(house, code);
    const exchanged = house.touches.touches().total - before;
    await house.flows.review();
    assert.equal(house.touches.touches().total - before, exchanged);
  } finally {
    await house.close();
  }
});
