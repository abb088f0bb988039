import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onEveryDatabase } from '../storage/databases.suite.ts';
import type { IdentityDatabase } from '../storage/tables.ts';
import { type KnownPlaces, openKnownPlaces } from './known-places.ts';
import type { SessionOrigin } from './session-origin.ts';

const dayMs = 86_400_000;
const at = (network: string, userAgent = 'one/1') => ({ network, userAgent });

onEveryDatabase('known places', (open) => {
  async function openPlaces() {
    const clock = { ms: 1_800_000_000_000 };
    const { database, again } = await open();
    const over = (each: IdentityDatabase, key = 'a') =>
      openKnownPlaces({
        database: each,
        digestKey: Buffer.alloc(32, key),
        browserOf: (userAgent) => userAgent.split('/')[0] ?? '',
        nowMs: () => clock.ms,
      });
    return { places: over(database), over, again, database, clock };
  }

  /** A visit of which the owner is told at once. */
  async function seen(places: KnownPlaces, username: string, origin: SessionOrigin): Promise<string> {
    const place = await places.visit(username, origin);
    if (place.kind === 'new') await place.told();
    return place.kind;
  }

  test('the first of a person teaches, the next is new once, and each is known from then on', async () => {
    const { places } = await openPlaces();
    assert.equal(await seen(places, 'alice', at('192.0.2.*')), 'first');
    assert.equal(await seen(places, 'alice', at('192.0.2.*')), 'known');
    assert.equal(await seen(places, 'alice', at('203.0.113.*')), 'new');
    assert.equal(await seen(places, 'alice', at('203.0.113.*')), 'known');
    assert.equal(await seen(places, 'alice', at('192.0.2.*', 'other/1')), 'new');
    assert.equal(await seen(places, 'alice', at('192.0.2.*', 'one/2')), 'known');
    assert.equal(await seen(places, 'bob', at('203.0.113.*')), 'first');
  });

  test('of many sign-ins at once from a new place, by several processes, one is told that it is new', async () => {
    const { places, over, again } = await openPlaces();
    const other = over(await again());
    await seen(places, 'alice', at('192.0.2.*'));
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => seen(index % 2 ? places : other, 'alice', at('203.0.113.*'))),
    );
    assert.equal(answers.filter((answer) => answer === 'new').length, 1);
    assert.equal(answers.filter((answer) => answer === 'known').length, 19);
  });

  test('of many first places at once, by several processes, one teaches and the others are news', async () => {
    const { places, over, again } = await openPlaces();
    const other = over(await again());
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, index) => seen(index % 2 ? places : other, 'alice', at(`network ${index}`))),
    );
    assert.deepEqual(answers.toSorted(), ['first', ...Array(11).fill('new')]);
  });

  test('a place stays new until its owner was told, and only one at a time may tell', async () => {
    const { places, clock } = await openPlaces();
    await seen(places, 'alice', at('192.0.2.*'));
    const away = at('203.0.113.*');
    const first = await places.visit('alice', away);
    assert.ok(first.kind === 'new');
    assert.equal((await places.visit('alice', away)).kind, 'known', 'somebody is telling');
    await first.notTold();
    const second = await places.visit('alice', away);
    assert.ok(second.kind === 'new', 'the mail did not go out');
    clock.ms += 10 * 60_000 - 1;
    assert.equal((await places.visit('alice', away)).kind, 'known');
    clock.ms += 1;
    const third = await places.visit('alice', away);
    assert.ok(third.kind === 'new', 'whoever was telling is taken for dead');
    await third.told();
    clock.ms += dayMs;
    assert.equal((await places.visit('alice', away)).kind, 'known');
  });

  test('its rows hold no network and no browser, and two people at one place share nothing', async () => {
    const { places, over, database } = await openPlaces();
    await seen(places, 'alice', at('192.0.2.*'));
    await seen(places, 'bob', at('192.0.2.*'));
    const rows = await database.kysely.selectFrom('known_places').selectAll().execute();
    assert.doesNotMatch(JSON.stringify(rows), /192|one/);
    assert.equal(new Set(rows.map(({ digest }) => digest)).size, 2);
    assert.equal(await seen(over(database, 'b'), 'alice', at('192.0.2.*')), 'new', 'another key');
  });

  test('a person has fifty at most: the one that was left longest makes room', async () => {
    const { places, database, clock } = await openPlaces();
    for (let index = 0; index < 52; index++) {
      clock.ms += 1000;
      await seen(places, 'alice', at(`network ${index}`));
    }
    const { count } = await database.kysely
      .selectFrom('known_places')
      .select((row) => row.fn.countAll().as('count'))
      .executeTakeFirstOrThrow();
    assert.equal(Number(count), 50);
    assert.equal(await seen(places, 'alice', at('network 51')), 'known');
    assert.equal(await seen(places, 'alice', at('network 0')), 'new');
  });

  test('what was left for a year is swept, but never the last place of a person', async () => {
    const { places, clock } = await openPlaces();
    await seen(places, 'alice', at('192.0.2.*'));
    await seen(places, 'bob', at('192.0.2.*'));
    clock.ms += 200 * dayMs;
    await seen(places, 'alice', at('203.0.113.*'));
    clock.ms += 164 * dayMs;
    assert.equal(await places.sweep(100), 0);
    clock.ms += 2 * dayMs;
    assert.equal(await places.sweep(100), 1);
    assert.equal(await seen(places, 'alice', at('203.0.113.*')), 'known');
    assert.equal(await seen(places, 'alice', at('192.0.2.*')), 'new');
    assert.equal(await seen(places, 'bob', at('203.0.113.*')), 'new', 'bob’s account slept, and it still knows');
  });
});
