/**
 * Whole sign-ins with a password over HTTP, from the application's request to the code, against raw argon2id at the same
 * cost. Both have the same number of callers, enough to keep every core busy; raw runs alone in a process of its own,
 * while sign-ins share the cores with the caller that sends them.
 */
import assert from 'node:assert/strict';
import { availableParallelism } from 'node:os';
import { HttpPerson } from '../tests/house/http-person.ts';
import type { Figure } from './figure.ts';
import { exhaust, processorMs, type RawRate, rawRate } from './load.ts';
import { median } from './measure.ts';
import { oneFactorClients, prepareProvider } from './provider.ts';

const callers = 2 * availableParallelism();
const peopleCount = 8;
const roundSeconds = 3;
const rounds = 5;

export async function measureSignIns(): Promise<readonly Figure[]> {
  const provider = await prepareProvider(oneFactorClients, { peopleCount });
  const identity = await provider.start();

  const signIns = (count: number): Promise<number> =>
    exhaust([...Array(count).keys()], callers, async (index) => {
      const person = provider.people[index % peopleCount];
      assert.ok(person);
      const browser = new HttpPerson(provider.port);
      try {
        assert.ok((await browser.authorize(person)).searchParams.has('code'), 'a sign-in ended without a code');
      } finally {
        browser.close();
      }
    });

  try {
    const expected = await signIns(10 * callers);
    const found: { raw: RawRate; signIns: number; cost: number }[] = [];
    for (let round = 0; round < rounds; round++) {
      const raw = await rawRate('argon2id', roundSeconds * 1000, callers);
      const count = Math.ceil(expected * roundSeconds);
      const before = processorMs(identity.pid);
      const perSecond = await signIns(count);
      found.push({ raw, signIns: perSecond, cost: (processorMs(identity.pid) - before) / count });
    }
    const ratio = median(found.map((each) => each.signIns / each.raw.perSecond));
    return [
      {
        what: `Raw argon2id verifications (3 passes, 64 MiB, 4 lanes), ${callers} callers`,
        value: median(found.map((each) => each.raw.perSecond)),
        unit: '/s',
      },
      { what: `Password sign-ins, ${callers} callers`, value: median(found.map((each) => each.signIns)), unit: '/s' },
      { what: 'Sign-ins for each verification', value: ratio, unit: '', promised: { atLeast: 0.9 } },
      {
        what: 'Processor time of a raw verification',
        value: median(found.map((each) => each.raw.processorMs)),
        unit: 'ms',
      },
      {
        what: 'Processor time of the provider for a sign-in',
        value: median(found.map((each) => each.cost)),
        unit: 'ms',
      },
    ];
  } finally {
    await identity.stop();
    await provider.remove();
  }
}
