/** The pages of the portal in the order in which somebody would come by them: a first sign-in, an account, and lost ways. */
import { alicesPhone, alicesTablet } from '@gatehouse/testing/duo.ts';
import { addAuthenticator } from '@gatehouse/testing/virtual-authenticator.ts';
import { TOTP } from 'otpauth';
import type { Browser } from 'playwright-core';
import { workspace } from '../start/first-run.ts';
import type { Camera } from './camera.ts';
import type { PortalHouse } from './portal-house.ts';
import { takeFailedKeys } from './portal-keys.ts';
import { codeOf, leadingOn, press } from './steps.ts';
import { openVisitor } from './visitor.ts';

export async function takePortal(house: PortalHouse, browser: Browser, camera: Camera): Promise<void> {
  const { origin, person, duo } = house;
  await using visitor = await openVisitor(origin, browser, camera);
  const { page, take, visit, fill, click } = visitor;
  const authenticator = await addAuthenticator(page);
  // The application is not there: where it would be is nothing to picture.
  await page.route(`${workspace.origin}/**`, (route) => route.fulfill({ body: 'back at the application' }));

  const password = { now: person.password };
  const enterPassword = (typed = password.now) => visitor.send({ username: person.username, password: typed });
  const enterMailedCode = async (): Promise<void> => {
    const code = /^\s*([A-Z0-9]{8})\s*$/m.exec(house.lastMail())?.[1];
    if (!code) throw new Error('the last mail holds no code');
    await fill('code', code);
    await press(page);
  };

  // A first sign-in.
  await visit(request, 'privacy');
  await press(page);
  await take('sign-in');
  await enterPassword('not the password');
  await take('wrong-password');
  await enterPassword();
  await take('code');
  await fill('code', codeOf(person.otpauthUri));
  await press(page);
  await take('consent');
  await page.locator('input[name=remember]').check();
  await leadingOn(page, () => page.locator('button[value=accept]').click());

  // The account.
  await visit('/', 'overview');
  await using phone = await openVisitor(origin, browser, camera, phoneBrowser);
  await phone.visit('/sign-in/portal');
  await press(phone.page);
  await phone.send({ username: person.username, password: password.now });
  await visit('/settings/sessions', 'sessions');
  await click('End all others');
  await take('sessions-ended');
  await visit('/settings/applications', 'applications');
  await visit('/consent/openid/device-authorization', 'device');
  await visit('/settings/two-factor');
  await click('Replace');
  await take('mailed-code');
  await enterMailedCode();
  await take('enrol');
  const secret = (await page.locator('code.secret').innerText()).replaceAll(' ', '');
  await fill('code', new TOTP({ secret }).generate());
  await press(page);
  await take('enrol-done');
  await visit('/settings/two-factor/remove', 'remove-code');
  await visit('/settings/two-factor/security-key/new', 'new-key');
  await fill('name', 'Blue key');
  await page.keyboard.press('Enter');
  await page.waitForURL(/security-key\/done/);
  await take('new-key-done');
  await visit('/settings/two-factor/recovery-codes/new', 'make-recovery-codes');
  await press(page);
  await take('recovery-codes');
  await visit('/settings/two-factor/push', 'phone-unknown');
  duo.people.set(person.username, { result: 'auth', phones: [alicesPhone, alicesTablet] });
  await visit('/settings/two-factor/push', 'phones');
  await page.getByRole('group', { name: 'Blue phone' }).getByLabel('Approve a request on it').check();
  await click('Use this one');
  await visit('/settings/two-factor/push/forget', 'forget-phone');
  await visit('/settings/two-factor', 'two-factor');
  await click('Change Blue key');
  await take('change-key');
  await visit('/settings/password');
  if (await page.locator('input[name=code]').count()) await enterMailedCode();
  await take('password');
  await fill('password', password.now);
  password.now = 'another-password-of-alice';
  for (const name of ['new', 'again']) await fill(name, password.now);
  await press(page);
  await take('password-changed');
  await visit('/settings/language-and-theme', 'language-and-theme');
  await visit('/?lang=de', 'overview-german');
  await visit('/?lang=en');
  await visit('/settings/applications');
  await click('Take it back');
  await take('applications-withdrawn');
  await visit(refusedRequest, 'refusal');
  await visit('/no/such/page', 'not-found');
  await visit('/logout', 'sign-out');
  await click('Sign out');
  await take('signed-out');

  // The other ways in.
  await visit('/sign-in/portal?lang=fr', 'sign-in-french');
  await visit('/sign-in/portal?lang=en&level=two_factor');
  await enterPassword();
  const step = (way: string) => `/sign-in/portal/second-factor/${way}?level=two_factor`;
  // A page that asks for the key at once would have it at once.
  await authenticator.touch(false);
  await visit(step('security-key'), 'security-key');
  await takeFailedKeys(phone, { username: person.username, password: password.now });
  await visit(step('recovery-code'), 'recovery-code');
  await authenticator.touch(true);
  // A page that is about to go on by itself holds back whoever looks at it.
  await page.route(/push\/wait\?/, (route) => route.abort('aborted'));
  await visit(step('push/devices'), 'push-devices');
  await visit(step('push'), 'push-ask');
  await Promise.all([page.waitForEvent('requestfailed'), press(page)]);
  await take('push');
  await duo.decide(person.username, 'deny');
  await page.unroute(/push\/wait\?/);
  await click('I have approved it');
  await take('push-turned-down');
  await visit('/logout');
  await click('Sign out');
  await visit('/sign-in/portal/passkey', 'passkey');
  await page.getByRole('button', { name: 'Choose a passkey' }).click();
  await page.waitForURL(`${origin}/`);
  await visit('/sign-in/portal?level=two_factor', 'password-after-passkey');
  await visit('/logout');
  await click('Sign out');

  // Lost ways.
  await visit('/reset-password', 'forgotten-password');
  await fill('username', person.username);
  await press(page);
  await take('link-sent');
  const [link = '', cancel = ''] = await linksOf(house);
  await visit(pathOf(cancel), 'cancel-link');
  await visit(pathOf(link), 'new-password');
  for (const name of ['new', 'again']) await fill(name, 'the-last-password-of-alice');
  await press(page);
  await take('new-password-done');
  await visit(pathOf(cancel));
  await click('Cancel the link');
  await take('cancel-link-done');
  await visit('/revoke/one-time-code?id=none', 'cancel-code');
  await click('Cancel the code');
  await take('cancel-code-done');
  for (const [name, path] of [
    ['link-gone', '/reset-password/new?token=none'],
    ['sign-in-expired', '/sign-in/none'],
    ['refusal-person', refusedRequest],
  ] as const)
    await visit(path, name);
}

/** Of somebody's second browser. */
const phoneBrowser = 'Mozilla/5.0 (Android 16; Mobile; rv:152.0) Gecko/152.0 Firefox/152.0';

const clientRequest =
  `/api/oidc/authorization?client_id=projects&response_type=code&state=${'0'.repeat(32)}` +
  `&redirect_uri=${encodeURIComponent(`${workspace.origin}/oidc/callback`)}`;

export const request = `${clientRequest}&scope=openid+profile+email+groups&code_challenge=${'a'.repeat(43)}&code_challenge_method=S256`;

/** Without PKCE, which the client asks for: an administrator is told so, and everybody else gets a reference. */
const refusedRequest = `${clientRequest}&scope=openid`;

const pathOf = (href: string): string => href.slice(new URL(href).origin.length);

/** The mail goes out after the answer. */
async function linksOf(house: PortalHouse): Promise<string[]> {
  for (const deadlineMs = Date.now() + 10_000; Date.now() < deadlineMs; ) {
    const links = house.lastMail().match(/^https?:\/\/\S+password\S*$/gm);
    if (links) return links;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('no mail with a link came');
}
