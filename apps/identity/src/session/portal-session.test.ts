import assert from 'node:assert/strict';
import { test } from 'node:test';
import { amrOf, type FactorTimes, firstFactorAtMs, type KeyProof, levelOf } from './portal-session.ts';

const carried: KeyProof = {
  ...{ attachment: 'cross-platform', userPresent: true, userVerified: false, countsTwice: false },
};
const builtIn: KeyProof = { ...carried, attachment: 'platform', userVerified: true };

function sessionWith(factors: FactorTimes, key?: KeyProof) {
  const times = { createdAtMs: 1, lastActivityMs: 1 };
  const about = { id: 's', cookieDomain: 'example.com', username: 'alice', rememberMe: false };
  return { ...about, ...times, factors, ...(key && { key }) };
}

const rows: readonly [title: string, FactorTimes, KeyProof | undefined, level: number, amr: string][] = [
  ['a password', { password: 1 }, undefined, 1, 'pwd kba'],
  ['a password and a code', { password: 1, totp: 1 }, undefined, 2, 'pwd kba otp mfa'],
  ['a password and a key to carry', { password: 1, webauthn: 1 }, carried, 2, 'pwd kba pop hwk user mfa'],
  ['a password and a verified built-in key', { password: 1, webauthn: 1 }, builtIn, 2, 'pwd kba pop swk user pin mfa'],
  ['a passkey', { passkey: 1 }, builtIn, 1, 'pop swk user pin'],
  ['a passkey that counts twice', { passkey: 1 }, { ...builtIn, countsTwice: true }, 2, 'pop swk user pin'],
  ['a passkey and a password', { passkey: 1, password: 1 }, carried, 2, 'pwd kba pop hwk user mfa'],
  ['a key that says nobody was there', { passkey: 1 }, { ...carried, userPresent: false }, 1, 'pop hwk'],
];

for (const [title, factors, key, level, amr] of rows)
  test(`${title}: level ${level}, amr ${amr}`, () => {
    const session = sessionWith(factors, key);
    assert.equal(levelOf(session), level);
    assert.equal(amrOf(session).join(' '), amr);
  });

test('the first factor is the later of password and passkey, never a second factor', () => {
  assert.equal(firstFactorAtMs(sessionWith({ password: 5, passkey: 7, webauthn: 9, totp: 9 })), 7);
  assert.equal(firstFactorAtMs(sessionWith({ password: 5 })), 5);
  assert.equal(firstFactorAtMs(sessionWith({ webauthn: 9, totp: 9 })), undefined);
});
