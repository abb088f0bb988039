/** The second factors: `totp`, `webauthn`, `duo_api`. */

import { parseChoice } from '../values/choice.ts';
import { durationOr, flag, list, oneOf, parsed, section, text, url, whole, wholeOr } from './kit.ts';

const totpAlgorithm = () => parsed('a word', (read) => parseChoice(read.toUpperCase(), ['SHA1', 'SHA256', 'SHA512']));

export const totp = section({
  disable: flag(),
  issuer: text().prefault('Authelia'),
  algorithm: totpAlgorithm().prefault('SHA1'),
  digits: wholeOr(6),
  /** Seconds. */
  period: wholeOr(30),
  skew: whole().prefault(1),
  /** Bytes. */
  secret_size: wholeOr(32),
  /** What a person may choose at enrolment. The default is always among them: see `complete/factors.ts`. */
  allowed_algorithms: list(totpAlgorithm()).prefault([]),
  allowed_digits: list(whole()).prefault([]),
  allowed_periods: list(whole()).prefault([]),
  disable_reuse_security_policy: flag(),
});

const wish = () => oneOf('discouraged', 'preferred', 'required').prefault('preferred');

export const webauthn = section({
  disable: flag(),
  enable_passkey_login: flag(),
  experimental_enable_passkey_uv_two_factors: flag(),
  experimental_enable_passkey_upgrade: flag(),
  display_name: text().prefault('Authelia'),
  attestation_conveyance_preference: oneOf('none', 'indirect', 'direct').prefault('indirect'),
  timeout: durationOr(60),
  filtering: section({
    permitted_aaguids: list(text()).prefault([]),
    prohibited_aaguids: list(text()).prefault([]),
    prohibit_backup_eligibility: flag(),
  }).prefault({}),
  selection_criteria: section({
    attachment: oneOf('', 'platform', 'cross-platform').prefault(''),
    discoverability: wish(),
    user_verification: wish(),
  }).prefault({}),
  metadata: section({
    enabled: flag(),
    /** Ours: for houses that keep a copy of their own. The blob is signed wherever it comes from. */
    url: url().prefault('https://mds.fidoalliance.org/'),
    cache_policy: oneOf('strict', 'relaxed').prefault('strict'),
    validate_trust_anchor: flag(),
    validate_entry: flag(),
    validate_entry_permit_zero_aaguid: flag(),
    validate_status: flag(),
    validate_status_permitted: list(text()).prefault([]),
    validate_status_prohibited: list(text()).prefault([]),
  }).prefault({}),
});

export const duoApi = section({
  disable: flag(),
  hostname: text().prefault(''),
  integration_key: text().prefault(''),
  secret_key: text().prefault(''),
  enable_self_enrollment: flag(),
});
