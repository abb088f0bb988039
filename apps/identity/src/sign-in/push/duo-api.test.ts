import assert from 'node:assert/strict';
import { test } from 'node:test';
import { alicesPhone, startDuo } from '@gatehouse/testing/duo.ts';
import { DuoUnavailable, openDuoApi } from './duo-api.ts';
import { authorizationOf } from './duo-signature.ts';

const alice = { username: 'alice', address: '192.0.2.1' };

test('a call is signed as in the vector that Duo publishes with its own client', () => {
  const params = {
    '\u469a\u287b\u35d0\u8ef3\u6727\u502a\u0810\ud091\xc8\uc170':
      '\u0f45\u1a76\u341a\u654c\uc23f\u9b09\uabe2\u8343\u1b27\u60d0',
    '\u7449\u7e4b\uccfb\u59ff\ufe5f\u83b7\uadcc\u900c\ucfd1\u7813':
      '\u8db7\u5022\u92d3\u42ef\u207d\u8730\uacfe\u5617\u0946\u4e30',
    '\u7470\u9314\u901c\u9eae\u40d8\u4201\u82d8\u8c70\u1d31\ua042':
      '\u17d9\u0ba8\u9358\uaadf\ua42a\u48be\ufb96\u6fe9\ub7ff\u32f3',
    '\uc2c5\u2c1d\u2620\u3617\u96b3F\u8605\u20e8\uac21\u5934':
      '\ufba9\u41aa\ubd83\u840b\u2615\u3e6e\u652d\ua8b5\ud56bU',
  };
  const call = {
    date: 'Fri, 07 Dec 2012 17:18:00 -0000',
    method: 'POST',
    host: 'foO.BAr52.cOm',
    path: '/Foo/BaR2/qux',
  } as const;
  const keys = { integrationKey: 'test_ikey', secretKey: 'gtdfxv9YgVBYcF6dl2Eq17KUQJN2PLM2ODVTkvoT' };
  const signature =
    '0508065035a03b2a1de2f453e629e791d180329e157f65df6b3e0f08299d4321e1c5c7a7c7ee6b9e5fc80d1fb6fbf3ad5eb7c44dd3b3985a02c37aca53ec3698';
  assert.equal(
    authorizationOf({ ...call, params }, keys),
    `Basic ${Buffer.from(`test_ikey:${signature}`).toString('base64')}`,
  );
});

test('host, keys and clock are checked by one call', async () => {
  await using duo = await startDuo();
  await openDuoApi({ ...duo, trusted: undefined, nowMs: Date.now }).check();
  const wrongKey = openDuoApi({ ...duo, secretKey: 'another', trusted: undefined, nowMs: Date.now });
  await assert.rejects(wrongKey.check(), { name: 'DuoUnavailable', message: /40103 Invalid signature/ });
  const wrongClock = openDuoApi({ ...duo, trusted: undefined, nowMs: () => Date.now() - 3_600_000 });
  await assert.rejects(wrongClock.check(), { message: /40105 Bad request timestamp/ });
  assert.equal(duo.refusedCalls(), 2);
});

test('parameters with spaces, plus signs and letters of every script arrive as they were signed', async () => {
  await using duo = await startDuo();
  duo.people.set('ålice+o’b (x)*~!', { result: 'auth', phones: [alicesPhone] });
  const api = openDuoApi({ ...duo, trusted: undefined, nowMs: Date.now });
  const answer = await api.preauth({ username: 'ålice+o’b (x)*~!', address: '2001:db8::1' });
  assert.deepEqual(answer, {
    kind: 'auth',
    devices: [{ id: alicesPhone.id, name: 'Blue phone', methods: ['push', 'phone', 'sms', 'mobile_otp'] }],
  });
});

test('a server that is down, or says something else, is unavailable', async () => {
  const gone = await startDuo();
  const api = openDuoApi({ ...gone, trusted: undefined, nowMs: Date.now });
  await assert.rejects(api.ask(alice, 'no such device', 'push', { displayName: 'Alice' }), DuoUnavailable);
  await gone.stop();
  await assert.rejects(api.preauth(alice), DuoUnavailable);
});

test('only an https address is one to introduce a phone at', async () => {
  await using duo = await startDuo();
  const api = openDuoApi({ ...duo, trusted: undefined, nowMs: Date.now });
  assert.deepEqual(await api.preauth(alice), { kind: 'enroll', url: duo.enrollUrl });
});
