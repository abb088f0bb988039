/**
 * One-time codes as the rest of the house uses them: is there a factor, is this the code, enrol one, remove it. A code is
 * good once: the insert of its time step decides, also between processes and over a restart. Guesses are counted for the
 * person and for the address before a code is looked at. It knows no pages, sessions or mail.
 */
import type { Sealer } from '@gatehouse/storage/sealer.ts';
import type { AttemptLimit, AttemptLimiter } from '../../regulation/limiter.ts';
import { networkOf } from '../../regulation/network.ts';
import { openTries } from '../../regulation/tries.ts';
import type { IdentityDatabase } from '../../storage/tables.ts';
import { matchingStep, parseTotpCode, type TotpAlgorithm, type TotpKey, type TotpParameters } from './totp.code.ts';
import { openTotpStore, type TotpDescription } from './totp.store.ts';

/** `totp.*` of the configuration. The allowed lists hold the default too. */
export type TotpOptions = {
  readonly issuer: string;
  readonly algorithm: TotpAlgorithm;
  readonly digits: number;
  readonly periodSeconds: number;
  /** Steps accepted before and after the present one. */
  readonly skew: number;
  readonly secretBytes: number;
  readonly allowedAlgorithms: readonly TotpAlgorithm[];
  readonly allowedDigits: readonly number[];
  readonly allowedPeriodsSeconds: readonly number[];
  /** `disable_reuse_security_policy`: a code may be used again while it lasts. */
  readonly allowReuse: boolean;
};

export type TotpAnswer =
  | { readonly kind: 'verified' }
  | { readonly kind: 'wrong' }
  /** The right code, which was spent before. `periodSeconds`: how often a new one comes. */
  | { readonly kind: 'used'; readonly periodSeconds: number }
  /** Not `digits` digits, so no guess at all; nothing is counted. */
  | { readonly kind: 'malformed'; readonly digits: number }
  /** Too many guesses by this person or from this address. The code was not looked at. */
  | { readonly kind: 'limited'; readonly retryAtMs: number }
  | { readonly kind: 'not-enrolled' };

export type EnrolAnswer = Exclude<TotpAnswer, { readonly kind: 'used' | 'not-enrolled' }>;

export type Totp = {
  readonly options: TotpOptions;
  has(username: string): Promise<boolean>;
  /** `code` as typed, `address` of the caller. */
  verify(username: string, code: string, address: string): Promise<TotpAnswer>;
  /** A new key that nobody has yet. Throws TypeError for parameters the options do not allow. */
  propose(parameters?: TotpParameters): TotpKey;
  /** Makes the key the person's factor, in place of an earlier one, if `code` proves that they hold it. That code is spent. */
  enrol(username: string, key: TotpKey, code: string, address: string): Promise<EnrolAnswer>;
  /** The same without proof: for the administrator's command. */
  create(username: string, key: TotpKey): Promise<void>;
  remove(username: string): Promise<'removed' | 'missing'>;
  describe(username: string): Promise<TotpDescription | undefined>;
  /** The key, secret included: for the administrator's export. */
  reveal(username: string): Promise<TotpKey | undefined>;
  /** Everybody who has a factor, in order of name. */
  usernames(): Promise<readonly string[]>;
  /** Removes up to `rowsMax` spent steps that can never match again. */
  sweep(rowsMax: number): Promise<number>;
};

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** With skew 1 and six digits, fifty guesses a day succeed with a chance of about one in seven thousand. */
const personLimits: readonly AttemptLimit[] = [
  { attemptsMax: 5, windowMs: 5 * minuteMs },
  { attemptsMax: 50, windowMs: dayMs },
];
/** An office shares one address. */
const usualAddressLimits: readonly AttemptLimit[] = [{ attemptsMax: 50, windowMs: 5 * minuteMs }];

export function openTotp(parts: {
  readonly database: IdentityDatabase;
  readonly sealer: Sealer;
  readonly limiter: AttemptLimiter;
  readonly nowMs: () => number;
  readonly newId: () => string;
  readonly randomBytes: (size: number) => Uint8Array;
  readonly options: TotpOptions;
  /** `server.endpoints.rate_limits.second_factor_totp`. */
  readonly addressLimits?: readonly AttemptLimit[];
}): Totp {
  const { nowMs, options, addressLimits = usualAddressLimits } = parts;
  const tries = openTries(parts.limiter);
  const store = openTotpStore(parts.database, parts.sealer);

  /** One try of a code. The right one is no guess, even when it comes a second time. */
  function tried<Answer extends { readonly kind: string }>(
    username: string,
    address: string,
    tryIt: () => Promise<Answer | { readonly kind: 'wrong' }>,
  ) {
    const charges = [
      ...personLimits.map((limit) => ({ bucket: `totp user ${username}`, limit })),
      ...addressLimits.map((limit) => ({ bucket: `totp address ${networkOf(address)}`, limit })),
    ];
    return tries.make(charges, tryIt, ({ kind }) => kind === 'wrong');
  }

  function newFactor(key: TotpKey) {
    return { factorId: parts.newId(), createdAtMs: nowMs(), key };
  }

  return {
    options,
    has: (username) => store.has(username),
    describe: (username) => store.describe(username),
    remove: (username) => store.remove(username),
    usernames: () => store.usernames(),

    async verify(username, code, address) {
      const factor = await store.find(username);
      if (!factor) return { kind: 'not-enrolled' };
      const { digits, periodSeconds } = factor.key;
      const parsed = parseTotpCode(code, digits);
      if (parsed === undefined) return { kind: 'malformed', digits };
      return tried<TotpAnswer>(username, address, async () => {
        const step = matchingStep(factor.key, parsed, nowMs(), options.skew);
        if (step === undefined) return { kind: 'wrong' };
        const spent = await store.spend(factor.factorId, step, nowMs());
        return spent === 'spent' || options.allowReuse ? { kind: 'verified' } : { kind: 'used', periodSeconds };
      });
    },

    propose(parameters = options) {
      const { algorithm, digits, periodSeconds } = parameters;
      if (
        !options.allowedAlgorithms.includes(algorithm) ||
        !options.allowedDigits.includes(digits) ||
        !options.allowedPeriodsSeconds.includes(periodSeconds)
      )
        throw new TypeError(`The configuration does not allow ${algorithm}, ${digits} digits, ${periodSeconds} s`);
      const secret = new Uint8Array(parts.randomBytes(options.secretBytes));
      return { issuer: options.issuer, algorithm, digits, periodSeconds, secret };
    },

    async enrol(username, key, code, address) {
      const parsed = parseTotpCode(code, key.digits);
      if (parsed === undefined) return { kind: 'malformed', digits: key.digits };
      return tried<EnrolAnswer>(username, address, async () => {
        const step = matchingStep(key, parsed, nowMs(), options.skew);
        if (step === undefined) return { kind: 'wrong' };
        await store.replace(username, newFactor(key), step);
        return { kind: 'verified' };
      });
    },

    async create(username, key) {
      await store.replace(username, newFactor(key), undefined);
    },

    async reveal(username) {
      return (await store.find(username))?.key;
    },

    sweep(rowsMax) {
      const longestSeconds = Math.max(options.periodSeconds, ...options.allowedPeriodsSeconds);
      const windowMs = (2 * options.skew + 2) * longestSeconds * 1000;
      return store.sweep(nowMs() - Math.max(windowMs, dayMs), rowsMax);
    },
  };
}
