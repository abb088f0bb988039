/**
 * What somebody chose about how the portal looks and speaks, and the cookie that carries it from page to page, so that no
 * page needs a look into a store. It is no secret and decides nothing but looks.
 */
import { isLanguageTag } from '@gatehouse/words/languages.ts';
import type { Theme } from '../pages/look.ts';

export type Choice = {
  /** Absent: as the browser asks. */
  readonly language?: string | undefined;
  /** Absent: as the administrator has set. */
  readonly theme?: Theme | undefined;
  readonly legible?: boolean | undefined;
};

/** `account`: it is what the person who signed in here has stored, and goes when somebody else does. */
export type CarriedChoice = Choice & { readonly account?: boolean | undefined };

export const themes: readonly Theme[] = ['auto', 'light', 'dark', 'grey', 'oled'];

const cookieName = 'gatehouse_look';
const headerCharactersMax = 16_384;
const lifespanSeconds = 400 * 24 * 3600;

export function readChoice(cookieHeader: string | undefined): CarriedChoice {
  if (cookieHeader === undefined || cookieHeader.length > headerCharactersMax) return {};
  const pair = cookieHeader.split(';').find((each) => each.trim().startsWith(`${cookieName}=`));
  return parseChoice(new URLSearchParams(pair?.trim().slice(cookieName.length + 1)));
}

/** From a cookie or a form; what is none of ours is left out. */
export function parseChoice(fields: Pick<URLSearchParams, 'get'>): CarriedChoice {
  const language = fields.get('language') ?? '';
  const theme = themes.find((each) => each === fields.get('theme'));
  return {
    ...(isLanguageTag(language) && { language }),
    ...(theme && { theme }),
    ...(fields.get('letters') === 'legible' && { legible: true }),
    ...(fields.get('account') === 'yes' && { account: true }),
  };
}

/** A `Set-Cookie`. `secure`: the portal is reached by https. */
export function writeChoice({ language, theme, legible, account }: CarriedChoice, secure: boolean): string {
  const fields = new URLSearchParams({
    ...(language !== undefined && { language }),
    ...(theme !== undefined && { theme }),
    ...(legible && { letters: 'legible' }),
    ...(account && { account: 'yes' }),
  });
  const age = fields.size === 0 ? 0 : lifespanSeconds;
  return `${cookieName}=${fields}; Path=/; Max-Age=${age}; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;
}
