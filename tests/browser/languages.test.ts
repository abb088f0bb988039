/**
 * The portal in other languages, scripts and themes, in a real browser: chosen on a plain form without script, kept, and taken
 * along to the account; right to left with nothing cut off or the wrong way round.
 */
import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { assertAccessible } from '@gatehouse/testing/axe.ts';
import { openChromium } from '@gatehouse/testing/chromium.ts';
import { assertFitForAll } from '@gatehouse/testing/fit-for-all.ts';
import { freePort } from '@gatehouse/testing/free-port.ts';
import { needs } from '@gatehouse/testing/needs.ts';
import { temporaryFolder } from '@gatehouse/testing/temporary-folder.ts';
import type { Page } from 'playwright-core';
import { root } from '../house/house.ts';
import { writePeople } from '../house/people.ts';
import { openPortal } from '../house/portal.ts';

const skip = needs('chromium');
/** Where to leave pictures for a person to look at. */
const pictures = process.env.PICTURES;

const logo = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

/** A portal of its own at a name under localhost, where no certificate is needed. */
async function openHouse(further: Readonly<Record<string, object | string>> = {}) {
  const port = await freePort();
  const folder = temporaryFolder('languages');
  const origin = `http://auth.localhost:${port}`;
  writeArabic(join(folder.path, 'locales/ar'));
  writeFileSync(join(folder.path, 'logo.png'), logo);
  let people: ReturnType<typeof writePeople> | undefined;
  const portal = await openPortal({
    port,
    oidc: {
      clients: [
        { client_id: 'notes', public: true, redirect_uris: ['https://notes.example.com/in'], scopes: ['openid'] },
      ],
    },
    writeUsers: (path) => {
      people = writePeople(path);
    },
    further: {
      server: { address: `tcp://127.0.0.1:${port}/`, asset_path: folder.path },
      session: { cookies: [{ domain: 'auth.localhost', authelia_url: origin }] },
      access_control: { default_policy: 'one_factor' },
      branding: { name: 'The house of Alice', accent: '#7a3cff' },
      ...further,
    },
  });
  if (!people) throw new TypeError('nobody lives here');
  const { alice } = people;
  return {
    origin,
    alice,
    async [Symbol.asyncDispose]() {
      await portal[Symbol.asyncDispose]();
      await folder.remove();
    },
  };
}

/** Every sentence without a plural, in the letters of another script; what stands in braces stays. */
function writeArabic(folder: string): void {
  const letters = 'ابتثجحخدذرزسشصضطظعغفقكلمنه';
  const written = (text: string): string =>
    text.replace(/\{[^}]*\}|[a-z]/gi, (found) =>
      found.startsWith('{') ? found : (letters[found.toLowerCase().charCodeAt(0) - 97] ?? found),
    );
  mkdirSync(folder, { recursive: true });
  const english = join(root, 'apps/identity/words/de');
  for (const file of readdirSync(english)) {
    const texts = Object.keys(JSON.parse(readFileSync(join(english, file), 'utf8')) as object);
    const plain = texts.filter((text) => !text.includes(', '));
    writeFileSync(join(folder, file), JSON.stringify(Object.fromEntries(plain.map((text) => [text, written(text)]))));
  }
}

async function signIn(page: Page, origin: string, who: { username: string; password: string }): Promise<void> {
  await page.goto(`${origin}/sign-in/portal`);
  await page.locator('input[name=username]').fill(who.username);
  await page.locator('input[name=password]').fill(who.password);
  await page.locator('form button[type=submit]').click();
  await page.waitForURL(`${origin}/`);
}

const styleOf = (selector: string): string => `getComputedStyle(document.querySelector('${selector}'))`;

async function keepPicture(page: Page, name: string): Promise<void> {
  if (!pictures) return;
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
}

