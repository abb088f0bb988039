/** A board of 1,000 cards in a browser: how soon it can be used, and what the first visit to home loads in each language. */
import { setTimeout as pause } from 'node:timers/promises';
import { openChromium } from '@gatehouse/testing/chromium.ts';
import type { BrowserContext } from 'playwright-core';
import { languages } from '../apps/projects/wire/languages.ts';
import type { Figure } from './figure.ts';
import { median } from './measure.ts';
import { prepareWorkspace } from './workspace-house.ts';

const visits = 5;

/** The bytes of everything that is asked for until the page stands, headers included; what comes ahead of use is none of it. */
async function countFirstVisit(visitor: BrowserContext, origin: string): Promise<number> {
  const page = await visitor.newPage();
  const paths = new Map<string, string>();
  const files: [path: string, bytes: number][] = [];
  const session = await visitor.newCDPSession(page);
  await session.send('Network.enable');
  session.on('Network.requestWillBeSent', ({ requestId, request }) =>
    paths.set(requestId, new URL(request.url).pathname),
  );
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) =>
    files.push([paths.get(requestId) ?? '', encodedDataLength]),
  );
  await page.goto(`${origin}/dashboard/home`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.waitForLoadState('networkidle');
  const ahead = await page.evaluate<string[]>(`(([stands]) => performance.getEntriesByType('resource')
    .filter(({ startTime }) => stands && startTime >= stands.startTime)
    .map(({ name }) => new URL(name).pathname))(performance.getEntriesByName('page-stands'))`);
  return files.reduce((sum, [path, bytes]) => sum + (ahead.includes(path) ? 0 : bytes), 0);
}

export async function measureBoard(toDosEach: number): Promise<readonly Figure[]> {
  const workspace = await prepareWorkspace({ people: 2, projects: 1, toDosEach: Math.min(1_990, toDosEach) });
  const server = await workspace.start();
  const browser = await openChromium();
  try {
    const [name = '', value = ''] = (workspace.cookies[0] ?? '').split('=');
    const firstLoads: Figure[] = [];
    for (const language of languages) {
      const visitor = await browser.newContext({ extraHTTPHeaders: { 'accept-language': language } });
      await visitor.addCookies([{ name, value, url: workspace.origin }]);
      firstLoads.push({
        what: `First visit to home, as sent, in ${language}`,
        value: (await countFirstVisit(visitor, workspace.origin)) / 1000,
        unit: 'KB',
        promised: { atMost: 200 },
      });
      await visitor.close();
    }
    const first = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    await first.addCookies([{ name, value, url: workspace.origin }]);
    const page = await first.newPage();

    const times: number[] = [];
    for (let visit = 0; visit < visits; visit++) {
      await page.goto('about:blank');
      await page.goto(`${workspace.origin}/p/P000/board`, { waitUntil: 'commit' });
      await page.locator('.card').first().waitFor();
      times.push(
        // Idle for the first time since the cards are there: what is clicked now is answered now.
        await page.evaluate<number>('new Promise((resolve) => requestIdleCallback(() => resolve(performance.now())))'),
      );
      await pause(200);
    }
    return [
      {
        what: 'A board of 1,005 cards: until it can be used',
        value: median(times),
        unit: 'ms',
        promised: { atMost: 1_000 },
      },
      ...firstLoads,
    ];
  } finally {
    await browser.close();
    await server.stop();
    await workspace.remove();
  }
}
