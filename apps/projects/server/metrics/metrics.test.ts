/** The figures, scraped by HTTP from a workspace that people use, and read strictly by the text format of Prometheus. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { openDatabase } from '@gatehouse/storage/database.ts';
import { freePort } from '@gatehouse/testing/free-port.ts';
import { temporaryFolder } from '@gatehouse/testing/temporary-folder.ts';
import type { Tables } from '../api/workspace.ts';
import { openTestBrowser } from '../sign-in/browser.testing.ts';
import { startHostileProvider } from '../sign-in/hostile-provider.testing.ts';
import { startTestWorkspace } from '../sign-in/workspace.testing.ts';
import { creationKey } from '../to-dos/setting.testing.ts';
import { digestOf } from '../tokens/secret.ts';

type Sample = { readonly name: string; readonly labels: Readonly<Record<string, string>>; readonly value: number };

const sampleLine = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (NaN|[+-]?(?:Inf|\d+(?:\.\d+)?(?:e[+-]?\d+)?))$/;
const label = /([a-zA-Z_]\w*)="((?:[^"\\\n]|\\[\\"n])*)"/g;

/** Throws at a line that no scraper would take, and at a sample whose kind was not told before. */
function parseFigures(text: string): Sample[] {
  assert.ok(text.endsWith('\n'));
  const kinds = new Map<string, string>();
  const samples: Sample[] = [];
  for (const line of text.trimEnd().split('\n')) {
    const kind = /^# TYPE (\S+) (counter|gauge|histogram|summary|untyped)$/.exec(line);
    if (kind) kinds.set(kind[1] ?? '', kind[2] ?? '');
    if (line === '' || line.startsWith('# HELP ') || kind) continue;
    const [, name = '', labels = '', value = ''] = sampleLine.exec(line) ?? assert.fail(line);
    assert.ok(kinds.has(name) || kinds.has(name.replace(/_(bucket|sum|count)$/, '')), line);
    const pairs = [...labels.matchAll(label)].map(([, key = '', text = '']) => [key, text] as const);
    assert.equal(pairs.map(([key, text]) => `${key}="${text}"`).join(','), labels);
    samples.push({ name, labels: Object.fromEntries(pairs), value: Number(value.replace('Inf', 'Infinity')) });
  }
  return samples;
}

function figure(samples: readonly Sample[], name: string, labels: Record<string, string> = {}): number | undefined {
  return samples.find(
    (sample) => sample.name === name && Object.entries(labels).every(([key, value]) => sample.labels[key] === value),
  )?.value;
}

const token = 'ghp_token-of-alice-for-the-test-of-figures';

async function addAlice(path: string): Promise<void> {
  const database = await openDatabase<Tables>({ dialect: 'sqlite', path });
  const blank = { first_name: '', last_name: '', phone: '', job_title: '', job_level: '', department: '' };
  const times = { created_at: 1, last_sign_in_at: null };
  await database.kysely
    .insertInto('people')
    .values({ id: 'alice', name: 'Alice Example', email: 'alice@example.com', role: 50, ...blank, ...times })
    .execute();
  const digest = { digest: digestOf(token), hint: 'test', scopes: '["read","write","manage"]' };
  await database.kysely
    .insertInto('access_tokens')
    .values({ id: 'token', person_id: 'alice', name: 'Figures', ...digest, created_at: 1, expires_at: null })
    .execute();
  await database.close();
}

