/** `gatehouse debug …`: what helps to find out why something does not work. Reads the storage, and changes nothing in it. */
import { openDigestPool } from '@gatehouse/password/digest-pool.ts';
import { openLog } from '@gatehouse/web/log.ts';
import { userAttributesOf } from '../config/complete/user-attributes.ts';
import type { Configuration } from '../config/configuration.ts';
import { loadConfiguration } from '../config/load.ts';
import { readConfigurationOptions } from '../config/options.ts';
import { formatProblems } from '../config/problem.ts';
import { extraAttributes } from '../config/rules/definitions.ts';
import { openFileTurns } from '../directory/file/file-turns.ts';
import { openDirectory } from '../directory/open-directory.ts';
import { openAttributes } from '../oidc/people/attributes.ts';
import { openRefusalStore } from '../oidc/refusals/refusal.store.ts';
import { openDurable } from '../storage/open-stores.ts';
import { trustedCertificates } from '../tls-client.ts';
import type { Command } from './command.ts';
import { debugExpression, expressionUsage } from './debug-expression.ts';
import { claimsUsage, debugOidcClaims } from './debug-oidc-claims.ts';
import { debugOidcRefusals, refusalsUsage } from './debug-oidc-refusals.ts';
import { debugTls, tlsUsage } from './debug-tls.ts';

const nowMs = Date.now;

type Verb = {
  readonly words: readonly string[];
  readonly usage: string;
  readonly command: (configuration: Configuration) => Command;
};

const verbs: readonly Verb[] = [
  {
    words: ['oidc', 'refusals'],
    usage: refusalsUsage,
    command: (configuration) => debugOidcRefusals(() => openRefusalsRoom(configuration)),
  },
  {
    words: ['oidc', 'claims'],
    usage: claimsUsage,
    command: (configuration) => debugOidcClaims(() => openClaimsRoom(configuration)),
  },
  {
    words: ['expression'],
    usage: expressionUsage,
    command: (configuration) => debugExpression(() => openExpressionRoom(configuration)),
  },
  {
    words: ['tls'],
    usage: tlsUsage,
    command: ({ certificates_directory: directory }) => debugTls(trustedCertificates(directory)),
  },
];

/** `args` are the words after `debug`. */
export const runDebug: Command = async (args, io) => {
  const options = readConfigurationOptions(args, io.env);
  if (options.kind === 'refused') {
    io.stderr.write(`${options.message}\n`);
    return 2;
  }
  const { rest } = options;
  const verb = verbs.find(({ words }) => words.every((word, index) => rest[index] === word));
  const asked = rest.length === 0 || rest.includes('--help') || rest.includes('-h');
  if (!verb || asked) {
    const usage =
      verb?.usage ?? `Usage:\n${verbs.map(({ words }) => `  gatehouse debug ${words.join(' ')}\n`).join('')}`;
    (asked ? io.stdout : io.stderr).write(usage);
    return asked ? 0 : 2;
  }
  const loaded = loadConfiguration({ paths: options.paths, filters: options.filters, env: io.env });
  if (loaded.kind === 'refused') {
    io.stderr.write(`${formatProblems(loaded.problems)}\nThe configuration is not valid, so nothing was read.\n`);
    return 1;
  }
  try {
    return await verb.command(loaded.configuration)(rest.slice(verb.words.length), io);
  } catch (failure) {
    if (!(failure instanceof Error) || !('code' in failure)) throw failure;
    io.stderr.write(`Nothing was read: ${failure.message}\n`);
    return 1;
  }
};

async function openRefusalsRoom(configuration: Configuration) {
  const { database } = await openDurable(
    configuration.storage,
    trustedCertificates(configuration.certificates_directory),
  );
  return { refusals: openRefusalStore({ database, nowMs }), nowMs, close: () => database.close() };
}

async function openClaimsRoom(configuration: Configuration) {
  const log = openLog({ level: 'silent', format: 'text' });
  const trusted = trustedCertificates(configuration.certificates_directory);
  const pool = openDigestPool();
  const directory = await openDirectory(configuration.authentication_backend, {
    ...{ pool, log, trusted, nowMs },
    fileTurns: openFileTurns(),
  });
  return {
    oidc: configuration.identity_providers.oidc,
    directory,
    attributeOf: openAttributes({ expressions: userAttributesOf(configuration), log, nowMs }),
    nowMs,
    async close() {
      await directory.close();
      await pool.close();
    },
  };
}

async function openExpressionRoom(configuration: Configuration) {
  const log = openLog({ level: 'silent', format: 'text' });
  const trusted = trustedCertificates(configuration.certificates_directory);
  const pool = openDigestPool();
  const directory = await openDirectory(configuration.authentication_backend, {
    ...{ pool, log, trusted, nowMs },
    fileTurns: openFileTurns(),
  });
  return {
    directory,
    extra: extraAttributes(configuration),
    nowMs,
    async close() {
      await directory.close();
      await pool.close();
    },
  };
}
