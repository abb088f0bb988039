/**
 * The main job, in a real browser over TLS: the printed configuration and the printed environment sign a person in with two
 * factors, and the person lands in the workspace as a new editor. On every database and with both printed configurations.
 */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { needs } from '@gatehouse/testing/needs.ts';
import type { BrowserContext, Page } from 'playwright-core';
import { type HouseOptions, openHouse, root } from '../house/house.ts';
import { peopleOf } from '../house/workspace-people.ts';
import {
  decide,
  enterCode,
  enterFreshCode,
  enterPassword,
  enterWorkspace,
  follow,
  freshCode,
  portal,
  seeHome,
  seeText,
  seeTitle,
  workspace,
} from './verbs.ts';

/** SHA-256 of the files as they are printed in the integration guide. */
const printed = {
  'configuration.clients.yml': 'd9a778736d2e0b78186b07440e699bddc485e8aeef7958f8253bc8413382125a',
  'configuration.clients.claims-hydration.yml': '243accbc74adadb313780188293b582ecb6f4df7ecf7f10ad6988da130845bb4',
  'leantime.env': '32ba26ee5079283e3351643a26cbba20d6b0456548f8c755fa01c98476f441ec',
  'compose.yml': '833779edb17cee918d2a1e4140019dc82e5d8400f1f1afd408fb02e940633f4e',
};

for (const [name, digest] of Object.entries(printed))
  test(`${name} is byte for byte as it was printed`, () =>
    assert.equal(digestOf(join(root, 'tests/seed', name)), digest));

const houses: readonly [title: string, options: HouseOptions, servers: readonly 'postgresql'[]][] = [
  ['the printed files', {}, []],
  ['the printed claims policy', { clients: 'configuration.clients.claims-hydration.yml' }, []],
  ['the printed files and both applications on PostgreSQL', { storage: 'postgres' }, ['postgresql']],
];

for (const [title, options, servers] of houses)
  test(`${title} sign a person in with two factors, once, until they sign out`, {
    skip: needs('chromium', 'nginx', 'openssl', ...servers),
  }, async (t) => {
    await using house = await openHouse(options);
    const { alice } = house.people;
    const browser = await house.openBrowser();
    const context = await browser.newContext();
    const page = await context.newPage();

    await t.test('the applications run on the very bytes', () => {
      const { clients = 'configuration.clients.yml' } = options;
      assert.equal(digestOf(join(house.folder, clients)), printed[clients]);
      assert.equal(digestOf(join(house.folder, 'workspace/.env')), printed['leantime.env']);
      // The environment wins over the file: nothing may come from there.
      assert.deepEqual(
        Object.keys(process.env).filter((name) => name.startsWith('LEAN_')),
        [],
      );
    });

    await t.test('the first visit asks for password, code and consent, and ends where it was going', async () => {
      await enterWorkspace(page, '/dashboard/home?from=a-link');
      assert.equal(new URL(page.url()).origin, portal);
      await seeTitle(page, /^Sign in/);
      await seeText(page, /to continue to Leantime/);
      await enterPassword(page, alice);
      await enterFreshCode(page, alice);
      await seeTitle(page, /^Allow Leantime/);
      assert.equal(await page.locator('h1').innerText(), 'Leantime');
      await seeText(page, /leantime\.example\.com/);
      assert.deepEqual(await factsShown(page), {
        Name: 'Alice Example',
        'Given name': 'Alice',
        'Family name': 'Example',
        Username: 'alice',
        Email: 'alice@example.com',
      });
      await decide(page, 'accept');
      await seeHome(page, alice);
      assert.equal(page.url(), `${workspace}/dashboard/home?from=a-link`);
    });

    await t.test('the person exists once, as an editor, under the name the provider gave', async () => {
      const people = await peopleOf(house.projectsDatabase);
      assert.equal(people.length, 1);
      const [person] = people;
      assert.equal(person?.role, 20);
      assert.equal(person?.email, 'alice@example.com');
      assert.equal(person?.issuer, portal);
      assert.match(person?.subject ?? '', /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      const me = await page.evaluate(`fetch('/api/v1/me').then((answer) => answer.json())`);
      assert.deepEqual(me, {
        ...Object(me),
        person: { id: person?.id, name: 'Alice Example', email: 'alice@example.com', role: 20, roleName: 'Editor' },
      });
    });

    await t.test('a second visit asks nothing', async () => {
      const second = await context.newPage();
      const asked = portalPages(second);
      await second.goto(workspace);
      await seeHome(second, alice);
      assert.deepEqual(asked, []);
      await second.close();
    });

    await t.test('without the session of the workspace neither password nor code is asked for again', async () => {
      await forget(context, 'leantime.example.com');
      const asked = portalPages(page);
      await enterWorkspace(page);
      // The printed client has no lasting consent: the person is asked for that, each time, and for nothing else.
      await seeTitle(page, /^Allow Leantime/);
      await decide(page, 'accept');
      await seeHome(page, alice);
      assert.deepEqual(asked, ['Allow Leantime · Gatehouse']);
      assert.equal((await peopleOf(house.projectsDatabase)).length, 1);
    });

    await t.test('signing out ends both', async () => {
      await page.goto(`${workspace}/auth/logout`);
      await seeTitle(page, /^Sign out/);
      await follow(page, 'Sign out');
      await seeTitle(page, /^Signed out/);
      assert.equal(new URL(page.url()).origin, portal);

      await enterWorkspace(page);
      await seeTitle(page, /^Sign in/);
      await page.goto(portal);
      await seeTitle(page, /^Sign in/);
      await enterWorkspace(page);
      await enterPassword(page, alice);
      await enterCode(page, freshCode(alice));
      await decide(page, 'accept');
      await seeHome(page, alice);
      assert.equal((await peopleOf(house.projectsDatabase)).length, 1);
    });
  });

function digestOf(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}

async function factsShown(page: Page): Promise<Record<string, string>> {
  const rows = await page.locator('dl.facts > div').all();
  const pairs = rows.map(async (row) => [await row.locator('dt').innerText(), await row.locator('dd').innerText()]);
  return Object.fromEntries(await Promise.all(pairs));
}

/** Titles of the portal's pages that this page comes to from now on. */
function portalPages(page: Page): string[] {
  const titles: string[] = [];
  page.on('load', async () => {
    if (page.url().startsWith(portal)) titles.push(await page.title());
  });
  return titles;
}

async function forget(context: BrowserContext, domain: string): Promise<void> {
  await context.clearCookies({ domain });
}
