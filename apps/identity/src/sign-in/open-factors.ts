/**
 * The second factors of one configuration: one-time codes, security keys, requests on a phone, recovery codes, and which of
 * them somebody has. It knows no pages and no flow.
 */
import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import type { Sealer } from '@gatehouse/storage/sealer.ts';
import type { SealedVolatile } from '@gatehouse/storage/volatile/sealed-volatile.ts';
import type { Log } from '@gatehouse/web/log.ts';
import type { Configuration } from '../config/configuration.ts';
import { type AttemptLimiter, attemptLimits } from '../regulation/limiter.ts';
import { nameForLog } from '../regulation/regulation.ts';
import type { IdentityDatabase } from '../storage/tables.ts';
import type { Trusted } from '../tls-client.ts';
import { openDuoApi } from './push/duo-api.ts';
import { duoOptions, pushRules } from './push/push.options.ts';
import { openPush, type Push } from './push/push.ts';
import { openRecovery, type Recovery } from './recovery/recovery.ts';
import { methods, openSecondFactors, type SecondFactors } from './second-factors.ts';
import { totpOptions } from './totp/totp.options.ts';
import { openTotp, type Totp } from './totp/totp.verify.ts';
import { openMetadataStore } from './webauthn/metadata/metadata.store.ts';
import { describeAbsence, openMetadata } from './webauthn/metadata/metadata.ts';
import { metadataOptions, webauthnOptions } from './webauthn/webauthn.options.ts';
import { openWebauthn, type Webauthn } from './webauthn/webauthn.ts';

export type Factors = {
  readonly totp: Totp;
  readonly webauthn: Webauthn;
  readonly recovery: Recovery;
  /** Undefined where Duo is not configured. */
  readonly push: Push | undefined;
  readonly secondFactors: SecondFactors;
};

type Parts = {
  readonly database: IdentityDatabase;
  readonly sealer: Sealer;
  readonly volatile: SealedVolatile;
  readonly limiter: AttemptLimiter;
  readonly trusted: Trusted;
  readonly nowMs: () => number;
  readonly log: Log;
};

export function openFactors(configuration: Configuration, parts: Parts): Factors {
  const { database, sealer, volatile, limiter, trusted, nowMs } = parts;
  const newId = randomUUID;
  const options = totpOptions(configuration.totp);
  const addressLimits = attemptLimits(configuration.server.endpoints.rate_limits.second_factor_totp);
  const duo = configuration.duo_api.disable ? undefined : openDuoApi({ ...duoOptions(configuration), trusted, nowMs });
  return {
    totp: openTotp({ database, sealer, limiter, nowMs, newId, randomBytes, options, addressLimits }),
    webauthn: openKeys(configuration, parts),
    recovery: openRecovery({ database, limiter, nowMs, randomInt }),
    push: duo && openPush({ ...{ duo, database, volatile, limiter, nowMs, newId }, ...pushRules(configuration) }),
    secondFactors: openSecondFactors({ database, ...secondFactorRules(configuration) }),
  };
}

function openKeys(configuration: Configuration, parts: Parts): Webauthn {
  const { database, sealer, volatile, limiter, trusted, nowMs, log } = parts;
  const asksMakers = metadataOptions(configuration.webauthn);
  const metadata =
    asksMakers && openMetadata({ options: asksMakers, store: openMetadataStore(database), trusted, nowMs, log });
  // The portal does not wait for the metadata service: whoever adds a key does.
  void metadata?.prepare().catch((cause: unknown) => log.error({ err: cause }, describeAbsence(asksMakers?.url)));
  return openWebauthn({
    ...{ database, sealer, volatile, limiter, nowMs, newId: randomUUID, randomBytes, metadata },
    options: webauthnOptions(configuration.webauthn),
    onRefused: ({ username, address, reason, cause }) =>
      log.warn(
        { remote_ip: address, reason, ...(cause !== undefined && { err: cause }) },
        `Unsuccessful WebAuthn authentication attempt by user '${nameForLog(username ?? '')}'`,
      ),
  });
}

function secondFactorRules({ totp, webauthn, duo_api: push, default_2fa_method: preset }: Configuration) {
  const offered = methods.filter((method) => !{ totp, webauthn, mobile_push: push }[method].disable);
  return { offered, preset: methods.find((method) => method === preset) };
}
