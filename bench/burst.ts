/**
 * Sixty-four people who sign in at the same moment, each at home and then all of them from one office, with one address: all
 * get in, though fewer may try at once from an address, and the memory that their digests take is that of the few that are
 * computed at once, because the others wait. The peak is what the system remembers of the process (VmHWM), set back before
 * each burst.
 */
import assert from 'node:assert/strict';
import { availableParallelism } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { type Answer, HttpPerson } from '../tests/house/http-person.ts';
import type { Figure } from './figure.ts';
import { exhaust, forgetPeak, peakBytes, residentBytes } from './load.ts';
import { median } from './measure.ts';
import { oneFactorClients, prepareProvider } from './provider.ts';

const atOnce = 64;
const peopleCount = 8;
const rounds = 5;
const restMs = 3_000;
/** Of the usual digest. */
const digestBytes = 64 * 2 ** 20;

type From = 'home' | 'office';
type Burst = { readonly seconds: number; readonly beyond: number };

export async function measureBurst(): Promise<readonly Figure[]> {
  const provider = await prepareProvider(oneFactorClients, { peopleCount });
  const identity = await provider.start();
  const signIns = (from: From): Promise<number> =>
    exhaust([...Array(atOnce).keys()], atOnce, async (index) => {
      const person = provider.people[index % peopleCount];
      assert.ok(person);
      const browser = new PersonElsewhere(provider.port, from === 'home' ? `198.51.100.${index + 1}` : '203.0.113.1');
      try {
        assert.ok((await browser.authorize(person)).searchParams.has('code'), 'a sign-in ended without a code');
      } finally {
        browser.close();
      }
    });
  async function burst(from: From): Promise<Burst> {
    await pause(restMs);
    const rest = residentBytes(identity.pid).all;
    forgetPeak(identity.pid);
    const perSecond = await signIns(from);
    return { seconds: atOnce / perSecond, beyond: peakBytes(identity.pid) - rest };
  }
  try {
    await signIns('home');
    const found: Record<From, Burst[]> = { home: [], office: [] };
    for (let round = 0; round < rounds; round++)
      for (const from of ['home', 'office'] as const) found[from].push(await burst(from));
    return [
      ...figuresOf(found.home, 'from home'),
      ...figuresOf(found.office, 'from one office'),
      {
        what: 'Time from one office for that from home',
        value: secondsOf(found.office) / secondsOf(found.home),
        unit: '',
      },
    ];
  } finally {
    await identity.stop();
    await provider.remove();
  }
}

const secondsOf = (bursts: readonly Burst[]): number => median(bursts.map(({ seconds }) => seconds));

function figuresOf(bursts: readonly Burst[], where: string): Figure[] {
  const beyond = median(bursts.map((each) => each.beyond));
  return [
    { what: `${atOnce} sign-ins at once ${where}: until the last is in`, value: secondsOf(bursts), unit: 's' },
    { what: `Memory at the peak beyond that at rest, ${where}`, value: beyond / 1e6, unit: 'MB' },
    {
      what: `The same in digests of 64 MiB, ${where}; one a core is computed at once`,
      value: beyond / digestBytes,
      unit: '',
      promised: { atMost: availableParallelism() + 1 },
    },
  ];
}

/** Somebody whose requests come from an address of our choice, as the proxy tells it. */
class PersonElsewhere extends HttpPerson {
  readonly #address: string;

  constructor(port: number, address: string) {
    super(port);
    this.#address = address;
  }

  override send(
    method: string,
    path: string,
    body: string | undefined,
    headers: Readonly<Record<string, string>>,
  ): Promise<Answer> {
    return super.send(method, path, body, { ...headers, 'X-Forwarded-For': this.#address });
  }
}