test('pages read from right to left at every width, with nothing cut off', { skip, timeout: 240_000 }, async () => {
  await using house = await openHouse();
  const browser = await openChromium();
  try {
    const page = await (await browser.newContext({ locale: 'ar-EG' })).newPage();
    const see = async (path: string, name: string): Promise<void> => {
      await page.goto(`${house.origin}${path}`);
      assert.equal(await page.locator('html').getAttribute('dir'), 'rtl');
      for (const width of [1280, 360, 320]) {
        await page.setViewportSize({ width, height: 800 });
        const overflow = Number(await page.evaluate('document.documentElement.scrollWidth - innerWidth'));
        assert.ok(overflow <= 0, `${path} is ${overflow} pixels too wide at ${width}`);
        await keepPicture(page, `rtl-${name}-${width}`);
      }
      await assertAccessible(page);
    };
    await see('/sign-in/portal', 'sign-in');
    const label = await page.locator('label[for=field-password]').boundingBox();
    const forgot = await page.locator('.field-aside a').boundingBox();
    assert.ok(
      label && forgot && forgot.x + forgot.width < label.x,
      'the link stands at the end of its line, on the left',
    );
    const heading = await page.evaluate(`${styleOf('h1')}.textAlign + ${styleOf('h1')}.direction`);
    assert.equal(heading, 'startrtl');
    await signIn(page, house.origin, house.alice);
    await see('/', 'overview');
    await see('/settings/two-factor', 'two-factor');
    await see('/settings/sessions', 'sessions');
    await see('/settings/language-and-theme', 'appearance');
    await see('/reset-password', 'reset');
    await see('/no/such/page', 'not-found');
    await see('/logout', 'sign-out');
  } finally {
    await browser.close();
  }
});

const backgrounds: readonly [theme: string, colour: RegExp][] = [
  ['light', /^oklch\(0\.982 /],
  ['dark', /^oklch\(0\.185 /],
  ['grey', /^oklch\(0\.235 /],
  ['oled', /^oklch\(0 /],
];

test('without script a person chooses language, theme and letters, and has them in every browser', {
  skip,
  timeout: 240_000,
}, async () => {
  await using house = await openHouse();
  const browser = await openChromium();
  try {
    const page = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
    await page.goto(`${house.origin}/sign-in/portal`);
    for (const [theme, colour] of backgrounds) {
      await page.locator('footer a[href*=language-and-theme]').click();
      await page.locator(`input[value=${theme}]`).check();
      await page.locator('form button').click();
      assert.equal(page.url(), `${house.origin}/sign-in/portal`);
      assert.match(String(await page.evaluate(`${styleOf('body')}.backgroundColor`)), colour);
    }
    await signIn(page, house.origin, house.alice);
    await page.getByRole('link', { name: 'Language and theme' }).first().click();
    await page.locator('select[name=language]').selectOption('fr');
    await page.locator('input[value=grey]').check();
    await page.locator('input[value=legible]').check();
    await page.locator('form button').click();
    await page.locator('.notice', { hasText: 'Enregistré' }).waitFor();

    const elsewhere = await (await browser.newContext({ locale: 'de-DE' })).newPage();
    await elsewhere.goto(`${house.origin}/sign-in/portal`);
    assert.equal(await elsewhere.locator('h1').innerText(), 'Anmelden');
    await signIn(elsewhere, house.origin, house.alice);
    assert.equal(await elsewhere.locator('html').getAttribute('lang'), 'fr');
    assert.equal(await elsewhere.locator('html').getAttribute('class'), 'theme-grey legible');
    assert.match(String(await elsewhere.evaluate('getComputedStyle(document.body).fontFamily')), /Atkinson/);
    assert.equal(
      await elsewhere.evaluate(
        'document.fonts.ready.then(() => document.fonts.check("16px \\"Atkinson Hyperlegible Next\\""))',
      ),
      true,
    );
  } finally {
    await browser.close();
  }
});

test('the administrator’s name, logo and accent are those of the pages, and the policy comes before the sign-in', {
  skip,
  timeout: 240_000,
}, async () => {
  const policy = { enabled: true, require_user_acceptance: true, policy_url: 'https://example.com/privacy' };
  await using house = await openHouse({ privacy_policy: policy, theme: 'auto' });
  const browser = await openChromium();
  try {
    const page = await (await browser.newContext()).newPage();
    await page.goto(`${house.origin}/sign-in/portal`);
    assert.equal(await page.title(), 'Privacy policy · The house of Alice');
    await assertFitForAll(page);
    await keepPicture(page, 'privacy');
    await page.getByRole('button', { name: 'I accept it' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    assert.equal(await page.title(), 'Sign in · The house of Alice');
    assert.equal(await page.evaluate("document.querySelector('a.mark img').naturalWidth"), 1);
    assert.equal(await page.locator('footer a', { hasText: 'Privacy' }).getAttribute('href'), policy.policy_url);
    const accent = String(await page.evaluate(`${styleOf('main button.button')}.backgroundColor`));
    assert.match(accent, /^oklch\(0\.\d+ 0\.\d+ 289\.\d+\)$/);
    await assertFitForAll(page);
    await keepPicture(page, 'branding');
  } finally {
    await browser.close();
  }
});
