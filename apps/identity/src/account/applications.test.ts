/** What applications may see, as the page tells it and takes it back, over the provider's own rooms. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { longDate } from '@gatehouse/words/dates.ts';
import { agree } from './applications.testing.ts';
import { openSignedIn } from './browser.testing.ts';

const path = '/settings/applications';
const dayMs = 86_400_000;

describe('the applications of a person', () => {
  test('are shown with what they may see, what was kept back, since when and until when', async () => {
    await using visit = await openSignedIn();
    await agree(visit.house, 'notes', ['openid', 'email', 'notes.read'], ['nickname']);
    const until = longDate('en', visit.house.clock.ms + 7 * dayMs);
    visit.house.clock.ms += dayMs / 2;
    const { body } = await visit.browser.get(path);
    assert.match(body, /The notes/);
    assert.match(body, new RegExp(`Allowed (today|yesterday), does not ask again until ${until}`));
    assert.match(
      body,
      /May see: that it is you, your email address,? and notes\.read|May see: your email address, notes\.read,? and that it is you/,
    );
    assert.match(body, /Kept back: nickname/);
    assert.match(body, /May act in your name at: https:\/\/api\.example\.com/);
    assert.doesNotMatch(body, /Stays connected/);
  });

  test('that stay connected are shown though they ask each time', async () => {
    await using visit = await openSignedIn();
    const subject = await visit.house.subjects.subjectOf('alice');
    await visit.house.live.note({ id: 'g1', clientId: 'mail', subject, lifetimeSeconds: 3600 });
    await visit.house.live.note({ id: 'g2', clientId: 'chat', subject, lifetimeSeconds: 3600, sessionUid: 'uid' });
    const { body } = await visit.browser.get(path);
    assert.match(body, /The mail/);
    assert.match(body, /asks each time you sign in/);
    assert.match(body, /Stays connected while you are away/);
    assert.doesNotMatch(body, /The chat/, 'what ends with its session is nothing that lasts');
  });

  test('lose answers and grants when it is taken back, the others none, and the log says so', async () => {
    await using visit = await openSignedIn();
    const { house, browser } = visit;
    const subject = await agree(house, 'notes', ['openid']);
    await agree(house, 'mail', ['openid']);
    await house.live.note({ id: 'g1', clientId: 'notes', subject, lifetimeSeconds: 3600 });
    await house.volatile.put('token', 't1', { value: 1, expiresAtMs: house.clock.ms + 60_000, grantId: 'g1' });
    const answer = await browser.post(`${path}/withdraw`, { client: 'notes' });
    assert.equal(answer.location, `${path}?notice=withdrawn`);
    assert.equal(await house.volatile.get('token', 't1'), undefined);
    const { body } = await browser.get(answer.location);
    assert.match(body, /Taken back/);
    assert.doesNotMatch(body, /The notes/);
    assert.match(body, /The mail/);
    assert.ok(house.log.some((line) => JSON.stringify(line).includes('Took back what an application may see')));
  });

  test('attack 23: nobody takes back for somebody else, without a session or from another site', async () => {
    await using visit = await openSignedIn();
    await agree(visit.house, 'notes', ['openid']);
    const foreign = await visit.browser.post(
      `${path}/withdraw`,
      { client: 'notes' },
      { 'sec-fetch-site': 'cross-site' },
    );
    assert.equal(foreign.status, 403);
    assert.equal((await visit.browser.post(`${path}/withdraw`, { client: 'other' })).location, path);
    assert.match((await visit.browser.get(path)).body, /The notes/);
  });
});
