/**
 * What the commands of `gatehouse storage` work with, one function for each, opened from a configuration for as long as one
 * command takes.
 */
import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { openDigestPool } from '@gatehouse/password/digest-pool.ts';
import { appliedSteps } from '@gatehouse/storage/applied-steps.ts';
import { openDatabase, unhurried } from '@gatehouse/storage/database.ts';
import { openSealer } from '@gatehouse/storage/sealer.ts';
import { openVolatile, volatileLocation } from '@gatehouse/storage/volatile/open-volatile.ts';
import { type SealedVolatile, sealedVolatile } from '@gatehouse/storage/volatile/sealed-volatile.ts';
import { openLog } from '@gatehouse/web/log.ts';
import type { Configuration } from '../config/configuration.ts';
import type { FindAnswer } from '../directory/directory.ts';
import { openFileTurns } from '../directory/file/file-turns.ts';
import { openDirectory } from '../directory/open-directory.ts';
import { takeKeyAt } from '../moving/take-over.ts';
import { openAgreements } from '../oidc/consent/agreements.ts';
import { openConsentMemory } from '../oidc/consent/consent-memory.ts';
import { openLiveGrants } from '../oidc/consent/live-grants.ts';
import { type KnownSubject, listSubjects, takeSubject } from '../oidc/people/known-subjects.ts';
import { openSubjects } from '../oidc/people/subjects.ts';
import { openInitialAccessStore } from '../oidc/registration/initial-access.store.ts';
import { openRegisteredClientStore } from '../oidc/registration/registered-client.store.ts';
import { openBanStore } from '../regulation/ban.store.ts';
import { openAttemptLimiter } from '../regulation/limiter.ts';
import { endSessionsOf } from '../session/administer.ts';
import { openSessionRegister } from '../session/session-register.ts';
import { openRecovery } from '../sign-in/recovery/recovery.ts';
import { methods, openSecondFactors } from '../sign-in/second-factors.ts';
import { totpOptions } from '../sign-in/totp/totp.options.ts';
import { type ForeignCode, takeTotp } from '../sign-in/totp/totp.take.ts';
import { openTotp } from '../sign-in/totp/totp.verify.ts';
import { auditKey } from '../sign-in/webauthn/audit.ts';
import { portalAt } from '../sign-in/webauthn/browser-options.ts';
import { openMetadataStore } from '../sign-in/webauthn/metadata/metadata.store.ts';
import { openMetadata } from '../sign-in/webauthn/metadata/metadata.ts';
import { metadataOptions, webauthnOptions } from '../sign-in/webauthn/webauthn.options.ts';
import { openWebauthnStore, type SecurityKey } from '../sign-in/webauthn/webauthn.store.ts';
import type { ForeignKey } from '../sign-in/webauthn/webauthn.take.ts';
import { resealDurable, resealExpiring } from '../storage/change-key.ts';
import { identityMigrations, identityNamespace } from '../storage/migrations.ts';
import { locationOf, openDurable, openStores } from '../storage/open-stores.ts';
import { countSeals } from '../storage/sealed-columns.ts';
import type { IdentityDatabase, IdentityTables } from '../storage/tables.ts';
import { trustedCertificates } from '../tls-client.ts';

/** What a command has to say goes to its streams. */
const log = openLog({ level: 'silent', format: 'text' });
const nowMs = Date.now;
const newId = randomUUID;

export async function openTotpRoom(configuration: Configuration) {
  const { database, sealer } = await openDurable(
    configuration.storage,
    trustedCertificates(configuration.certificates_directory),
  );
  const limiter = openAttemptLimiter({ database, nowMs });
  const options = totpOptions(configuration.totp);
  const totp = openTotp({ database, sealer, limiter, nowMs, newId, randomBytes, options });
  return {
    totp,
    async all() {
      const codes: ForeignCode[] = [];
      for (const username of await totp.usernames()) {
        const [key, about] = [await totp.reveal(username), await totp.describe(username)];
        if (key && about)
          codes.push({ username, key, createdAtMs: about.createdAtMs, lastUsedAtMs: about.lastUsedAtMs });
      }
      return codes;
    },
    take: (code: ForeignCode, overwrite: boolean) =>
      database.kysely.transaction().execute((trx) => takeTotp(trx, sealer, code, overwrite)),
    nowMs,
    close: () => database.close(),
  };
}

export async function openIdentifiersRoom(configuration: Configuration) {
  const trusted = trustedCertificates(configuration.certificates_directory);
  const { kysely, close } = (await openDurable(configuration.storage, trusted)).database;
  return {
    list: () => listSubjects(kysely),
    take: (known: KnownSubject, overwrite: boolean) =>
      kysely.transaction().execute((trx) => takeSubject(trx, known, { overwrite, nowMs: nowMs() })),
    newIdentifier: newId,
    close,
  };
}

export async function openEncryptionRoom({ storage, certificates_directory: directory }: Configuration) {
  const trusted = trustedCertificates(directory);
  const { database, sealer } = await openDurable(storage, trusted);
  return {
    count: () => countSeals(database.kysely, sealer),
    async changeKey(key: string) {
      const keys = { from: sealer, to: openSealer(key) };
      // Makes the table where there is none yet.
      await (await openVolatile(locationOf(storage, trusted), nowMs)).close();
      const expiring = await openDatabase<unknown>(unhurried(volatileLocation(locationOf(storage, trusted))));
      try {
        const count = await resealExpiring(expiring.kysely, keys);
        return { expiring: count, durable: await resealDurable(database.kysely, keys) };
      } finally {
        await expiring.close();
      }
    },
    close: () => database.close(),
  };
}

