/**
 * What the portal says when it is asked too often, and when what it needs does not answer: the directory, the mail server,
 * the database. A house of its own, whose servers are stopped on the way.
 */
import { TOTP } from 'otpauth';
import type { Browser } from 'playwright-core';
import { type DirectoryPerson, rfc2307bis } from '../../apps/identity/src/directory/ldap/directories.testing.ts';
import { openDirectoryPortal } from '../../tests/house/directory-portal.ts';
import type { Camera } from './camera.ts';
import { openVisitor, type Visitor } from './visitor.ts';

const once = { buckets: [{ period: '10 minutes', requests: 1 }] };
const alice: DirectoryPerson = {
  ...{ username: 'alice', displayName: 'Alice Example', email: 'alice@example.com', disabled: false },
  ...{ groups: ['staff', 'admins'], password: 'alice has a long password' },
};
const { username, password } = alice;

export async function takeTroubles(browser: Browser, camera: Camera): Promise<void> {
  await using house = await openDirectoryPortal({
    ...{ schema: rfc2307bis, people: [alice], storage: 'postgres', connection: 'ldaps' },
    rateLimits: { first_factor: once, second_factor_totp: once, reset_password_start: once },
    policy: 'two_factor',
    further: { theme: 'auto', log: { level: 'info' } },
  });
  const visitors = ['at work', 'at home', 'elsewhere'].map(() => openVisitor(house.origin, browser, camera));
  const [work, home, elsewhere] = (await Promise.all(visitors)) as [Visitor, Visitor, Visitor];
  for (const { visit, send } of [work, home]) {
    await visit('/sign-in/portal');
    await send({ username, password });
  }

  // A second step that is not there yet, and one that does not go.
  await work.page.goto(house.application.ask().url);
  await work.take('second-step-missing');
  await work.visit('/settings/two-factor');
  await work.click('Set up');
  const code = await house.mailTo(alice, 'Your code to change how you sign in');
  await work.send({ code: /^\s*([A-Z0-9]{8})\s*$/m.exec(code.text)?.[1] ?? '' });
  const secret = (await work.page.locator('code.secret').innerText()).replaceAll(' ', '');
  await work.send({ code: new TOTP({ secret }).generate() });
  await home.visit('/sign-in/portal/second-factor/one-time-code?level=two_factor');
  for (const _ of ['counted', 'refused']) await home.send({ code: '000000' });
  await home.take('code-limited');

  // Nobody who knows the people, then no mail.
  await elsewhere.visit('/reset-password');
  await elsewhere.send({ username });
  const reset = await house.mailTo(alice, 'Set a new password');
  const link = new URL(/^https?:\/\/\S+$/m.exec(reset.text)?.[0] ?? '');
  await house.directory.stop();
  await elsewhere.visit(`${link.pathname}${link.search}`, 'new-password-unavailable');
  await work.visit('/settings/password');
  await work.send({ password, new: 'another password', again: 'another password' });
  await work.take('password-unavailable');
  await elsewhere.visit('/sign-in/portal');
  await elsewhere.send({ username, password });
  await elsewhere.take('sign-in-unavailable');
  // What the directory said last stands as long as the portal remembers it.
  await house.reload();
  await work.visit('/settings/two-factor', 'account-unavailable');
  await house.directory.start();
  await house.mail.stop();
  await home.visit('/settings/two-factor');
  await home.click('Add a key');
  await home.take('mail-unavailable');

  // Too often.
  await elsewhere.visit('/sign-in/portal');
  for (const _ of ['counted', 'refused']) await elsewhere.send({ username, password: 'not the password' });
  await elsewhere.take('sign-in-limited');
  await elsewhere.visit('/reset-password');
  await elsewhere.send({ username });
  await elsewhere.take('link-limited');

  await house.database?.crash();
  await work.visit('/', 'not-answering');
  for (const visitor of [work, home, elsewhere]) await visitor[Symbol.asyncDispose]();
}
