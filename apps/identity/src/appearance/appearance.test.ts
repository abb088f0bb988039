import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openPortal, type Visitor } from '../portal.suite.ts';
import { appearancePath, returnField } from './appearance.paths.ts';

const path = '/sign-in/flow1';

async function signIn(visitor: Visitor, username: string): Promise<void> {
  const form = { username, password: `${username}-password` };
  assert.equal((await visitor.post('/sign-in/portal/password', form)).status, 303);
}

function languageOf(text: string): string {
  return /<html lang="([^"]+)"/.exec(text)?.[1] ?? '';
}

test('a page is in the language of ?lang, then of the choice, then of ui_locales, then of the browser, then English', async (t) => {
  const portal = await openPortal(t);
  const visitor = portal.visitor();
  const ask = async (address: string, accept: string) =>
    languageOf((await visitor.get(address, { 'accept-language': accept })).text);
  assert.equal(await ask(path, 'it, en;q=0.3'), 'en');
  assert.equal(await ask(path, 'de-AT, en;q=0.3'), 'de');
  portal.state.about = { ...portal.state.about, uiLocales: ['es-MX', 'en'] };
  assert.equal(await ask(path, 'de'), 'es');
  assert.equal(await ask(`${path}?lang=fr`, 'de'), 'fr');
  assert.equal(await ask(path, 'de'), 'fr', '?lang is kept for the pages after it');
  assert.equal(await ask(`${path}?lang=xx`, 'de'), 'fr');
});

test('what is chosen is kept in the browser, and leads back to where it was chosen from', async (t) => {
  const portal = await openPortal(t);
  const visitor = portal.visitor();
  const page = await visitor.get(`${path}?lang=es`);
  const link = /href="([^"]*language-and-theme[^"]*)"/.exec(page.text)?.[1] ?? '';
  assert.equal(link, `${appearancePath}?then=${encodeURIComponent(path)}`);
  const chosen = await visitor.post(appearancePath, {
    language: 'de',
    theme: 'oled',
    letters: 'legible',
    [returnField]: path,
  });
  assert.equal(chosen.status, 303);
  assert.equal(chosen.location, path);
  const { text } = await visitor.get(path);
  assert.match(text, /<html lang="de" class="theme-oled legible">/);
});

test('what nobody offers is not chosen', async (t) => {
  const visitor = (await openPortal(t)).visitor();
  await visitor.post(appearancePath, { language: '../etc', theme: 'pink', letters: '<b>' });
  assert.match((await visitor.get(path)).text, /<html lang="en">/);
});

test('a person’s choice comes along at sign-in, and leaves with the next person', async (t) => {
  const portal = await openPortal(t);
  const first = portal.visitor();
  await signIn(first, 'alice');
  await first.post(appearancePath, { language: 'fr', theme: 'grey' });

  const second = portal.visitor();
  assert.equal(languageOf((await second.get(path)).text), 'en');
  await signIn(second, 'alice');
  assert.match((await second.get(appearancePath)).text, /<html lang="fr" class="theme-grey">/);
  await signIn(second, 'bob');
  assert.match((await second.get(appearancePath)).text, /<html lang="en">/);
});
