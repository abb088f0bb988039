import { minimal } from '../fixtures/loading.ts';
import { testRules } from '../fixtures/rule-table.ts';

const file = (more: object) => ({ authentication_backend: { file: more } });
const password = (more: object) => file({ password: more });
const at = 'authentication_backend.file.password';

testRules(minimal(), [
  ['a directory is chosen', { authentication_backend: { file: undefined } }, 'error authentication_backend'],
  ['a users file has a path', file({ path: '' }), 'error authentication_backend.file.path'],
  [
    'a page of its own for resetting is accepted',
    { authentication_backend: { password_reset: { custom_url: 'https://id.example.com' } } },
  ],
  [
    'it is a page of the web',
    { authentication_backend: { password_reset: { custom_url: 'ftp://id.example.com' } } },
    'error authentication_backend.password_reset.custom_url',
  ],
  ['words may stand for the interval', { authentication_backend: { refresh_interval: 'disable' } }],
  [
    'other words may not',
    { authentication_backend: { refresh_interval: 'never' } },
    'error authentication_backend.refresh_interval',
  ],
  [
    'an attribute has a type',
    file({ extra_attributes: { badge: {} } }),
    'error authentication_backend.file.extra_attributes.badge.value_type',
  ],
  ['an attribute with a type is accepted', file({ extra_attributes: { badge: { value_type: 'integer' } } })],
  [
    'an attribute has a name of its own',
    file({ extra_attributes: { groups: { value_type: 'string' } } }),
    'error authentication_backend.file.extra_attributes.groups',
  ],
  ['eight KiB a lane are accepted', password({ argon2: { memory: 32, parallelism: 4 } })],
  ['less is refused', password({ argon2: { memory: 31, parallelism: 4 } }), `error ${at}.argon2.memory`],
  [
    'sha2crypt has its limits',
    password({ sha2crypt: { iterations: 999, salt_length: 17 } }),
    `error ${at}.sha2crypt.iterations`,
    `error ${at}.sha2crypt.salt_length`,
  ],
  ['the limits of sha2crypt are accepted', password({ sha2crypt: { iterations: 999_999_999, salt_length: 1 } })],
  [
    'pbkdf2 has its limits',
    password({ pbkdf2: { iterations: 99_999, salt_length: 7 } }),
    `error ${at}.pbkdf2.iterations`,
    `error ${at}.pbkdf2.salt_length`,
  ],
  ['the limits of pbkdf2 are accepted', password({ pbkdf2: { iterations: 100_000, salt_length: 8 } })],
  ['bcrypt has its limits', password({ bcrypt: { cost: 9 } }), `error ${at}.bcrypt.cost`],
  ['the limits of bcrypt are accepted', password({ bcrypt: { cost: 31 } })],
  [
    'yescrypt has one lane',
    password({ scrypt: { variant: 'yescrypt', parallelism: 2 } }),
    `error ${at}.scrypt.parallelism`,
  ],
  ['an algorithm is a known one', password({ algorithm: 'md5' }), `error ${at}.algorithm`],
  ['the old names of algorithms are accepted', password({ algorithm: 'argon2id', memory: 64, parallelism: 8 })],
]);

const ldapKeys = {
  address: 'ldaps://ldap.example.com',
  implementation: 'lldap',
  base_dn: 'DC=example,DC=com',
  user: 'UID=search,OU=people,DC=example,DC=com',
  password: 'p',
};
const ldap = (more: object) => ({ authentication_backend: { file: undefined, ldap: { ...ldapKeys, ...more } } });
const below = 'authentication_backend.ldap';

testRules(minimal(), [
  ['LDAP is accepted', ldap({})],
  ['two directories are refused', { authentication_backend: { ldap: ldapKeys } }, 'error authentication_backend'],
  [
    'LDAP has an address, a base and an account',
    ldap({ address: undefined, base_dn: undefined, user: undefined, password: undefined }),
    `error ${below}.address`,
    `error ${below}.base_dn`,
    `error ${below}.user`,
    `error ${below}.password`,
  ],
  [
    'a custom directory has its own filters',
    ldap({ implementation: 'custom' }),
    `error ${below}.users_filter`,
    `error ${below}.groups_filter`,
  ],
  [
    'a filter finds the person',
    ldap({ users_filter: '(uid=x)' }),
    `error ${below}.users_filter`,
    `error ${below}.users_filter`,
  ],
  ['a filter has parentheses', ldap({ users_filter: '{username_attribute}={input}' }), `error ${below}.users_filter`],
  [
    'old placeholders are refused',
    ldap({ groups_filter: '(&(member={0})(uid={1}))' }),
    `error ${below}.groups_filter`,
    `error ${below}.groups_filter`,
  ],
  [
    'membership by attribute needs its placeholder',
    ldap({ group_search_mode: 'memberof' }),
    `error ${below}.groups_filter`,
  ],
  ['membership by attribute is accepted', ldap({ group_search_mode: 'memberof', groups_filter: '(|{memberof:rdn})' })],
  [
    'membership by name needs the name',
    ldap({ group_search_mode: 'memberof', groups_filter: '(|{memberof:dn})' }),
    `error ${below}.attributes.distinguished_name`,
  ],
  [
    'a bind without authentication has no password',
    ldap({ permit_unauthenticated_bind: true }),
    `error ${below}.permit_unauthenticated_bind`,
    `error ${below}.permit_unauthenticated_bind`,
  ],
  [
    'an extra attribute has a type',
    ldap({ attributes: { extra: { employeeNumber: { name: 'badge' } } } }),
    `error ${below}.attributes.extra.employeeNumber.value_type`,
  ],
]);
