import { minimal } from '../fixtures/loading.ts';
import { testRules } from '../fixtures/rule-table.ts';

const duo = (keys: object) => ({ duo_api: { ...keys } });

testRules(minimal(), [
  ['eight digits are accepted', { totp: { digits: 8, allowed_digits: [6, 8] } }],
  [
    'seven digits are refused',
    { totp: { digits: 7, allowed_digits: [6, 9] } },
    'error totp.digits',
    'error totp.allowed_digits[1]',
  ],
  ['fifteen seconds are accepted', { totp: { period: 15 } }],
  [
    'fourteen seconds are refused',
    { totp: { period: 14, allowed_periods: [30, 1] } },
    'error totp.period',
    'error totp.allowed_periods[1]',
  ],
  ['algorithms are read in any case', { totp: { algorithm: 'sha256' } }],
  ['MD5 is refused', { totp: { algorithm: 'MD5' } }, 'error totp.algorithm'],
  ['a secret of twenty bytes is accepted', { totp: { secret_size: 20 } }],
  ['a shorter secret is refused, and its size is no secret', { totp: { secret_size: 19 } }, 'error totp.secret_size'],
  ['steps are not negative', { totp: { skew: -1 } }, 'error totp.skew'],
  [
    'passkeys need WebAuthn',
    { webauthn: { disable: true, enable_passkey_login: true } },
    'error webauthn.enable_passkey_login',
  ],
  [
    'what builds on passkeys needs them',
    { webauthn: { experimental_enable_passkey_uv_two_factors: true, experimental_enable_passkey_upgrade: true } },
    'error webauthn.experimental_enable_passkey_uv_two_factors',
    'error webauthn.experimental_enable_passkey_upgrade',
  ],
  [
    'what builds on passkeys is accepted with them',
    { webauthn: { enable_passkey_login: true, experimental_enable_passkey_upgrade: true } },
  ],
  [
    'models are permitted or prohibited',
    {
      webauthn: {
        filtering: {
          permitted_aaguids: ['08987058-cadc-4b81-b6e1-30de50dcbe96'],
          prohibited_aaguids: ['adce0002-35bc-c60a-648b-0b25f1f05503'],
        },
      },
    },
    'error webauthn.filtering',
  ],
  [
    'a model is a UUID',
    { webauthn: { filtering: { permitted_aaguids: ['yubikey'] } } },
    'error webauthn.filtering.permitted_aaguids[0]',
  ],
  [
    'passkeys want to be found',
    { webauthn: { enable_passkey_login: true, selection_criteria: { discoverability: 'discouraged' } } },
    'warning webauthn.selection_criteria.discoverability',
  ],
  [
    'the cache policy is one of two',
    { webauthn: { metadata: { cache_policy: 'loose' } } },
    'error webauthn.metadata.cache_policy',
  ],
  [
    'metadata that no rule uses is told',
    { webauthn: { metadata: { enabled: true } } },
    'warning webauthn.metadata.enabled',
  ],
  [
    'rules of makers want browsers to name them',
    {
      webauthn: {
        attestation_conveyance_preference: 'none',
        metadata: { enabled: true, validate_entry: true },
      },
    },
    'warning webauthn.attestation_conveyance_preference',
  ],
  [
    'a rule of statuses names some, and only those there are',
    { webauthn: { metadata: { enabled: true, validate_status: true } } },
    'warning webauthn.metadata.validate_status',
  ],
  [
    'a status that is none is told',
    { webauthn: { metadata: { enabled: true, validate_status: true, validate_status_prohibited: ['GONE'] } } },
    'warning webauthn.metadata.validate_status_prohibited[0]',
  ],
  [
    'metadata comes over an encrypted connection',
    { webauthn: { metadata: { url: 'http://mds.example.com/' } } },
    'error webauthn.metadata.url',
  ],
  ['Duo with all its keys is accepted', duo({ hostname: 'a.duo.example', integration_key: 'k', secret_key: 's' })],
  [
    'Duo with one key misses two',
    duo({ hostname: 'a.duo.example' }),
    'error duo_api.integration_key',
    'error duo_api.secret_key',
  ],
  ['Duo may be off with one key', duo({ hostname: 'a.duo.example', disable: true })],
]);
