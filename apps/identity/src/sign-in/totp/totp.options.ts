/** The configuration's `totp` as the room takes it. */
import type { Configuration } from '../../config/configuration.ts';
import type { TotpOptions } from './totp.verify.ts';

export function totpOptions(totp: Configuration['totp']): TotpOptions {
  return {
    issuer: totp.issuer,
    algorithm: totp.algorithm,
    digits: totp.digits,
    periodSeconds: totp.period,
    skew: totp.skew,
    secretBytes: totp.secret_size,
    allowedAlgorithms: totp.allowed_algorithms,
    allowedDigits: totp.allowed_digits,
    allowedPeriodsSeconds: totp.allowed_periods,
    allowReuse: totp.disable_reuse_security_policy,
  };
}
