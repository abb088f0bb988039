/** Of the codes that one session asked for only the newest is good, whatever happens at the same time. */
import assert from 'node:assert/strict';
import { randomInt, randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { openSealer } from '@gatehouse/storage/sealer.ts';
import { memoryVolatile } from '@gatehouse/storage/volatile/memory-volatile.ts';
import { type SealedVolatile, sealedVolatile } from '@gatehouse/storage/volatile/sealed-volatile.ts';
import { sourceLanguage } from '@gatehouse/words/say.ts';
import { sayIn } from '@gatehouse/words/say-in.ts';
import { openAttemptLimiter } from '../regulation/limiter.ts';
import type { PortalSession } from '../session/portal-session.ts';
import { openMemoryDatabase } from '../storage/databases.suite.ts';
import { openElevation } from './elevation.ts';
import { alice } from './house.suite.ts';

const nowMs = () => 1_800_000_000_000;
const portal = new URL('https://auth.example.com');
const session: PortalSession = {
  ...{ id: 'session-1', cookieDomain: 'example.com', username: 'alice', rememberMe: false },
  ...{ createdAtMs: nowMs(), lastActivityMs: nowMs(), factors: { password: nowMs() } },
};
const who = { session, identity: alice, address: '192.0.2.7', say: sayIn(sourceLanguage) };

async function openCodes(change: (volatile: SealedVolatile) => Partial<SealedVolatile> = () => ({})) {
  const volatile = sealedVolatile(memoryVolatile(nowMs), openSealer('an encryption key of this house'));
  const database = await openMemoryDatabase();
  const codes: string[] = [];
  const elevation = openElevation({
    volatile: { ...volatile, ...change(volatile) },
    limiter: openAttemptLimiter({ database, nowMs }),
    notifier: {
      send: async ({ text }) => void codes.push(/^ {4}(\w+)$/m.exec(text)?.[1] ?? assert.fail(text)),
      check: async () => undefined,
    },
    sayTo: async (_username, otherwise) => otherwise,
    ...{ nowMs, newId: randomUUID, randomInt, characters: 8, startLimits: [], finishLimits: [] },
    ...{ codeLifespanMs: 300_000, elevationLifespanMs: 600_000 },
  });
  return {
    ...{ elevation, codes },
    async ask(): Promise<string> {
      const answer = await elevation.send(who, portal);
      return answer.kind === 'sent' ? answer.requestId : assert.fail(answer.kind);
    },
    /** How many of the requests are answered by any of the codes. */
    async proven(requests: readonly string[]): Promise<number> {
      let proven = 0;
      for (const request of requests)
        for (const code of codes) if ((await elevation.prove(who, request, code)).kind === 'proven') proven += 1;
      return proven;
    },
    [Symbol.asyncDispose]: () => database.close(),
  };
}

test('attack 26: of two codes that are asked for at once one is good', async () => {
  const writing = Promise.withResolvers<void>();
  let writers = 0;
  await using house = await openCodes(({ put }) => ({
    // Each writes only when the other is about to, as two processes may.
    async put(kind, id, write) {
      if (++writers === 2) writing.resolve();
      await writing.promise;
      await put(kind, id, write);
    },
  }));
  assert.equal(await house.proven(await Promise.all([house.ask(), house.ask()])), 1);
});

test('attack 26: an earlier code of the session is void, one of another session is not', async () => {
  await using house = await openCodes();
  const earlier = await house.ask();
  const later = await house.ask();
  const elsewhere = { ...who, session: { ...session, id: 'session-2' } };
  const other = await house.elevation.send(elsewhere, portal);
  assert.ok(other.kind === 'sent');
  const [first = '', second = '', third = ''] = house.codes;
  assert.equal((await house.elevation.prove(who, earlier, first)).kind, 'gone');
  assert.equal((await house.elevation.prove(who, other.requestId, third)).kind, 'gone');
  assert.equal((await house.elevation.prove(who, later, second)).kind, 'proven');
  assert.equal((await house.elevation.prove(elsewhere, other.requestId, third)).kind, 'proven');
});
