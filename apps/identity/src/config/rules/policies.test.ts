import { minimal } from '../fixtures/loading.ts';
import { testRules } from '../fixtures/rule-table.ts';

const jwt = 'identity_validation.reset_password.jwt_secret';
const noSecret = { identity_validation: undefined };

testRules(minimal(), [
  ['one password policy is accepted', { password_policy: { standard: { enabled: true } } }],
  [
    'two are refused',
    { password_policy: { standard: { enabled: true }, zxcvbn: { enabled: true } } },
    'error password_policy',
  ],
  [
    'a length is positive',
    { password_policy: { standard: { enabled: true, min_length: 0 } } },
    'error password_policy.standard.min_length',
  ],
  [
    'the maximum is above the minimum',
    { password_policy: { standard: { enabled: true, min_length: 8, max_length: 7 } } },
    'error password_policy.standard.max_length',
  ],
  ['the highest score is accepted', { password_policy: { zxcvbn: { enabled: true, min_score: 4 } } }],
  [
    'a higher score is refused',
    { password_policy: { zxcvbn: { enabled: true, min_score: 5 } } },
    'error password_policy.zxcvbn.min_score',
  ],
  [
    'no score is refused',
    { password_policy: { zxcvbn: { enabled: true, min_score: 0 } } },
    'error password_policy.zxcvbn.min_score',
  ],
  ['a privacy policy has an address', { privacy_policy: { enabled: true } }, 'error privacy_policy.policy_url'],
  [
    'its address is https',
    { privacy_policy: { enabled: true, policy_url: 'http://example.com' } },
    'error privacy_policy.policy_url',
  ],
  ['an https address is accepted', { privacy_policy: { enabled: true, policy_url: 'https://example.com' } }],
  ['the time to find may equal the time of a ban', { regulation: { find_time: '5m', ban_time: '5m' } }],
  [
    'the time to find is not longer than a ban',
    { regulation: { find_time: '301s', ban_time: '5m' } },
    'error regulation.find_time',
  ],
  ['modes are users and addresses', { regulation: { modes: ['user', 'ip', 'host'] } }, 'error regulation.modes[2]'],
  ['resetting passwords needs a secret', noSecret, `error ${jwt}`],
  [
    'without resetting passwords there is none',
    { ...noSecret, authentication_backend: { password_reset: { disable: true } } },
  ],
  ['a code of twenty characters is accepted', { identity_validation: { elevated_session: { characters: 20 } } }],
  [
    'a longer one is refused',
    { identity_validation: { elevated_session: { characters: 21 } } },
    'error identity_validation.elevated_session.characters',
  ],
  ['the version of NTP is 3 or 4', { ntp: { version: 5 } }, 'error ntp.version'],
  ['NTP is asked over UDP', { ntp: { address: 'tcp://time.example.com' } }, 'error ntp.address'],
]);
