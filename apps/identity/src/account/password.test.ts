import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { describe, test } from 'node:test';
import { MailNotSent } from '../notify/notifier.ts';
import { type Browser, fieldsOf, openBrowser, openSignedIn } from './browser.testing.ts';
import { alicePassword, codeFromMail, type House, openHouse } from './house.suite.ts';
import { askForLink, fresh, setNew } from './reset.testing.ts';

async function proveMailbox(house: House, browser: Browser): Promise<void> {
  const asked = await browser.get('/settings/password');
  const proof = await browser.get(asked.location);
  const fields = fieldsOf(proof.body, '/settings/two-factor/proof');
  const proven = await browser.post('/settings/two-factor/proof', { ...fields, code: await codeFromMail(house) });
  assert.equal(proven.location, '/settings/password');
}

function change(browser: Browser, changed: Record<string, string> = {}) {
  return browser.post('/settings/password', { password: alicePassword, new: fresh, again: fresh, ...changed });
}

async function works(house: House, password: string): Promise<boolean> {
  return (await house.directory.checkPassword('alice', password)).kind === 'verified';
}

describe('changing a password', () => {
  test('needs the mailbox, the current password and twice the new one; then the old one is dead', async () => {
    await using opened = await openSignedIn();
    const { house, browser } = opened;
    assert.equal((await change(browser)).location, '/settings/password', 'nothing goes without the proof');
    assert.ok(await works(house, alicePassword));
    await proveMailbox(house, browser);
    const page = await browser.get('/settings/password');
    assert.match(page.body, /autocomplete="new-password"/);
    const done = await change(browser, { everywhere: 'true' });
    assert.equal(done.location, '/settings/password/done?everywhere=yes');
    assert.match((await browser.get(done.location)).body, /signed out everywhere else/);
    assert.ok((await works(house, fresh)) && !(await works(house, alicePassword)));
    assert.match(await house.lastMail(), /Your password was changed.*198\.51\.100\.7/s);
    assert.ok(house.log.some((line) => JSON.stringify(line).includes('Changed their password')));
  });

  test('a page of others that leads here has no mail sent; the person says so first', async () => {
    await using opened = await openSignedIn();
    const { house, browser } = opened;
    for (const from of ['cross-site', 'same-site', '']) {
      const led = await browser.get('/settings/password', { 'sec-fetch-site': from });
      assert.equal(led.status, 200);
      assert.match(led.body, /<form[^>]* method="post" action="\/settings\/password\/begin"/);
      await assert.rejects(house.lastMail(), { code: 'ENOENT' });
    }
    const said = await browser.post('/settings/password/begin');
    assert.match(said.location, /^\/settings\/two-factor\/proof\?/);
    assert.match(await house.lastMail(), /Your code to change how you sign in/);
  });

  test('attack 17: guesses from one address are limited, whoever regulates nobody', async () => {
    await using opened = await openSignedIn({ failuresMax: 0, passwordLimits: [{ attemptsMax: 3, windowMs: 60_000 }] });
    const { house, browser } = opened;
    await proveMailbox(house, browser);
    const statuses = [];
    for (let guess = 0; guess < 5; guess++)
      statuses.push((await change(browser, { password: `guess ${guess}` })).status);
    assert.deepEqual(statuses, [403, 403, 403, 429, 429]);
    const refused = await change(browser);
    assert.equal(refused.status, 429, 'nor is the right one looked at');
    assert.match(refused.body, /href="\/settings\/password"/);
    assert.ok(await works(house, alicePassword));
    house.clock.ms += 60_000;
    assert.equal((await change(browser)).location, '/settings/password/done');
  });

  test('ends every other session, or none when the person says so', async () => {
    await using opened = await openSignedIn();
    const { house, browser } = opened;
    const elsewhere = openBrowser(house);
    await elsewhere.get('/begin/one');
    await proveMailbox(house, browser);
    await change(browser);
    assert.notEqual(await elsewhere.session(), null, 'kept');
    assert.equal(
      (
        await change(browser, {
          password: fresh,
          new: 'another one again',
          again: 'another one again',
          everywhere: 'true',
        })
      ).status,
      303,
    );
    assert.equal(await elsewhere.session(), null);
    assert.notEqual(await browser.session(), null, 'this one stays');
  });

  test('is refused in plain words, and nothing changes', async () => {
    await using opened = await openSignedIn({
      policy: {
        standard: {
          ...{ enabled: true, min_length: 10, max_length: 20 },
          ...{ require_uppercase: true, require_lowercase: true, require_number: true, require_special: true },
        },
      },
    });
    const { house, browser } = opened;
    await proveMailbox(house, browser);
    const rows: [changed: Record<string, string>, status: number, words: RegExp][] = [
      [{ password: 'wrong' }, 403, /current password is not right/],
      [{ again: 'x' }, 422, /not the same/],
      [{ new: alicePassword, again: alicePassword }, 422, /your password already/],
      [{ new: ' ', again: ' ' }, 422, /Type a new password/],
      [{ new: 'Short 1!', again: 'Short 1!' }, 422, /at least 10 characters/],
      [{ new: 'Longer than twenty 1!', again: 'Longer than twenty 1!' }, 422, /at most 20 characters/],
      [{ new: 'all small 1!', again: 'all small 1!' }, 422, /a capital letter/],
      [{ new: 'ALL LARGE 1!', again: 'ALL LARGE 1!' }, 422, /a small letter/],
      [{ new: 'No Digit here!', again: 'No Digit here!' }, 422, /a digit/],
      [{ new: 'NoSpecial1234', again: 'NoSpecial1234' }, 422, /no letter and no digit/],
    ];
    for (const [changed, status, words] of rows) {
      const answer = await change(browser, changed);
      assert.equal(answer.status, status, JSON.stringify(changed));
      assert.match(answer.body, words);
      assert.doesNotMatch(answer.body, /value="[^"]*(Short|ALL|NoSpecial)/, 'no password comes back in a page');
      assert.ok(await works(house, alicePassword));
    }
    assert.equal((await change(browser, { new: 'Good Enough 1!', again: 'Good Enough 1!' })).status, 303);
  });

  test('attack 17: wrong current passwords count as tries, and a ban holds here too', async () => {
    await using opened = await openSignedIn();
    const { house, browser } = opened;
    await proveMailbox(house, browser);
    for (let tries = 0; tries < 3; tries++) assert.equal((await change(browser, { password: 'wrong' })).status, 403);
    assert.equal((await change(browser)).status, 403);
    assert.ok(await works(house, alicePassword));
  });

  test('a guessable password is refused where the policy estimates', async () => {
    await using opened = await openSignedIn({ policy: { zxcvbn: { enabled: true, min_score: 3 } } });
    const { house, browser } = opened;
    await proveMailbox(house, browser);
    for (const weak of ['Password123!', 'alice@example.com1', 'qwertyuiop'])
      assert.match((await change(browser, { new: weak, again: weak })).body, /guessed soon/, weak);
    const strong = 'lantern gravel uncle forty';
    assert.equal((await change(browser, { new: strong, again: strong })).status, 303);
    assert.ok(await works(house, strong));
  });

  test('a file that cannot be written is told as our fault', async () => {
    await using opened = await openSignedIn();
    const { house, browser } = opened;
    await proveMailbox(house, browser);
    await writeFile(house.usersFile, 'users: [');
    const answer = await change(browser);
    assert.equal(answer.status, 503);
    assert.match(answer.body, /Nothing was changed/);
  });
});

