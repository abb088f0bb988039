/**
 * Reloading under load: connections that stay open ask for discovery and tokens while the configuration changes again and
 * again. What counts is that no request fails; how much slower they are is for information.
 */
import { writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import type { Child } from '@gatehouse/testing/child.ts';
import { HttpPerson } from '../tests/house/http-person.ts';
import { ask, benchClients, machineClient } from './clients.ts';
import type { Figure } from './figure.ts';
import { prepareProvider } from './provider.ts';

const callers = 32;
const reloads = 20;
const betweenMs = 250;

type Counted = { done: number; failed: number; slowestMs: number };

export async function measureReload(): Promise<readonly Figure[]> {
  await using opened = new AsyncDisposableStack();
  const provider = await prepareProvider(benchClients);
  opened.defer(() => provider.remove());
  const identity = await provider.start();
  opened.defer(() => identity.stop());
  const caller = opened.adopt(new HttpPerson(provider.port), (each) => each.close());
  const works = [
    () => discover(caller),
    () => ask(caller, '/api/oidc/token', machineClient.opaque, { grant_type: 'client_credentials' }),
  ];
  const [clientsPath = ''] = provider.configurationPaths;

  async function reloadOften(): Promise<void> {
    for (let round = 0; round < reloads; round++) {
      await wait(betweenMs);
      // Another name in the list each time, so that there is something to put in force.
      writeFileSync(clientsPath, benchClients.replaceAll('lasting-jwt', `lasting-jwt-${round}`));
      await reloaded(identity);
    }
  }

  await during(wait(500), works);
  const quiet = await during(wait(reloads * betweenMs), works);
  const busy = await during(reloadOften(), works);
  return [
    { what: `Requests that failed during ${reloads} reloads`, value: busy.failed, unit: '', promised: { atMost: 0 } },
    { what: 'Requests answered meanwhile', value: busy.done, unit: '' },
    { what: 'Their rate for each quiet one', value: busy.perSecond / quiet.perSecond, unit: '' },
    { what: 'The slowest answer, quiet', value: quiet.slowestMs, unit: 'ms' },
    { what: 'The slowest answer during reloads', value: busy.slowestMs, unit: 'ms' },
  ];
}

/** Asks with all callers for as long as something else takes. */
async function during(
  something: Promise<unknown>,
  works: readonly (() => Promise<unknown>)[],
): Promise<Counted & { readonly perSecond: number }> {
  const counted: Counted = { done: 0, failed: 0, slowestMs: 0 };
  let over = false;
  const start = performance.now();
  const asking = Array.from({ length: callers }, async (_, index) => {
    for (let turn = index; !over; turn++) {
      const begun = performance.now();
      try {
        await works[turn % works.length]?.();
        counted.done += 1;
      } catch {
        counted.failed += 1;
      }
      counted.slowestMs = Math.max(counted.slowestMs, performance.now() - begun);
    }
  });
  await something;
  over = true;
  await Promise.all(asking);
  return { ...counted, perSecond: (counted.done * 1000) / (performance.now() - start) };
}

async function discover(caller: HttpPerson): Promise<void> {
  const answer = await caller.get('/.well-known/openid-configuration');
  if (answer.status !== 200) throw new Error(`discovery answered ${answer.status}`);
}

/** Until the log says that the change is in force. */
async function reloaded(identity: Child): Promise<void> {
  const told = (): number => identity.output().split('was read again and is in force').length;
  const before = told();
  identity.signal('SIGHUP');
  while (told() === before) await wait(5);
}
