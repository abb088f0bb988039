/**
 * Sixty-four people who sign in at the same moment: all of them get in, and the memory that their digests take is that of the
 * few that are computed at once, because the others wait. The peak is what the system remembers of the process (VmHWM), set
 * back before the burst.
 */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { type Answer, HttpPerson } from '../tests/house/http-person.ts';
import type { Figure } from './figure.ts';
import { exhaust, residentBytes } from './load.ts';
import { median } from './measure.ts';
import { oneFactorClients, prepareProvider } from './provider.ts';

const atOnce = 64;
const peopleCount = 8;
const rounds = 3;
const restMs = 3_000;
/** Of the usual digest. */
const digestBytes = 64 * 2 ** 20;

export async function measureBurst(): Promise<readonly Figure[]> {
  const provider = await prepareProvider(oneFactorClients, { peopleCount });
  const identity = await provider.start();
  const burst = (): Promise<number> =>
    exhaust([...Array(atOnce).keys()], atOnce, async (index) => {
      const person = provider.people[index % peopleCount];
      assert.ok(person);
      const browser = new PersonElsewhere(provider.port, index);
      try {
        assert.ok((await browser.authorize(person)).searchParams.has('code'), 'a sign-in ended without a code');
      } finally {
        browser.close();
      }
    });
  try {
    await burst();
    const found: { seconds: number; beyond: number }[] = [];
    for (let round = 0; round < rounds; round++) {
      await pause(restMs);
      const rest = residentBytes(identity.pid).all;
      forgetPeak(identity.pid);
      const perSecond = await burst();
      found.push({ seconds: atOnce / perSecond, beyond: peakBytes(identity.pid) - rest });
    }
    const beyond = median(found.map((each) => each.beyond));
    const most = availableParallelism() + 1;
    return [
      {
        what: `${atOnce} sign-ins at once: until the last is in`,
        value: median(found.map(({ seconds }) => seconds)),
        unit: 's',
      },
      { what: 'Memory at the peak beyond that at rest', value: beyond / 1e6, unit: 'MB' },
      {
        what: 'The same in digests of 64 MiB; one a core is computed at once',
        value: beyond / digestBytes,
        unit: '',
        promised: { atMost: most },
      },
    ];
  } finally {
    await identity.stop();
    await provider.remove();
  }
}

/** Everybody at home: how many may try at once from one address is limited, and not what is measured here. */
class PersonElsewhere extends HttpPerson {
  readonly #address: string;

  constructor(port: number, index: number) {
    super(port);
    this.#address = `198.51.100.${index + 1}`;
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

/** proc(5): 5 sets the peak back to what is in use. */
function forgetPeak(pid: number): void {
  writeFileSync(`/proc/${pid}/clear_refs`, '5');
}

function peakBytes(pid: number): number {
  const kibibytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  if (kibibytes === undefined) throw new Error(`the process ${pid} tells no peak`);
  return Number(kibibytes) * 1024;
}
