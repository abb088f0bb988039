import { keysFolder, minimal } from '../fixtures/loading.ts';
import { testRules } from '../fixtures/rule-table.ts';

testRules(minimal(), [
  ['the smallest configuration is accepted', {}],
  ['a theme that does not exist is refused', { theme: 'blue' }, 'error theme'],
  ['every theme is accepted', { theme: 'oled' }],
  [
    'a certificates directory must exist',
    { certificates_directory: '/does/not/exist' },
    'error certificates_directory',
  ],
  [
    'a certificates directory is no file',
    { certificates_directory: `${keysFolder}/rsa.pem` },
    'error certificates_directory',
  ],
  ['an existing certificates directory is accepted', { certificates_directory: keysFolder }],
  [
    'the preferred method must be on',
    { default_2fa_method: 'totp', totp: { disable: true } },
    'error default_2fa_method',
  ],
  ['Duo is off when nothing is written about it', { default_2fa_method: 'mobile_push' }, 'error default_2fa_method'],
  ['the preferred method may be one that is on', { default_2fa_method: 'webauthn' }],
  [
    'the old redirection URL cannot stand beside cookies',
    { default_redirection_url: 'https://www.example.com' },
    'error default_redirection_url',
  ],
  [
    'the old redirection URL goes with the old domain, with a word about it',
    { default_redirection_url: 'https://www.example.com', session: { domain: 'example.com', cookies: undefined } },
    'warning default_redirection_url',
    'warning session.domain',
  ],
  ['administrators may be of any groups', { administration: { groups: ['staff', 'operators'] } }],
  ['nobody may be an administrator', { administration: { groups: [] } }],
  [
    'a group of administrators has a name',
    { administration: { groups: ['admins', ''] } },
    'error administration.groups[1]',
  ],
  ['a log level that does not exist is refused', { log: { level: 'verbose' } }, 'error log.level'],
  [
    'two wrong values are told at once',
    { log: { level: 'verbose', format: 'xml' } },
    'error log.level',
    'error log.format',
  ],
]);
