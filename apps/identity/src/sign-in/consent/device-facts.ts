/** What a person is told about the device that waits for their answer, in words. Pure. */
import { ago, longDate } from '@gatehouse/words/dates.ts';
import type { Say } from '@gatehouse/words/say.ts';
import { programInWords } from '../../pages/program.ts';
import type { FlowAbout } from '../flow.ts';
import { wordsIn } from './consent.words.ts';

type Device = NonNullable<FlowAbout['device']>;

/** As it stands alone: "Just now", "3 minutes ago". */
export function askedInWords(say: Say, atMs: number, nowMs: number): string {
  if (nowMs - atMs < 60_000) return wordsIn(say).device.now;
  return ago(say.language, atMs, nowMs) ?? longDate(say.language, atMs);
}

/** `visitorAddress` is where the person is who reads this. */
export function deviceFacts(
  say: Say,
  device: Device,
  visitorAddress: string,
  nowMs: number,
): { readonly label: string; readonly value: string }[] {
  const { code, address, program, asked, here } = wordsIn(say).device;
  return [
    { label: code, value: device.userCode },
    { label: asked, value: askedInWords(say, device.askedAtMs, nowMs) },
    { label: program, value: programInWords(say, device.userAgent) },
    { label: address, value: device.address === visitorAddress ? here(device.address) : device.address },
  ];
}
