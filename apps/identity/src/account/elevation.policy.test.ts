import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PortalSession } from '../session/portal-session.ts';
import { type ElevationNeed, elevationNeed } from './elevation.policy.ts';

const nowMs = 1_800_000_000_000;
const here = '192.0.2.1';
const oneFactor: PortalSession = {
  id: 'a session',
  cookieDomain: 'example.com',
  username: 'alice',
  rememberMe: false,
  createdAtMs: nowMs,
  lastActivityMs: nowMs,
  factors: { password: nowMs },
};
const twoFactors = { ...oneFactor, factors: { password: nowMs, totp: nowMs } };
const elevated = { ...oneFactor, elevation: { expiresAtMs: nowMs + 1, remoteAddress: here } };

type Row = [
  title: string,
  need: ElevationNeed,
  session: PortalSession,
  changed?: Partial<Parameters<typeof elevationNeed>[0]>,
];
const require = { requireSecondFactor: true, skipSecondFactor: false };
const skip = { requireSecondFactor: false, skipSecondFactor: true };

const rows: readonly Row[] = [
  ['one factor needs the mailbox', 'mailbox', oneFactor],
  ['two factors need the mailbox too', 'mailbox', twoFactors],
  ['a proven mailbox is enough', 'nothing', elevated],
  ['a proof ends at its instant', 'mailbox', elevated, { nowMs: nowMs + 1 }],
  ['a proof holds for the address that gave it alone', 'mailbox', elevated, { remoteAddress: '192.0.2.2' }],
  [
    'required: who has a second factor must use it',
    'second-factor',
    elevated,
    { rules: require, hasSecondFactor: true },
  ],
  ['required: who has none goes on', 'nothing', elevated, { rules: require }],
  ['required: it does not replace the mailbox', 'mailbox', twoFactors, { rules: require, hasSecondFactor: true }],
  ['skipped: two factors need no mailbox', 'nothing', twoFactors, { rules: skip }],
  ['skipped: one factor needs it', 'mailbox', oneFactor, { rules: skip }],
];

for (const [title, need, session, changed] of rows)
  test(title, () => {
    const rules = { requireSecondFactor: false, skipSecondFactor: false };
    const about = { session, remoteAddress: here, hasSecondFactor: false, rules, nowMs, ...changed };
    assert.equal(elevationNeed(about), need);
  });