/** The database as it is: not brought forward, and with whatever key it has. */
export async function openSchemaRoom({ storage, certificates_directory: directory }: Configuration) {
  const trusted = trustedCertificates(directory);
  const database = await openDatabase<IdentityTables>(unhurried(locationOf(storage, trusted)));
  const applied = async () => (await appliedSteps(database)).filter(({ namespace }) => namespace === identityNamespace);
  return {
    kind: storage.local ? 'SQLite' : 'PostgreSQL',
    applied,
    async missing() {
      const names = new Set((await applied()).map(({ name }) => name));
      return identityMigrations.flatMap(({ name }) => (names.has(name) ? [] : [name]));
    },
    async isKeyRight() {
      if ((await applied()).length === 0) return undefined;
      const [check] = await countSeals(database.kysely, openSealer(storage.encryption_key), 'encryption_check');
      return check?.broken === 0;
    },
    migrate: async () => (await openDurable(storage, trusted)).database.close(),
    close: () => database.close(),
  };
}

export async function openKeysRoom(configuration: Configuration) {
  const trusted = trustedCertificates(configuration.certificates_directory);
  const { database, sealer } = await openDurable(configuration.storage, trusted);
  const asksMakers = metadataOptions(configuration.webauthn);
  const metadata =
    asksMakers && openMetadata({ options: asksMakers, store: openMetadataStore(database), trusted, nowMs, log });
  const options = webauthnOptions(configuration.webauthn);
  const rpIds = configuration.session.cookies.flatMap(({ authelia_url: url }) =>
    url ? [portalAt(url.origin).rpId] : [],
  );
  return {
    keys: openWebauthnStore(database, sealer),
    take: (key: ForeignKey, overwrite: boolean) => takeKeyAt(database, sealer, { key, overwrite, rpIds }),
    audit: (key: SecurityKey) => auditKey(key, options, metadata),
    nowMs,
    close: () => database.close(),
  };
}

export async function openCacheRoom({ storage, webauthn, certificates_directory: directory }: Configuration) {
  const trusted = trustedCertificates(directory);
  const { database } = await openDurable(storage, trusted);
  const store = openMetadataStore(database);
  // The commands work whether the metadata is switched on or not.
  const options = metadataOptions({ ...webauthn, disable: false, metadata: { ...webauthn.metadata, enabled: true } });
  if (!options) throw new TypeError('it was switched on a line above');
  return {
    metadata: openMetadata({ options, store, trusted, nowMs, log }),
    store,
    nowMs,
    close: () => database.close(),
  };
}

export async function openRecoveryRoom({ storage, certificates_directory: directory }: Configuration) {
  const { database } = await openDurable(storage, trustedCertificates(directory));
  const { hasAny } = openSecondFactors({ database, offered: methods, preset: undefined });
  const recovery = openRecovery({ database, limiter: openAttemptLimiter({ database, nowMs }), nowMs, randomInt });
  return { recovery, hasFactor: hasAny, close: () => database.close() };
}

export async function openConsentsRoom(configuration: Configuration) {
  const trusted = trustedCertificates(configuration.certificates_directory);
  const { database, volatile, sealer, close } = await openStores(configuration.storage, trusted, nowMs);
  return { agreements: agreementsOver(database, sealedVolatile(volatile, sealer)), close };
}

function agreementsOver({ kysely }: IdentityDatabase, store: SealedVolatile) {
  return openAgreements({
    subjects: openSubjects(kysely, nowMs),
    memory: openConsentMemory(kysely, nowMs),
    live: openLiveGrants(kysely, store, nowMs),
  });
}

export async function openBansRoom(configuration: Configuration) {
  const { database, rooms, close } = await openSessionRooms(configuration);
  const agreements = agreementsOver(database, rooms.volatile);
  return {
    bans: openBanStore({ database, nowMs, newId }),
    nowMs,
    find: (name: string) => whoIs(configuration, name),
    endSessions: (username: string) => endSessionsOf(rooms, username, 'ban'),
    takeBack: async (username: string) => (await agreements.takeBack(username)).grantsEnded,
    close,
  };
}

/** Opens the directory for one question: most commands on bans have none. */
async function whoIs(configuration: Configuration, name: string): Promise<FindAnswer> {
  const trusted = trustedCertificates(configuration.certificates_directory);
  const pool = openDigestPool();
  try {
    const directory = await openDirectory(configuration.authentication_backend, {
      ...{ pool, log, trusted, nowMs },
      fileTurns: openFileTurns(),
    });
    const answer = await directory.find(name);
    await directory.close();
    return answer;
  } catch (cause) {
    return { kind: 'unavailable', cause };
  } finally {
    await pool.close();
  }
}

export async function openSessionsRoom(configuration: Configuration) {
  const { rooms, close } = await openSessionRooms(configuration);
  return { ...rooms, close };
}

async function openSessionRooms({ storage, session, certificates_directory: directory }: Configuration) {
  const { database, sealer, volatile, close } = await openStores(storage, trustedCertificates(directory), nowMs);
  const { cookies } = session;
  const rooms = { register: openSessionRegister(database), volatile: sealedVolatile(volatile, sealer), cookies, nowMs };
  return { database, rooms, close };
}

export async function openRegistrationRoom(configuration: Configuration) {
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
