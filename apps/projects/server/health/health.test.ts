/** The answers for monitors, by HTTP, while what the workspace stands on goes away and comes back. */
import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { openDatabase } from '@gatehouse/storage/database.ts';
import { freePort } from '@gatehouse/testing/free-port.ts';
import { temporaryFolder } from '@gatehouse/testing/temporary-folder.ts';
import { openLog } from '@gatehouse/web/log.ts';
import type { Tables } from '../api/workspace.ts';
import { startHostileProvider } from '../sign-in/hostile-provider.testing.ts';
import { startTestWorkspace } from '../sign-in/workspace.testing.ts';
import { openHealth } from './health.ts';
import { type Part, partNames } from './parts.ts';

type Answer = { readonly status: number; readonly body: { state: string; parts: Record<string, string> } };

async function ask(port: number, path: string): Promise<Answer> {
  const response = await fetch(`http://127.0.0.1:${port}${path}`);
  assert.equal(response.headers.get('cache-control'), 'no-store');
  return { status: response.status, body: (await response.json()) as Answer['body'] };
}

test('a part that goes away is named at once, and serving goes on without all but the database', async () => {
  await using opened = new AsyncDisposableStack();
  const folder = opened.use(temporaryFolder('health'));
  const provider = await startHostileProvider(await freePort());
  opened.defer(() => provider.close());
  const port = await freePort();
  const workspace = await startTestWorkspace({ folder: folder.path, port, issuer: provider.issuer });
  opened.defer(() => workspace.stop());
  /** Past what is kept for some seconds. */
  const later = async (path: string): Promise<Answer> => {
    workspace.clock.aheadMs += 6_000;
    return ask(port, path);
  };

  assert.deepEqual(await ask(port, '/healthz/live'), { status: 200, body: { state: 'live' } });
  const well = { database: 'ok', files: 'ok', provider: 'ok', telling: 'ok', mail: 'off', webhooks: 'ok' };
  assert.deepEqual(await ask(port, '/healthz/ready'), { status: 200, body: { state: 'ready', parts: well } });
  assert.deepEqual((await ask(port, '/healthz')).body.parts, well);

  const before = provider.seen.discoveries;
  for (let index = 0; index < 20; index++) await ask(port, '/healthz/ready');
  assert.equal(provider.seen.discoveries, before, 'nobody can make the workspace ask again and again');

  provider.behaviour = { outage: ['/.well-known/openid-configuration'] };
  const without = { state: 'impaired', parts: { ...well, provider: 'away' } };
  assert.deepEqual(await later('/healthz/ready'), { status: 200, body: without });
  assert.deepEqual(await ask(port, '/healthz/ready?all=1'), { status: 503, body: without });
  provider.behaviour = {};
  assert.deepEqual(await later('/healthz/ready?all=1'), { status: 200, body: { state: 'ready', parts: well } });
  const told = workspace.log.filter((line) => line.includes('"part":"provider"'));
  assert.equal(told.length, 2, 'that it went and that it came back');

  rmSync(join(folder.path, 'userfiles'), { recursive: true });
  writeFileSync(join(folder.path, 'userfiles'), 'not a folder');
  assert.deepEqual((await later('/healthz/ready?all=1')).body.parts, { ...well, files: 'away' });
  rmSync(join(folder.path, 'userfiles'));

  const database = await openDatabase<Tables>({ dialect: 'sqlite', path: join(folder.path, 'projects.sqlite3') });
  opened.defer(() => database.close());
  await database.kysely
    .insertInto('changes')
    .values({ project_id: null, actor_id: 'nobody', kind: 'project.created', subject_id: 'x', facts: '{', at: 1 })
    .execute();
  assert.deepEqual((await later('/healthz/ready?all=1')).body.parts, { ...well, telling: 'late' });
});

test('a part that does not answer in time is away, and the reason is in the log alone', async () => {
  const lines: string[] = [];
  const log = openLog({ level: 'info', format: 'json' }, { write: (line) => void lines.push(line) });
  const parts = partNames.map((name): Part => ({ name, ask: async () => 'ok' }));
  const stuck: Part = { name: 'database', ask: () => new Promise(() => undefined) };
  const broken: Part = { name: 'files', ask: () => Promise.reject(new Error('/var/secret/place')) };
  const health = openHealth({ parts: [stuck, broken, ...parts.slice(2)], log, now: () => 0, partMsMax: 5 });
  const report = await health.read();
  assert.equal(report.state, 'away');
  assert.deepEqual([report.parts.database, report.parts.files], ['away', 'away']);
  assert.doesNotMatch(JSON.stringify(report), /secret/);
  assert.match(lines.join(''), /no answer within 5 ms/);
});
