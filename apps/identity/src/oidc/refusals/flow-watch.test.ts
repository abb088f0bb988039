import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openSealer } from '@gatehouse/storage/sealer.ts';
import { memoryVolatile } from '@gatehouse/storage/volatile/memory-volatile.ts';
import { sealedVolatile } from '@gatehouse/storage/volatile/sealed-volatile.ts';
import { openLog } from '@gatehouse/web/log.ts';
import { codesMax, openFlowWatch } from './flow-watch.ts';
import { plain, type Refusal } from './refusal.ts';

const finding: Refusal = {
  kind: 'finding',
  issuer: 'https://auth.example.com',
  clientId: 'leantime',
  isKnownClient: true,
  endpoint: 'token',
  error: '',
  cause: 'code-never-redeemed',
  what: 'What.',
  why: 'Why.',
  todo: 'To do.',
  sent: plain(''),
  registered: plain(''),
};

/** Several of these share a clock and a store, as processes would. */
function openShared() {
  const clock = { nowMs: Date.UTC(2026, 10, 23) };
  const nowMs = () => clock.nowMs;
  const store = sealedVolatile(memoryVolatile(nowMs), openSealer('a key for tests'));
  const log = openLog({ level: 'silent', format: 'json' });
  return {
    clock,
    open() {
      const recorded: Refusal[] = [];
      const record = (refusal: Refusal) => `AAAA-${recorded.push(refusal)}`;
      return { recorded, watch: openFlowWatch({ refusals: { record }, store, log, nowMs }) };
    },
  };
}

const code = (wasUsed: boolean | undefined) => ({
  clientId: 'leantime',
  redirectUri: 'https://leantime.example.com/oidc/callback',
  lifespanSeconds: 60,
  wasUsed: async () => wasUsed,
  finding: () => finding,
});

test('a code that nobody came with is found once its time is over, and once only', async () => {
  const { clock, open } = openShared();
  const { watch, recorded } = open();
  watch.codeIssued('a code', code(false));
  clock.nowMs += 59_999;
  await watch.review();
  assert.equal(recorded.length, 0);
  clock.nowMs += 1;
  await watch.review();
  await watch.review();
  assert.deepEqual(recorded, [finding]);
});

for (const [title, prepare] of [
  ['was redeemed', (watch: ReturnType<typeof openFlowWatch>) => watch.codeUsed('a code')],
  ['was refused', (watch: ReturnType<typeof openFlowWatch>) => void watch.codePresented('a code')],
] as const)
  test(`a code that ${title} is no finding`, async () => {
    const { clock, open } = openShared();
    const { watch, recorded } = open();
    watch.codeIssued('a code', code(false));
    prepare(watch);
    clock.nowMs += 3_600_000;
    await watch.review();
    assert.deepEqual(recorded, []);
  });

test('a code that another process redeemed, or that was taken back, is no finding', async () => {
  for (const wasUsed of [true, undefined]) {
    const { clock, open } = openShared();
    const { watch, recorded } = open();
    watch.codeIssued('a code', code(wasUsed));
    clock.nowMs += 60_000;
    await watch.review();
    assert.deepEqual(recorded, [], String(wasUsed));
  }
});

test('a code that comes late is remembered for ten minutes', async () => {
  const { clock, open } = openShared();
  const { watch } = open();
  watch.codeIssued('a code', code(false));
  clock.nowMs += 90_000;
  await watch.review();
  assert.deepEqual(watch.codePresented('a code'), {
    clientId: 'leantime',
    redirectUri: 'https://leantime.example.com/oidc/callback',
    lifespanSeconds: 60,
    ageSeconds: 90,
  });
  clock.nowMs += 10 * 60_000;
  await watch.review();
  assert.equal(watch.codePresented('a code'), undefined);
});

test('no more codes are remembered than fit', () => {
  const { open } = openShared();
  const { watch } = open();
  for (let each = 0; each <= codesMax; each += 1) watch.codeIssued(`code ${each}`, code(false));
  assert.equal(watch.codePresented('code 0'), undefined);
  assert.ok(watch.codePresented('code 1'));
});

test('an application that never reads userinfo is found two minutes after its ID token', async () => {
  const { clock, open } = openShared();
  const { watch, recorded } = open();
  watch.claimsHeldBack('leantime', () => finding);
  clock.nowMs += 119_999;
  await watch.review();
  assert.equal(recorded.length, 0);
  clock.nowMs += 1;
  await watch.review();
  assert.equal(recorded.length, 1);
});

test('an application that reads userinfo is no finding, then or later, here or in another process', async () => {
  const { clock, open } = openShared();
  const [here, there] = [open(), open()];
  here.watch.claimsHeldBack('leantime', () => finding);
  there.watch.userinfoRead('leantime');
  await there.watch.review();
  clock.nowMs += 120_000;
  await here.watch.review();
  here.watch.claimsHeldBack('leantime', () => finding);
  clock.nowMs += 120_000;
  await here.watch.review();
  assert.deepEqual(here.recorded, []);
});
