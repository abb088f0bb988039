/** What the log says about signing keys: which sign now, which will, and what an administrator should see to. */
import type { Log } from '@gatehouse/web/log.ts';
import type { SigningKey } from '../config/complete/signing-keys.ts';
import type { Configuration } from '../config/configuration.ts';
import { keyWarnings } from '../config/rules/oidc-key-life.ts';
import { inSigningOrder, phaseAt } from '../config/values/key-life.ts';
import { formatMoment } from '../config/values/moment.ts';
import { goneAtMs, keysMaxAgeSeconds } from '../oidc/keys/published-keys.ts';

export function signingKeysOf({ identity_providers: { oidc } }: Configuration): readonly SigningKey[] {
  return oidc?.jwks.filter(({ use }) => use === 'sig') ?? [];
}

export function sayKeyWarnings({ identity_providers: { oidc } }: Configuration, log: Log, nowMs: number): void {
  for (const { message, cure } of oidc ? keyWarnings(oidc.jwks, nowMs) : []) log.warn(`${message} ${cure}`);
}

/** Says nothing while every algorithm is signed with the key it was signed with. */
export function sayWhichKeysSign(
  formerIds: readonly string[],
  configuration: Configuration,
  log: Log,
  nowMs: number,
): void {
  const keys = signingKeysOf(configuration);
  const ids = signingIds(configuration, nowMs);
  if (ids.join() === formerIds.join()) return;
  const { lifespans } = configuration.identity_providers.oidc ?? {};
  const inPhase = (phase: string) => keys.filter((key) => phaseAt(key, nowMs) === phase);
  log.info(
    {
      signing: ids,
      announced: inPhase('announced').map((key) => `${key.key_id} from ${formatMoment(key.not_before ?? nowMs)}`),
      retired: inPhase('retired').map(
        (key) => `${key.key_id}, published until ${formatMoment(goneAtMs(key, lifespans))}`,
      ),
    },
    'Other keys sign now',
  );
}

/** The key that signs for each algorithm. */
export function signingIds(configuration: Configuration, nowMs: number): string[] {
  const used = inSigningOrder(signingKeysOf(configuration), nowMs).filter((key) => phaseAt(key, nowMs) === 'in use');
  return used
    .filter((key, index) => used.findIndex(({ algorithm }) => algorithm === key.algorithm) === index)
    .map(({ key_id }) => key_id);
}

/** A key that signs at once and was not published before meets applications that do not know it yet. */
export function warnOfSuddenKeys(former: Configuration, next: Configuration, log: Log, nowMs: number): void {
  const published = new Set(signingKeysOf(former).map(({ key_id }) => key_id));
  if (published.size === 0) return;
  for (const id of signingIds(next, nowMs))
    if (!published.has(id))
      log.warn(
        { key: id },
        `The key '${id}' signs at once: an application that keeps the published keys may refuse what it signs for ${keysMaxAgeSeconds / 60} minutes or longer. Give a new key a 'not_before' a day ahead.`,
      );
}
