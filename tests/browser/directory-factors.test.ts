/**
 * What people of an LDAP server meet in a browser where an application asks for two factors, and what they read when the
 * directory or the mail server is away. Each test has a person of its own.
 */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openChromium } from '@gatehouse/testing/chromium.ts';
import { addAuthenticator } from '@gatehouse/testing/virtual-authenticator.ts';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { DirectoryPerson } from '../../apps/identity/src/directory/ldap/directories.testing.ts';
import { crowdOf, directoryHouses, needsOf } from '../house/directory-houses.ts';
import { type DirectoryPortal, openDirectoryPortal } from '../house/directory-portal.ts';
import { decide, enterCode, enterPassword, follow, seeText, seeTitle, submit } from './verbs.ts';

const people = crowdOf(['Adams', 'Baker', 'Clark', 'Davis', 'Evans', 'Foster', 'Green']);
const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0';
const safari = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Safari/604.1';
const wantsBoth = '/sign-in/portal?level=two_factor';

for (const each of directoryHouses) {
  const { schema, storage, connection } = each;
  describe(`two factors of people of an LDAP server (${schema.name}), by ${connection} and over ${storage}`, {
    skip: needsOf(each),
  }, () => {
    let house: DirectoryPortal;
    let browser: Browser;
    const somebody = people.values();
    const next = (): DirectoryPerson => somebody.next().value ?? assert.fail('there are too few people');
    before(async () => {
      [house, browser] = await Promise.all([
        openDirectoryPortal({ schema, people, storage, connection, policy: 'two_factor' }),
        openChromium(),
      ]);
    });
    after(async () => {
      await browser?.close();
      await house?.[Symbol.asyncDispose]();
    });
    const newPage = async (options: BrowserContextOptions = {}): Promise<Page> =>
      (await browser.newContext(options)).newPage();
    const visit = (page: Page, path: string) => page.goto(`${house.origin}${path}`);
    const seeOverview = (page: Page, who: DirectoryPerson) =>
      page.getByRole('heading', { name: `Hello, ${who.displayName}` }).waitFor();

    async function signIn(page: Page, who: DirectoryPerson): Promise<void> {
      await visit(page, '/sign-in/portal');
      await enterPassword(page, who);
      await seeOverview(page, who);
    }

    async function signOut(page: Page): Promise<void> {
      await visit(page, '/logout');
      await follow(page, 'Sign out');
    }

    async function mailedCode(who: DirectoryPerson): Promise<{ code: string; cancel: string }> {
      const { text } = await house.mailTo(who, 'Your code to change how you sign in');
      const [code, cancel] = [/^\s*([A-Z0-9]{8})\s*$/m, /^(https?:\/\/\S+)$/m].map((each) => each.exec(text)?.[1]);
      return { code: code ?? assert.fail(text), cancel: cancel ?? assert.fail(text) };
    }

    async function proveMailbox(page: Page, who: DirectoryPerson): Promise<void> {
      await seeTitle(page, /^Check your mail/);
      await enterCode(page, (await mailedCode(who)).code);
    }

    /** From the password page to whatever the sign-in was for. */
    async function enterAndAddKey(page: Page, who: DirectoryPerson): Promise<void> {
      await enterPassword(page, who);
      await seeTitle(page, /^Set up a second step/);
      await follow(page, 'Set up a second step');
      await follow(page, 'Add a key');
      await proveMailbox(page, who);
      await page.getByLabel('Name of the key').fill('Blue key');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Your key is added' }).waitFor();
      assert.match((await house.mailTo(who, 'A security key was added to your account')).text, /Key.*Blue key/s);
      await follow(page, 'Continue');
    }

    async function allowNotes(page: Page): Promise<void> {
      await page.waitForURL(/\/consent/);
      await seeTitle(page, /^Allow Notes/);
      await decide(page, 'accept');
      await page.getByText(house.application.greeting).waitFor();
    }

    test('who has no second factor adds a key in the middle of a sign-in and arrives; from then on the key is asked for', async () => {
      const who = next();
      const page = await newPage();
      await addAuthenticator(page);
      const asked = house.application.ask();
      await page.goto(asked.url);
      await enterAndAddKey(page, who);
      await allowNotes(page);
      assert.ok(await house.application.redeem(asked, page.url()));
      await signOut(page);

      const again = house.application.ask();
      await page.goto(again.url);
      await enterPassword(page, who);
      await allowNotes(page);
      assert.ok(await house.application.redeem(again, page.url()));

      const withoutKey = await newPage();
      await withoutKey.goto(house.application.ask().url);
      await enterPassword(withoutKey, who);
      await seeTitle(withoutKey, /^Use your security key/);
    });

    test('who comes with a passkey is asked for the password where two factors are wanted, and arrives with the right one', async () => {
      const who = next();
      const page = await newPage();
      await addAuthenticator(page, 'internal');
      await visit(page, wantsBoth);
      await enterAndAddKey(page, who);
      await seeOverview(page, who);
      await signOut(page);

      const asked = house.application.ask();
      await page.goto(asked.url);
      await follow(page, 'Sign in with a passkey');
      await page.getByRole('button', { name: 'Choose a passkey' }).click();
      const password = page.getByLabel('Password', { exact: true });
      await password.waitFor();
      await seeTitle(page, /^Enter your password/);
      await password.fill('not the password');
      await submit(page, 'input[name=password]');
      await seeText(page, /do not match|not right/);
      await password.fill(who.password);
      await submit(page, 'input[name=password]');
      await allowNotes(page);
      assert.ok(await house.application.redeem(asked, page.url()));
    });

    test('a key is renamed and removed after a code from the mail; a mail tells of the removal, and the next sign-in asks for another', async () => {
      const who = next();
      const page = await newPage();
      await addAuthenticator(page);
      await visit(page, wantsBoth);
      await enterAndAddKey(page, who);
      await seeOverview(page, who);
      await signOut(page);
      await visit(page, wantsBoth);
      await enterPassword(page, who);
      await seeOverview(page, who);

      await visit(page, '/settings/two-factor');
      await follow(page, 'Change Blue key');
      await proveMailbox(page, who);
      await page.getByLabel('Name', { exact: true }).fill('Green key');
      await follow(page, 'Save the name');
      await seeText(page, /The key has its new name/);
      await follow(page, 'Change Green key');
      await follow(page, 'Remove this key');
      await seeText(page, /The key was removed/);
      const { text } = await house.mailTo(who, 'A security key was removed from your account');
      assert.match(text, /Key.*Green key.*From address.*127\.0\.0\.1/s);
      await signOut(page);
      await visit(page, wantsBoth);
      await enterPassword(page, who);
      await seeTitle(page, /^Set up a second step/);
    });

    test('a mailed code is cancelled by its link, by whoever has the mail, and the next one works', async () => {
      const who = next();
      const [page, owner] = [await newPage(), await newPage()];
      await signIn(page, who);
      await visit(page, '/settings/two-factor');
      await follow(page, 'Set up');
      const { code, cancel } = await mailedCode(who);
      assert.equal(new URL(cancel).origin, house.origin);
      await owner.goto(cancel);
      await follow(owner, 'Cancel the code');
      await seeTitle(owner, /^Code cancelled/);
      await enterCode(page, code);
      await seeText(page, /That code no longer works/);
      await follow(page, 'Send a new code');
      await proveMailbox(page, who);
      await seeTitle(page, /^Set up your one-time code/);
    });

    test('a sign-in with a browser that is new for somebody is mailed to them; one with the browser of before is not', async () => {
      const who = next();
      const signInWith = async (options?: BrowserContextOptions) => signIn(await newPage(options), who);
      const told = async () => (await house.mailTo(who, 'A sign-in to your account from a new place')).text;
      await signInWith();
      await signInWith({ userAgent: firefox });
      assert.match(await told(), /Browser.*Firefox on Linux.*From address.*127\.0\.0\.1/s);
      await signInWith();
      await signInWith({ userAgent: safari });
      assert.match(await told(), /Browser.*Safari on iOS/s);
    });

    test('while the directory is away a sign-in says so, and who is signed in goes on; once it is back a sign-in works', async () => {
      const who = next();
      const [inside, page] = [await newPage(), await newPage()];
      await signIn(inside, who);
      await visit(page, '/sign-in/portal');
      await house.directory.stop();
      await enterPassword(page, who);
      await seeText(page, /We cannot check passwords right now\. Nothing is wrong with yours/);
      await visit(inside, '/settings/sessions');
      await seeTitle(inside, /^Sessions/);
      await house.directory.start();
      await enterPassword(page, who);
      await seeOverview(page, who);
    });

    // The last one: the mail server does not come back.
    test('while the mail server is away whoever asks for a code reads that the mail could not be sent', async () => {
      const who = next();
      const page = await newPage();
      await signIn(page, who);
      await visit(page, '/settings/two-factor');
      await house.mail.stop();
      await follow(page, 'Set up');
      await seeTitle(page, /^The mail could not be sent/);
      await seeText(page, /Nothing was changed, and nothing is lost/);
      await follow(page, 'Try again');
      await seeText(page, /Not set up/);
    });
  });
}
