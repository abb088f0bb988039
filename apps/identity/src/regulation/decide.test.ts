import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Decision, decide, type PastAttempt, type RegulationRules } from './decide.ts';

const rules: RegulationRules = { modes: ['user'], failuresMax: 3, findTimeMs: 120_000, banTimeMs: 300_000 };
const nowMs = 10_000_000;
const free: Decision = { kind: 'free' };

const failed = (secondsAgo: number): PastAttempt => ({ atMs: nowMs - secondsAgo * 1000, outcome: 'failure' });
const restarted = (secondsAgo: number): PastAttempt => ({ atMs: nowMs - secondsAgo * 1000, outcome: 'restart' });
const banFrom = (secondsAgo: number): Decision => ({ kind: 'ban', untilMs: nowMs - secondsAgo * 1000 + 300_000 });

const rows: readonly [title: string, newestFirst: readonly PastAttempt[], decision: Decision, changed?: object][] = [
  ['nothing tried is free', [], free],
  ['one failure fewer than the limit is free', [failed(1), failed(2)], free],
  ['the limit is a ban, from the latest failure on', [failed(1), failed(2), failed(3)], banFrom(1)],
  ['more than the limit is a ban as well', [failed(0), failed(0), failed(0), failed(0), failed(0)], banFrom(0)],
  ['failures may lie at both ends of the window', [failed(0), failed(60), failed(119.999)], banFrom(0)],
  ['a failure leaves the window at its very end', [failed(0), failed(60), failed(120)], free],
  ['failures before a success do not count', [failed(1), failed(2), restarted(3), failed(4)], free],
  ['failures after a success count', [failed(1), failed(2), failed(3), restarted(4)], banFrom(1)],
  ['a success just now is free', [restarted(0), failed(1), failed(2), failed(3)], free],
  ['a limit of nought never bans', [failed(1), failed(2), failed(3)], free, { failuresMax: 0 }],
  ['a limit of one bans at once', [failed(1)], banFrom(1), { failuresMax: 1 }],
  ['a ban is over when it ends', [failed(300), failed(301), failed(302)], free, { findTimeMs: 300_000 }],
];

for (const [title, newestFirst, decision, changed] of rows)
  test(title, () => {
    assert.deepEqual(decide(newestFirst, { ...rules, ...changed }, nowMs), decision);
  });
