/** `password_policy`, `privacy_policy`, `regulation`, `identity_validation`, `ntp`: small sections of plain values. */
import { address, durationOr, flag, list, oneOf, section, text, url, whole, wholeOr } from './kit.ts';

export const passwordPolicy = section({
  standard: section({
    enabled: flag(),
    min_length: whole().prefault(8),
    /** 0: no limit. */
    max_length: whole().prefault(0),
    require_uppercase: flag(),
    require_lowercase: flag(),
    require_number: flag(),
    require_special: flag(),
  }).prefault({}),
  zxcvbn: section({ enabled: flag(), min_score: whole().prefault(3) }).prefault({}),
});

export const privacyPolicy = section({
  enabled: flag(),
  require_user_acceptance: flag(),
  policy_url: url().optional(),
});

export const regulation = section({
  modes: list(oneOf('user', 'ip')).prefault(['user']),
  /** 0 switches regulation off. */
  max_retries: whole().prefault(3),
  find_time: durationOr(120),
  ban_time: durationOr(300),
});

export const identityValidation = section({
  reset_password: section({
    jwt_secret: text().prefault(''),
    jwt_lifespan: durationOr(300),
    jwt_algorithm: oneOf('HS256', 'HS384', 'HS512').prefault('HS256'),
  }).prefault({}),
  elevated_session: section({
    code_lifespan: durationOr(300),
    elevation_lifespan: durationOr(600),
    characters: wholeOr(8),
    require_second_factor: flag(),
    skip_second_factor: flag(),
  }).prefault({}),
});

export const ntp = section({
  address: address({ schemes: ['udp', 'udp4', 'udp6'], defaultScheme: 'udp', defaultPort: 123 }).prefault(
    'udp://time.cloudflare.com:123',
  ),
  version: wholeOr(4),
  max_desync: durationOr(3),
  disable_startup_check: flag(),
  disable_failure: flag(),
});
