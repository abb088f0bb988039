/** First owners and local owners, on SQLite and on a real PostgreSQL. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, test } from 'node:test';
import { type DigestPool, openDigestPool } from '@gatehouse/password/digest-pool.ts';
import { needs } from '@gatehouse/testing/needs.ts';
import { type Engine, openTestWorkspace } from '../api/workspace.testing.ts';
import { issueOwnerCode, redeemOwnerCode } from './code.ts';
import { createLocalOwner, hasLocalOwner, listLocalSignIns, removeLocalOwner, signInLocally } from './local.ts';
import { grantOwner, hasOwner, type Owners } from './owners.ts';
import type { OwnerTables } from './schema.ts';

const engines: readonly { engine: Engine; skip: string | false }[] = [
  { engine: 'SQLite', skip: false },
  { engine: 'PostgreSQL', skip: needs('postgresql') },
];

async function openOwners(engine: Engine) {
  const workspace = await openTestWorkspace(engine);
  const clock = { nowMs: 1_000_000 };
  const { kysely, dialect } = workspace.database;
  const db = kysely.withTables<OwnerTables>();
  const owners: Owners = { db, dialect, nowMs: () => clock.nowMs, newId: randomUUID };
  const pool: DigestPool = openDigestPool();
  return {
    owners,
    clock,
    addPerson: workspace.addPerson,
    signIn: (name: string, password: string, address = '192.0.2.1') =>
      signInLocally(owners, pool, { name, password, address }),
    async [Symbol.asyncDispose]() {
      await pool.close();
      await workspace[Symbol.asyncDispose]();
    },
  };
}

for (const { engine, skip } of engines)
  describe(`owners on ${engine}`, { skip, concurrency: false }, () => {
    test('attack 29: of many who send the code at once, one becomes the owner, and no code works any more', async () => {
      await using house = await openOwners(engine);
      const people = ['Alice', 'Bob', 'Carol'];
      for (const name of people) await house.addPerson(name, 20);
      const codes = [await issueOwnerCode(house.owners), await issueOwnerCode(house.owners)];
      const redeemed = await Promise.all(
        people.map((name, index) => redeemOwnerCode(house.owners, name.toLowerCase(), codes[index % 2] ?? '')),
      );
      assert.deepEqual(redeemed.toSorted(), ['owner', 'owner-exists', 'owner-exists']);
      const rows = await house.owners.db.selectFrom('people').select('id').where('role', '=', 50).execute();
      assert.equal(rows.length, 1);
      assert.equal(await issueOwnerCode(house.owners), undefined);
    });

    test('a code is read as it was typed, ends after an hour, and after five wrong tries', async () => {
      await using house = await openOwners(engine);
      await house.addPerson('Alice', 20);
      const late = (await issueOwnerCode(house.owners)) ?? '';
      house.clock.nowMs += 3_600_000;
      assert.equal(await redeemOwnerCode(house.owners, 'alice', late), 'wrong');
      const spoilt = (await issueOwnerCode(house.owners)) ?? '';
      for (let time = 0; time < 5; time++) await redeemOwnerCode(house.owners, 'alice', 'WRONG');
      assert.equal(await redeemOwnerCode(house.owners, 'alice', spoilt), 'wrong');
      assert.equal(await hasOwner(house.owners.db), false);
      const code = (await issueOwnerCode(house.owners)) ?? '';
      assert.equal(
        await redeemOwnerCode(house.owners, 'alice', ` ${code.toLowerCase().replaceAll('-', ' ')} `),
        'owner',
      );
    });

    test('an owner whose account is closed is none: a code is printed again', async () => {
      await using house = await openOwners(engine);
      await house.addPerson('Alice', 50);
      assert.equal(await issueOwnerCode(house.owners), undefined);
      await house.owners.db.updateTable('people').set({ deactivated_at: 1 }).execute();
      assert.match((await issueOwnerCode(house.owners)) ?? '', /^(\w{5}-){3}\w{5}$/);
    });

    test('a command makes an owner of whoever it names by address or id, and of nobody else', async () => {
      await using house = await openOwners(engine);
      await house.addPerson('Alice', 20);
      await house.addPerson('Bob', 20);
      assert.deepEqual(await grantOwner(house.owners, 'ALICE@Example.com'), { outcome: 'granted', name: 'Alice' });
      assert.deepEqual(await grantOwner(house.owners, 'alice'), { outcome: 'already', name: 'Alice' });
      assert.deepEqual(await grantOwner(house.owners, 'bob'), { outcome: 'granted', name: 'Bob' });
      assert.deepEqual(await grantOwner(house.owners, 'carol@example.com'), { outcome: 'unknown' });
    });

    test('a local owner’s password works once, also when sent many times at once; a new one does again', async () => {
      await using house = await openOwners(engine);
      assert.equal(await hasLocalOwner(house.owners), false);
      const password = await createLocalOwner(house.owners, 'glass');
      const answers = await Promise.all(Array.from({ length: 4 }, () => house.signIn('glass', password)));
      assert.equal(answers.filter(({ outcome }) => outcome === 'signed-in').length, 1);
      assert.equal((await house.signIn('glass', password)).outcome, 'refused');
      const next = await createLocalOwner(house.owners, 'glass');
      const again = await house.signIn(' Glass ', next);
      assert.ok(again.outcome === 'signed-in' && again.person.role === 50);
      const people = await house.owners.db.selectFrom('people').select('id').execute();
      assert.equal(people.length, 1, 'the command made one person');
    });

    test('a wrong name and a wrong password are told alike, written down, and slowed down by address', async () => {
      await using house = await openOwners(engine);
      const password = await createLocalOwner(house.owners, 'glass');
      assert.equal((await house.signIn('nobody', password)).outcome, 'refused');
      for (let time = 0; time < 9; time++) assert.equal((await house.signIn('glass', 'wrong')).outcome, 'refused');
      assert.equal((await house.signIn('glass', password)).outcome, 'too-many');
      assert.equal((await house.signIn('glass', password, '192.0.2.2')).outcome, 'signed-in');
      const tries = await listLocalSignIns(house.owners);
      assert.equal(tries.filter(({ outcome }) => outcome === 'signed-in').length, 1);
      assert.equal(tries.length, 11, 'what came after too many is not written down');
      house.clock.nowMs += 15 * 60_000 + 1;
      assert.equal((await house.signIn('glass', 'wrong')).outcome, 'refused');
    });

    test('many wrong tries at once are slowed down too; all of them are forgotten after ninety days', async () => {
      await using house = await openOwners(engine);
      await createLocalOwner(house.owners, 'glass');
      const answers = await Promise.all(Array.from({ length: 24 }, () => house.signIn('glass', 'wrong')));
      assert.ok(answers.filter(({ outcome }) => outcome !== 'too-many').length <= 10);
      house.clock.nowMs += 90 * 24 * 60 * 60_000 + 1;
      await house.signIn('glass', 'wrong');
      assert.equal((await listLocalSignIns(house.owners)).length, 1);
    });

    test('a local owner who was removed is out', async () => {
      await using house = await openOwners(engine);
      const password = await createLocalOwner(house.owners, 'glass');
      assert.equal(await removeLocalOwner(house.owners, 'glass'), true);
      assert.equal((await house.signIn('glass', password)).outcome, 'refused');
      assert.equal(await hasOwner(house.owners.db), false);
      assert.equal(await removeLocalOwner(house.owners, 'glass'), false);
    });
  });
