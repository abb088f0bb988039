/** The portal over a database that hangs: what people see at each factor, and what is left when it answers again. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { needs } from '@gatehouse/testing/needs.ts';
import { openPortal } from './portal.suite.ts';
import { allCounters, startHeldDatabase } from './storage/held-database.testing.ts';

test('a database that hangs is a clear page at every factor, never a wrong password or code, and nothing is lost', {
  skip: needs('postgresql'),
}, async (t) => {
  const held = await startHeldDatabase();
  t.after(() => held[Symbol.asyncDispose]());
  const { state, recovery, code, visitor } = await openPortal(t, { database: await held.open() });
  const [spare = ''] = await recovery.make('alice');
  const person = { username: 'alice', password: 'alice-password' };
  const [alice, another] = [visitor(), visitor()];
  assert.equal((await alice.post('/sign-in/flow1/password', person)).location, '/sign-in/flow1/second-factor');

  const asked: [who: typeof alice, path: string, form: Record<string, string>][] = [
    [another, '/sign-in/flow1/password', person],
    [alice, '/sign-in/flow1/second-factor', { code: code() }],
    [alice, '/sign-in/flow1/second-factor/recovery-code', { code: spare }],
  ];
  await held.holding(allCounters, async () => {
    for (const [who, path, form] of asked) {
      const answer = await who.post(path, form);
      assert.equal(answer.status, 503, path);
      assert.match(answer.text, /We cannot answer right now/);
      assert.match(answer.text, /It is nothing that you typed/);
      assert.match(answer.text, /reference/);
      assert.doesNotMatch(answer.text, /postgres|statement|timeout|attempt_counters/i);
    }
  });

  assert.equal((await another.post('/sign-in/flow1/password', person)).location, '/sign-in/flow1/second-factor');
  assert.equal(
    (await alice.post('/sign-in/flow1/second-factor', { code: code() })).status,
    303,
    'the code is not spent',
  );
  assert.deepEqual(state.finished, ['alice']);
  assert.equal((await recovery.stateOf('alice'))?.left, 10, 'and no recovery code is');
});
