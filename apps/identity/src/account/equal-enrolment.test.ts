/** Attack 16 where one-time codes are mailed and enrolled: neither names nor what is under way for others can be told from answers. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { paths, pathWith } from './account.paths.ts';
import { type Browser, openBrowser, openSignedIn } from './browser.testing.ts';
import type { House } from './house.suite.ts';

/** One that is under way for alice, and what whoever guesses one would write. */
async function requestsOf(house: House, browser: Browser): Promise<{ real: string; guessed: string }> {
  const { location } = await browser.post(paths.oneTimeCode, { action: 'add' });
  const real = new URL(location, house.origin).searchParams.get('request') ?? assert.fail(location);
  const last = real.endsWith('A') ? 'B' : 'A';
  return { real, guessed: `${real.slice(0, -1)}${last}` };
}

/** What every way in answers, without the value itself. */
async function answersTo(browser: Browser, username: string, value: string) {
  const fields = { username, request: value, enrolment: value, id: value, code: 'AAAAAAAA' };
  const answers: unknown[] = [];
  const keep = ({ status, location, body }: Awaited<ReturnType<Browser['get']>>): void => {
    const told = JSON.stringify({ status, location, body });
    answers.push(told.replaceAll(encodeURIComponent(value), '(value)').replaceAll(username, '(name)'));
  };
  for (const path of [paths.twoFactor, paths.oneTimeCode, paths.confirm, paths.proof, paths.revoke]) {
    keep(await browser.get(pathWith(path, fields)));
    for (const action of ['add', 'remove']) keep(await browser.post(path, { ...fields, action }));
  }
  return answers;
}

test('attack 16: without a session no page of factors and their mailed codes tells whether a name or a request is known, and nobody gets a mail', async () => {
  await using all = await openSignedIn();
  const { house, browser } = all;
  const expected = await answersTo(openBrowser(house), 'nobody', 'A'.repeat(32));
  for (const username of ['alice', 'nobody']) {
    const { real, guessed } = await requestsOf(house, browser);
    const mail = await house.lastMail();
    for (const value of [guessed, real])
      assert.deepEqual(await answersTo(openBrowser(house), username, value), expected, `${username} ${value}`);
    assert.equal(await house.lastMail(), mail);
  }
});

test('attack 16: to another session a code that is under way is as gone as one that never was', async () => {
  await using all = await openSignedIn();
  const { house, browser } = all;
  const { real, guessed } = await requestsOf(house, browser);
  const elsewhere = openBrowser(house, '203.0.113.9');
  await elsewhere.get('/begin/one');
  const answer = async (request: string) => {
    const form = { request, action: 'add', code: 'AAAAAAAA' };
    const { status, location, body } = await elsewhere.post(paths.proof, form);
    return JSON.stringify({ status, location, body }).replaceAll(request, '(value)');
  };
  assert.equal(await answer(real), await answer(guessed));
});
