/** What a person is told about the device that waits for their answer, in words. Pure. */
import type { FlowAbout } from '../flow.ts';
import { words } from './consent.words.ts';

type Device = NonNullable<FlowAbout['device']>;

/** The first that is found in the user agent names it; the order is from the particular to what many claim to be. */
const programs: readonly (readonly [mark: RegExp, name: string])[] = [
  [/\bEdg(e|A|iOS)?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\b(Firefox|FxiOS)\//, 'Firefox'],
  [/\b(Chrome|CriOS|Chromium)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
];
const systems: readonly (readonly [mark: RegExp, name: string])[] = [
  [/\bAndroid\b/, 'Android'],
  [/\b(iPhone|iPad|iOS)\b/, 'iOS'],
  [/\bWindows\b/, 'Windows'],
  [/\b(Mac OS X|macOS|Darwin)\b/, 'macOS'],
  [/\b(Web0S|webOS|Tizen|SMART-TV|SmartTV)\b/i, 'a television'],
  [/\bLinux\b/i, 'Linux'],
];
const nameCharactersMax = 40;

/** A browser and its system, or the name that another program gives itself ("curl"). */
export function programInWords(userAgent: string): string {
  const find = (table: typeof programs) => table.find(([mark]) => mark.test(userAgent))?.[1];
  const own = /^[\w.-]+/.exec(userAgent)?.[0].slice(0, nameCharactersMax);
  const program = find(programs) ?? own;
  const system = find(systems);
  if (program === undefined) return words.device.unknown;
  return system === undefined ? program : words.device.on(program, system);
}

export function agoInWords(atMs: number, nowMs: number): string {
  const minutes = Math.floor((nowMs - atMs) / 60_000);
  return minutes < 1 ? words.device.now : words.device.minutes(minutes);
}

/** `visitorAddress` is where the person is who reads this. */
export function deviceFacts(
  device: Device,
  visitorAddress: string,
  nowMs: number,
): { readonly label: string; readonly value: string }[] {
  const { code, address, program, asked, here } = words.device;
  return [
    { label: code, value: device.userCode },
    { label: asked, value: agoInWords(device.askedAtMs, nowMs) },
    { label: program, value: programInWords(device.userAgent) },
    { label: address, value: device.address === visitorAddress ? here(device.address) : device.address },
  ];
}
