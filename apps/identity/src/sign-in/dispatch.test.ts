import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FactorTimes, PortalSession } from '../session/portal-session.ts';
import { type Facts, type Next, nextStep } from './dispatch.ts';

const at = 1_000;

function sessionWith(factors: FactorTimes): PortalSession {
  const times = { createdAtMs: at, lastActivityMs: at };
  return { id: 's', cookieDomain: 'example.com', username: 'alice', rememberMe: false, ...times, factors };
}

const nobody = undefined;
const byPassword = sessionWith({ password: at });
const byBoth = sessionWith({ password: at, totp: at });
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
