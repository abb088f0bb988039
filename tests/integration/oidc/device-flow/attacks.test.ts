/** Attack 48: the ways to get in through somebody's device, or to get somebody into one's own. */
import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { memoryVolatile } from '@gatehouse/storage/volatile/memory-volatile.ts';
import type { Volatile } from '@gatehouse/storage/volatile/volatile.ts';
import { userinfo } from '../../../../apps/identity/src/oidc/client.testing.ts';
import { type House, openHouse } from '../../../../apps/identity/src/oidc/house.testing.ts';
import { answerFor, codesOf, redeem, television, typeCode } from './device.testing.ts';

const alice = { as: 'alice', factors: '1', consent: 'accept' } as const;
let house: House;
beforeEach(async () => {
  house = await openHouse({
    volatile: (nowMs) => meetingReaders(memoryVolatile(nowMs)),
    clients: [
      television,
      { ...television, client_id: 'other' },
      { ...television, client_id: 'strict', authorization_policy: 'two_factor' },
      { ...television, client_id: 'closed', authorization_policy: 'admins_only' },
    ],
    oidc: {
      authorization_policies: {
        admins_only: { default_policy: 'deny', rules: [{ policy: 'one_factor', subject: [['group:admins']] }] },
      },
    },
  });
});
afterEach(() => house.close());

/** Holds readers of a user code back until `waiting` of them are there, so that all of them read before any writes. */
function meetingReaders(volatile: Volatile): Volatile {
  return {
    ...volatile,
    async getByAlias(kind, alias) {
      const entry = await volatile.getByAlias(kind, alias);
      if (kind.startsWith('oidc.DeviceCode')) await meet();
      return entry;
    },
  };
}

let waiting = 0;
let arrived: (() => void)[] = [];
async function meet(): Promise<void> {
  if (waiting === 0) return;
  waiting -= 1;
  await new Promise<void>((resolve) => {
    arrived.push(resolve);
    if (waiting > 0) return;
    for (const goOn of arrived) goOn();
    arrived = [];
  });
}

function problem(): string | undefined {
  const page = house.devicePages.at(-1);
  return page?.kind === 'code' ? page.problem : page?.kind;
}

