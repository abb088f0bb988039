/**
 * What one sign-in asks of the browser and of the stores, counted in the whole server of `serve.ts` with a counter before
 * its stores. Requests are the browser's pages, forms and redirects; a touch is one read or write of a value that expires;
 * both include the exchange of the code by the application, and neither the files that a browser keeps.
 */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { countedVolatile } from '@gatehouse/storage/volatile/counted-volatile.ts';
import { drain, listen } from '@gatehouse/web/listen.ts';
import { openLog } from '@gatehouse/web/log.ts';
import type { KyselyPlugin } from 'kysely';
import { loadConfiguration } from '../apps/identity/src/config/load.ts';
import { openLasting } from '../apps/identity/src/lasting.ts';
import { listenOptions } from '../apps/identity/src/listener.ts';
import { requestListener } from '../apps/identity/src/request-listener.ts';
import { openServices } from '../apps/identity/src/services.ts';
import { openStores } from '../apps/identity/src/storage/open-stores.ts';
import type { Person } from '../tests/browser/verbs.ts';
import { authorizationRequest, exchange, HttpPerson } from '../tests/house/http-person.ts';
import type { Figure } from './figure.ts';
import { oneFactorClients, prepareProvider, seedClients } from './provider.ts';

type SignInCost = { readonly requests: number; readonly touches: number; readonly statements: number };
type Limits = { readonly requests: number; readonly touches: number };

export async function measureTouches(): Promise<readonly Figure[]> {
  const plain = await costOfSignIns(oneFactorClients, false);
  const seed = await costOfSignIns(seedClients, true);
  return [
    ...figuresOf('First sign-in, one factor, implicit consent', plain.first, { requests: 4, touches: 18 }),
    ...figuresOf('Later sign-in, one factor, implicit consent', plain.later, { requests: 1, touches: 11 }),
    ...figuresOf("First sign-in, the seed's client (two factors, explicit consent)", seed.first),
    ...figuresOf("Later sign-in, the seed's client", seed.later),
  ];
}

function figuresOf(what: string, cost: SignInCost, limits?: Limits): Figure[] {
  return [
    {
      what: `${what}: browser requests`,
      value: cost.requests,
      unit: '',
      ...(limits && { promised: { atMost: limits.requests } }),
    },
    {
      what: `${what}: store touches`,
      value: cost.touches,
      unit: '',
      ...(limits && { promised: { atMost: limits.touches } }),
    },
    { what: `${what}: statements on the durable database`, value: cost.statements, unit: '' },
  ];
}

async function costOfSignIns(
  clients: string,
  secondFactor: boolean,
): Promise<{ first: SignInCost; later: SignInCost }> {
  const provider = await prepareProvider(clients);
  const [alice] = provider.people;
  assert.ok(alice);
  const person = secondFactor ? await provider.enrol(alice) : alice;
  const counted = await openCountedServer(provider.configurationPaths);
  const browser = new HttpPerson(provider.port);
  try {
    return {
      first: await costOfSignIn(browser, person, counted),
      later: await costOfSignIn(browser, person, counted),
    };
  } finally {
    browser.close();
    await counted.close();
    await provider.remove();
  }
}

async function costOfSignIn(browser: HttpPerson, person: Person, counted: CountedServer): Promise<SignInCost> {
  counted.reset();
  const requestsBefore = browser.requests;
  const asked = authorizationRequest();
  const landed = await browser.authorize(person, asked);
  const requests = browser.requests - requestsBefore;
  const application = new HttpPerson(browser.port);
  const answer = await exchange(application, landed.searchParams.get('code') ?? '', asked.verifier);
  application.close();
  assert.equal(answer.status, 200, answer.body);
  return { requests, ...counted.counts() };
}

type CountedServer = {
  counts(): { readonly touches: number; readonly statements: number };
  reset(): void;
  close(): Promise<void>;
};

async function openCountedServer(paths: readonly string[]): Promise<CountedServer> {
  const loaded = loadConfiguration({ paths, env: {} });
  if (loaded.kind === 'refused') throw new Error(loaded.problems.map((each) => each.message).join('\n'));
  const { configuration } = loaded;
  const stores = await openStores(configuration.storage, undefined, Date.now);
  const volatile = countedVolatile(stores.volatile);
  let statements = 0;
  const count: KyselyPlugin = {
    transformQuery({ node }) {
      statements += 1;
      return node;
    },
    transformResult: async ({ result }) => result,
  };
  const database = { ...stores.database, kysely: stores.database.kysely.withPlugin(count) };
  const lasting = openLasting({ ...stores, volatile, database }, openLog({ level: 'silent', format: 'json' }));
  const services = await openServices(loaded, lasting);
  await services.begin();
  const server = createServer(requestListener(services));
  await listen(server, listenOptions(configuration.server.address));
  return {
    counts: () => ({ touches: volatile.touches().total, statements }),
    reset() {
      volatile.reset();
      statements = 0;
    },
    async close() {
      await drain(server);
      await services.close();
      await lasting.close();
    },
  };
}
