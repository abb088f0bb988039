/**
 * The workspace with 100,000 to-dos in 50 projects: how long its answers take, what moving one card writes, how soon a board
 * of 1,000 cards can be used in a browser, and what the first visit loads.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { openChromium } from '@gatehouse/testing/chromium.ts';
import type { BoardAnswer } from '../apps/projects/wire/to-do.ts';
import type { Figure } from './figure.ts';
import { residentBytes } from './load.ts';
import { median } from './measure.ts';
import { type PreparedWorkspace, prepareWorkspace } from './workspace-house.ts';

const large = { people: 20, projects: 50, toDosEach: 2_000 };
const oneBoard = { people: 2, projects: 1, toDosEach: 1_990 };
const callers = 4;
const asksEach = 200;

export async function measureWorkspace(): Promise<readonly Figure[]> {
  return [...(await measureApi()), ...(await measureBoard())];
}

async function measureApi(): Promise<readonly Figure[]> {
  const workspace = await prepareWorkspace(large);
  const server = await workspace.start();
  try {
    const ask = asker(workspace);
    const keyOf = (index: number): string => workspace.projectKeys[index % workspace.projectKeys.length] ?? '';
    const board = (await ask(0, 'GET', `/projects/${keyOf(0)}/board`)) as BoardAnswer;
    const statusIds = board.columns.map(({ statusId }) => statusId);
    const requests: Readonly<Record<string, (index: number) => Promise<unknown>>> = {
      'Projects of a person': (index) => ask(index, 'GET', '/projects'),
      'My work': (index) => ask(index, 'GET', '/my-work'),
      'A to-do': (index) => ask(index, 'GET', `/projects/${keyOf(index)}/to-dos/${(index % 1_990) + 1}`),
      'The next cards of a column': (index) =>
        ask(index, 'GET', `/projects/${keyOf(0)}/to-dos?statusId=${statusIds.at(-1)}&afterRank=a`),
      'Making a to-do': (index) =>
        ask(index, 'POST', `/projects/${keyOf(index)}/to-dos`, {
          creationKey: `benchmark-${String(index).padStart(10, '0')}`,
          title: `Made by a benchmark ${index}`,
        }),
      'Moving a card': (index) =>
        ask(index, 'POST', `/projects/${keyOf(index)}/to-dos/${(index % 1_990) + 1}/move`, {
          statusId: statusIdOf(keyOf(index), index % 5),
          afterNumber: null,
        }),
    };
    const figures: Figure[] = [];
    for (const [what, request] of Object.entries(requests)) {
      const p95 = await percentile95(request);
      figures.push({ what: `${what}: 95 of 100 answers within`, value: p95, unit: 'ms', promised: { atMost: 30 } });
    }
    const boards = await percentile95((index) => ask(index, 'GET', `/projects/${keyOf(index)}/board`), 1, 50);
    figures.push({ what: 'A board of 1,010 cards, one caller: 95 of 100 within', value: boards, unit: 'ms' });
    figures.push({
      what: 'Resident memory of the server after it',
      value: residentBytes(server.pid).all / 1e6,
      unit: 'MB',
    });
    return figures;
  } finally {
    await server.stop();
    await workspace.remove();
  }
}

function statusIdOf(key: string, position: number): string {
  return `${key}-${position}`;
}

function asker(workspace: PreparedWorkspace) {
  return async function ask(index: number, method: string, path: string, body?: object): Promise<unknown> {
    const cookie = workspace.cookies[index % workspace.cookies.length] ?? '';
    const answer = await fetch(`${workspace.origin.replace('projects.localhost', '127.0.0.1')}/api/v1${path}`, {
      method,
      headers: { cookie, origin: workspace.origin, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${await answer.text()}`);
    return answer.json();
  };
}

/** In milliseconds, with so many callers at once, after a tenth as many that do not count. */
async function percentile95(
  request: (index: number) => Promise<unknown>,
  callersAtOnce = callers,
  asks = asksEach,
): Promise<number> {
  let next = 0;
  const times: number[] = [];
  const warm = Math.ceil((callersAtOnce * asks) / 10);
  async function call(): Promise<void> {
    for (let done = 0; done < asks + asks / 10; done++) {
      const index = next++;
      const start = performance.now();
      await request(index);
      if (index >= warm) times.push(performance.now() - start);
    }
  }
  await Promise.all(Array.from({ length: callersAtOnce }, call));
  times.sort((a, b) => a - b);
  return times[Math.floor(times.length * 0.95)] ?? Number.NaN;
}

const visits = 5;

async function measureBoard(): Promise<readonly Figure[]> {
  const workspace = await prepareWorkspace(oneBoard);
  const server = await workspace.start();
  const browser = await openChromium();
  try {
    const [name = '', value = ''] = (workspace.cookies[0] ?? '').split('=');
    const first = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    await first.addCookies([{ name, value, url: workspace.origin }]);
    const page = await first.newPage();
    let bytes = 0;
    const session = await first.newCDPSession(page);
    await session.send('Network.enable');
    session.on('Network.loadingFinished', ({ encodedDataLength }) => {
      bytes += encodedDataLength;
    });
    await page.goto(`${workspace.origin}/dashboard/home`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.waitForLoadState('networkidle');
    const firstLoad = bytes;

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
      { what: 'First visit to home, as sent', value: firstLoad / 1000, unit: 'KB', promised: { atMost: 200 } },
    ];
  } finally {
    await browser.close();
    await server.stop();
    await workspace.remove();
  }
}
