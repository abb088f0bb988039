/**
 * Whether a million stored tokens slow anything: the same provider, code exchanges and refreshes and userinfo, first over an
 * empty store and then over one that holds a million unexpired tokens beside its own. Both run as long as they take turns
 * with nothing else; what is promised is that it makes no difference.
 */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { openVolatile } from '@gatehouse/storage/volatile/open-volatile.ts';
import type { Person } from '../tests/browser/verbs.ts';
import { authorizationRequest, exchange, HttpPerson } from '../tests/house/http-person.ts';
import { ask, benchClients, lastingClient, lastingTokens } from './clients.ts';
import type { Figure } from './figure.ts';
import { exhaust } from './load.ts';
import { median } from './measure.ts';
import { type Provider, prepareProvider } from './provider.ts';

const stored = 1_000_000;
const callers = 32;
const pieces = 1_500;
const rounds = 3;

const works = ['Code exchanges', 'Refreshes', 'Userinfo'] as const;
type Rates = Readonly<Record<(typeof works)[number], number>>;

export async function measureStoredTokens(): Promise<readonly Figure[]> {
  const provider = await prepareProvider(benchClients);
  try {
    const empty = await ratesOf(provider);
    await fill(provider);
    const full = await ratesOf(provider);
    return works.flatMap((what): Figure[] => [
      { what: `${what} over an empty store`, value: empty[what], unit: '/s' },
      { what: `${what} over ${stored.toLocaleString('en')} tokens`, value: full[what], unit: '/s' },
      { what: `${what}: full for each empty`, value: full[what] / empty[what], unit: '', promised: { atLeast: 0.9 } },
    ]);
  } finally {
    await provider.remove();
  }
}

/** Rows of the size and shape of access tokens, each of a grant of its own, that live as long as the measurement. */
async function fill(provider: Provider): Promise<void> {
  const path = join(provider.folder, 'identity.sqlite3');
  const volatile = await openVolatile({ dialect: 'sqlite', path }, Date.now);
  const expiresAtMs = Date.now() + 24 * 60 * 60 * 1000;
  const payload = randomBytes(420);
  await exhaust([...Array(stored).keys()], 512, () => {
    const write = { payload, expiresAtMs, grantId: randomId() };
    return volatile.put('oidc.AccessToken https://auth.example.com', randomId(), write);
  });
  await volatile.close();
}

function randomId(): string {
  return randomBytes(32).toString('base64url');
}

async function ratesOf(provider: Provider): Promise<Rates> {
  const [person] = provider.people;
  assert.ok(person);
  const identity = await provider.start();
  const browser = new HttpPerson(provider.port);
  const caller = new HttpPerson(provider.port);
  try {
    const clientId = lastingClient.opaque;
    const chains = await Promise.all(Array.from({ length: callers }, () => lastingTokens(provider, clientId)));
    // Of a sign-in of its own: a refresh ends the access token it stood beside.
    const { access } = await lastingTokens(provider, clientId);
    const found: Rates[] = [];
    for (let round = 0; round < rounds; round++) {
      const codes = await codesOf(browser, person);
      found.push({
        'Code exchanges': await exhaust(codes, callers, async ({ code, verifier }) => {
          const answer = await exchange(caller, code, verifier);
          assert.equal(answer.status, 200, answer.body);
        }),
        Refreshes: await exhaust([...Array(pieces).keys()], callers, async () => {
          const chain = chains.pop();
          assert.ok(chain);
          const form = { grant_type: 'refresh_token', refresh_token: chain.refresh };
          const { refresh_token: refresh } = await ask(caller, '/api/oidc/token', clientId, form);
          chains.push({ ...chain, refresh: String(refresh) });
        }),
        Userinfo: await exhaust([...Array(pieces).keys()], callers, async () => {
          const answer = await caller.get('/api/oidc/userinfo', { Authorization: `Bearer ${access}` });
          assert.equal(answer.status, 200, answer.body);
        }),
      });
    }
    const medianOf = (what: keyof Rates): number => median(found.map((each) => each[what]));
    return {
      'Code exchanges': medianOf('Code exchanges'),
      Refreshes: medianOf('Refreshes'),
      Userinfo: medianOf('Userinfo'),
    };
  } finally {
    browser.close();
    caller.close();
    await identity.stop();
  }
}

type Code = { readonly code: string; readonly verifier: string };

async function codesOf(browser: HttpPerson, person: Person): Promise<Code[]> {
  const codes: Code[] = [];
  while (codes.length < pieces) {
    const asked = authorizationRequest();
    const code = (await browser.authorize(person, asked)).searchParams.get('code');
    assert.ok(code, 'the provider gave no code');
    codes.push({ code, verifier: asked.verifier });
  }
  return codes;
}
