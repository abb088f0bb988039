/**
 * In which language a request is answered: the one its person prefers, which a cookie carries to the pages before the sign-in,
 * then what the browser asks for, then English. It asks no store.
 */
import { parseAcceptLanguage, pickLanguage } from '@gatehouse/words/languages.ts';
import type { Context } from 'hono';
import { getCookie } from 'hono/cookie';
import { type Language, languageCookie, languages } from '../../wire/languages.ts';

/** `preferred`: by the person, where somebody has looked; `auto` is no preference. */
export function languageOf(c: Context, preferred?: Language | 'auto'): Language {
  const chosen = preferred ?? getCookie(c, languageCookie) ?? '';
  const picked = pickLanguage([chosen, ...parseAcceptLanguage(c.req.header('accept-language'))], languages);
  return languages.find((language) => language === picked) ?? 'en';
}
