/**
 * Debian's Chromium under playwright-core: a new profile each time, names led to loopback, and certificate errors ignored
 * for the test's own authority alone.
 */
import { type Browser, chromium } from 'playwright-core';
import type { Certificates } from './certificates.ts';
import { type LoopbackNames, resolverRules } from './names.ts';

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export type ChromiumOptions = { readonly names?: LoopbackNames; readonly certificates?: Certificates };

/** Close it with `browser.close()` or `await using`. Each `browser.newContext()` is a person with an empty profile. */
export async function openChromium({ names = {}, certificates }: ChromiumOptions = {}): Promise<Browser> {
  return chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: [
      ...flags,
      `--host-resolver-rules=${resolverRules(names)}`,
      ...(certificates ? [`--ignore-certificate-errors-spki-list=${certificates.caFingerprint}`] : []),
    ],
  });
}
