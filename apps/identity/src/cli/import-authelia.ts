/**
 * `gatehouse import authelia`: people move over from Authelia with what they have. Reads the whole of Authelia's database
 * first and lets go of it, because it may be the very file that is then written: our tables stand beside Authelia's.
 */
import { parseArgs } from 'node:util';
import type { Configuration } from '../config/configuration.ts';
import { loadConfiguration } from '../config/load.ts';
import { readConfigurationOptions } from '../config/options.ts';
import { formatProblems } from '../config/problem.ts';
import { type AutheliaData, type AutheliaKind, autheliaKinds } from '../moving/authelia-data.ts';
import { readAutheliaAt } from '../moving/authelia-source.ts';
import { type TakeOver, takeOver } from '../moving/take-over.ts';
import { portalAt } from '../sign-in/webauthn/browser-options.ts';
import { locationOf, openDurable } from '../storage/open-stores.ts';
import { trustedCertificates } from '../tls-client.ts';
import type { Command, CommandIo } from './command.ts';
import { takenLines } from './taken-lines.ts';

const nowMs = Date.now;

export const importUsage = `Usage: gatehouse import authelia [--database <path>] [options] [--config <path>]...

Takes from Authelia's database what people have: the identifiers by which applications know them,
one-time codes, security keys, devices of Duo, preferred methods, remembered consents and bans in force.
Stop Authelia and Gatehouse first. Authelia's database is only read. Running it again takes nothing twice.

  --database <path>        an SQLite database of Authelia. Default: the one of 'storage' in the configuration,
                           which may be on PostgreSQL
  --encryption-key <key>   the key Authelia ran with. Default: 'storage.encryption_key' of the configuration
  --dry-run                tell what would be taken, and take nothing
  --overwrite              where something differs here, take Authelia's
`;

/** `args` are the words after `import authelia`. */
export const importAuthelia: Command = async (args, io) => {
  const options = readConfigurationOptions(args, io.env);
  if (options.kind === 'refused') return misunderstood(io, `${options.message}\n`);
  const asked = readFlags(options.rest);
  if (typeof asked === 'string') return misunderstood(io, asked);
  if (asked.help) {
    io.stdout.write(importUsage);
    return 0;
  }
  const loaded = loadConfiguration({ paths: options.paths, filters: options.filters, env: io.env });
  if (loaded.kind === 'refused') {
    io.stderr.write(`${formatProblems(loaded.problems)}\nThe configuration is not valid, so nothing was done.\n`);
    return 1;
  }
  const { configuration } = loaded;
  try {
    const data = await readAutheliaAt(
      sourceOf(asked.database, configuration),
      asked['encryption-key'] ?? configuration.storage.encryption_key,
      nowMs(),
    );
    const answer = await write(data, configuration, { overwrite: asked.overwrite, dryRun: asked['dry-run'] });
    io.stdout.write(report(data, answer, asked['dry-run']));
    return 0;
  } catch (failure) {
    if (!(failure instanceof Error) || !('code' in failure)) throw failure;
    io.stderr.write(`Nothing was taken: ${failure.message}\n`);
    return 1;
  }
};

/** Throws `DatabaseNotRead`, and `StorageUnsupported` for a kind of storage that is not known here. */
function sourceOf(named: string | undefined, { storage, certificates_directory: directory }: Configuration) {
  if (named === undefined) return locationOf(storage, trustedCertificates(directory));
  if (/^[a-z0-9+]+:\/\//i.test(named))
    throw new DatabaseNotRead(
      "--database names the file of an SQLite database. A database of Authelia on PostgreSQL is read where 'storage.postgres' names it; from MySQL and MariaDB people move by files.",
    );
  return { dialect: 'sqlite', path: named } as const;
}

/** What `--database` names is no file. */
class DatabaseNotRead extends Error {
  readonly code = 'database-not-read';
  override readonly name = 'DatabaseNotRead';
}

async function write(data: AutheliaData, configuration: Configuration, how: { overwrite: boolean; dryRun: boolean }) {
  const trusted = trustedCertificates(configuration.certificates_directory);
  const { database, sealer } = await openDurable(configuration.storage, trusted);
  try {
    const clientIds = new Set(configuration.identity_providers.oidc?.clients.map((client) => client.client_id));
    const rpIds = configuration.session.cookies.flatMap(({ authelia_url: url }) =>
      url ? [portalAt(url.origin).rpId] : [],
    );
    return await takeOver(data, { database, sealer, clientIds, rpIds, ...how, nowMs });
  } finally {
    await database.close();
  }
}

const titles: Readonly<Record<AutheliaKind, string>> = {
  identifiers: 'identifiers',
  codes: 'one-time codes',
  keys: 'security keys',
  devices: 'devices of Duo',
  preferences: 'preferred methods',
  consents: 'remembered consents',
  bans: 'bans in force',
};

function report(data: AutheliaData, answer: TakeOver, dryRun: boolean): string {
  return [
    `Authelia's database, schema version ${data.schemaVersion}${dryRun ? '. Nothing is taken in a dry run; this is what would be' : ''}:`,
    ...autheliaKinds.flatMap((kind) => takenLines(titles[kind], answer[kind], dryRun).map((line) => `  ${line}`)),
    '',
  ].join('\n');
}

function readFlags(args: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        database: { type: 'string' },
        'encryption-key': { type: 'string' },
        'dry-run': { type: 'boolean', default: false },
        overwrite: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    return values;
  } catch (cause) {
    return `${cause instanceof Error ? cause.message : String(cause)}\n${importUsage}`;
  }
}

function misunderstood(io: CommandIo, text: string): number {
  io.stderr.write(text);
  return 2;
}