describe('a forgotten password', () => {
  test('attack 25: is set anew by the mailed link, once, and every session ends', async () => {
    await using opened = await openSignedIn();
    const { house, browser } = opened;
    const elsewhere = openBrowser(house, '203.0.113.9');
    const { page } = await askForLink(house, elsewhere);
    const form = await elsewhere.get(page);
    assert.equal(form.status, 200);
    assert.equal((await setNew(elsewhere, page)).location, '/reset-password/done');
    assert.ok((await works(house, fresh)) && !(await works(house, alicePassword)));
    assert.equal(await browser.session(), null);
    assert.match(await house.lastMail(), /Your password was changed/);
    assert.equal((await setNew(elsewhere, page, { new: 'third one', again: 'third one' })).status, 410);
    assert.equal((await elsewhere.get(page)).status, 410);
    assert.ok(await works(house, fresh));
    assert.equal(await elsewhere.session(), null, 'a link signs nobody in');
  });

  test('attack 25: of fifty who use one link at once one is heard', async () => {
    await using house = await openHouse();
    const { page } = await askForLink(house, openBrowser(house));
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        setNew(openBrowser(house, `203.0.113.${index}`), page, {
          new: `password number ${index}`,
          again: `password number ${index}`,
        }),
      ),
    );
    const won = answers.map(({ status }, index) => (status === 303 ? index : -1)).filter((index) => index >= 0);
    assert.equal(won.length, 1);
    assert.ok(await works(house, `password number ${won[0]}`));
  });

  test('attack 25: a link is void when a newer one was sent, when it is cancelled, when time is up and after any change', async () => {
    await using opened = await openSignedIn();
    const { house, browser } = opened;
    const asker = openBrowser(house, '203.0.113.9');
    const first = await askForLink(house, asker);
    const second = await askForLink(house, asker);
    assert.equal((await asker.get(first.page)).status, 410);
    assert.equal((await asker.get(second.page)).status, 200);

    assert.equal((await asker.get(second.cancel)).status, 200);
    assert.equal((await asker.get(second.page)).status, 200, 'looking at the page of a mail cancels nothing');
    const id = new URL(second.cancel, 'http://x').searchParams.get('id') ?? '';
    assert.match((await asker.post('/revoke/reset-password', { id })).body, /no longer works/);
    assert.equal((await asker.get(second.page)).status, 410);
    assert.equal((await setNew(asker, second.page, { token: id })).status, 410, 'the cancelling value sets nothing');

    const third = await askForLink(house, asker);
    house.clock.ms += 300_000;
    assert.equal((await asker.get(third.page)).status, 410);

    const fourth = await askForLink(house, asker);
    await proveMailbox(house, browser);
    await change(browser);
    assert.equal((await asker.get(fourth.page)).status, 410);
  });

  test('attack 16: an unknown name, one without mail and a good one are answered alike', async () => {
    await using house = await openHouse();
    const known = await openBrowser(house).post('/reset-password', { username: 'alice' });
    await house.settled();
    const mail = await house.lastMail();
    for (const username of ['nobody', '', '../alice', 'a'.repeat(5000)]) {
      const answer = await openBrowser(house).post('/reset-password', { username });
      assert.deepEqual([answer.status, answer.location, answer.body], [known.status, known.location, known.body]);
    }
    await house.settled();
    assert.equal(await house.lastMail(), mail, 'no further mail went out');
    await using without = await openHouse({ identity: { emails: [] } });
    assert.equal((await openBrowser(without).post('/reset-password', { username: 'alice' })).location, known.location);
    await without.settled();
    await assert.rejects(without.lastMail());
  });

  test('an address that asks too often waits, and one person gets only so many mails', async () => {
    await using house = await openHouse();
    const one = openBrowser(house, '203.0.113.9');
    for (let count = 0; count < 5; count++)
      assert.equal((await one.post('/reset-password', { username: 'nobody' })).status, 303);
    const stopped = await one.post('/reset-password', { username: 'nobody' });
    assert.equal(stopped.status, 429);
    assert.ok(Number(stopped.header('retry-after')) > 0);
    assert.match(stopped.body, /href="\/sign-in\/portal">Back to sign-in/);
    const links = new Set<string>();
    for (let count = 0; count < 8; count++)
      links.add((await askForLink(house, openBrowser(house, `192.0.2.${count}`))).page);
    assert.equal(links.size, 5);
  });

  test('attack 17: guessing links is limited, by opening, using and cancelling them together', async () => {
    await using house = await openHouse();
    const guesser = openBrowser(house);
    const guesses = [
      (token: string) => guesser.get(`/reset-password/new?token=${token}`),
      (token: string) => setNew(guesser, `/?token=${token}`),
      (id: string) => guesser.post('/revoke/reset-password', { id }),
    ];
    const round = () => Promise.all(guesses.map(async (guess) => (await guess(crypto.randomUUID())).status));
    for (let count = 0; count < 3; count++) assert.deepEqual(await round(), [410, 410, 200]);
    assert.equal((await guesser.get('/reset-password/new?token=tenth')).status, 410);
    assert.deepEqual(await round(), [429, 429, 429]);

    const owner = openBrowser(house, '203.0.113.9');
    const { page } = await askForLink(house, owner);
    assert.equal((await guesser.get(page)).status, 429, 'a good one is told no sooner');
    for (let count = 0; count < 20; count++)
      assert.equal((await owner.get(page)).status, 200, 'to open a link that is good costs nothing');
    house.clock.ms += 60_000;
    assert.equal((await guesser.get(page)).status, 200);
    assert.equal((await setNew(owner, page)).status, 303);
  });

  test('attack 17: to use or cancel a link that is good costs nothing, and once it is gone both are guesses', async () => {
    await using house = await openHouse();
    const browser = openBrowser(house);
    const guess = async () => (await browser.get(`/reset-password/new?token=${crypto.randomUUID()}`)).status;
    for (let count = 0; count < 8; count++) assert.equal(await guess(), 410);

    const used = await askForLink(house, browser);
    for (let count = 0; count < 3; count++)
      assert.equal((await setNew(browser, used.page, { again: 'a slip' })).status, 422);
    assert.equal((await setNew(browser, used.page)).status, 303);
    const cancelled = await askForLink(house, browser);
    const id = new URL(cancelled.cancel, 'http://x').searchParams.get('id') ?? '';
    for (let count = 0; count < 2; count++)
      assert.equal((await browser.post('/revoke/reset-password', { id })).status, 200, 'the second is the ninth guess');

    assert.equal((await setNew(browser, used.page)).status, 410, 'the tenth');
    assert.equal(await guess(), 429);
  });

  test('when the directory cannot take it, the form comes back with a link that still works', async () => {
    await using house = await openHouse();
    const browser = openBrowser(house);
    const { page } = await askForLink(house, browser);
    const before = await readFile(house.usersFile, 'utf8');
    await writeFile(house.usersFile, 'users: [');
    const failed = await setNew(browser, page);
    assert.equal(failed.status, 503);
    await writeFile(house.usersFile, before);
    const { token = '' } = fieldsOf(failed.body, '/reset-password/new');
    assert.equal((await setNew(browser, page)).status, 410, 'the used link stays used');
    assert.equal((await setNew(browser, page, { token })).status, 303);
    assert.ok(await works(house, fresh));
  });

  test('attack 25: a link that was used up for nothing lives no longer for it, and is cancelled like any other', async () => {
    await using house = await openHouse();
    const browser = openBrowser(house);
    const before = await readFile(house.usersFile, 'utf8');
    async function useUp(page: string): Promise<string> {
      await writeFile(house.usersFile, 'users: [');
      const failed = await setNew(browser, page);
      await writeFile(house.usersFile, before);
      return fieldsOf(failed.body, '/reset-password/new').token ?? assert.fail('no link');
    }
    const late = await askForLink(house, browser);
    house.clock.ms += 200_000;
    const token = await useUp(late.page);
    house.clock.ms += 100_000;
    assert.equal((await setNew(browser, late.page, { token })).status, 410);

    const cancelled = await askForLink(house, browser);
    const next = await useUp(cancelled.page);
    await browser.post('/revoke/reset-password', {
      id: new URL(cancelled.cancel, 'http://x').searchParams.get('id') ?? '',
    });
    assert.equal((await setNew(browser, cancelled.page, { token: next })).status, 410);
    assert.ok(await works(house, alicePassword));
  });

  test('a mail that cannot be sent is told to the log without an address, and to nobody else', async () => {
    const notifier = {
      send: async () => Promise.reject(new MailNotSent('the mail server did not answer')),
      check: async () => undefined,
    };
    await using house = await openHouse({ notifier });
    const answer = await openBrowser(house).post('/reset-password', { username: 'alice' });
    assert.equal(answer.location, '/reset-password/sent');
    await house.settled();
    assert.match(JSON.stringify(house.log), /could not be mailed/);
    assert.doesNotMatch(JSON.stringify(house.log), /@example\.com/);
  });

  test('a mail that could not be sent is tried again by itself, and counts once', async () => {
    const sent: string[] = [];
    const arrived = Promise.withResolvers<void>();
    let failures = 0;
    const notifier = {
      async send({ text }: { readonly text: string }) {
        if (++failures <= 4) throw new MailNotSent('the mail server did not answer');
        sent.push(text);
        arrived.resolve();
      },
      check: async () => undefined,
    };
    await using house = await openHouse({ notifier, mailAgainAfterMs: [1, 1, 1, 1, 1] });
    const browser = openBrowser(house);
    await browser.post('/reset-password', { username: 'alice' });
    await arrived.promise;
    for (let count = 0; count < 4; count++) await browser.post('/reset-password', { username: 'alice' });
    await house.settled();
    assert.equal(sent.length, 5, 'four failures took nothing from the five mails that a person gets');
    const link = /https?:\S+\/reset-password\/new\?token=\S+/.exec(sent.at(-1) ?? '')?.[0] ?? assert.fail(sent.at(-1));
    const { pathname, search } = new URL(link);
    assert.equal((await browser.get(`${pathname}${search}`)).status, 200);
  });
});
