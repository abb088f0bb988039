/**
 * Both applications after their start, with nobody there: how long until they answer, and how much memory they hold some
 * seconds later. Started once before, so that databases exist and the workspace's client is built, as after any restart.
 */
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Child, startChild } from '@gatehouse/testing/child.ts';
import { freePort } from '@gatehouse/testing/free-port.ts';
import { temporaryFolder } from '@gatehouse/testing/temporary-folder.ts';
import type { Figure } from './figure.ts';
import { processorMs, residentBytes } from './load.ts';
import { median } from './measure.ts';
import { prepareProvider, seedClients } from './provider.ts';

const starts = 5;
const idleMs = 5_000;
const projectsMain = fileURLToPath(new URL('../apps/projects/projects.js', import.meta.url));
const projectsSeed = fileURLToPath(new URL('../tests/seed/leantime.env', import.meta.url));

export async function measureIdle(): Promise<readonly Figure[]> {
  const provider = await prepareProvider(seedClients);
  const identity = await startedAndIdle(provider.start);
  await provider.remove();

  const workspace = await prepareWorkspace();
  const projects = await startedAndIdle(workspace.start);
  await workspace.remove();

  return [
    { what: 'Identity: start to ready', value: identity.readySeconds, unit: 's', promised: { atMost: 0.7 } },
    { what: 'Identity: processor time of a start', value: identity.processorSeconds, unit: 's' },
    { what: 'Identity: resident memory, idle', value: identity.resident, unit: 'MB', promised: { atMost: 100 } },
    { what: 'Identity: of it, pages of files', value: identity.ofFiles, unit: 'MB' },
    { what: 'Projects: start to ready', value: projects.readySeconds, unit: 's' },
    { what: 'Projects: processor time of a start', value: projects.processorSeconds, unit: 's' },
    { what: 'Projects: resident memory, idle', value: projects.resident, unit: 'MB', promised: { atMost: 100 } },
    { what: 'Projects: of it, pages of files', value: projects.ofFiles, unit: 'MB' },
  ];
}

type Idle = { readySeconds: number; processorSeconds: number; resident: number; ofFiles: number };

async function startedAndIdle(start: () => Promise<Child>): Promise<Idle> {
  await (await start()).stop();
  const ready: number[] = [];
  const processor: number[] = [];
  for (let count = 1; ; count++) {
    const before = performance.now();
    const child = await start();
    ready.push((performance.now() - before) / 1000);
    processor.push(processorMs(child.pid) / 1000);
    if (count < starts) {
      await child.stop();
      continue;
    }
    await pause(idleMs);
    const { all, ofFiles } = residentBytes(child.pid);
    await child.stop();
    const seconds = { readySeconds: median(ready), processorSeconds: median(processor) };
    return { ...seconds, resident: all / 1e6, ofFiles: ofFiles / 1e6 };
  }
}

async function prepareWorkspace(): Promise<{ start(): Promise<Child>; remove(): Promise<void> }> {
  const folder = temporaryFolder('bench');
  copyFileSync(projectsSeed, join(folder.path, '.env'));
  const port = await freePort();
  return {
    start: () =>
      startChild({
        name: 'projects',
        command: process.execPath,
        arguments: [projectsMain],
        folder: folder.path,
        environment: {
          LEAN_APP_URL: 'https://leantime.example.com',
          LEAN_DB_DEFAULT_CONNECTION: 'sqlite',
          LEAN_DB_PATH: join(folder.path, 'projects.sqlite3'),
          HOST: '127.0.0.1',
          PORT: String(port),
        },
        ready: { port },
        // The first start may build the client.
        readyMsMax: 60_000,
      }),
    remove: () => folder.remove(),
  };
}
