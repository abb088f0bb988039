/**
 * How a page is drawn for whoever asks: by what they prefer, which a cookie carries to the pages before the sign-in. A page of
 * somebody who is signed in reads the store, so that what is chosen in one browser holds in all, and mends the cookie.
 */
import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { languageCookie } from '../../wire/languages.ts';
import { lookAttributes, looksCookie, type Preferences, readLooks, writeLooks } from '../../wire/preferences.ts';
import type { Workspace } from '../api/workspace.ts';
import { currentPerson } from '../session/person.ts';
import { findPreferences } from './store.ts';

const yearSeconds = 31_536_000;

export function carriedLooks(c: Context): Preferences {
  return readLooks(getCookie(c, looksCookie));
}

/** Writes what changed alone, so that most pages set no cookie. */
export function carryLooks(c: Context, preferences: Preferences, secure: boolean): void {
  const carry = (name: string, value: string): void => {
    if ((getCookie(c, name) ?? '') === value) return;
    setCookie(c, name, value, {
      path: '/',
      httpOnly: true,
      sameSite: 'Lax',
      secure,
      maxAge: value === '' ? 0 : yearSeconds,
    });
  };
  carry(looksCookie, writeLooks(preferences));
  carry(languageCookie, preferences.language === 'auto' ? '' : preferences.language);
}

/** How the page that is asked for is drawn: as its person prefers, or as the cookie says where there is nobody. */
export type LooksFor = (c: Context) => Promise<Preferences>;

export function looksFor({ db, appUrl }: Workspace): LooksFor {
  return async function lookUp(c) {
    const person = currentPerson(c);
    if (!person) return carriedLooks(c);
    const preferences = await findPreferences(db, person.id);
    carryLooks(c, preferences, appUrl.startsWith('https:'));
    return preferences;
  };
}

/** Of `<html>`, each with a blank before it. Every value is one of the choices, so there is nothing to escape. */
export function attributesOf(preferences: Preferences): string {
  return Object.entries(lookAttributes(preferences))
    .map(([name, value]) => ` ${name}="${value}"`)
    .join('');
}
