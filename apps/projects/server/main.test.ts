/** The command as an administrator starts it. */
import assert from 'node:assert/strict';
import { cpSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startChild } from '@gatehouse/testing/child.ts';
import { freePort } from '@gatehouse/testing/free-port.ts';
import { temporaryFolder } from '@gatehouse/testing/temporary-folder.ts';

const main = fileURLToPath(import.meta.resolve('./main.ts'));
const printed = fileURLToPath(import.meta.resolve('../../../tests/seed/leantime.env'));

test('the printed environment starts it, byte for byte, and SIGTERM ends it well', async (t) => {
  const folder = temporaryFolder('main');
  t.after(() => folder.remove());
  cpSync(printed, join(folder.path, '.env'));
  const port = await freePort();
  const child = await startChild({
    name: 'projects',
    command: process.execPath,
    arguments: [main],
    folder: folder.path,
    environment: { LEAN_APP_URL: 'https://leantime.example.com', PORT: String(port), HOST: '127.0.0.1' },
    ready: { line: /Ready/ },
    readyMsMax: 60_000,
  });
  t.after(() => child.stop());
  assert.equal((await fetch(`http://127.0.0.1:${port}/healthz`)).status, 200);
  assert.match(await (await fetch(`http://127.0.0.1:${port}/auth/login`)).text(), /auth\.example\.com/);
  assert.doesNotMatch(child.output(), /insecure_secret/);
  assert.equal(statSync(join(folder.path, 'projects.sqlite3-session-key')).mode & 0o777, 0o600);
  await child.stop();
  assert.equal(await child.ended, 0);
});

test('a configuration that does not fit starts nothing and names every variable', async (t) => {
  const folder = temporaryFolder('main');
  t.after(() => folder.remove());
  const child = await startChild({
    name: 'projects',
    command: process.execPath,
    arguments: [main],
    folder: folder.path,
    environment: { LEAN_OIDC_ENABLE: 'true', LEAN_OIDC_DEFAULT_ROLE: '7' },
  });
  t.after(() => child.stop());
  assert.equal(await child.ended, 1);
  for (const variable of ['LEAN_APP_URL', 'LEAN_OIDC_PROVIDER_URL', 'LEAN_OIDC_CLIENT_ID', 'LEAN_OIDC_DEFAULT_ROLE'])
    assert.match(child.output(), new RegExp(`${variable}: .*Right would be`));
});
