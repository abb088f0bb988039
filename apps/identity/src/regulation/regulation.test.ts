import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { onEveryDatabase } from '../storage/databases.suite.ts';
import type { IdentityDatabase } from '../storage/tables.ts';
import { openBanStore } from './ban.store.ts';
import type { RegulationRules } from './decide.ts';
import { type Attempt, openRegulation } from './regulation.ts';

const startMs = 1_800_000_000_000;
const defaults: RegulationRules = { modes: ['user'], failuresMax: 3, findTimeMs: 120_000, banTimeMs: 300_000 };
const alice: Attempt = { username: 'alice', address: '192.0.2.1' };
const bob: Attempt = { username: 'bob', address: '192.0.2.1' };
const stranger: Attempt = { username: undefined, address: '192.0.2.1' };

onEveryDatabase('regulation', (open) => {
  async function openHouse(rules: Partial<RegulationRules> = {}) {
    const clock = { ms: startMs };
    const lines: { fields: object; message: string }[] = [];
    const { database, again } = await open();
    const start = (each: IdentityDatabase) =>
      openRegulation({
        database: each,
        rules: { ...defaults, ...rules },
        nowMs: () => clock.ms,
        newId: randomUUID,
        digestKey: Buffer.alloc(32, 7),
        log: { warn: (fields, message) => lines.push({ fields, message }) },
      });
    const bans = openBanStore({ database, nowMs: () => clock.ms, newId: randomUUID });
    const fail = async (attempt: Attempt, times = 1) => {
      for (let time = 0; time < times; time++) await regulation.recordFailure(attempt);
    };
    const regulation = start(database);
    return { regulation, bans, clock, lines, database, fail, another: async () => start(await again()) };
  }

  test('three failures in a row ban the person, from any address, for the ban time', async () => {
    const { regulation, clock, fail, another } = await openHouse();
    await fail(alice, 2);
    assert.equal(await regulation.mayTry(alice), 'free');
    await fail(alice);
    assert.equal(await regulation.mayTry(alice), 'banned');
    assert.equal(await regulation.mayTry({ ...alice, address: '203.0.113.9' }), 'banned');
    assert.equal(await regulation.mayTry(bob), 'free');
    assert.equal(await (await another()).mayTry(alice), 'banned', 'in another process, and after a restart');
    clock.ms += 299_999;
    assert.equal(await regulation.mayTry(alice), 'banned');
    clock.ms += 1;
    assert.equal(await regulation.mayTry(alice), 'free');
    assert.equal(await regulation.recordSuccess(alice), 'accepted');
  });

  test('failures from before the last success do not count', async () => {
    const { regulation, fail } = await openHouse();
    await fail(alice, 2);
    assert.equal(await regulation.recordSuccess(alice), 'accepted');
    await fail(alice, 2);
    assert.equal(await regulation.mayTry(alice), 'free');
  });

  test('attack 17: a right password between guesses at the second factor wipes no slate', async () => {
    const { regulation } = await openHouse();
    const guess: Attempt = { ...alice, factor: 'second' };
    for (const _ of [1, 2, 3]) {
      assert.equal(await regulation.recordSuccess(alice), 'accepted');
      assert.equal(await regulation.mayTry(guess), 'free');
      await regulation.recordFailure(guess);
    }
    assert.equal(await regulation.mayTry(guess), 'banned');
    assert.equal(await regulation.mayTry(alice), 'banned');
  });

  test('a second factor that succeeds wipes its own slate, and an administrator both', async () => {
    const { regulation, bans, fail } = await openHouse();
    const guess: Attempt = { ...alice, factor: 'second' };
    await fail(guess, 2);
    await fail(alice, 2);
    assert.equal(await regulation.recordSuccess(guess), 'accepted');
    await fail(guess, 2);
    assert.equal(await regulation.mayTry(guess), 'free');
    await fail(alice);
    assert.equal(await regulation.mayTry(guess), 'banned');
    await bans.revoke({ kind: 'user', subject: 'alice' });
    await fail(guess, 2);
    await fail(alice, 2);
    assert.equal(await regulation.mayTry(alice), 'free');
  });

  test('attack 17: second factors that fail at one address for many people ban the address where addresses are banned', async () => {
    const { regulation } = await openHouse({ modes: ['ip'] });
    for (const username of ['alice', 'bob', 'carol'])
      await regulation.recordFailure({ username, address: '192.0.2.1', factor: 'second' });
    assert.equal(await regulation.mayTry({ username: 'dora', address: '192.0.2.1', factor: 'second' }), 'banned');
    assert.equal(await regulation.mayTry({ ...bob, address: '192.0.2.2' }), 'free');
  });

  test('attempts while banned do not make the ban longer', async () => {
    const { regulation, clock, fail } = await openHouse();
    await fail(alice, 3);
    for (let minute = 0; minute < 5; minute++) {
      assert.equal(await regulation.mayTry(alice), 'banned');
      clock.ms += 60_000;
    }
    assert.equal(await regulation.mayTry(alice), 'free');
    await fail(alice, 2);
    assert.equal(await regulation.mayTry(alice), 'free');
  });

  test('attack 17: of two hundred parallel attempts in two processes each is counted, and the right one among them is refused', async () => {
    const { regulation, another, database } = await openHouse();
    const other = await another();
    const tries = Array.from({ length: 200 }, (_, index) => (index % 2 ? regulation : other));
    assert.ok((await Promise.all(tries.map((each) => each.mayTry(alice)))).every((answer) => answer === 'free'));
    await Promise.all(tries.map((each) => each.recordFailure(alice)));
    assert.equal(await regulation.recordSuccess(alice), 'banned');
    const rows = await database.kysely.selectFrom('sign_in_attempts').select('outcome').execute();
    assert.equal(rows.filter((row) => row.outcome === 'failure').length, 200);
    assert.equal((await database.kysely.selectFrom('bans').selectAll().execute()).length, 1);
  });

  test('a name nobody has is counted for the address alone', async () => {
    const { regulation, fail } = await openHouse();
    await fail(stranger, 9);
    assert.equal(await regulation.mayTry(stranger), 'free');
    assert.equal(await regulation.mayTry(alice), 'free');

    const strict = await openHouse({ modes: ['user', 'ip'] });
    await strict.fail(stranger, 3);
    assert.equal(await strict.regulation.mayTry(alice), 'banned');
    assert.equal(await strict.regulation.mayTry({ ...alice, address: '192.0.2.2' }), 'free');
  });

  test('attack 16: a name nobody has is closed as a person is, by every spelling, and nothing of it is written down', async () => {
    const { regulation, bans, database, fail } = await openHouse();
    const typed = (name: string): Attempt => ({ ...stranger, typed: name });
    for (const name of ['Mallory Smith', 'mallory  smith ', 'MALLORY SMITH']) await fail(typed(name));
    assert.equal(await regulation.mayTry(typed('mallory smith')), 'banned');
    assert.equal(await regulation.mayTry(typed('mallory.smith')), 'free');
    assert.equal(
      await regulation.mayTry({ ...alice, username: 'mallory smith' }),
      'free',
      'somebody who got that name',
    );
    assert.deepEqual(await bans.list('user'), []);
    const rows = [
      ...(await database.kysely.selectFrom('sign_in_attempts').selectAll().execute()),
      ...(await database.kysely.selectFrom('bans').selectAll().execute()),
    ];
    assert.doesNotMatch(JSON.stringify(rows), /mallory|smith/i);
  });

  test('an IPv6 network is banned as one', async () => {
    const { regulation, fail } = await openHouse({ modes: ['ip'] });
    for (const host of ['1', '2', '3']) await fail({ username: 'alice', address: `2001:db8::${host}` });
    assert.equal(await regulation.mayTry({ username: 'bob', address: '2001:DB8:0:0:ffff::1' }), 'banned');
    assert.equal(await regulation.mayTry({ username: 'bob', address: '2001:db8:0:1::1' }), 'free');
  });

  test('with regulation off nobody is banned, but for those an administrator banned', async () => {
    const { regulation, bans, fail } = await openHouse({ failuresMax: 0 });
    await fail(alice, 20);
    assert.equal(await regulation.mayTry(alice), 'free');
    assert.equal(await regulation.recordSuccess(alice), 'accepted');
    await bans.add({ kind: 'user', subject: 'alice' }, undefined, 'left the company');
    assert.equal(await regulation.mayTry(alice), 'banned');
  });

  test('a ban that is revoked is forgotten with the failures that led to it', async () => {
    const { regulation, bans, fail } = await openHouse();
    await fail(alice, 3);
    assert.equal(await bans.revoke({ kind: 'user', subject: 'alice' }), 1);
    assert.equal(await regulation.mayTry(alice), 'free');
    await fail(alice, 2);
    assert.equal(await regulation.recordSuccess(alice), 'accepted');
    await fail(alice, 3);
    assert.equal(await regulation.mayTry(alice), 'banned');
    assert.equal(await bans.revoke({ kind: 'user', subject: 'carol' }), 0);
  });

  test('bans in force are listed, the latest first', async () => {
    const { bans, clock, fail } = await openHouse();
    await fail(alice, 3);
    clock.ms += 1000;
    await bans.add({ kind: 'user', subject: 'bob' }, startMs + 5000, 'asked for it');
    await bans.add({ kind: 'ip', subject: '192.0.2.1' }, undefined, 'scanner');
    assert.deepEqual(
      (await bans.list('user')).map(({ subject, source, expiresAtMs }) => [subject, source, expiresAtMs]),
      [
        ['bob', 'cli', startMs + 5000],
        ['alice', 'regulation', startMs + 300_000],
      ],
    );
    clock.ms = startMs + 5000;
    assert.deepEqual(
      (await bans.list('user')).map((ban) => ban.subject),
      ['alice'],
    );
    assert.deepEqual(
      (await bans.list('ip')).map((ban) => ban.expiresAtMs),
      [undefined],
    );
  });

  test('the log names the person for fail2ban, and nothing that was only typed', async () => {
    const { regulation, lines, fail } = await openHouse({ failuresMax: 1 });
    await fail(alice);
    await regulation.mayTry(alice);
    await fail(stranger);
    await fail({ username: "al'ice\nWARN forged", address: '192.0.2.1' });
    assert.deepEqual(lines, [
      {
        fields: { remote_ip: '192.0.2.1', banned: false },
        message: "Unsuccessful 1FA authentication attempt by user 'alice'",
      },
      {
        fields: { remote_ip: '192.0.2.1', banned: true },
        message: "Unsuccessful 1FA authentication attempt by user 'alice'",
      },
      {
        fields: { remote_ip: '192.0.2.1', banned: false },
        message: "Unsuccessful 1FA authentication attempt by user '(unknown)'",
      },
      {
        fields: { remote_ip: '192.0.2.1', banned: false },
        message: "Unsuccessful 1FA authentication attempt by user 'al?ice?WARN forged'",
      },
    ]);
  });

  test('attempts and ended bans are swept after ninety days, in portions', async () => {
    const { regulation, bans, clock, database, fail } = await openHouse();
    await fail(alice, 5);
    await bans.add({ kind: 'user', subject: 'carol' }, undefined, 'for good');
    clock.ms += 91 * 86_400_000;
    await fail(bob);
    assert.equal(await regulation.sweep(2), 3);
    assert.equal(await regulation.sweep(10), 3);
    assert.equal(await regulation.sweep(10), 0);
    assert.equal((await database.kysely.selectFrom('sign_in_attempts').selectAll().execute()).length, 1);
    assert.equal(await regulation.mayTry({ username: 'carol', address: '192.0.2.3' }), 'banned');
  });
});
