import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openAfterwards } from './afterwards.ts';
import type { Message } from './notify/notifier.ts';

const message = {} as Message;

/** Services that note what they are asked; `isDown`: their mail server does not answer. */
function servicesCalled(name: string, asked: string[], isDown = false) {
  const note = (what: string) => void asked.push(`${name}: ${what}`);
  const find = async (who: string) => {
    note(who);
    return { kind: 'unknown' } as const;
  };
  return {
    directory: { find, passwordMark: find },
    people: { find },
    notifier: {
      async send() {
        note('mail');
        if (isDown) throw new Error('down');
      },
    },
  };
}

/** A mail that waits since it failed by the services `old`. */
async function openWaiting() {
  const asked: string[] = [];
  const failed: unknown[] = [];
  const afterwards = openAfterwards((cause) => failed.push(cause), [3_600_000]);
  afterwards.follow(servicesCalled('old', asked, true));
  const waits = Promise.withResolvers<void>();
  afterwards.background.run(async () => {
    await afterwards.tryAgain.run(
      async () => {
        await afterwards.directory.find('find');
        await afterwards.directory.passwordMark('mark');
        await afterwards.people.find('person');
        await afterwards.notifier.send(message);
      },
      () => waits.resolve(),
    );
  });
  await waits.promise;
  return { asked, failed, afterwards };
}

test('work that waits asks and mails by the services that have taken over', async () => {
  const { asked, failed, afterwards } = await openWaiting();
  const once = (name: string) => ['find', 'mark', 'person', 'mail'].map((what) => `${name}: ${what}`);
  assert.deepEqual(asked, once('old'));
  afterwards.follow(servicesCalled('new', asked));
  await afterwards.close();
  assert.deepEqual([asked, failed], [[...once('old'), ...once('new')], []]);
});

test('what fails in the last try of all is told', async () => {
  const { failed, afterwards } = await openWaiting();
  await afterwards.close();
  assert.equal(failed.length, 1);
});
