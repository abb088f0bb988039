/** A sign-in from a new place is mailed by a real server to a real mailbox, where the configuration asks for it. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { needs } from '@gatehouse/testing/needs.ts';
import { startPostgres } from '@gatehouse/testing/postgres.ts';
import { startSmtpSink } from '@gatehouse/testing/smtp-sink.ts';
import { mailBy } from '../../house/mail.ts';
import { type RunningIdentity, startIdentity } from '../reload/running-identity.ts';

const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0';
const laterFirefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0';
const safari = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Safari/604.1';

async function signInFrom(
  identity: RunningIdentity,
  address: string,
  browser: string,
  { username, password } = identity.people.alice,
): Promise<number> {
  const headers = { 'X-Forwarded-For': address, 'User-Agent': browser };
  return (await identity.visitor().post('/sign-in/portal/password', { username, password }, headers)).status;
}

for (const storage of ['SQLite', 'PostgreSQL'] as const)
  describe(`a sign-in from a new place, over ${storage}`, {
    skip: storage === 'PostgreSQL' && needs('postgresql'),
  }, () => {
    async function openHouse(more: string) {
      await using opened = new AsyncDisposableStack();
      const sink = opened.use(await startSmtpSink());
      const postgres = storage === 'PostgreSQL' ? opened.use(await startPostgres()) : undefined;
      const identity = opened.use(await startIdentity({ replace: mailBy(sink, more), ...(postgres && { postgres }) }));
      const everything = opened.move();
      return { sink, identity, [Symbol.asyncDispose]: () => everything.disposeAsync() };
    }

    test('is mailed to its owner with browser and address; the first one, and those from places seen before, are not', async () => {
      await using house = await openHouse('  sign_in_from_new_place: true\n');
      const { sink, identity } = house;
      assert.equal(await signInFrom(identity, '192.0.2.7', firefox), 303);
      assert.equal(await signInFrom(identity, '192.0.2.200', laterFirefox), 303, 'the same network, the same browser');
      await identity.restart();
      assert.equal(await signInFrom(identity, '192.0.2.7', firefox), 303);
      assert.equal(await signInFrom(identity, '203.0.113.9', firefox), 303);
      const mail = await sink.next();
      assert.deepEqual(mail.to, [`alice@example.com`]);
      assert.match(mail.subject, /A sign-in to your account from a new place/);
      assert.match(mail.text, /^Browser: Firefox on Linux$/m);
      assert.match(mail.text, /^From address: 203\.0\.113\.9$/m);
      assert.match(mail.text, /If it was not you, change your password now/);

      assert.equal(await signInFrom(identity, '192.0.2.7', safari), 303);
      assert.match((await sink.next()).text, /^Browser: Safari on iOS$/m);
      assert.equal(await signInFrom(identity, '203.0.113.9', firefox), 303);
      assert.equal(await signInFrom(identity, '198.51.100.1', safari, identity.people.bob), 303, 'bob’s first');
      // What goes on behind answers is over when the process has ended.
      await identity.child().stop();
      assert.equal(sink.mails.length, 2);
    });

    test('is nobody’s mail where the configuration does not ask for it', async () => {
      await using house = await openHouse('');
      const { sink, identity } = house;
      assert.equal(await signInFrom(identity, '192.0.2.7', firefox), 303);
      assert.equal(await signInFrom(identity, '203.0.113.9', safari), 303);
      await identity.child().stop();
      assert.deepEqual(sink.mails, []);
    });
  });

test('a mail server that takes no mail keeps nobody from signing in; the log says that nobody was told, and the next time they are', async () => {
  await using sink = await startSmtpSink();
  await using identity = await startIdentity({ replace: mailBy(sink, '  sign_in_from_new_place: true\n') });
  assert.equal(await signInFrom(identity, '192.0.2.7', firefox), 303);
  sink.refuse('RCPT', 550);
  assert.equal(await signInFrom(identity, '203.0.113.9', firefox), 303);
  const line = await identity.next(/could not be mailed yet/);
  assert.equal(line.username, 'alice');
  assert.doesNotMatch(JSON.stringify(line), /alice@/);

  await identity.restart();
  sink.accept();
  assert.equal(await signInFrom(identity, '203.0.113.9', firefox), 303);
  assert.match((await sink.next()).text, /^From address: 203\.0\.113\.9$/m);
  assert.equal(await signInFrom(identity, '203.0.113.9', firefox), 303);
  await identity.child().stop();
  assert.equal(sink.mails.length, 1, 'once');
});

test('a mail that did not go out goes out by itself once the mail server is back, once', async () => {
  await using sink = await startSmtpSink();
  await using identity = await startIdentity({ replace: mailBy(sink, '  sign_in_from_new_place: true\n') });
  assert.equal(await signInFrom(identity, '192.0.2.7', firefox), 303);
  sink.refuse('RCPT', 450);
  assert.equal(await signInFrom(identity, '203.0.113.9', firefox), 303);
  await identity.next(/could not be mailed yet/);
  sink.accept();
  assert.equal(await signInFrom(identity, '203.0.113.9', firefox), 303, 'which tells nobody: somebody is being told');
  assert.match((await sink.next()).text, /^From address: 203\.0\.113\.9$/m);
  assert.equal(await signInFrom(identity, '203.0.113.9', firefox), 303);
  await identity.child().stop();
  assert.equal(sink.mails.length, 1);
});
