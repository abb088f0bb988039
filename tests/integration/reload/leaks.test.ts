/** Reloading leaves nothing open behind: no file, no watch, no thread. */
import assert from 'node:assert/strict';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { clientsYaml, clientYaml, type RunningIdentity, signIn, startIdentity } from './running-identity.ts';

const reloads = 50;

test('after fifty reloads, accepted and refused, as much is open as after one', async () => {
  await using identity = await startIdentity({ watch: true });
  const reload = async (round: number): Promise<void> => {
    const broken = round % 5 === 4;
    identity.write('clients.yml', broken ? 'broken: [' : clientsYaml(clientYaml('leantime'), clientYaml(`a${round}`)));
    const { level } = await identity.reload();
    assert.equal(level, broken ? 'error' : 'info');
  };
  await signIn(identity);
  await reload(0);
  await reload(4);
  const before = await openBy(identity);
  assert.ok(Number(before.fs_event) > 0, JSON.stringify(before));
  for (let round = 1; round <= reloads; round += 1) await reload(round);
  await signIn(identity);
  await reload(4);
  let after = await openBy(identity);
  // The last generation but one may be about to close.
  for (let looks = 1; looks < 20 && !isDeepStrictEqual(after, before); looks += 1) after = await openBy(identity);
  assert.deepEqual(after, before);
});

/** Handles by kind, as the process tells of itself. Connections do not count: they come and go. */
async function openBy(identity: RunningIdentity): Promise<Readonly<Record<string, number>>> {
  const child = identity.child();
  const path = join(identity.folder, 'open.json');
  rmSync(path, { force: true });
  const told = (): number => child.output().split('Node.js report completed').length;
  const before = told();
  child.signal('SIGUSR2');
  while (told() === before) {
    const lines = child.output().split('\n').length;
    await child.line(new RegExp(`^(?:.*\\n){${lines}}`));
  }
  const { libuv } = JSON.parse(readFileSync(path, 'utf8')) as { libuv: { type: string; is_active: boolean }[] };
  const kinds = Object.groupBy(
    libuv.filter(({ type, is_active: isActive }) => isActive && type !== 'tcp'),
    ({ type }) => type,
  );
  return Object.fromEntries(Object.entries(kinds).map(([type, handles = []]) => [type, handles.length]));
}
