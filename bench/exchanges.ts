/**
 * Code exchanges over HTTP with the seed's client, against RS256 signatures of one core: an exchange signs one ID token, so
 * a provider on one thread can do no better. Then the same exchanges where each pays the digest of its secret: one for each
 * of many clients, in a process that has verified none yet.
 */
import assert from 'node:assert/strict';
import type { Person } from '../tests/browser/verbs.ts';
import { authorizationRequest, exchange, HttpPerson, seedClient } from '../tests/house/http-person.ts';
import type { Figure } from './figure.ts';
import { exhaust, processorMs, type RawRate, rawRate } from './load.ts';
import { median } from './measure.ts';
import { oneFactorClients, prepareProvider, seedClients } from './provider.ts';

type Code = { readonly code: string; readonly verifier: string; readonly clientId: string };

const callers = 32;
const peopleCount = 4;
const codesARound = 2000;
const rounds = 5;
const rawMs = 1000;
const freshClients = 32;

export async function measureExchanges(): Promise<readonly Figure[]> {
  return [...(await withKnownSecret()), await withDigestEachTime()];
}

async function withKnownSecret(): Promise<readonly Figure[]> {
  const provider = await prepareProvider(seedClients, { peopleCount });
  const people = await Promise.all(provider.people.map(provider.enrol));
  const identity = await provider.start();
  const visits = people.map((person) => ({ person, browser: new HttpPerson(provider.port) }));
  const client = new HttpPerson(provider.port);
  const collect = async (): Promise<Code[]> =>
    (await Promise.all(visits.map((visit) => codesOf(visit, codesARound / peopleCount)))).flat();
  try {
    await exchangeAll(client, await collect());
    const found: { signatures: RawRate; exchanges: number; cost: number }[] = [];
    for (let round = 0; round < rounds; round++) {
      const codes = await collect();
      const signatures = await rawRate('rs256', rawMs);
      const before = processorMs(identity.pid);
      const exchanges = await exchangeAll(client, codes);
      found.push({ signatures, exchanges, cost: (processorMs(identity.pid) - before) / codes.length });
    }
    const ratio = median(found.map((each) => each.exchanges / each.signatures.perSecond));
    return [
      {
        what: 'RS256 signatures (2048 bits) of one core',
        value: median(found.map((each) => each.signatures.perSecond)),
        unit: '/s',
      },
      { what: "Code exchanges with the seed's client", value: median(found.map((each) => each.exchanges)), unit: '/s' },
      { what: 'Exchanges for each signature', value: ratio, unit: '', promised: { atLeast: 0.6 } },
      {
        what: 'Processor time of the provider for an exchange',
        value: median(found.map((each) => each.cost)),
        unit: 'ms',
      },
    ];
  } finally {
    for (const { browser } of visits) browser.close();
    client.close();
    await identity.stop();
    await provider.remove();
  }
}

async function withDigestEachTime(): Promise<Figure> {
  const ids = Array.from({ length: freshClients }, (_, index) => `${seedClient.id}-${index}`);
  const provider = await prepareProvider(clientsNamed(ids));
  const [person] = provider.people;
  assert.ok(person);
  const identity = await provider.start();
  const browser = new HttpPerson(provider.port);
  const client = new HttpPerson(provider.port);
  try {
    const codes: Code[] = [];
    for (const id of ids) codes.push(await codeOf({ person, browser }, id));
    const perSecond = await exchangeAll(client, codes);
    return { what: 'The same with the digest paid each time', value: perSecond, unit: '/s' };
  } finally {
    browser.close();
    client.close();
    await identity.stop();
    await provider.remove();
  }
}

type Visit = { readonly person: Person; readonly browser: HttpPerson };

async function codesOf(visit: Visit, count: number): Promise<Code[]> {
  const codes: Code[] = [];
  while (codes.length < count) codes.push(await codeOf(visit, seedClient.id));
  return codes;
}

async function codeOf({ person, browser }: Visit, clientId: string): Promise<Code> {
  const asked = authorizationRequest({ clientId });
  const code = (await browser.authorize(person, asked)).searchParams.get('code');
  assert.ok(code, `the provider gave no code for ${clientId}`);
  return { code, verifier: asked.verifier, clientId };
}

function exchangeAll(client: HttpPerson, codes: readonly Code[]): Promise<number> {
  return exhaust(codes, callers, async ({ code, verifier, clientId }) => {
    const answer = await exchange(client, code, verifier, { ...seedClient, id: clientId });
    assert.equal(answer.status, 200, answer.body);
  });
}

/** The seed's client under other names, each with the same digest. */
function clientsNamed(ids: readonly string[]): string {
  const start = oneFactorClients.indexOf(`      - client_id: '${seedClient.id}'`);
  const entry = oneFactorClients.slice(start);
  return `${oneFactorClients.slice(0, start)}${ids.map((id) => entry.replace(`'${seedClient.id}'`, `'${id}'`)).join('')}`;
}
