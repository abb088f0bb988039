/**
 * How the portal looks and speaks to whoever sent a request: `?lang`, then what this browser has chosen, then what the
 * application says of the person, then what the browser asks for, then English. It asks no store: a person's stored choice
 * comes along in the cookie from the moment they sign in.
 */
import { parseAcceptLanguage, pickLanguage } from '@gatehouse/words/languages.ts';
import { sourceLanguage } from '@gatehouse/words/say.ts';
import { pathWith } from '../account/account.paths.ts';
import { parseReturnPath } from '../account/return-path.ts';
import type { Look, LookOf, Theme } from '../pages/look.ts';
import { appearancePath, returnField } from './appearance.paths.ts';
import { readChoice } from './choice.ts';
import type { Languages } from './languages.ts';

/** What is the same for everybody. */
export type Frame = Pick<Look, 'stylesheetPath' | 'iconPath' | 'logoPath' | 'product' | 'privacyPolicyUrl'> & {
  /** The administrator's. */
  readonly theme: Theme;
};

export function openLookOf(frame: Frame, languages: Languages): LookOf {
  return function lookOf(req, named = []) {
    const url = URL.parse(req.url ?? '/', 'http://portal.invalid');
    const choice = readChoice(req.headers.cookie);
    const wishes = [
      url?.searchParams.get('lang'),
      choice.language,
      ...named,
      ...parseAcceptLanguage(req.headers['accept-language']),
    ].filter((each) => typeof each === 'string');
    return {
      ...frame,
      say: languages.sayIn(pickLanguage(wishes, languages.offered) ?? sourceLanguage),
      theme: choice.theme ?? frame.theme,
      legible: choice.legible ?? false,
      choiceAddress: pathWith(appearancePath, { [returnField]: url ? pageToReturnTo(url) : undefined }),
    };
  };
}

const protocolPaths = '/api/';

/** Protocol requests are not for coming back to: they would begin anew. */
function pageToReturnTo(url: URL): string | undefined {
  const { pathname, searchParams } = url;
  // It would choose again what is about to be chosen otherwise.
  searchParams.delete('lang');
  if (pathname === appearancePath) return parseReturnPath(searchParams.get(returnField) ?? undefined);
  return pathname.startsWith(protocolPaths) ? undefined : parseReturnPath(`${pathname}${url.search}`);
}
