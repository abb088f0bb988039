/** Requests on a phone, against a server that speaks Duo's protocol, over every database. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { openSealer } from '@gatehouse/storage/sealer.ts';
import { memoryVolatile } from '@gatehouse/storage/volatile/memory-volatile.ts';
import { sealedVolatile } from '@gatehouse/storage/volatile/sealed-volatile.ts';
import { alicesPhone, alicesTablet, type DuoPerson, startDuo } from '@gatehouse/testing/duo.ts';
import { openAttemptLimiter } from '../../regulation/limiter.ts';
import { onEveryDatabase } from '../../storage/databases.suite.ts';
import { openDuoApi } from './duo-api.ts';
import { openPush, type PushPerson } from './push.ts';

const alice: PushPerson = { username: 'alice', displayName: 'Alice', sessionId: 'session-1', address: '192.0.2.1' };
const holdMs = 5_000;

onEveryDatabase('a request on a phone', (open) => {
  async function openHouse(person: DuoPerson, options: { selfEnrolment?: boolean } = {}) {
    const duo = await startDuo();
    duo.people.set('alice', person);
    const clock = { ms: 1_800_000_000_000 };
    const nowMs = () => clock.ms;
    const { database } = await open();
    const volatile = sealedVolatile(memoryVolatile(nowMs), openSealer('an encryption key for tests'));
    const push = openPush({
      ...{ database, volatile, nowMs, newId: randomUUID, limiter: openAttemptLimiter({ database, nowMs }) },
      duo: openDuoApi({ ...duo, trusted: undefined, nowMs: Date.now }),
      selfEnrolment: options.selfEnrolment ?? true,
      addressLimits: [{ attemptsMax: 10, windowMs: 60_000 }],
    });
    return { duo, push, clock, [Symbol.asyncDispose]: () => duo.stop() };
  }

  const onePhone: DuoPerson = { result: 'auth', phones: [alicesPhone], passcodes: ['123456', '654321'] };

  test('the only phone is asked, and what it says is good once', async () => {
    await using house = await openHouse(onePhone);
    const { duo, push } = house;
    const waiting = { kind: 'waiting', name: 'Blue phone', method: 'push' };
    assert.deepEqual(await push.begin({ ...alice, destination: 'Projects' }), waiting);
    assert.deepEqual(await push.begin(alice), waiting);
    assert.equal(duo.requests.length, 1);
    const [request] = duo.requests;
    assert.deepEqual(request && { ...request.params }, {
      ...{ username: 'alice', ipaddr: '192.0.2.1', factor: 'push', device: alicesPhone.id },
      ...{ async: '1', display_username: 'Alice', pushinfo: 'to=Projects' },
    });
    await duo.decide('alice', 'allow');
    const answers = await Promise.all([1, 2, 3].map(() => push.outcome(alice, holdMs)));
    assert.deepEqual(answers.map(({ kind }) => kind).sort(), ['gone', 'gone', 'verified']);
    assert.equal((await push.choiceOf('alice'))?.lastUsedAtMs, house.clock.ms);
  });

  test('an answer that takes its time is waited for, and no longer than is held', async () => {
    await using house = await openHouse(onePhone);
    await house.push.begin(alice);
    assert.equal((await house.push.outcome(alice, 50)).kind, 'waiting');
    const outcome = house.push.outcome(alice, holdMs);
    await house.duo.decide('alice', 'allow');
    assert.deepEqual(await outcome, { kind: 'verified', way: 'push' });
  });

  test('a request belongs to its session and its person', async () => {
    await using house = await openHouse(onePhone);
    await house.push.begin(alice);
    await house.duo.decide('alice', 'allow');
    assert.equal((await house.push.outcome({ ...alice, sessionId: 'session-2' }, holdMs)).kind, 'gone');
    assert.equal((await house.push.outcome({ ...alice, username: 'bob' }, holdMs)).kind, 'gone');
    assert.equal((await house.push.outcome(alice, holdMs)).kind, 'verified');
  });

  for (const [status, why] of [
    ['deny', 'refused'],
    ['fraud', 'fraud'],
    ['timeout', 'timeout'],
  ] as const)
    test(`an answer of ${status} is told as such and ends the request`, async () => {
      await using house = await openHouse(onePhone);
      await house.push.begin(alice);
      await house.duo.decide('alice', status);
      assert.deepEqual(await house.push.outcome(alice, holdMs), { kind: 'denied', why });
      assert.equal((await house.push.outcome(alice, holdMs)).kind, 'gone');
    });

  test('with several phones the person chooses, and is asked there from then on', async () => {
    await using house = await openHouse({ result: 'auth', phones: [alicesPhone, alicesTablet] });
    const { push, duo } = house;
    const answer = await push.begin(alice);
    assert.deepEqual(answer.kind === 'choose' && answer.devices.map(({ name }) => name), ['Blue phone', 'Tablet']);
    assert.equal((await push.choose(alice, alicesTablet.id, 'sms')).kind, 'unknown');
    assert.equal((await push.choose(alice, 'DPBOB', 'push')).kind, 'unknown');
    assert.equal((await push.choose(alice, alicesTablet.id, 'push')).kind, 'chosen');
    assert.equal((await push.begin(alice)).kind, 'waiting');
    assert.equal(duo.requests.at(-1)?.device, alicesTablet.id);
    duo.people.set('alice', onePhone);
    assert.equal((await push.choose(alice, alicesPhone.id, 'phone')).kind, 'chosen');
    assert.deepEqual(await push.begin(alice), { kind: 'waiting', name: 'Blue phone', method: 'phone' });
    assert.equal(await push.forget('alice'), 'forgotten');
    assert.equal(await push.choiceOf('alice'), undefined);
  });

  test('a chosen phone that Duo no longer has is not asked', async () => {
    await using house = await openHouse({ result: 'auth', phones: [alicesPhone, alicesTablet] });
    await house.push.choose(alice, alicesPhone.id, 'push');
    house.duo.people.set('alice', {
      result: 'auth',
      phones: [alicesTablet, { ...alicesTablet, id: 'DP3', name: 'New' }],
    });
    assert.equal((await house.push.begin(alice)).kind, 'choose');
    assert.equal(house.duo.requests.length, 0);
  });

  test('codes are typed where the person chose them, each once, and say in which way they came', async () => {
    await using house = await openHouse(onePhone);
    const { push, duo } = house;
    await push.choose(alice, alicesPhone.id, 'sms');
    assert.deepEqual(await push.begin(alice), { kind: 'waiting', name: 'Blue phone', method: 'sms' });
    assert.equal(duo.requests[0]?.factor, 'sms');
    assert.deepEqual(await push.answer(alice, '000000'), { kind: 'denied', why: 'wrong-code' });
    assert.deepEqual(await push.answer(alice, ' 123 456 '), { kind: 'verified', way: 'sms' });
    await push.choose(alice, alicesPhone.id, 'mobile_otp');
    await push.begin(alice);
    assert.deepEqual(await push.answer(alice, '123456'), { kind: 'denied', why: 'wrong-code' });
    assert.deepEqual(await push.answer(alice, '654321'), { kind: 'verified', way: 'code' });
    assert.equal((await push.answer(alice, '654321')).kind, 'gone');
  });

  test('who Duo lets through, turns away or does not know is told apart', async () => {
    await using house = await openHouse({ result: 'allow' });
    assert.deepEqual(await house.push.begin(alice), { kind: 'verified', way: 'bypass' });
    house.duo.people.set('alice', { result: 'deny' });
    assert.deepEqual(await house.push.begin(alice), { kind: 'denied', why: 'policy' });
    house.duo.people.delete('alice');
    assert.deepEqual(await house.push.begin(alice), { kind: 'enrol', url: house.duo.enrollUrl });
    await using strict = await openHouse({ result: 'enroll' }, { selfEnrolment: false });
    assert.deepEqual(await strict.push.begin(alice), { kind: 'enrol', url: undefined });
  });

  test('while Duo is down nobody passes, and everybody is told why', async () => {
    await using house = await openHouse(onePhone);
    await house.push.begin(alice);
    await house.duo.stop();
    assert.equal((await house.push.outcome(alice, holdMs)).kind, 'unavailable');
    assert.equal((await house.push.begin({ ...alice, sessionId: 'session-2' })).kind, 'unavailable');
    assert.equal((await house.push.devicesOf(alice)).kind, 'unavailable');
  });

  test('while Duo is down a typed code is no guess, however often it is sent', async () => {
    await using house = await openHouse(onePhone);
    await house.push.choose(alice, alicesPhone.id, 'mobile_otp');
    await house.push.begin(alice);
    await house.duo.stop();
    for (let count = 0; count < 7; count++)
      assert.equal((await house.push.answer(alice, '123456')).kind, 'unavailable');
  });

  test('requests that people say yes to count for nobody: an office behind one address signs in, each as often as they like', async () => {
    await using house = await openHouse(onePhone);
    const { duo, push } = house;
    for (let time = 0; time < 12; time++) {
      assert.equal((await push.begin(alice)).kind, 'waiting', `request ${time}`);
      await duo.decide('alice', 'allow');
      assert.equal((await push.outcome(alice, holdMs)).kind, 'verified');
    }
    duo.people.set('alice', { result: 'allow' });
    for (let time = 0; time < 12; time++)
      assert.equal((await push.begin(alice)).kind, 'verified', 'let through by Duo');
    duo.people.set('alice', onePhone);
    for (let time = 0; time < 5; time++) {
      assert.equal((await push.begin(alice)).kind, 'waiting', `a refused one ${time}`);
      await duo.decide('alice', 'deny');
      assert.equal((await push.outcome(alice, holdMs)).kind, 'denied');
    }
    assert.equal((await push.begin(alice)).kind, 'limited', 'those that were refused do count');
  });

  test('attack 17: a phone rings five times in five minutes at most, however many ask at once', async () => {
    await using house = await openHouse(onePhone);
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, index) =>
        house.push.begin({ ...alice, sessionId: `session-${index}`, address: `198.51.100.${index}` }),
      ),
    );
    assert.equal(answers.filter(({ kind }) => kind === 'waiting').length, 5);
    assert.equal(answers.filter(({ kind }) => kind === 'limited').length, 195);
    assert.equal(house.duo.requests.length, 5);
  });

  test('attack 17: of two hundred codes at once Duo hears five', async () => {
    await using house = await openHouse(onePhone);
    await house.push.choose(alice, alicesPhone.id, 'mobile_otp');
    await house.push.begin(alice);
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, index) =>
        house.push.answer({ ...alice, address: `198.51.100.${index}` }, String(index).padStart(6, '0')),
      ),
    );
    assert.equal(answers.filter(({ kind }) => kind === 'denied').length, 5);
    assert.equal(answers.filter(({ kind }) => kind === 'limited').length, 195);
  });
});
