/** The command as an administrator starts it. */
import assert from 'node:assert/strict';
import { cpSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { openDatabase } from '@gatehouse/storage/database.ts';
import { startChild } from '@gatehouse/testing/child.ts';
import { freePort } from '@gatehouse/testing/free-port.ts';
import { temporaryFolder } from '@gatehouse/testing/temporary-folder.ts';
import { sql } from 'kysely';

const main = fileURLToPath(import.meta.resolve('./main.ts'));
const printed = fileURLToPath(import.meta.resolve('../../../tests/seed/leantime.env'));

/** The program with the printed environment, until the test ends. */
async function startPrinted(t: TestContext) {
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
  return { folder, port, child };
}

test('the printed environment starts it, byte for byte, and SIGTERM ends it well', async (t) => {
  const { folder, port, child } = await startPrinted(t);
  assert.equal((await fetch(`http://127.0.0.1:${port}/healthz`)).status, 200);
  assert.match(await (await fetch(`http://127.0.0.1:${port}/auth/login`)).text(), /auth\.example\.com/);
  assert.doesNotMatch(child.output(), /insecure_secret/);
  assert.equal(statSync(join(folder.path, 'projects.sqlite3-session-key')).mode & 0o777, 0o600);
  await child.stop();
  assert.equal(await child.ended, 0);
});

test('the secret in the address of a calendar that fails is in no log', async (t) => {
  const { folder, port, child } = await startPrinted(t);
  const database = await openDatabase({ dialect: 'sqlite', path: join(folder.path, 'projects.sqlite3') });
  await sql`drop table feed_secrets`.execute(database.kysely);
  await database.close();
  const secret = 'a-secret-of-a-calendar-with-43-characters__';
  assert.equal((await fetch(`http://127.0.0.1:${port}/calendar/ical/${secret}.ics`)).status, 500);
  await child.stop();
  assert.match(child.output(), /A request failed.*route=\/calendar\/ical\/:file/);
  assert.ok(!child.output().includes(secret));
});

test('a page before the sign-in has the theme, letters and spacing that were chosen', async (t) => {
  const { port } = await startPrinted(t);
  const read = async (path: string): Promise<string> => {
    const headers = { cookie: 'looks=theme.dark-typeface.legible-spacing.wide' };
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, { headers });
    assert.equal(answer.status, 200, path);
    return answer.text();
  };
  const page = await read('/auth/login');
  assert.match(page, /<html lang="en" data-theme="dark" data-typeface="legible" data-spacing="wide">/);
  const sheet = await read(/href="(\/auth\/sign-in\.[^"]+)"/.exec(page)?.[1] ?? '');
  for (const rule of ['[data-theme="dark"]', '[data-typeface="legible"]', '[data-spacing="wide"]'])
    assert.ok(sheet.includes(rule), rule);
  await read(/\/auth\/legible\.\w+\.woff2/.exec(sheet)?.[0] ?? 'no such font');
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
