import { minimal, withOidc } from '../fixtures/loading.ts';
import { testRules } from '../fixtures/rule-table.ts';

const rule = (more: object) => ({
  access_control: { rules: [{ domain: 'a.example.com', policy: 'one_factor', ...more }] },
});
const at = 'access_control.rules[0]';

testRules(minimal(), [
  [
    'a policy without rules is warned about',
    { access_control: { default_policy: 'two_factor', rules: undefined } },
    'warning access_control.default_policy',
  ],
  ['to deny everything is refused', { access_control: { rules: undefined } }, 'error access_control.default_policy'],
  [
    'to open everything is refused',
    { access_control: { default_policy: 'bypass', rules: undefined } },
    'error access_control.default_policy',
  ],
  ['to say nothing is refused', { access_control: undefined }, 'error access_control.default_policy'],
  ['a rule names a domain', rule({ domain: undefined }), `error ${at}`],
  ['an expression may name it', rule({ domain: undefined, domain_regex: '^(a|b),?\\.example\\.com$' })],
  ['an expression is RE2', rule({ domain_regex: ['(?=x)'] }), `error ${at}.domain_regex[0]`],
  ['a rule has a policy', rule({ policy: undefined }), `error ${at}.policy`],
  ['a policy is a known one', rule({ policy: 'two-factor' }), `error ${at}.policy`],
  ['subjects are accepted in every shape', rule({ subject: ['user:alice', ['group:dev', 'group:admins']] })],
  ['one subject may stand alone', rule({ subject: 'group:dev' })],
  ['a subject has a prefix', rule({ subject: ['alice'] }), `error ${at}.subject[0]`],
  ['a subject that is a client exists', rule({ subject: ['oauth2:client:app'] }), `error ${at}.subject[0]`],
  ['everyone passes without a subject', rule({ policy: 'bypass', subject: ['user:alice'] }), `error ${at}.subject`],
  [
    'everyone passes without a named group',
    rule({ policy: 'bypass', domain_regex: '^(?P<User>\\w+)\\.example\\.com$' }),
    `error ${at}.domain_regex[0]`,
  ],
  ['everyone passes by an expression without one', rule({ policy: 'bypass', domain_regex: '^\\w+\\.example\\.com$' })],
  [
    'what is neither a network nor a name is refused',
    rule({ networks: ['10.0.0.0/8', '192.0.2.1', 'house'] }),
    `error ${at}.networks[2]`,
  ],
  [
    'a network may have a name',
    { ...rule({ networks: ['house'] }), definitions: { network: { house: ['10.0.0.0/8'] } } },
  ],
  [
    'a network may have the old kind of name',
    {
      access_control: {
        ...rule({ networks: 'house' }).access_control,
        networks: [{ name: 'house', networks: ['10.0.0.0/8'] }],
      },
    },
  ],
  ['methods of WebDAV are accepted', rule({ methods: ['PROPFIND', 'GET'] })],
  ['a method is a known one', rule({ methods: ['get'] }), `error ${at}.methods[0]`],
  [
    'queries are accepted',
    rule({ query: [[{ key: 'a', value: 'b' }, { key: 'c' }], [{ operator: 'not pattern', key: 'd', value: '^x' }]] }),
  ],
  [
    'a query that is there has no value',
    rule({ query: [[{ operator: 'present', key: 'a', value: 'b' }]] }),
    `error ${at}.query[0][0].value`,
  ],
  [
    'a query that compares has one',
    rule({ query: [[{ operator: 'equal', key: 'a' }]] }),
    `error ${at}.query[0][0].value`,
  ],
  ['a query has a key', rule({ query: [[{ value: 'a' }]] }), `error ${at}.query[0][0].key`],
  [
    'a pattern in a query is RE2',
    rule({ query: [[{ operator: 'pattern', key: 'a', value: '(' }]] }),
    `error ${at}.query[0][0].value`,
  ],
]);

testRules(withOidc(), [
  [
    'a subject may be a client',
    { access_control: { rules: [{ domain: 'a.example.com', policy: 'one_factor', subject: 'oauth2:client:app' }] } },
  ],
]);

const attribute = (name: string, expression: string) => ({
  definitions: { user_attributes: { [name]: { expression } } },
});

testRules(minimal(), [
  ['an expression is accepted', attribute('is_admin', '"admins" in groups')],
  [
    'an expression compiles',
    attribute('is_admin', '"admins" in'),
    'error definitions.user_attributes.is_admin.expression',
  ],
  [
    'an expression uses attributes that exist',
    attribute('x', 'badge == 1'),
    'error definitions.user_attributes.x.expression',
  ],
  [
    'an expression may use extra attributes',
    {
      ...attribute('x', 'badge == 1'),
      authentication_backend: { file: { extra_attributes: { badge: { value_type: 'integer' } } } },
    },
  ],
  ['an attribute has a name of its own', attribute('email', 'username'), 'error definitions.user_attributes.email'],
]);
