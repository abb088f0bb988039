/**
 * A whole house for tests that cross folders: nginx with TLS, the provider on the seed's configuration byte for byte plus
 * a second file with the rest, the workspace on the seed's environment byte for byte plus its address and database. The
 * public names of the seed lead to loopback for this test alone.
 */
import { execFile, execFileSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { DatabaseLocation } from '@gatehouse/storage/database.ts';
import { type Certificates, makeCertificates } from '@gatehouse/testing/certificates.ts';
import { type Child, startChild } from '@gatehouse/testing/child.ts';
import { openChromium } from '@gatehouse/testing/chromium.ts';
import { freePort } from '@gatehouse/testing/free-port.ts';
import { type LoopbackNames, loopbackEnvironment } from '@gatehouse/testing/names.ts';
import { startNginx } from '@gatehouse/testing/nginx.ts';
import { type PostgresServer, startPostgres } from '@gatehouse/testing/postgres.ts';
import { temporaryFolder } from '@gatehouse/testing/temporary-folder.ts';
import type { Browser } from 'playwright-core';
import { type Person, workspace } from '../browser/verbs.ts';
import { restOfConfiguration } from './configuration.ts';
import { type People, writePeople } from './people.ts';

export const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const seed = join(root, 'tests/seed');
const identityMain = join(root, 'apps/identity/src/main.ts');
const projectsMain = join(root, 'apps/projects/server/main.ts');

export type HouseOptions = {
  readonly clients?: 'configuration.clients.yml' | 'configuration.clients.claims-hydration.yml';
  readonly storage?: 'sqlite' | 'postgres';
  /** Replaces parts of the seed's file, for a test that needs another client; the printed file is used as it is without. */
  readonly changeClients?: (yaml: string) => string;
  /** Further YAML for the second file. */
  readonly further?: string;
  /** How many people with a one-time code live here beside alice. Default none. */
  readonly crowd?: number;
};

export type StartOptions = {
  /** The provider believes it is so much later. */
  readonly clockAheadMs?: number;
};

export type House = AsyncDisposable & {
  readonly folder: string;
  readonly names: LoopbackNames;
  readonly certificates: Certificates;
  /** alice and the crowd have a one-time code, bob has none yet, carol is disabled. */
  readonly people: People;
  readonly identityPort: number;
  readonly projectsPort: number;
  readonly projectsDatabase: DatabaseLocation;
  /** The mail that the provider sent last. */
  readonly mailPath: string;
  readonly usersPath: string;
  identity(): Child;
  projects(): Child;
  startIdentity(options?: StartOptions): Promise<void>;
  startProjects(): Promise<void>;
  /** Runs a command of `gatehouse` on this house's configuration and answers what it printed. */
  gatehouse(...args: string[]): string;
  openBrowser(): Promise<Browser>;
  close(): Promise<void>;
};

/** What was started before a failure is stopped again. */
export async function openHouse(options: HouseOptions = {}): Promise<House> {
  await using opened = new AsyncDisposableStack();
  const { clients = 'configuration.clients.yml', storage = 'sqlite' } = options;
  const folder = opened.use(temporaryFolder('house'));
  const at = (name: string): string => join(folder.path, name);
  const certificates = makeCertificates(folder.path, ['auth.example.com', 'leantime.example.com']);
  const [identityPort, projectsPort] = [await freePort(), await freePort()];
  // One server each: the two applications never share a database.
  const [postgres, projectsPostgres] =
    storage === 'postgres'
      ? [opened.use(await startPostgres()), opened.use(await startPostgres())]
      : [undefined, undefined];

  if (options.changeClients)
    writeFileSync(at(clients), options.changeClients(readFileSync(join(seed, clients), 'utf8')));
  else copyFileSync(join(seed, clients), at(clients));
  const people = writePeople(at('users_database.yml'), options.crowd);
  writeFileSync(
    at('rest.yml'),
    restOfConfiguration({
      folder: folder.path,
      port: identityPort,
      postgres,
      jwk: rsaKey(),
      further: options.further ?? '',
    }),
    { mode: 0o600 },
  );
  const configs = ['--config', at(clients), '--config', at('rest.yml')];
  const gatehouse = (...args: string[]): string =>
    execFileSync(process.execPath, [identityMain, ...args, ...configs], { encoding: 'utf8', stdio: 'pipe' });
  const withCode = async (person: Person): Promise<Person> => {
    const args = [identityMain, 'storage', 'user', 'totp', 'generate', person.username, ...configs];
    const { stdout } = await promisify(execFile)(process.execPath, args);
    const otpauthUri = /otpauth:\S+/.exec(stdout)?.[0];
    if (!otpauthUri) throw new Error('storage user totp generate printed no otpauth URI');
    return { ...person, otpauthUri };
  };

  const nginx = opened.use(
    await startNginx(certificates, [
      { name: 'auth.example.com', upstreamPort: identityPort },
      { name: 'leantime.example.com', upstreamPort: projectsPort },
    ]),
  );
  const names: LoopbackNames = { 'auth.example.com:443': nginx.port, 'leantime.example.com:443': nginx.port };
  const environment = loopbackEnvironment(names, certificates.caPath);

  const projectsDatabase = placeOf(projectsPostgres, at('projects.sqlite3'));
  const workspaceFolder = at('workspace');
  mkdirSync(workspaceFolder);
  copyFileSync(join(seed, 'leantime.env'), join(workspaceFolder, '.env'));

  let identity: Child | undefined;
  let projects: Child | undefined;
  const running = (child: Child | undefined): Child => {
    if (!child) throw new TypeError('this application is not running');
    return child;
  };
  const startIdentity = async ({ clockAheadMs = 0 }: StartOptions = {}): Promise<void> => {
    identity = await startChild({
      name: 'identity',
      command: process.execPath,
      arguments: [identityMain, ...configs],
      folder: folder.path,
      environment: clockAheadMs === 0 ? environment : laterEnvironment(environment, clockAheadMs),
      ready: { port: identityPort },
    });
  };
  const startProjects = async (): Promise<void> => {
    projects = await startChild({
      name: 'projects',
      command: process.execPath,
      arguments: [projectsMain],
      folder: folder.path,
      cwd: workspaceFolder,
      environment: {
        ...environment,
        LEAN_APP_URL: workspace,
        ...projectsStore(projectsDatabase),
        // Processes that share a PostgreSQL database share their key.
        ...(projectsPostgres && { LEAN_SESSION_PASSWORD: 'the-session-key-of-this-test-house' }),
        HOST: '127.0.0.1',
        PORT: String(projectsPort),
      },
      ready: { port: projectsPort },
      readyMsMax: 60_000,
    });
  };

  const alice = await withCode(people.alice);
  const crowd: Person[] = [];
  for (const each of people.crowd) crowd.push(await withCode(each));
  opened.defer(async () => {
    await Promise.all([identity?.stop(), projects?.stop()]);
  });
  await Promise.all([startIdentity(), startProjects()]);

  const everything = opened.move();
  const close = (): Promise<void> => everything.disposeAsync();

  return {
    folder: folder.path,
    names,
    certificates,
    people: { ...people, alice, crowd },
    identityPort,
    projectsPort,
    projectsDatabase,
    mailPath: at('last-mail.txt'),
    usersPath: at('users_database.yml'),
    identity: () => running(identity),
    projects: () => running(projects),
    startIdentity,
    startProjects,
    gatehouse,
    async openBrowser() {
      return everything.use(await openChromium({ names, certificates }));
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

function placeOf(postgres: PostgresServer | undefined, path: string): DatabaseLocation {
  if (!postgres) return { dialect: 'sqlite', path };
  const { host, port, database, schema, username, password } = postgres;
  return { dialect: 'postgres', host, port, database, schema, username, password };
}

function projectsStore(location: DatabaseLocation): Record<string, string> {
  if (location.dialect === 'sqlite') return { LEAN_DB_DEFAULT_CONNECTION: 'sqlite', LEAN_DB_PATH: location.path };
  return {
    LEAN_DB_DEFAULT_CONNECTION: 'pgsql',
    LEAN_DB_HOST: location.host,
    LEAN_DB_PORT: String(location.port),
    LEAN_DB_DATABASE: location.database,
    LEAN_DB_USER: location.username,
    LEAN_DB_PASSWORD: location.password,
  };
}

function laterEnvironment(environment: Record<string, string>, aheadMs: number): Record<string, string> {
  const preload = fileURLToPath(new URL('./later-clock.ts', import.meta.url));
  const options = `${environment.NODE_OPTIONS ?? ''} --import=${preload}`;
  return { ...environment, NODE_OPTIONS: options, CLOCK_AHEAD_MS: String(aheadMs) };
}

function rsaKey(): string {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}