test('figures count requests by the pattern of their route, what waits, open pages and the process', async () => {
  await using opened = new AsyncDisposableStack();
  const folder = opened.use(temporaryFolder('metrics'));
  const provider = await startHostileProvider(await freePort());
  opened.defer(() => provider.close());
  const [port, figuresPort] = [await freePort(), await freePort()];
  const environment = { LEAN_METRICS_ADDRESS: `127.0.0.1:${figuresPort}` };
  const workspace = await startTestWorkspace({ folder: folder.path, port, issuer: provider.issuer, environment });
  opened.defer(() => workspace.stop());
  await addAlice(join(folder.path, 'projects.sqlite3'));

  const ask = async (method: string, path: string, body?: object): Promise<number> => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      ...{ method, headers, ...(body && { body: JSON.stringify(body) }) },
    });
    await response.arrayBuffer();
    return response.status;
  };
  const project = { creationKey: creationKey(), name: 'Very secret plans', key: 'SECRET' };
  assert.equal(await ask('POST', '/api/v1/projects', project), 201);
  for (const title of ['One', 'Two', 'Three'])
    assert.equal(await ask('POST', '/api/v1/projects/SECRET/to-dos', { creationKey: creationKey(), title }), 201);
  assert.equal(await ask('GET', '/api/v1/projects/SECRET/to-dos/2'), 200);
  assert.equal(await ask('GET', '/api/v1/projects/SECRET/to-dos/77'), 404);
  for (let index = 0; index < 30; index++) assert.equal(await ask('GET', `/nowhere/${index}`), 404);

  const scrape = async (): Promise<Sample[]> => {
    const response = await fetch(`http://127.0.0.1:${figuresPort}/metrics`);
    assert.equal(response.status, 200);
    assert.match(response.headers.get('content-type') ?? '', /^text\/plain; version=0\.0\.4/);
    const text = await response.text();
    assert.doesNotMatch(text, /alice|secret|example\.com/i, 'nobody and nothing of anybody is named');
    return parseFigures(text);
  };
  const samples = await scrape();
  const requests = 'projects_http_requests_total';
  const toDoRoute = '/api/v1/projects/:key/to-dos/:number';
  assert.equal(figure(samples, requests, { method: 'GET', route: toDoRoute, status: '200' }), 1);
  assert.equal(figure(samples, requests, { method: 'GET', route: toDoRoute, status: '404' }), 1);
  assert.equal(figure(samples, requests, { method: 'POST', route: '/api/v1/projects/:key/to-dos', status: '201' }), 3);
  assert.equal(figure(samples, requests, { method: 'GET', route: 'none', status: '404' }), 30);
  const duration = 'projects_http_request_duration_seconds';
  assert.equal(figure(samples, `${duration}_count`, { method: 'GET', route: toDoRoute }), 2);
  assert.equal(figure(samples, `${duration}_bucket`, { method: 'GET', route: toDoRoute, le: '+Inf' }), 2);
  assert.equal(figure(samples, 'projects_to_dos'), 3);
  for (const queue of ['telling', 'mail', 'webhooks'])
    assert.equal(typeof figure(samples, 'projects_queue_waiting', { queue }), 'number', queue);
  for (const part of ['database', 'files', 'provider'])
    assert.equal(figure(samples, 'projects_part_up', { part }), 1, part);
  assert.equal(figure(samples, 'projects_part_up', { part: 'mail' }), undefined, 'mail is not used here');
  assert.ok((figure(samples, 'process_resident_memory_bytes') ?? 0) > 20_000_000);
  assert.ok(samples.length < 400, `${samples.length} samples`);

  assert.equal(figure(samples, 'projects_live_streams'), 0);
  assert.equal(await ask('DELETE', '/api/v1/projects/SECRET/to-dos/1', { version: 1 }), 200);
  const browser = openTestBrowser();
  opened.defer(() => browser.close());
  provider.account = { ...provider.account, sub: 'bob-1', email: 'bob@example.com' };
  await browser.visit(`${workspace.url}/oidc/login`);
  const cookie = [...browser.cookies(new URL(workspace.url).host)].map((pair) => pair.join('=')).join('; ');
  const page = new AbortController();
  const stream = await fetch(`http://127.0.0.1:${port}/api/live`, { headers: { cookie }, signal: page.signal });
  assert.equal(stream.status, 200);
  workspace.clock.aheadMs += 6_000;
  await provider.close();
  const after = await scrape();
  assert.equal(figure(after, 'projects_to_dos'), 2);
  assert.equal(figure(after, 'projects_live_streams'), 1);
  page.abort();
  assert.equal(figure(after, 'projects_part_up', { part: 'provider' }), 0);
});

test('figures are at their own port alone, one path of it, and nowhere unless asked for', async () => {
  await using opened = new AsyncDisposableStack();
  const folder = opened.use(temporaryFolder('metrics'));
  const [port, figuresPort] = [await freePort(), await freePort()];
  const environment = { LEAN_METRICS_ADDRESS: `[::1]:${figuresPort}` };
  const issuer = `http://provider.localhost:${await freePort()}`;
  const workspace = await startTestWorkspace({ folder: folder.path, port, issuer, environment });
  const statusOf = async (url: string, method = 'GET'): Promise<number> => (await fetch(url, { method })).status;
  const figures = `http://[::1]:${figuresPort}`;
  assert.equal(await statusOf(`${figures}/metrics`), 200);
  assert.equal(await statusOf(`${figures}/metrics`, 'POST'), 405);
  assert.equal(await statusOf(`${figures}/healthz`), 404);
  assert.equal(await statusOf(`http://127.0.0.1:${port}/metrics`), 404);
  await workspace.stop();
  await assert.rejects(fetch(`${figures}/metrics`), 'the port is free again');
  const silent = await startTestWorkspace({ folder: folder.path, port, issuer });
  await assert.rejects(fetch(`${figures}/metrics`));
  await silent.stop();
});
