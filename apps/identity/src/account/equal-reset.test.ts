/**
 * Attack 16 at a forgotten password: the answer takes as long for a name that nobody has, because nobody is looked for before it
 * has left; and what is done afterwards is the same, but that a letter goes to people alone.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openHttpAsker } from '@gatehouse/testing/http-asker.ts';
import { needs } from '@gatehouse/testing/needs.ts';
import { zMax, zOfPairs } from '@gatehouse/testing/paired-times.ts';
import { openCostlySlapd } from '../directory/ldap/costly-slapd.testing.ts';
import { openMemoryDatabase } from '../storage/databases.suite.ts';
import { listened } from '../storage/statements.testing.ts';
import { type House, openHouse } from './house.suite.ts';

/** Asks for a link each time from elsewhere and some minutes later, so that no limit is reached. */
function openStranger(house: House) {
  const { port, host } = new URL(house.origin);
  const asker = openHttpAsker(Number(port), { host });
  let asked = 0;
  return {
    async ask(username: string): Promise<void> {
      asked += 1;
      house.clock.ms += 600_000;
      const from = { 'x-forwarded-for': `198.18.${asked >> 8}.${asked & 255}` };
      const { status, headers } = await asker.post('/reset-password', { username }, from);
      assert.deepEqual([status, headers.location], [303, '/reset-password/sent']);
    },
    [Symbol.dispose]: () => asker[Symbol.dispose](),
  };
}

test('attack 16: asking for a new password takes as long for a name that nobody has', async () => {
  await using house = await openHouse();
  using stranger = openStranger(house);
  for (let warm = 0; warm < 20; warm++) await stranger.ask(warm % 2 ? 'alice' : 'other');
  const z = await zOfPairs({
    pairs: 250,
    one: () => stranger.ask('alice'),
    other: () => stranger.ask('other'),
    // What follows an answer is no part of how long it took, and is compared below.
    settled: () => house.settled(),
  });
  assert.ok(Math.abs(z) < zMax, `asking for 'alice' and 'other' takes different times: z is ${z.toFixed(1)}`);
});

test('attack 16: after the answer a name that nobody has costs the same statements, and is limited alike', async () => {
  const { database, statements } = listened(await openMemoryDatabase());
  await using house = await openHouse({ database });
  const { port, host } = new URL(house.origin);
  using asker = openHttpAsker(Number(port), { host });
  const costs: Record<string, (readonly string[])[]> = { alice: [], other: [] };
  for (const [name, cost] of Object.entries(costs))
    for (let count = 1; count <= 7; count++) {
      statements();
      await asker.post('/reset-password', { username: name }, { 'x-forwarded-for': `192.0.2.${count}` });
      await house.settled();
      cost.push(statements());
    }
  assert.deepEqual(costs.other, costs.alice);
  assert.notDeepEqual(costs.alice?.at(-1), costs.alice?.at(0), 'the sixth finds the limit of a person');
});

test('attack 16: after the answer a name that nobody has costs the same searches of an LDAP server', {
  skip: needs('slapd', 'openssl'),
}, async () => {
  await using slapd = await openCostlySlapd(['alice', 'bob'], 'a password', ['bob']);
  await using house = await openHouse({ directory: { ...slapd.directory, close: async () => undefined } });
  using stranger = openStranger(house);
  await slapd.directory.find('alice');
  const searches = async (name: string): Promise<number> => {
    const before = await slapd.operations();
    await stranger.ask(name);
    await house.settled();
    return (await slapd.operations()).searches - before.searches;
  };
  const known = await searches('alice');
  assert.deepEqual([await searches('other'), await searches('bob')], [known, known]);
});
