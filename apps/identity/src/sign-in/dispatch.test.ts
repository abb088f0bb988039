import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FactorTimes, PortalSession } from '../session/portal-session.ts';
import { type Facts, type Next, nextStep } from './dispatch.ts';

const at = 1_000;

function sessionWith(factors: FactorTimes, countsTwice = false): PortalSession {
  const times = { createdAtMs: at, lastActivityMs: at };
  const key = { attachment: 'platform', userPresent: true, userVerified: true, countsTwice } as const;
  return { id: 's', cookieDomain: 'example.com', username: 'alice', rememberMe: false, ...times, factors, key };
}

const nobody = undefined;
const byPassword = sessionWith({ password: at });
const byBoth = sessionWith({ password: at, totp: at });
const byPasskey = sessionWith({ passkey: at });
const byPasskeyAlone = sessionWith({ passkey: at }, true);
const byPasskeyThenPassword = sessionWith({ passkey: at, password: at });
const byKey = sessionWith({ password: at, webauthn: at });
const byKeyAlone = sessionWith({ webauthn: at });
const byCodeAlone = sessionWith({ totp: at });

const rows: readonly [title: string, Partial<Facts>, Next][] = [
  ['nobody proves a password', { session: nobody }, 'password'],
  ['nobody proves a password even where the policy denies', { session: nobody, requiredLevel: 'deny' }, 'password'],
  ['a code alone is no sign-in', { session: byCodeAlone, requiredLevel: 'one_factor' }, 'password'],
  ['one factor is enough where one is asked', { session: byPassword, requiredLevel: 'one_factor' }, 'finish'],
  ['a second factor is asked of who has one', { session: byPassword }, 'second-factor'],
  ['who has none sets one up', { session: byPassword, hasSecondFactor: false }, 'enrol'],
  ['two factors are enough', { session: byBoth }, 'finish'],
  ['a removed factor does not undo a proof', { session: byBoth, hasSecondFactor: false }, 'finish'],
  ['consent comes after the factors', { session: byBoth, consentNeeded: true }, 'consent'],
  ['consent never comes before the second factor', { session: byPassword, consentNeeded: true }, 'second-factor'],
  ['an older password does not count', { session: byBoth, notBeforeMs: at + 1 }, 'password'],
  ['a password proven at the instant counts', { session: byBoth, notBeforeMs: at }, 'finish'],
  ['a denied person is refused', { session: byBoth, requiredLevel: 'deny' }, 'refuse'],
  ['a denied person is refused before a second factor', { session: byPassword, requiredLevel: 'deny' }, 'refuse'],
  ['a key as second factor is enough', { session: byKey }, 'finish'],
  ['a key as second factor alone is no sign-in', { session: byKeyAlone, requiredLevel: 'one_factor' }, 'password'],
  ['a passkey is enough where one factor is asked', { session: byPasskey, requiredLevel: 'one_factor' }, 'finish'],
  ['the password is asked after a passkey where two are asked', { session: byPasskey }, 'password'],
  ['a passkey and a password are two factors', { session: byPasskeyThenPassword }, 'finish'],
  ['a passkey that counts twice is enough', { session: byPasskeyAlone }, 'finish'],
  ['an older passkey does not count', { session: byPasskeyAlone, notBeforeMs: at + 1 }, 'password'],
  [
    'a newer key does not make an older password new',
    { session: sessionWith({ password: at, webauthn: at + 9 }), notBeforeMs: at + 1 },
    'password',
  ],
  [
    'a passkey in place of an older password counts',
    { session: sessionWith({ password: at, passkey: at + 9 }), notBeforeMs: at + 1 },
    'finish',
  ],
  [
    'a denied person is not asked for consent',
    { session: byBoth, requiredLevel: 'deny', consentNeeded: true },
    'refuse',
  ],
];

for (const [title, facts, next] of rows)
  test(title, () => {
    const usual = {
      requiredLevel: 'two_factor',
      notBeforeMs: undefined,
      hasSecondFactor: true,
      consentNeeded: false,
    } as const;
    assert.equal(nextStep({ session: undefined, ...usual, ...facts }), next);
  });
