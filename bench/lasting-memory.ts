/**
 * Whether memory stays where it is: a provider that has answered a million code exchanges, and its memory before, on the way
 * and after. Pages of files are left out: SQLite maps its file, and the system drops those pages when it wants to.
 * Tokens live ten minutes, so that expired ones are swept meanwhile. Takes the better part of an hour.
 */
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { authorizationRequest, exchange, HttpPerson } from '../tests/house/http-person.ts';
import type { Figure } from './figure.ts';
import { residentBytes } from './load.ts';
import { oneFactorClients, prepareProvider } from './provider.ts';

/** The first is enough for every cache and pool to have its size. */
const looks = [50_000, 250_000, 500_000, 750_000, 1_000_000];
const people = 4;
const visitsEach = 4;
const restMs = 5_000;

const shortLives = `      access_token: '10 minutes'
      id_token: '10 minutes'
      refresh_token: '10 minutes'
`;

export async function measureLastingMemory(): Promise<readonly Figure[]> {
  const provider = await prepareProvider(oneFactorClients, { peopleCount: people, lifespans: shortLives });
  const identity = await provider.start();
  const megabytes = async (): Promise<number> => {
    await pause(restMs);
    const { all, ofFiles } = residentBytes(identity.pid);
    return (all - ofFiles) / 1e6;
  };
  let done = 0;
  async function visit(index: number, until: number): Promise<void> {
    const person = provider.people[index % people];
    assert.ok(person);
    const browser = new HttpPerson(provider.port);
    try {
      while (done < until) {
        const asked = authorizationRequest();
        const code = (await browser.authorize(person, asked)).searchParams.get('code');
        assert.ok(code, 'the provider gave no code');
        const answer = await exchange(browser, code, asked.verifier);
        assert.equal(answer.status, 200, answer.body);
        done++;
      }
    } finally {
      browser.close();
    }
  }
  const exchangeUntil = (until: number): Promise<unknown> =>
    Promise.all(Array.from({ length: people * visitsEach }, (_, index) => visit(index, until)));
  try {
    const idle = await megabytes();
    const figures: Figure[] = [{ what: 'Memory of its own before', value: idle, unit: 'MB' }];
    const found: number[] = [];
    for (const look of looks) {
      await exchangeUntil(look);
      const now = await megabytes();
      found.push(now);
      figures.push({ what: `after ${done.toLocaleString('en')} exchanges`, value: now, unit: 'MB' });
      process.stderr.write(`  ${done} exchanges: ${Math.round(now)} MB\n`);
    }
    const [warm = Number.NaN] = found;
    const after = found.at(-1) ?? Number.NaN;
    return [
      ...figures,
      { what: 'The last for each of the first', value: after / warm, unit: '', promised: { atMost: 1.2 } },
    ];
  } finally {
    await identity.stop();
    await provider.remove();
  }
}
