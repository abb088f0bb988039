/**
 * A whole house for tests that cross folders: nginx with TLS, the provider on the seed's configuration byte for byte plus
 * a second file with the rest, the workspace on the seed's environment byte for byte plus its address and database. The
 * public names of the seed lead to loopback for this test alone.
 */
import { execFileSync } from 'node:child_process';
import { argon2Sync, generateKeyPairSync, randomBytes } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Certificates, makeCertificates } from '@gatehouse/testing/certificates.ts';
import { type Child, startChild } from '@gatehouse/testing/child.ts';
import { openChromium } from '@gatehouse/testing/chromium.ts';
import { freePort } from '@gatehouse/testing/free-port.ts';
import { type LoopbackNames, loopbackEnvironment } from '@gatehouse/testing/names.ts';
import { startNginx } from '@gatehouse/testing/nginx.ts';
import { type PostgresServer, startPostgres } from '@gatehouse/testing/postgres.ts';
import { temporaryFolder } from '@gatehouse/testing/temporary-folder.ts';
import type { Browser } from 'playwright-core';
import type { Person } from '../browser/verbs.ts';
import { restOfConfiguration } from './configuration.ts';

export const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const seed = join(root, 'tests/seed');
const identityMain = join(root, 'apps/identity/src/main.ts');
const projectsMain = join(root, 'apps/projects/server/main.ts');

export const portal = 'https://auth.example.com';
export const workspace = 'https://leantime.example.com';

export type HouseOptions = {
  readonly clients?: 'configuration.clients.yml' | 'configuration.clients.claims-hydration.yml';
  readonly storage?: 'sqlite' | 'postgres';
  /** Replaces parts of the seed's file, for a test that needs another client; the printed file is used as it is without. */
  readonly changeClients?: (yaml: string) => string;
  /** Further YAML for the second file. */
  readonly further?: string;
};

export type House = AsyncDisposable & {
  readonly folder: string;
  readonly names: LoopbackNames;
  readonly certificates: Certificates;
  readonly people: { readonly alice: Person; readonly bob: Person; readonly carol: Person };
  readonly identityPort: number;
  readonly projectsPort: number;
  readonly projectsDatabase: string;
  identity(): Child;
  projects(): Child;
  startIdentity(): Promise<void>;
  startProjects(): Promise<void>;
  /** Runs a command of `gatehouse` on this house's configuration and answers what it printed. */
  gatehouse(...args: string[]): string;
  openBrowser(): Promise<Browser>;
  close(): Promise<void>;
};

export async function openHouse(options: HouseOptions = {}): Promise<House> {
  const { clients = 'configuration.clients.yml', storage = 'sqlite' } = options;
  const folder = temporaryFolder('house');
  const at = (name: string): string => join(folder.path, name);
  const certificates = makeCertificates(folder.path, ['auth.example.com', 'leantime.example.com']);
  const [identityPort, projectsPort] = [await freePort(), await freePort()];
  // One server each: the two applications never share a database.
  const [postgres, projectsPostgres] =
    storage === 'postgres' ? await Promise.all([startPostgres(), startPostgres()]) : [undefined, undefined];

  if (options.changeClients)
    writeFileSync(at(clients), options.changeClients(readFileSync(join(seed, clients), 'utf8')));
  else copyFileSync(join(seed, clients), at(clients));
  const people = writePeople(at('users_database.yml'));
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

  const nginx = await startNginx(certificates, [
    { name: 'auth.example.com', upstreamPort: identityPort },
    { name: 'leantime.example.com', upstreamPort: projectsPort },
  ]);
  const names: LoopbackNames = { 'auth.example.com:443': nginx.port, 'leantime.example.com:443': nginx.port };
  const environment = loopbackEnvironment(names, certificates.caPath);

  const projectsDatabase = at('projects.sqlite3');
  const workspaceFolder = at('workspace');
  mkdirSync(workspaceFolder);
  copyFileSync(join(seed, 'leantime.env'), join(workspaceFolder, '.env'));

  let identity: Child | undefined;
  let projects: Child | undefined;
  const running = (child: Child | undefined): Child => {
    if (!child) throw new TypeError('this application is not running');
    return child;
  };
  const startIdentity = async (): Promise<void> => {
    identity = await startChild({
      name: 'identity',
      command: process.execPath,
      arguments: [identityMain, ...configs],
      folder: folder.path,
      environment,
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
        ...projectsStore(projectsPostgres, projectsDatabase),
        HOST: '127.0.0.1',
        PORT: String(projectsPort),
      },
      ready: { port: projectsPort },
      readyMsMax: 60_000,
    });
  };

  const otpauthUri = /otpauth:[^\s'"]+/.exec(gatehouse('storage', 'user', 'totp', 'generate', 'alice'))?.[0];
  if (!otpauthUri) throw new Error('storage user totp generate printed no otpauth URI');
  await Promise.all([startIdentity(), startProjects()]);

  const browsers: Browser[] = [];
  async function close(): Promise<void> {
    await Promise.all(browsers.map((browser) => browser.close()));
    await Promise.all([identity?.stop(), projects?.stop(), nginx.stop()]);
    await Promise.all([postgres?.stop(), projectsPostgres?.stop()]);
    await folder.remove();
  }

  return {
    folder: folder.path,
    names,
    certificates,
    people: { ...people, alice: { ...people.alice, otpauthUri } },
    identityPort,
    projectsPort,
    projectsDatabase,
    identity: () => running(identity),
    projects: () => running(projects),
    startIdentity,
    startProjects,
    gatehouse,
    async openBrowser() {
      const browser = await openChromium({ names, certificates });
      browsers.push(browser);
      return browser;
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

function projectsStore(postgres: PostgresServer | undefined, path: string): Record<string, string> {
  if (!postgres) return { LEAN_DB_DEFAULT_CONNECTION: 'sqlite', LEAN_DB_PATH: path };
  return {
    LEAN_DB_DEFAULT_CONNECTION: 'pgsql',
    LEAN_DB_HOST: postgres.host,
    LEAN_DB_PORT: String(postgres.port),
    LEAN_DB_DATABASE: postgres.database,
    LEAN_DB_USER: postgres.username,
    LEAN_DB_PASSWORD: postgres.password,
  };
}

/** Three people: alice has a code, bob has none yet, carol is disabled. Digests are cheap: these tests are not about them. */
function writePeople(path: string): { alice: Person; bob: Person; carol: Person } {
  const person = (username: string): Person => ({ username, password: `${username} has a long password` });
  const entry = (username: string, name: string, disabled: boolean): string => `  ${username}:
    displayname: '${name} Example'
    given_name: '${name}'
    family_name: 'Example'
    email: '${username}@example.com'
    groups: ['dev']
    disabled: ${disabled}
    password: '${cheapDigest(person(username).password)}'
`;
  writeFileSync(
    path,
    `users:\n${entry('alice', 'Alice', false)}${entry('bob', 'Bob', false)}${entry('carol', 'Carol', true)}`,
    { mode: 0o600 },
  );
  return { alice: person('alice'), bob: person('bob'), carol: person('carol') };
}

function cheapDigest(password: string): string {
  const nonce = randomBytes(16);
  const key = argon2Sync('argon2id', {
    message: password,
    nonce,
    memory: 8192,
    passes: 1,
    parallelism: 1,
    tagLength: 32,
  });
  const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64').replace(/=+$/, '');
  return `$argon2id$v=19$m=8192,t=1,p=1$${base64(nonce)}$${base64(key)}`;
}

function rsaKey(): string {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}
