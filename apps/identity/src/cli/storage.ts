/**
 * `gatehouse storage …`: the commands that work on the database of a configuration, while the server runs or not. Opens what
 * the configuration names for as long as one command takes.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { sealedVolatile } from '@gatehouse/storage/volatile/sealed-volatile.ts';
import type { Configuration } from '../config/configuration.ts';
import { loadConfiguration } from '../config/load.ts';
import { readConfigurationOptions } from '../config/options.ts';
import { formatProblems } from '../config/problem.ts';
import { openAgreements } from '../oidc/consent/agreements.ts';
import { openConsentMemory } from '../oidc/consent/consent-memory.ts';
import { openLiveGrants } from '../oidc/consent/live-grants.ts';
import { openSubjects } from '../oidc/people/subjects.ts';
import { openInitialAccessStore } from '../oidc/registration/initial-access.store.ts';
import { openRegisteredClientStore } from '../oidc/registration/registered-client.store.ts';
import { openBanStore } from '../regulation/ban.store.ts';
import { openAttemptLimiter } from '../regulation/limiter.ts';
import { endSessionsOf } from '../session/administer.ts';
import { openSessionRegister } from '../session/session-register.ts';
import { totpOptions } from '../sign-in/totp/totp.options.ts';
import { openTotp } from '../sign-in/totp/totp.verify.ts';
import { openDurable, openStores } from '../storage/open-stores.ts';
import { trustedCertificates } from '../tls-client.ts';
import type { Command } from './command.ts';
import { bansUsage, storageBans } from './storage-bans.ts';
import { oidcUsage, storageOidc } from './storage-oidc.ts';
import { storageUserConsents, userConsentsUsage } from './storage-user-consents.ts';
import { storageUserSessions, userSessionsUsage } from './storage-user-sessions.ts';
import { storageUserTotp, userTotpUsage } from './storage-user-totp.ts';

const nowMs = Date.now;
const newId = randomUUID;

type Verb = {
  readonly words: readonly string[];
  readonly usage: string;
  readonly command: (configuration: Configuration) => Command;
};

const verbs: readonly Verb[] = [
  {
    words: ['user', 'totp'],
    usage: userTotpUsage,
    command: (configuration) => storageUserTotp(() => openTotpRoom(configuration)),
  },
  {
    words: ['user', 'consents'],
    usage: userConsentsUsage,
    command: (configuration) => storageUserConsents(() => openConsentsRoom(configuration)),
  },
  {
    words: ['user', 'sessions'],
    usage: userSessionsUsage,
    command: (configuration) => storageUserSessions(() => openSessionsRoom(configuration)),
  },
  { words: ['bans'], usage: bansUsage, command: (configuration) => storageBans(() => openBansRoom(configuration)) },
  {
    words: ['oidc'],
    usage: oidcUsage,
    command: (configuration) => storageOidc(() => openRegistrationRoom(configuration)),
  },
];

/** `args` are the words after `storage`. */
export const runStorage: Command = async (args, io) => {
  const options = readConfigurationOptions(args, io.env);
  if (options.kind === 'refused') {
    io.stderr.write(`${options.message}\n`);
    return 2;
  }
  const { rest } = options;
  const verb = verbs.find(({ words }) => words.every((word, index) => rest[index] === word));
  const asked = rest.includes('--help') || rest.includes('-h');
  if (!verb) {
    (asked || rest.length === 0 ? io.stdout : io.stderr).write(
      `Usage: gatehouse storage <command> [--config <path>]...\n\nCommands:\n${verbs.map(({ words }) => `  ${words.join(' ')}\n`).join('')}`,
    );
    return asked || rest.length === 0 ? 0 : 2;
  }
  if (asked) {
    io.stdout.write(verb.usage);
    return 0;
  }
  const loaded = loadConfiguration({ paths: options.paths, filters: options.filters, env: io.env });
  if (loaded.kind === 'refused') {
    io.stderr.write(`${formatProblems(loaded.problems)}\nThe configuration is not valid, so nothing was done.\n`);
    return 1;
  }
  try {
    return await verb.command(loaded.configuration)(rest.slice(verb.words.length), io);
  } catch (failure) {
    if (!(failure instanceof Error) || !('code' in failure)) throw failure;
    io.stderr.write(`Nothing was done: ${failure.message}\n`);
    return 1;
  }
};

async function openTotpRoom(configuration: Configuration) {
  const { database, sealer } = await openDurable(
    configuration.storage,
    trustedCertificates(configuration.certificates_directory),
  );
  const limiter = openAttemptLimiter({ database, nowMs });
  const options = totpOptions(configuration.totp);
  const totp = openTotp({ database, sealer, limiter, nowMs, newId, randomBytes, options });
  return { totp, close: () => database.close() };
}

async function openConsentsRoom(configuration: Configuration) {
  const trusted = trustedCertificates(configuration.certificates_directory);
  const { database, volatile, sealer, close } = await openStores(configuration.storage, trusted, nowMs);
  const agreements = openAgreements({
    subjects: openSubjects(database.kysely, nowMs),
    memory: openConsentMemory(database.kysely, nowMs),
    live: openLiveGrants(database.kysely, sealedVolatile(volatile, sealer), nowMs),
  });
  return { agreements, close };
}

async function openBansRoom(configuration: Configuration) {
  const { database, rooms, close } = await openSessionRooms(configuration);
  return {
    bans: openBanStore({ database, nowMs, newId }),
    nowMs,
    endSessions: (username: string) => endSessionsOf(rooms, username, 'ban'),
    close,
  };
}

async function openSessionsRoom(configuration: Configuration) {
  const { rooms, close } = await openSessionRooms(configuration);
  return { ...rooms, close };
}

async function openSessionRooms({ storage, certificates_directory: directory }: Configuration) {
  const { database, sealer, volatile, close } = await openStores(storage, trustedCertificates(directory), nowMs);
  const rooms = { register: openSessionRegister(database), volatile: sealedVolatile(volatile, sealer) };
  return { database, rooms, close };
}

async function openRegistrationRoom(configuration: Configuration) {
  const { database, sealer } = await openDurable(
    configuration.storage,
    trustedCertificates(configuration.certificates_directory),
  );
  return {
    clients: openRegisteredClientStore({ kysely: database.kysely, sealer, nowMs }),
    tokens: openInitialAccessStore({ kysely: database.kysely, nowMs, newId }),
    enabled: configuration.identity_providers.oidc?.dynamic_client_registration.enabled ?? false,
    nowMs,
    close: () => database.close(),
  };
}
