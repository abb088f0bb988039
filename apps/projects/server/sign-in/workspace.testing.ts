/** Test support: the whole server on a free port and a temporary folder, with a clock and a log the test can look at. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openLog } from '@gatehouse/web/log.ts';
import { readConfiguration } from '../configuration/configuration.ts';
import { serve } from '../serve.ts';
import { clientId, clientSecret } from './hostile-provider.testing.ts';

export type TestWorkspace = {
  readonly url: string;
  readonly log: string[];
  /** Goes this far ahead of the real time. */
  clock: { aheadMs: number };
  stop(): Promise<void>;
};

export async function startTestWorkspace(options: {
  readonly folder: string;
  readonly port: number;
  readonly issuer: string;
  readonly environment?: Readonly<Record<string, string>>;
}): Promise<TestWorkspace> {
  const { folder, port, issuer, environment = {} } = options;
  const clientFolder = join(folder, 'client');
  mkdirSync(clientFolder, { recursive: true });
  writeFileSync(join(clientFolder, 'index.html'), '<!doctype html><html lang="en"><title>Workspace</title></html>');
  const url = `http://projects.localhost:${port}`;
  const clock = { aheadMs: 0 };
  const lines: string[] = [];
  const configuration = readConfiguration(
    {
      LEAN_APP_URL: url,
      LEAN_DB_PATH: join(folder, 'projects.sqlite3'),
      LEAN_OIDC_ENABLE: 'true',
      LEAN_OIDC_CLIENT_ID: clientId,
      LEAN_OIDC_CLIENT_SECRET: clientSecret,
      LEAN_OIDC_PROVIDER_URL: issuer,
      LEAN_OIDC_CREATE_USER: 'true',
      HOST: '127.0.0.1',
      PORT: String(port),
      ...environment,
    },
    {},
  );
  const serving = await serve({
    configuration,
    log: openLog({ level: 'debug', format: 'json' }, { write: (line) => void lines.push(line) }),
    nowMs: () => Date.now() + clock.aheadMs,
    clientFolder,
  });
  return { url, log: lines, clock, stop: serving.stop };
}
