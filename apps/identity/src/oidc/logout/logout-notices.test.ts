import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { onEveryDatabase } from '../../storage/databases.suite.ts';
import type { IdentityDatabase } from '../../storage/tables.ts';
import { openLogoutNotices } from './logout-notices.ts';
import { openSessionLinks } from './session-links.ts';

const leaseMs = 60_000;
const app = { issuer: 'https://auth.example.com', clientId: 'app' };

onEveryDatabase('notices', (open) => {
  const clock = { ms: 1_800_000_000_000 };
  const nowMs = (): number => clock.ms;
  const partsOf = (database: IdentityDatabase) => ({
    links: openSessionLinks({ database, nowMs, newId: randomUUID }),
    notices: openLogoutNotices({ database, nowMs }),
  });

  test('an application is noted once a session, and told once however often the session is released', async () => {
    const { links, notices } = partsOf((await open()).database);
    const application = { ...app, subject: 'alice', sid: 'sid' };
    assert.equal(await links.addApplication('session', application), true);
    assert.equal(await links.addApplication('session', application), false);
    assert.deepEqual(await links.applications('session'), [application]);
    const released = await Promise.all([links.release('session'), links.release('session')]);
    assert.equal(released[0] + released[1], 1);
    assert.deepEqual(await links.applications('session'), []);
    assert.deepEqual(await notices.recipients(10), [app]);
  });

  test('of two processes one gets a notice, and the other when the first does not come back', async () => {
    const { database, again } = await open();
    const one = partsOf(database);
    const two = partsOf(await again());
    await one.links.addApplication('session', { ...app, subject: 'alice', sid: 'sid' });
    await one.links.release('session');
    const taken = await Promise.all([one.notices.take(app, leaseMs), two.notices.take(app, leaseMs)]);
    assert.equal(taken.filter(Boolean).length, 1);
    assert.deepEqual(await two.notices.recipients(10), []);
    clock.ms += leaseMs;
    const late = await two.notices.take(app, leaseMs);
    assert.equal(late?.attempts, 2);
    assert.equal(late?.id, taken.find(Boolean)?.id);
  });

  test('a notice that is put off takes the others of its application along and no other', async () => {
    const { links, notices } = partsOf((await open()).database);
    for (const [clientId, sid] of [
      ['app', '1'],
      ['app', '2'],
      ['other', '3'],
    ] as const)
      await links.addApplication('session', { ...app, clientId, subject: 'alice', sid });
    await links.release('session');
    const notice = await notices.take(app, leaseMs);
    assert.ok(notice);
    await notices.postpone(notice, clock.ms + 1000);
    assert.deepEqual(await notices.recipients(10), [{ ...app, clientId: 'other' }]);
    clock.ms += 1000;
    assert.equal((await notices.recipients(10)).length, 2);
  });

  test('a notice that is given back is due at once with the attempts it had, unless another took it meanwhile', async () => {
    const { links, notices } = partsOf((await open()).database);
    await links.addApplication('session', { ...app, subject: 'alice', sid: 'sid' });
    await links.release('session');
    const notice = await notices.take(app, leaseMs);
    assert.ok(notice);
    await notices.giveBack(notice);
    const again = await notices.take(app, leaseMs);
    assert.deepEqual(again, notice);
    clock.ms += leaseMs;
    assert.equal((await notices.take(app, leaseMs))?.attempts, 2);
    await notices.giveBack(notice);
    assert.deepEqual(await notices.recipients(10), []);
  });

  test('what waited too long is given up', async () => {
    const { links, notices } = partsOf((await open()).database);
    await links.addApplication('session', { ...app, subject: 'alice', sid: 'sid' });
    await links.release('session');
    assert.deepEqual(await notices.giveUp(clock.ms), []);
    assert.deepEqual(await notices.giveUp(clock.ms + 1), [app]);
    assert.deepEqual(await notices.recipients(10), []);
  });
});
