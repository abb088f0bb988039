/** The workspace in other languages, in a real browser: asked for by the browser, chosen by a person, on a phone. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertAccessible } from '@gatehouse/testing/axe.ts';
import { needs } from '@gatehouse/testing/needs.ts';
import { becomes } from '@gatehouse/testing/until.ts';
import { openHouse, saved } from '../api/house.testing.ts';

const skip = needs('chromium');

test('a page is in the language of the browser, until another one is chosen; then all of it is in that one', {
  skip,
}, async () => {
  await using house = await openHouse();
  const alice = await house.addPerson('Alice Example', 20);
  const page = await house.visit(alice, '/dashboard/home');
  await page.context().setExtraHTTPHeaders({ 'accept-language': 'de-AT, en;q=0.5' });
  await page.reload();
  await page.getByRole('heading', { name: 'Willkommen, Alice' }).waitFor();
  assert.equal(await page.locator('html').getAttribute('lang'), 'de');
  await page.getByRole('button', { name: '„Aufgaben von Alice“ beginnen' }).click();
  await page.getByText('Hier ist noch nichts.').waitFor();
  await assertAccessible(page);

  await page.goto(new URL('/settings/appearance', page.url()).href);
  await saved(page, () => page.getByRole('radio', { name: 'Français' }).click());
  await page.getByRole('heading', { name: 'Langue et apparence' }).waitFor();
  await becomes(() => page.locator('html').getAttribute('lang'), 'fr');
  await page.goto(new URL('/dashboard/home', page.url()).href);
  await page.getByText('Rien ne vous attend.').waitFor();
  await assertAccessible(page);
  assert.deepEqual(house.complaints, []);
});

for (const [language, refusal] of [
  ['de', 'Der Schlüssel WEB ist vergeben. Wählen Sie einen anderen Schlüssel.'],
  ['fr', 'La clé WEB est déjà prise. Choisissez une autre clé.'],
  ['es', 'La clave WEB ya está en uso. Elija otra clave.'],
  ['en', 'The key WEB is taken. Choose another key.'],
] as const)
  test(`what the server refuses is told in ${language}`, { skip }, async () => {
    await using house = await openHouse();
    const page = await house.visit(await house.addPerson('Alice Example', 30), '/dashboard/home', 360);
    await page.context().setExtraHTTPHeaders({ 'accept-language': language });
    await page.evaluate(
      `fetch('/api/v1/projects', { method: 'POST', headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ creationKey: 'a-first-project-01', name: 'Website', key: 'WEB' }) })`,
    );
    await page.reload();
    const overflow = Number(await page.evaluate('document.documentElement.scrollWidth - innerWidth'));
    assert.ok(overflow <= 0, `${overflow} px too wide`);
    await page.locator('.topbar button').first().click();
    await page.locator('.nav-quiet:visible').last().click();
    await page.locator('.form .input').first().fill('Another');
    await page.locator('.input-key').fill('WEB');
    await page.locator('.form button[type=submit]').click();
    await page.getByText(refusal).waitFor();
  });

test('who may not do something any more is told so, why, and whom to ask, in their language', { skip }, async () => {
  await using house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 20), '/dashboard/home');
  await page.context().setExtraHTTPHeaders({ 'accept-language': 'de' });
  await page.reload();
  await page.getByRole('button', { name: '„Aufgaben von Alice“ beginnen' }).click();
  await page.waitForURL('**/p/AUF/board');
  await page.getByRole('button', { name: 'Zu Neu hinzufügen' }).click();
  await house.database.kysely.updateTable('project_members').set({ role: 10 }).execute();
  const field = page.getByRole('textbox', { name: 'Neue Aufgabe in Neu' });
  await field.fill('Zaun streichen');
  await field.press('Enter');
  const why = 'Sie dürfen diesem Projekt keine Aufgaben hinzufügen. Dafür braucht es die Rolle Bearbeiter.';
  await page.getByText(`${why} Fragen Sie einen Manager des Projekts.`).waitFor();
});

test('a day is read, written and said in the language of the page', { skip }, async () => {
  await using house = await openHouse();
  const page = await house.visit(await house.addPerson('Alice Example', 20), '/dashboard/home');
  await page.context().setExtraHTTPHeaders({ 'accept-language': 'de' });
  await page.reload();
  await page.getByRole('button', { name: '„Aufgaben von Alice“ beginnen' }).click();
  await page.waitForURL('**/p/AUF/board');
  await page.goto(new URL('/dashboard/home', page.url()).href);
  const line = page.getByRole('textbox', { name: 'Neue Aufgabe für Sie selbst' });
  await line.fill('Rechnung zahlen morgen');
  await line.press('Enter');
  await page.locator('.row', { hasText: 'Rechnung zahlen' }).locator('time', { hasText: 'Morgen' }).waitFor();

  await page.goto(new URL('/p/AUF/settings', page.url()).href);
  const begins = page.getByRole('group', { name: 'Beginnt' });
  await begins.getByText('tt').waitFor();
  await begins.getByRole('spinbutton').first().click();
  await page.keyboard.type('07122026');
  await begins.getByRole('button').click();
  await page.getByRole('heading', { name: 'Dezember 2026' }).waitFor();
  await assertAccessible(page);
  await page.getByRole('button', { name: 'Dienstag, 8. Dezember 2026' }).click();
  await saved(page, () => page.getByRole('button', { name: 'Speichern' }).first().click());
  await page.reload();
  await begins.waitFor();
  await becomes(async () => (await begins.innerText()).replace(/\s/g, ''), '08.12.2026');
});
