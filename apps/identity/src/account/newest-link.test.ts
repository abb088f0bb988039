/** Of the links that one person asked for only the newest request's count, whatever happens at the same time. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { openSealer } from '@gatehouse/storage/sealer.ts';
import { memoryVolatile } from '@gatehouse/storage/volatile/memory-volatile.ts';
import { openVolatile } from '@gatehouse/storage/volatile/open-volatile.ts';
import { type SealedVolatile, sealedVolatile } from '@gatehouse/storage/volatile/sealed-volatile.ts';
import type { Volatile } from '@gatehouse/storage/volatile/volatile.ts';
import { needs } from '@gatehouse/testing/needs.ts';
import { startPostgres } from '@gatehouse/testing/postgres.ts';
import { temporaryFolder } from '@gatehouse/testing/temporary-folder.ts';
import { openResetLinks, type ResetLinks } from './reset-links.ts';

const nowMs = () => 1_800_000_000_000;
const sealer = openSealer('an encryption key of this house');

function openLinks(volatile: Volatile, change: Partial<SealedVolatile> = {}): ResetLinks {
  const newId = () => randomBytes(16).toString('base64url');
  return openResetLinks({
    volatile: { ...sealedVolatile(volatile, sealer), ...change },
    nowMs,
    newId,
    lifespanMs: 300_000,
  });
}

/** As two processes have them. */
type Handles = AsyncDisposable & { readonly first: Volatile; readonly second: Volatile };

async function openMemory(): Promise<Handles> {
  const volatile = memoryVolatile(nowMs);
  return { first: volatile, second: volatile, [Symbol.asyncDispose]: () => volatile.close() };
}

async function openSqlite(): Promise<Handles> {
  const folder = temporaryFolder('newest-link');
  const location = { dialect: 'sqlite', path: join(folder.path, 'identity.sqlite3') } as const;
  const [first, second] = [await openVolatile(location, nowMs), await openVolatile(location, nowMs)];
  return {
    ...{ first, second },
    async [Symbol.asyncDispose]() {
      await first.close();
      await second.close();
      await folder.remove();
    },
  };
}

async function openPostgres(): Promise<Handles> {
  const server = await startPostgres();
  const location = { dialect: 'postgres', ...server } as const;
  const [first, second] = [await openVolatile(location, nowMs), await openVolatile(location, nowMs)];
  return {
    ...{ first, second },
    async [Symbol.asyncDispose]() {
      await first.close();
      await second.close();
      await server.stop();
    },
  };
}

for (const { name, open, skip } of [
  { name: 'memory', open: openMemory, skip: false },
  { name: 'SQLite', open: openSqlite, skip: false },
  { name: 'PostgreSQL', open: openPostgres, skip: needs('postgresql') },
])
  describe(`links to a new password in ${name}`, { skip }, () => {
    let handles: Handles;
    let links: ResetLinks;
    let other: ResetLinks;
    let people = 0;
    before(async () => {
      handles = await open();
      [links, other] = [openLinks(handles.first), openLinks(handles.second)];
    });
    after(() => handles?.[Symbol.asyncDispose]());

    /** For somebody of the test's own. */
    const newPerson = () => ({ username: `person ${++people}`, mailbox: 'a digest', passwordMark: 'a mark' });

    test('attack 25: of any number that are asked for at once, in two processes, one is good', async () => {
      const madeFor = newPerson();
      for (let round = 0; round < 20; round++) {
        const issued = await Promise.all(
          Array.from({ length: 4 }, (_, index) => (index % 2 ? links : other).issue(madeFor)),
        );
        const found = await Promise.all(issued.map(({ token }) => links.find(token)));
        assert.equal(found.filter(Boolean).length, 1, `round ${round}`);
      }
    });

    test('attack 25: one that is cancelled while it is being used does not come back', async () => {
      const madeFor = newPerson();
      const { token, revokeId } = await links.issue(madeFor);
      const link = await links.redeem(token);
      assert.ok(link);
      assert.equal(await other.revoke(revokeId), true);
      assert.equal(await links.find(await links.again(link)), undefined);
    });

    test('attack 25: nor does one in whose place a newer one came, and the newer one stays', async () => {
      const madeFor = newPerson();
      const { token } = await links.issue(madeFor);
      const link = await links.redeem(token);
      assert.ok(link);
      const newer = await other.issue(madeFor);
      assert.equal(await links.find(await links.again(link)), undefined);
      assert.ok(await links.redeem(newer.token));
    });

    test('nor does one whose person has another password by now', async () => {
      const madeFor = newPerson();
      const { token, revokeId } = await links.issue(madeFor);
      const link = await links.redeem(token);
      assert.ok(link);
      await other.forget(madeFor.username);
      assert.equal(await links.find(await links.again(link)), undefined);
      assert.equal(await links.revoke(revokeId), false, 'there is nothing to cancel any more');
    });

    test('one that was used up for nothing is good once more, for its person alone', async () => {
      const madeFor = newPerson();
      const { token } = await links.issue(madeFor);
      const bobs = await links.issue(newPerson());
      const link = await links.redeem(token);
      assert.ok(link);
      const again = await links.again(link);
      assert.deepEqual(await other.redeem(again), link);
      assert.equal(await links.redeem(again), undefined);
      assert.ok(await links.find(bobs.token));
    });

    test('the way to cancel an older one cancels no newer one', async () => {
      const madeFor = newPerson();
      const older = await links.issue(madeFor);
      const newer = await links.issue(madeFor);
      assert.equal(await links.revoke(older.revokeId), false);
      assert.ok(await links.find(newer.token));
      assert.equal(await links.revoke(newer.revokeId), true);
      assert.equal(await links.revoke(newer.revokeId), false);
      assert.equal(await links.find(newer.token), undefined);
    });
  });

test('attack 25: whoever is told that a link is cancelled is told the truth, also while it is being used', async () => {
  const volatile = memoryVolatile(nowMs);
  const links = openLinks(volatile);
  const { token, revokeId } = await links.issue({ username: 'alice', mailbox: '', passwordMark: '' });
  const cancelledBefore = openLinks(volatile, {
    async consume(kind, id) {
      assert.equal(await links.revoke(revokeId), true);
      return sealedVolatile(volatile, sealer).consume(kind, id);
    },
  });
  assert.equal(await cancelledBefore.redeem(token), undefined);
});
