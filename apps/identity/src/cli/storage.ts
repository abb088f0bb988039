/**
 * `gatehouse storage …`: the commands that work on the database of a configuration, while the server runs or not. Opens what
 * the configuration names for as long as one command takes.
 */
import type { Configuration } from '../config/configuration.ts';
import { loadConfiguration } from '../config/load.ts';
import { readConfigurationOptions } from '../config/options.ts';
import { formatProblems } from '../config/problem.ts';
import type { Command } from './command.ts';
import { bansUsage, storageBans } from './storage-bans.ts';
import { cacheUsage, storageCache } from './storage-cache.ts';
import { encryptionUsage, storageEncryption } from './storage-encryption.ts';
import { readStorageFlags, storageFlagsUsage } from './storage-flags.ts';
import { oidcUsage, storageOidc } from './storage-oidc.ts';
import {
  openBansRoom,
  openCacheRoom,
  openConsentsRoom,
  openEncryptionRoom,
  openIdentifiersRoom,
  openKeysRoom,
  openRecoveryRoom,
  openRegistrationRoom,
  openSchemaRoom,
  openSessionsRoom,
  openTotpRoom,
} from './storage-rooms.ts';
import { schemaUsage, storageSchema } from './storage-schema.ts';
import { storageUserConsents, userConsentsUsage } from './storage-user-consents.ts';
import { storageUserIdentifiers, userIdentifiersUsage } from './storage-user-identifiers.ts';
import { storageUserRecoveryCodes, userRecoveryCodesUsage } from './storage-user-recovery-codes.ts';
import { storageUserSessions, userSessionsUsage } from './storage-user-sessions.ts';
import { storageUserTotp, userTotpUsage } from './storage-user-totp.ts';
import { storageUserWebauthn, userWebauthnUsage } from './storage-user-webauthn.ts';

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
    words: ['user', 'identifiers'],
    usage: userIdentifiersUsage,
    command: (configuration) => storageUserIdentifiers(() => openIdentifiersRoom(configuration)),
  },
  {
    words: ['user', 'webauthn'],
    usage: userWebauthnUsage,
    command: (configuration) => storageUserWebauthn(() => openKeysRoom(configuration)),
  },
  {
    words: ['user', 'recovery-codes'],
    usage: userRecoveryCodesUsage,
    command: (configuration) => storageUserRecoveryCodes(() => openRecoveryRoom(configuration)),
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
  ...['schema-info', 'migrate'].map((word) => ({
    words: [word],
    usage: schemaUsage,
    command: (configuration: Configuration): Command => {
      const run = storageSchema(() => openSchemaRoom(configuration));
      return (args, io) => run([word, ...args], io);
    },
  })),
  {
    words: ['encryption'],
    usage: encryptionUsage,
    command: (configuration) => storageEncryption(() => openEncryptionRoom(configuration)),
  },
  {
    words: ['cache'],
    usage: cacheUsage,
    command: (configuration) => storageCache(() => openCacheRoom(configuration)),
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
  const flags = readStorageFlags(options.rest, io.env);
  if (flags.kind === 'refused') {
    io.stderr.write(`${flags.message}\n`);
    return 2;
  }
  const { rest, env } = flags;
  const verb = verbs.find(({ words }) => words.every((word, index) => rest[index] === word));
  const asked = rest.includes('--help') || rest.includes('-h');
  if (!verb) {
    (asked || rest.length === 0 ? io.stdout : io.stderr).write(
      `Usage: gatehouse storage <command> [--config <path>]...\n\nCommands:\n${verbs.map(({ words }) => `  ${words.join(' ')}\n`).join('')}\n${storageFlagsUsage}`,
    );
    return asked || rest.length === 0 ? 0 : 2;
  }
  if (asked) {
    io.stdout.write(`${verb.usage}\n${storageFlagsUsage}`);
    return 0;
  }
  const loaded = loadConfiguration({ paths: options.paths, filters: options.filters, env });
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
