/** A link that is mailed late, because the directory or the mail server was away: never in place of one that its person has. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { openSealer } from '@gatehouse/storage/sealer.ts';
import { memoryVolatile } from '@gatehouse/storage/volatile/memory-volatile.ts';
import { sealedVolatile } from '@gatehouse/storage/volatile/sealed-volatile.ts';
import { sourceLanguage } from '@gatehouse/words/say.ts';
import { sayIn } from '@gatehouse/words/say-in.ts';
import type { FindAnswer } from '../directory/directory.ts';
import { MailNotSent, type Message } from '../notify/notifier.ts';
import { openAttemptLimiter } from '../regulation/limiter.ts';
import { openMemoryDatabase } from '../storage/databases.suite.ts';
import { openBrowser } from './browser.testing.ts';
import { openHouse } from './house.suite.ts';
import { fresh, setNew } from './reset.testing.ts';
import { openResetLinks } from './reset-links.ts';
import { openResetMail } from './reset-mail.ts';

const linkIn = ({ text }: Pick<Message, 'text'>): string | undefined => {
  const link = /https?:\S+\/reset-password\/new\?token=\S+/.exec(text)?.[0];
  return link && `${new URL(link).pathname}${new URL(link).search}`;
};

/** The first mail is under way until the test lets it fail, and is then tried again at once; the others arrive. */
function openFirstMailFails() {
  const links: string[] = [];
  const failure = Promise.withResolvers<void>();
  const begun = Promise.withResolvers<void>();
  const arrived = Promise.withResolvers<string>();
  let mails = 0;
  const notifier = {
    async send(message: Message) {
      mails += 1;
      if (mails === 1) {
        begun.resolve();
        await failure.promise;
        throw new MailNotSent('the mail server did not answer');
      }
      const link = linkIn(message);
      if (link === undefined) return;
      links.push(link);
      arrived.resolve(link);
    },
    check: async () => undefined,
  };
  return { notifier, links, begun: begun.promise, arrived: arrived.promise, fail: () => failure.resolve() };
}

test('a mail that is tried again voids no link that was asked for meanwhile', async () => {
  const mail = openFirstMailFails();
  await using house = await openHouse({ notifier: mail.notifier, mailAgainAfterMs: [1] });
  const browser = openBrowser(house);
  await browser.post('/reset-password', { username: 'alice' });
  await mail.begun;
  await browser.post('/reset-password', { username: 'alice' });
  const page = await mail.arrived;
  mail.fail();
  await house.settled();
  assert.deepEqual(mail.links, [page], 'one link is enough');
  assert.equal((await browser.get(page)).status, 200);
});

test('after a new password no link arrives that was asked for before', async () => {
  const mail = openFirstMailFails();
  await using house = await openHouse({ notifier: mail.notifier, mailAgainAfterMs: [1] });
  const browser = openBrowser(house);
  await browser.post('/reset-password', { username: 'alice' });
  await mail.begun;
  await browser.post('/reset-password', { username: 'alice' });
  const page = await mail.arrived;
  assert.equal((await setNew(browser, page)).status, 303);
  mail.fail();
  await house.settled();
  assert.deepEqual(mail.links, [page]);
  assert.equal((await house.directory.checkPassword('alice', fresh)).kind, 'verified');
});

/** Without pages: each try is the test's, and so is the password's mark. */
async function openMail() {
  const clock = { ms: 1_800_000_000_000 };
  const nowMs = () => clock.ms;
  const state = { isDirectoryDown: false, isMailDown: false, mark: 'first' };
  const sent: string[] = [];
  const newId = () => randomBytes(16).toString('base64url');
  const volatile = sealedVolatile(memoryVolatile(nowMs), openSealer('an encryption key of this house'));
  const database = await openMemoryDatabase();
  const lifespanMs = 60_000;
  const links = openResetLinks({ volatile, nowMs, newId, lifespanMs });
  const identity = { username: 'alice', displayName: 'Alice', emails: ['alice@example.com'], groups: [] };
  const found: FindAnswer = { kind: 'found', identity: { ...identity, attributes: { extra: {} } } };
  const openRequest = openResetMail({
    ...{ links, lifespanMs, nowMs, limiter: openAttemptLimiter({ database, nowMs }) },
    sayTo: async (_username, otherwise) => otherwise,
    directory: {
      find: async () => (state.isDirectoryDown ? { kind: 'unavailable', cause: new Error('down') } : found),
      passwordMark: async () => ({ kind: 'found', mark: state.mark, tellsChanges: true }),
    },
    notifier: {
      async send(message) {
        if (state.isMailDown) throw new MailNotSent('the mail server did not answer');
        sent.push(new URL(linkIn(message) ?? assert.fail('no link'), 'http://x').searchParams.get('token') ?? '');
      },
    },
    log: { info: () => {}, error: () => {} },
  });
  const asked = { login: 'alice', address: '192.0.2.7', portal: new URL('https://auth.example.com') };
  return {
    ...{ clock, state, sent, links, lifespanMs },
    ask: () => openRequest({ ...asked, say: sayIn(sourceLanguage) }),
    [Symbol.asyncDispose]: () => database.close(),
  };
}

test('a mail whose person could not be looked up at first voids no later link, and none follows once that was used', async () => {
  await using house = await openMail();
  const { state, sent, links } = house;
  state.isDirectoryDown = true;
  const first = house.ask();
  await assert.rejects(first(false), /down/);
  state.isDirectoryDown = false;
  await house.ask()(false);
  await first(true);
  assert.equal(sent.length, 1);
  assert.ok(await links.redeem(sent[0] ?? ''));
  await links.forget('alice');
  house.clock.ms += 1;
  await first(true);
  assert.equal(sent.length, 1);
});

test('of two that failed the later one arrives', async () => {
  await using house = await openMail();
  house.state.isMailDown = true;
  const [first, second] = [house.ask(), house.ask()];
  await assert.rejects(first(false), MailNotSent);
  await assert.rejects(second(false), MailNotSent);
  house.state.isMailDown = false;
  await first(true);
  assert.equal(house.sent.length, 0);
  await second(true);
  assert.equal(house.sent.length, 1);
  assert.ok(await house.links.find(house.sent[0] ?? ''));
});

test('a mail that is tried again when its own link has ended has a new one, which lives as long as any', async () => {
  await using house = await openMail();
  house.state.isMailDown = true;
  const mail = house.ask();
  await assert.rejects(mail(false), MailNotSent);
  house.state.isMailDown = false;
  house.clock.ms += house.lifespanMs;
  await mail(true);
  house.clock.ms += house.lifespanMs - 1;
  assert.ok(await house.links.find(house.sent[0] ?? ''));
});

test('a mail is not tried again once the password was changed elsewhere', async () => {
  await using house = await openMail();
  house.state.isMailDown = true;
  const mail = house.ask();
  await assert.rejects(mail(false), MailNotSent);
  house.state.isMailDown = false;
  house.state.mark = 'second';
  await mail(true);
  assert.equal(house.sent.length, 0);
});

test('a mail whose person could not be looked up counts like any other once it goes out', async () => {
  await using house = await openMail();
  house.state.isDirectoryDown = true;
  const mails = Array.from({ length: 7 }, () => house.ask());
  for (const mail of mails) await assert.rejects(mail(false), /down/);
  house.state.isDirectoryDown = false;
  for (let count = 0; count < 4; count++) await house.ask()(false);
  for (const mail of mails) {
    house.clock.ms += house.lifespanMs;
    await mail(true);
  }
  assert.equal(house.sent.length, 5);
});
