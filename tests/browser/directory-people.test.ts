/**
 * What people of an LDAP server do with their accounts in a browser, with a mail server that keeps what it is sent: over two
 * schemas, two ways to encrypt and both databases. Each test has a person of its own.
 */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openChromium } from '@gatehouse/testing/chromium.ts';
import type { Mail } from '@gatehouse/testing/mail.ts';
import { addAuthenticator } from '@gatehouse/testing/virtual-authenticator.ts';
import { Secret, TOTP } from 'otpauth';
import type { Browser, Page } from 'playwright-core';
import type { DirectoryPerson } from '../../apps/identity/src/directory/ldap/directories.testing.ts';
import { crowdOf, directoryHouses, needsOf } from '../house/directory-houses.ts';
import { type DirectoryPortal, openDirectoryPortal } from '../house/directory-portal.ts';
import {
  decide,
  enterCode,
  enterPassword,
  follow,
  freshCode,
  type Person,
  seeText,
  seeTitle,
  submit,
} from './verbs.ts';

const people = crowdOf(['Adams', 'Baker', 'Clark', 'Davis', 'Evans', 'Foster', 'Green']);
const fresh = 'a much better password';

for (const each of directoryHouses) {
  const { schema, storage, connection, isFoundByMail, hasRules } = each;
  describe(`people of an LDAP server (${schema.name}), by ${connection} and over ${storage}`, {
    skip: needsOf(each),
  }, () => {
    let house: DirectoryPortal;
    let browser: Browser;
    const somebody = people.values();
    const next = (): DirectoryPerson => somebody.next().value ?? assert.fail('there are too few people');
    before(async () => {
      [house, browser] = await Promise.all([
        openDirectoryPortal({ schema, people, storage, connection }),
        openChromium(),
      ]);
    });
    after(async () => {
      await browser?.close();
      await house?.[Symbol.asyncDispose]();
    });
    const newPage = async (): Promise<Page> => (await browser.newContext()).newPage();
    const visit = (page: Page, path: string) => page.goto(`${house.origin}${path}`);

    async function enter(page: Page, who: Person): Promise<void> {
      await visit(page, '/sign-in/portal');
      await enterPassword(page, who);
    }

    async function signIn(page: Page, who: DirectoryPerson): Promise<void> {
      await enter(page, who);
      await page.getByRole('heading', { name: `Hello, ${who.displayName}` }).waitFor();
    }

    async function signOut(page: Page): Promise<void> {
      await visit(page, '/logout');
      await follow(page, 'Sign out');
    }

    /** The code of the mail, where a change asks for it. */
    async function proveMailbox(page: Page, who: DirectoryPerson): Promise<void> {
      await seeTitle(page, /^Check your mail/);
      const mail = await house.mailTo(who, 'Your code to change how you sign in');
      await enterCode(page, /^\s*([A-Z0-9]{8})\s*$/m.exec(mail.text)?.[1] ?? assert.fail(mail.text));
    }

    async function askForLink(page: Page, who: DirectoryPerson): Promise<{ link: string; cancel: string }> {
      await visit(page, '/sign-in/portal');
      await follow(page, 'Forgot it?');
      if (isFoundByMail) await page.getByLabel('Username or email').fill(who.email ?? '');
      else await page.getByLabel('Username', { exact: true }).fill(who.username);
      await follow(page, 'Send me the link');
      await seeTitle(page, /^Check your mail/);
      return linksOf(await house.mailTo(who, 'Set a new password'));
    }

    async function setNew(page: Page, password: string): Promise<void> {
      await page.getByLabel('New password', { exact: true }).fill(password);
      await page.getByLabel('New password again').fill(password);
      await submit(page, 'input[name=again]');
    }

    function linksOf(mail: Mail): { link: string; cancel: string } {
      const [link = '', cancel = ''] = mail.text.match(/^https?:\/\/\S+$/gm) ?? [];
      assert.deepEqual([new URL(link).origin, new URL(cancel).origin], [house.origin, house.origin]);
      return { link, cancel };
    }

    test('who forgot their password sets a new one by the mailed link, once; they sign in with it, and every session has ended', async () => {
      const who = next();
      const [elsewhere, page] = [await newPage(), await newPage()];
      await signIn(elsewhere, who);
      const { link } = await askForLink(page, who);
      await page.goto(link);
      if (hasRules) {
        await setNew(page, 'short');
        await seeText(page, /The directory does not take this password: it has rules of its own/);
      }
      await setNew(page, fresh);
      await seeTitle(page, /^Password set/);
      assert.match((await house.mailTo(who, 'Your password was changed')).text, /From address.*127\.0\.0\.1/s);
      await visit(elsewhere, '/settings/sessions');
      await seeTitle(elsewhere, /^Sign in/);

      await follow(page, 'Sign in');
      await enterPassword(page, who);
      await seeText(page, /do not match/);
      await signIn(page, { ...who, password: fresh });
      await page.goto(link);
      await seeTitle(page, /^Link not valid/);
    });

    test('who did not ask for a new password cancels the link from the mail, and their password stays', async () => {
      const who = next();
      const [stranger, page] = [await newPage(), await newPage()];
      const { link, cancel } = await askForLink(stranger, who);
      await page.goto(cancel);
      await follow(page, 'Cancel the link');
      await seeTitle(page, /^Link cancelled/);
      await stranger.goto(link);
      await seeTitle(stranger, /^Link not valid/);
      await signIn(page, who);
    });

    test('a password is changed on the account page after a code from the mail, and other sessions end', async () => {
      const who = next();
      const [elsewhere, page] = [await newPage(), await newPage()];
      await signIn(elsewhere, who);
      await signIn(page, who);
      await visit(page, '/settings/password');
      await proveMailbox(page, who);
      await page.getByLabel('Current password').fill('not the password');
      await setNew(page, fresh);
      await seeText(page, /The current password is not right/);
      await page.getByLabel('Current password').fill(who.password);
      await page.getByLabel('Sign out everywhere else').check();
      await setNew(page, fresh);
      await seeTitle(page, /^Password changed/);
      await house.mailTo(who, 'Your password was changed');
      await visit(elsewhere, '/');
      await seeTitle(elsewhere, /^Sign in/);
      await enterPassword(elsewhere, who);
      await seeText(elsewhere, /do not match/);
      await signIn(elsewhere, { ...who, password: fresh });
      await visit(page, '/');
      await seeText(page, /Hello, Alice/);
    });

    test('a one-time code is set up and used, and a recovery code in its place; mails tell of all of it', async () => {
      const who = next();
      const page = await newPage();
      await signIn(page, who);
      await visit(page, '/settings/two-factor');
      await follow(page, 'Set up');
      await proveMailbox(page, who);
      const secret = Secret.fromBase32((await page.locator('code.secret').innerText()).replaceAll(/\s/g, ''));
      const enrolled = { ...who, otpauthUri: new TOTP({ label: who.username, secret }).toString() };
      await enterCode(page, freshCode(enrolled));
      await seeTitle(page, /^One-time code set up/);
      await house.mailTo(who, 'A one-time code was added to your account');
      await visit(page, '/settings/two-factor');
      await follow(page, 'Make recovery codes');
      await follow(page, 'Show me the codes');
      const codes = await page.locator('.codes code').allInnerTexts();
      assert.equal(codes.length, 10);
      await house.mailTo(who, 'Recovery codes were made for your account');
      await signOut(page);

      const wantsBoth = '/sign-in/portal?level=two_factor';
      await visit(page, wantsBoth);
      await enterPassword(page, who);
      await seeTitle(page, /^Enter your code/);
      await enterCode(page, freshCode(enrolled));
      await page.getByRole('heading', { name: /^Hello, / }).waitFor();
      await signOut(page);

      await visit(page, wantsBoth);
      await enterPassword(page, who);
      await follow(page, 'Use a recovery code');
      await enterCode(page, codes[3] ?? '');
      await page.getByRole('heading', { name: /^Hello, / }).waitFor();
      assert.match((await house.mailTo(who, 'A recovery code of your account was used')).text, /Codes left.*9/s);
      await visit(page, '/settings/two-factor');
      await seeText(page, /9 of 10 left/);
      await page.getByRole('button', { name: 'Remove' }).click();
      await proveMailbox(page, who);
      await follow(page, 'Remove it');
      await seeText(page, /The one-time code was removed/);
      await house.mailTo(who, 'The one-time code was removed from your account');
    });

    test('a passkey is registered and signs in alone', async () => {
      const who = next();
      const page = await newPage();
      await addAuthenticator(page, 'internal');
      await signIn(page, who);
      await visit(page, '/settings/two-factor');
      await follow(page, 'Add a key');
      await proveMailbox(page, who);
      await page.getByLabel('Name of the key').fill('My laptop');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Your key is added' }).waitFor();
      assert.match((await house.mailTo(who, 'A security key was added to your account')).text, /My laptop/);
      await signOut(page);

      await visit(page, '/sign-in/portal');
      await follow(page, 'Sign in with a passkey');
      await page.getByRole('button', { name: 'Choose a passkey' }).click();
      await page.getByRole('heading', { name: `Hello, ${who.displayName}` }).waitFor();
    });

    test('sessions are listed; one is ended from another, and then all others at once', async () => {
      const who = next();
      const [page, second, third] = [await newPage(), await newPage(), await newPage()];
      for (const each of [page, second, third]) await signIn(each, who);
      await visit(page, '/settings/sessions');
      const ends = page.getByRole('button', { name: /^End the session of/ });
      assert.equal(await ends.count(), 2);
      await ends.first().click();
      await page.getByText('The session has ended.').waitFor();
      assert.equal(await ends.count(), 1);
      await page.getByRole('button', { name: 'End all others' }).click();
      await page.getByText('You are signed out everywhere else.').waitFor();
      for (const each of [second, third]) {
        await visit(each, '/settings/sessions');
        await seeTitle(each, /^Sign in/);
      }
      await visit(page, '/');
      await seeText(page, /Hello, /);
    });

    test('an application stays connected until its person takes that back, and then has to ask again', async () => {
      const who = next();
      const page = await newPage();
      const { application } = house;
      const asked = application.ask();
      await page.goto(asked.url);
      await enterPassword(page, who);
      await seeTitle(page, /^Allow Notes/);
      await decide(page, 'accept');
      await page.getByText(application.greeting).waitFor();
      const token = await application.redeem(asked, page.url());
      const { refresh_token: refreshed = assert.fail('nothing to refresh with') } = await application.refresh(token);

      await visit(page, '/settings/applications');
      await seeText(page, /Notes/);
      await page.getByRole('button', { name: 'Take it back: Notes' }).click();
      await page.getByText('Taken back.').waitFor();
      assert.equal((await application.refresh(refreshed)).error, 'invalid_grant');
      await page.goto(application.ask().url);
      await seeTitle(page, /^Allow Notes/);
    });
  });
}
