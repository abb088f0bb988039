/**
 * The provider as a real process for a benchmark: on a configuration of the seed's shape, SQLite in a temporary folder, and
 * people whose passwords have digests of the default cost. Knows no load.
 */
import { execFile } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { generateDigest } from '@gatehouse/password/generate.ts';
import { argon2Defaults } from '@gatehouse/password/hash-options.ts';
import { type Child, startChild } from '@gatehouse/testing/child.ts';
import { freePort } from '@gatehouse/testing/free-port.ts';
import { temporaryFolder } from '@gatehouse/testing/temporary-folder.ts';
import type { Person } from '../tests/browser/verbs.ts';
import { restOfConfiguration } from '../tests/house/configuration.ts';

const main = fileURLToPath(new URL('../apps/identity/gatehouse.js', import.meta.url));

/** The client that the integration guide prints, byte for byte. */
export const seedClients = readFileSync(new URL('../tests/seed/configuration.clients.yml', import.meta.url), 'utf8');

/** The seed's client with the same secret, for sign-ins with a password alone and nothing to agree to. */
export const oneFactorClients = seedClients.replace(
  "authorization_policy: 'two_factor'",
  "authorization_policy: 'one_factor'\n        consent_mode: 'implicit'",
);

export type Provider = {
  readonly port: number;
  readonly people: readonly Person[];
  /** The configuration's files, in order. */
  readonly configurationPaths: readonly string[];
  /** Where the programs keep their logs. */
  readonly folder: string;
  /** Gives a person a one-time code. */
  enrol(person: Person): Promise<Person>;
  /** Resolves once the port accepts. The caller stops it. */
  start(): Promise<Child>;
  remove(): Promise<void>;
};

export type ProviderOptions = {
  readonly peopleCount?: number;
  /** Further lines of `identity_providers.oidc.lifespans`. */
  readonly lifespans?: string;
  /** Where people come from instead of the users file: what stands below `authentication_backend`. */
  readonly directory?: string;
};

export async function prepareProvider(clients: string, options: ProviderOptions = {}): Promise<Provider> {
  const { peopleCount = 1, lifespans = '', directory } = options;
  const folder = temporaryFolder('bench');
  const at = (name: string): string => join(folder.path, name);
  const port = await freePort();
  const people = Array.from({ length: peopleCount }, (_, index) => {
    const username = index === 0 ? 'alice' : `alice-${index}`;
    return { username, password: `${username} has a long password` };
  });
  writeFileSync(at('users_database.yml'), `users:\n${(await Promise.all(people.map(entryOf))).join('')}`);
  writeFileSync(at('clients.yml'), clients);
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const jwk = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  // Codes are collected before they are exchanged, which takes longer than their ordinary minute.
  const further = `    lifespans:\n      authorize_code: '10 minutes'\n${lifespans}`;
  writeFileSync(
    at('rest.yml'),
    restOfConfiguration({
      folder: folder.path,
      port,
      postgres: undefined,
      jwk,
      further,
      ...(directory && { directory }),
    }),
  );
  const configurationPaths = [at('clients.yml'), at('rest.yml')];
  const configs = configurationPaths.flatMap((path) => ['--config', path]);

  return {
    port,
    people,
    configurationPaths,
    folder: folder.path,
    async enrol(person) {
      const words = ['storage', 'user', 'totp', 'generate', person.username];
      const { stdout } = await promisify(execFile)(process.execPath, [main, ...words, ...configs]);
      const otpauthUri = /otpauth:\S+/.exec(stdout)?.[0];
      if (!otpauthUri) throw new Error('storage user totp generate printed no otpauth URI');
      return { ...person, otpauthUri };
    },
    start: () =>
      startChild({
        name: 'identity',
        command: process.execPath,
        arguments: [main, ...configs],
        folder: folder.path,
        ready: { port },
      }),
    remove: () => folder.remove(),
  };
}

async function entryOf({ username, password }: Person): Promise<string> {
  return `  ${username}:
    displayname: 'Alice Example'
    email: '${username}@example.com'
    groups: ['dev']
    password: '${await generateDigest(argon2Defaults, password)}'
`;
}
