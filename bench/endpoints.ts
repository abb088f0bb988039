/**
 * Each endpoint that applications call by themselves, over HTTP with 32 connections on SQLite, against what `node:http` does
 * with an empty hand. Rounds of the bare server and of ours take turns; a ratio is the median of its pairs.
 */
import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { startChild } from '@gatehouse/testing/child.ts';
import { freePort } from '@gatehouse/testing/free-port.ts';
import { temporaryFolder } from '@gatehouse/testing/temporary-folder.ts';
import { HttpPerson } from '../tests/house/http-person.ts';
import { ask, benchClients, lastingClient, lastingTokens, machineClient, type TokenFormat } from './clients.ts';
import type { Figure } from './figure.ts';
import { median, rate } from './measure.ts';
import { type Provider, prepareProvider } from './provider.ts';

const callers = 32;
const rounds = 3;
const roundMs = 1200;

type Work = () => Promise<unknown>;

export async function measureEndpoints(): Promise<readonly Figure[]> {
  await using opened = new AsyncDisposableStack();
  const provider = await prepareProvider(benchClients);
  opened.defer(() => provider.remove());
  const identity = await provider.start();
  opened.defer(() => identity.stop());
  const bare = await bareServer(opened);
  const caller = opened.adopt(new HttpPerson(provider.port), (each) => each.close());

  const works: [what: string, work: Work][] = [
    ['Discovery', () => get(caller, '/.well-known/openid-configuration')],
    ...(await worksFor('opaque', provider, caller)),
    ...(await worksFor('jwt', provider, caller)),
  ];
  const figures: Figure[] = [];
  const bareRates: number[] = [];
  const rates = new Map<string, number>();
  for (const [what, work] of works) {
    const found: { bare: number; ours: number }[] = [];
    for (let round = 0; round < rounds; round++)
      found.push({ bare: await once(() => get(bare, '/')), ours: await once(work) });
    bareRates.push(...found.map((pair) => pair.bare));
    rates.set(what, median(found.map((pair) => pair.ours)));
    figures.push({ what, value: rates.get(what) ?? 0, unit: '/s' });
    figures.push({
      what: `${what}, for each bare answer`,
      value: median(found.map((pair) => pair.ours / pair.bare)),
      unit: '',
    });
  }
  const ratio = (work: string): Figure => ({
    what: `${work}: signed access tokens for each opaque one`,
    value: (rates.get(`${work} (jwt)`) ?? 0) / (rates.get(`${work} (opaque)`) ?? 1),
    unit: '',
  });
  return [
    { what: 'Bare node:http answers of 3 KB', value: median(bareRates), unit: '/s' },
    ...figures,
    ...['Client credentials', 'Refreshes', 'Userinfo', 'Introspections'].map(ratio),
  ];
}

async function once(work: Work): Promise<number> {
  return (await rate(work, { concurrency: callers, warmMs: 200, roundMs, rounds: 1 })).perSecond;
}

async function bareServer(opened: AsyncDisposableStack): Promise<HttpPerson> {
  const port = await freePort();
  const folder = opened.use(temporaryFolder('bench-bare'));
  const script = fileURLToPath(new URL('./bare.ts', import.meta.url));
  opened.use(
    await startChild({
      name: 'bare',
      command: process.execPath,
      arguments: [script, String(port)],
      folder: folder.path,
      ready: { port },
    }),
  );
  return opened.adopt(new HttpPerson(port), (each) => each.close());
}

async function worksFor(format: TokenFormat, provider: Provider, caller: HttpPerson): Promise<[string, Work][]> {
  const chains = await Promise.all(
    Array.from({ length: callers }, () => lastingTokens(provider, lastingClient[format])),
  );
  const access = chains[0]?.access ?? '';
  const idle = [...chains];
  return [
    [
      `Client credentials (${format})`,
      () => ask(caller, '/api/oidc/token', machineClient[format], { grant_type: 'client_credentials' }),
    ],
    [`Userinfo (${format})`, () => get(caller, '/api/oidc/userinfo', { Authorization: `Bearer ${access}` })],
    [
      `Introspections (${format})`,
      async () => {
        const answer = await ask(caller, '/api/oidc/introspection', lastingClient[format], { token: access });
        assert.equal(answer.active, true);
      },
    ],
    [
      `Refreshes (${format})`,
      async () => {
        // As many chains as callers: each always finds one that waits.
        const chain = idle.pop();
        assert.ok(chain);
        const form = { grant_type: 'refresh_token', refresh_token: chain.refresh };
        const tokens = await ask(caller, '/api/oidc/token', lastingClient[format], form);
        chain.refresh = String(tokens.refresh_token);
        idle.push(chain);
      },
    ],
  ];
}

async function get(caller: HttpPerson, path: string, headers: Record<string, string> = {}): Promise<void> {
  const answer = await caller.get(path, headers);
  assert.equal(answer.status, 200, answer.body);
}
