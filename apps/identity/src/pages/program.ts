/** What a browser calls itself (User-Agent, RFC 9110 10.1.5), in plain words. A guess for people; nothing is decided by it. */
import type { Say } from '@gatehouse/words/say.ts';
import { wordsIn } from './words.ts';

/** The first that is found in the user agent names it; the order is from the particular to what many claim to be. */
const programs: readonly (readonly [mark: RegExp, name: string])[] = [
  [/\bEdg(e|A|iOS)?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(Firefox|FxiOS)\//, 'Firefox'],
  [/\b(Chrome|CriOS|Chromium|HeadlessChrome)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
];
const systems: readonly (readonly [mark: RegExp, name: string])[] = [
  [/\bAndroid\b/, 'Android'],
  [/\b(iPhone|iPad|iOS)\b/, 'iOS'],
  [/\bWindows\b/, 'Windows'],
  [/\b(Mac OS X|macOS|Darwin)\b/, 'macOS'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\b(Web0S|webOS|Tizen|SMART-TV|SmartTV)\b/i, 'television'],
  [/\bLinux\b/i, 'Linux'],
];
const nameCharactersMax = 40;
const readCharactersMax = 512;

/** A browser and its system, or the name that another program gives itself ("curl"). */
export function programInWords(say: Say, userAgent: string): string {
  const words = wordsIn(say).program;
  const read = userAgent.slice(0, readCharactersMax);
  const find = (table: typeof programs) => table.find(([mark]) => mark.test(read))?.[1];
  const own = /^[\w.-]+/.exec(read)?.[0].slice(0, nameCharactersMax);
  const program = find(programs) ?? own;
  const named = find(systems);
  const system = named === 'television' ? words.television : named;
  if (program === undefined) return words.unknown;
  return system === undefined ? program : words.on(program, system);
}
