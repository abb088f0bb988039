/** What a person is told about the device that waits for their answer, in words. Pure. */
import { programInWords } from '../../pages/program.ts';
import type { FlowAbout } from '../flow.ts';
import { words } from './consent.words.ts';

type Device = NonNullable<FlowAbout['device']>;

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
