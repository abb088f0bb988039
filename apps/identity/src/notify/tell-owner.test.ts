import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sourceLanguage } from '@gatehouse/words/say.ts';
import { sayIn } from '@gatehouse/words/say-in.ts';
import { openBackground } from '../background.ts';
import { openTryAgain } from '../try-again.ts';
import { factorAddedMessage } from './messages.ts';
import { MailNotSent, type Message } from './notifier.ts';
import { openTellOwner } from './tell-owner.ts';

const say = sayIn(sourceLanguage);
const alice = { username: 'alice', displayName: 'Alice', emails: ['alice@example.com'] };

/** Mails that fail so many times, and are tried again when the test says so. */
function openTelling(failures: number) {
  const sent: Message[] = [];
  const lines: string[] = [];
  let tries = 0;
  const background = openBackground((cause) => assert.fail(String(cause)));
  const tryAgain = openTryAgain([3_600_000]);
  const tellOwner = openTellOwner({
    notifier: {
      async send(message) {
        if (++tries <= failures) throw new MailNotSent('the mail server did not answer');
        sent.push(message);
      },
    },
    sayTo: async (_username, otherwise) => otherwise,
    nowMs: () => 1_800_000_000_000,
    log: { warn: (_fields, message) => void lines.push(message) },
    ...{ tryAgain, background },
  });
  const tell = (emails = alice.emails) =>
    tellOwner({ ...alice, emails }, { remoteAddress: '192.0.2.7', say }, factorAddedMessage);
  return { tell, sent, lines, again: () => tryAgain.close(), settled: background.settled };
}

test('whoever waits does so until the mail failed once; the owner is told by the next try', async () => {
  const { tell, sent, lines, again, settled } = openTelling(1);
  const telling = tell();
  await telling.firstTry;
  assert.deepEqual([sent.length, lines], [0, ['A change of an account could not be mailed yet']]);
  again();
  assert.equal(await telling.outcome, 'told');
  await settled();
  assert.equal(sent.length, 1);
});

test('a mail that never goes out is told to the log', async () => {
  const { tell, sent, lines, again } = openTelling(2);
  const telling = tell();
  await telling.firstTry;
  again();
  assert.equal(await telling.outcome, 'not-told');
  assert.deepEqual([sent.length, lines.at(-1)], [0, 'A change of an account could not be mailed']);
});

test('whoever has no mailbox is told by nothing', async () => {
  const { tell, sent, lines } = openTelling(0);
  const { firstTry, outcome } = tell([]);
  await firstTry;
  assert.deepEqual([await outcome, sent.length, lines.length], ['told', 0, 0]);
});
