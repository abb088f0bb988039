/**
 * The portal and its provider alone, for tests that need no browser and no TLS: one process on a port of its own, spoken to
 * as a trusted proxy would. What is not about OpenID Connect is the smallest configuration that starts.
 */
import { execFile } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Child, startChild } from '@gatehouse/testing/child.ts';
import { onFreePort } from '@gatehouse/testing/free-port.ts';
import { temporaryFolder } from '@gatehouse/testing/temporary-folder.ts';
import type { Person } from '../browser/verbs.ts';
import { root } from './house.ts';
import { HtmlBrowser } from './html-browser.ts';

const main = join(root, 'apps/identity/src/main.ts');
const clock = join(root, 'tests/house/steerable-clock.ts');

export type PortalOptions = {
  /** Default: any free one. */
  readonly port?: number;
  /** `identity_providers.oidc` without keys. JSON is YAML. */
  readonly oidc: object;
  /** Further sections, which win over those of this house. */
  readonly further?: Readonly<Record<string, object | string>>;
  /** `authentication_backend.file.extra_attributes`. */
  readonly extraAttributes?: object;
  /** Writes the users file. */
  readonly writeUsers: (path: string) => void;
  /** Who gets a one-time code. */
  readonly withCode?: readonly Person[];
  /** Added to the environment of the process. */
  readonly environment?: Readonly<Record<string, string>>;
};

export type Portal = AsyncDisposable & {
  readonly issuer: string;
  readonly port: number;
  readonly folder: string;
  /** Those of `withCode`, in order, as they are once enrolled. */
  readonly people: readonly Person[];
  readonly process: Child;
  /** Runs a command of `gatehouse` on this configuration and answers what it printed. */
  gatehouse(...args: string[]): Promise<string>;
  /** What the portal takes for the time, in milliseconds since the epoch. */
  nowMs(): number;
  /** Moves the portal's clock on. */
  advance(ms: number): Promise<void>;
  browser(): HtmlBrowser;
};

/** A test errs more often from one address than an application does. */
export const manyMayFail = {
  openid_connect_token: { enable: false },
  openid_connect_pushed_authorization_request: { enable: false },
};

export function openPortal(options: PortalOptions): Promise<Portal> {
  const start = (port: number): Promise<Portal> => openPortalAt(port, options);
  return options.port === undefined ? onFreePort(start) : start(options.port);
}

async function openPortalAt(port: number, options: PortalOptions): Promise<Portal> {
  await using opened = new AsyncDisposableStack();
  const folder = opened.use(temporaryFolder('portal'));
  const at = (name: string): string => join(folder.path, name);
  options.writeUsers(at('users_database.yml'));
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const jwks = [{ key: privateKey.export({ type: 'pkcs8', format: 'pem' }) }];
  const configuration = {
    server: { address: `tcp://127.0.0.1:${port}/`, endpoints: { rate_limits: manyMayFail } },
    log: { level: 'warn' },
    identity_validation: { reset_password: { jwt_secret: 'a-secret-of-this-test-house-only' } },
    authentication_backend: {
      file: { path: at('users_database.yml'), extra_attributes: options.extraAttributes ?? {} },
    },
    access_control: { default_policy: 'two_factor' },
    session: { cookies: [{ domain: 'example.com', authelia_url: 'https://auth.example.com' }] },
    storage: {
      encryption_key: 'the-encryption-key-of-this-test-house',
      local: { path: at('identity.sqlite3') },
    },
    notifier: { filesystem: { filename: at('last-mail.txt') } },
    identity_providers: { oidc: { hmac_secret: 'another-secret-of-this-test-house-only', jwks, ...options.oidc } },
    ...options.further,
  };
  writeFileSync(at('configuration.yml'), JSON.stringify(configuration), { mode: 0o600 });
  const configs = ['--config', at('configuration.yml')];
  async function gatehouse(...args: string[]): Promise<string> {
    return (await promisify(execFile)(process.execPath, [main, ...args, ...configs])).stdout;
  }

  const { NODE_OPTIONS: _, ...other } = options.environment ?? {};
  const people: Person[] = [];
  for (const person of options.withCode ?? []) {
    const stdout = await gatehouse('storage', 'user', 'totp', 'generate', person.username);
    people.push({ ...person, otpauthUri: /otpauth:\S+/.exec(stdout)?.[0] ?? '' });
  }
  const child = opened.use(
    await startChild({
      name: 'identity',
      command: process.execPath,
      arguments: [main, ...configs],
      folder: folder.path,
      ready: { port },
      environment: {
        NODE_OPTIONS: `${options.environment?.NODE_OPTIONS ?? ''} --import=${clock}`,
        CLOCK_FILE: at('clock'),
        ...other,
      },
    }),
  );
  let aheadMs = 0;
  const everything = opened.move();
  return {
    issuer: 'https://auth.example.com',
    port,
    folder: folder.path,
    people,
    process: child,
    gatehouse,
    nowMs: () => Date.now() + aheadMs,
    async advance(ms) {
      aheadMs += ms;
      writeFileSync(at('clock'), String(aheadMs));
      child.signal('SIGUSR2');
      await child.line(new RegExp(`^The clock is ${aheadMs} ms ahead$`, 'm'));
    },
    browser: () => everything.adopt(new HtmlBrowser(port), (browser) => browser.close()),
    [Symbol.asyncDispose]: () => everything.disposeAsync(),
  };
}