test('attack 48: guessing codes ends after ten from one address, whatever browser it uses', async () => {
  for (let guess = 0; guess < 10; guess += 1) {
    await typeCode(house.browser(), 'BBBB-BBBB');
    assert.equal(problem(), 'unknown');
  }
  const { userCode } = await codesOf(house);
  const answer = await typeCode(house.browser(), userCode);
  assert.deepEqual([answer.status, problem()], [429, 'limited']);
  const elsewhere = await typeCode(house.browser(), userCode, { 'x-test-address': '192.0.2.9' });
  assert.match(elsewhere.headers.get('location') ?? '', /^\/sign-in\//);
});

test('attack 48: guessing codes ends after ten in one browser, whatever address it uses', async () => {
  const browser = house.browser();
  const from = (guess: number) => ({ 'x-test-address': `192.0.2.${guess}` });
  for (let guess = 0; guess < 10; guess += 1) await typeCode(browser, 'BBBB-BBBB', from(guess));
  assert.equal(problem(), 'unknown');
  await typeCode(browser, 'BBBB-BBBB', from(100));
  assert.equal(problem(), 'limited');
});

test('attack 48: right codes are not counted as guesses', async () => {
  for (let device = 0; device < 12; device += 1) {
    const { userCode } = await codesOf(house);
    const answer = await typeCode(house.browser(), userCode);
    assert.match(answer.headers.get('location') ?? '', /^\/sign-in\//);
  }
});

test('attack 48: a code is answered for once, whatever the answer was', async () => {
  for (const consent of ['accept', 'deny'] as const) {
    const { userCode } = await codesOf(house);
    await answerFor(house.browser(), userCode, { ...alice, consent });
    await answerFor(house.browser(), userCode, alice);
    assert.equal(problem(), 'used');
  }
});

test('attack 48: of two people who type a code at once, one goes on', async () => {
  const { userCode, deviceCode } = await codesOf(house);
  waiting = 5;
  const browsers = Array.from({ length: 5 }, () => house.browser());
  const typed = await Promise.all(browsers.map((browser) => typeCode(browser, userCode)));
  const onward = typed.filter((answer) => answer.headers.get('location')?.startsWith('/sign-in/'));
  assert.equal(onward.length, 1);
  assert.equal((await redeem(house, deviceCode)).body.error, 'authorization_pending');
});

test('attack 48: a device code gives tokens once, and using it again takes them back', async () => {
  const { userCode, deviceCode } = await codesOf(house);
  await answerFor(house.browser(), userCode, alice);
  const first = await redeem(house, deviceCode);
  assert.equal(first.status, 200);
  const second = await redeem(house, deviceCode);
  assert.deepEqual([second.status, second.body.error], [400, 'invalid_grant']);
  assert.equal((await userinfo(house, first.body.access_token)).status, 401);
});

test('attack 48: twenty parallel redemptions give one token set', async () => {
  const { userCode, deviceCode } = await codesOf(house);
  await answerFor(house.browser(), userCode, alice);
  const answers = await Promise.all(Array.from({ length: 20 }, () => redeem(house, deviceCode)));
  assert.equal(answers.filter(({ status }) => status === 200).length, 1);
});

test('attack 48: a device code is no use to another client', async () => {
  const { userCode, deviceCode } = await codesOf(house);
  await answerFor(house.browser(), userCode, alice);
  assert.equal((await redeem(house, deviceCode, { client_id: 'other' })).body.error, 'invalid_grant');
  assert.equal((await redeem(house, deviceCode)).status, 200);
});

test('attack 48: a session of one factor does not let in a device that asks for two', async () => {
  const browser = house.browser();
  const easy = await codesOf(house);
  await answerFor(browser, easy.userCode, alice);
  const { userCode, deviceCode } = await codesOf(house, { client_id: 'strict' });
  const step = (await typeCode(browser, userCode)).headers.get('location') ?? '';
  const refused = await browser.go(`${step}?consent=accept`, { method: 'POST' });
  assert.equal(refused.status, 500);
  assert.equal((await redeem(house, deviceCode, { client_id: 'strict' })).body.error, 'authorization_pending');
  const raised = await browser.go(`${step}?as=alice&factors=2&consent=accept`, { method: 'POST' });
  await browser.go(raised.headers.get('location') ?? '');
  assert.equal((await redeem(house, deviceCode, { client_id: 'strict' })).status, 200);
});

test('attack 48: a policy that keeps a person out keeps their device out, signed in already or not', async () => {
  const browser = house.browser();
  for (const _signedIn of [false, true]) {
    const { userCode, deviceCode } = await codesOf(house, { client_id: 'closed' });
    await answerFor(browser, userCode, { ...alice, as: 'bob' });
    assert.equal(problem(), 'refused');
    assert.equal((await redeem(house, deviceCode, { client_id: 'closed' })).body.error, 'access_denied');
  }
});

test('attack 48: an answer counts only while the person is still signed in', async () => {
  const browser = house.browser();
  const { userCode, deviceCode } = await codesOf(house);
  const step = (await typeCode(browser, userCode)).headers.get('location') ?? '';
  const answered = await browser.go(`${step}?${new URLSearchParams(alice)}`, { method: 'POST' });
  house.sessions.clear();
  const again = await browser.go(answered.headers.get('location') ?? '');
  assert.match(again.headers.get('location') ?? '', /^\/sign-in\//);
  assert.equal((await redeem(house, deviceCode)).body.error, 'authorization_pending');
});

test('attack 48: the answer belongs to the browser that typed the code', async () => {
  const { userCode, deviceCode } = await codesOf(house);
  const step = (await typeCode(house.browser(), userCode)).headers.get('location') ?? '';
  const stranger = await house.browser().go(`${step}?as=bob&factors=2&consent=accept`, { method: 'POST' });
  assert.equal(stranger.status, 410);
  assert.equal((await redeem(house, deviceCode)).body.error, 'authorization_pending');
});
