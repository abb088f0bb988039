/** The rules of `access_control` as a table: what fits, what may fit once somebody has signed in, and which rule holds. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AccessControl } from '../config/configuration.ts';
import { parsePattern } from '../config/values/regex.ts';
import { type AccessSubject, decideAccess, type Fit, type Part } from './rules.ts';

type Rule = AccessControl['rules'][number];
const blank: Rule = {
  domain: [],
  domain_regex: [],
  policy: 'one_factor',
  subject: [],
  networks: [],
  resources: [],
  methods: [],
  query: [],
};
const pattern = (text: string): Rule['resources'][number] => {
  const parsed = parsePattern(text);
  return parsed.kind === 'value' ? parsed.value : assert.fail(text);
};
const alice: AccessSubject = { username: 'alice', groups: ['dev', 'Ops'] };
const nobody: AccessSubject = undefined;

function decide(
  rules: readonly Partial<Rule>[],
  url: string,
  { subject = nobody, method = 'GET', address }: { subject?: AccessSubject; method?: string; address?: string } = {},
) {
  const control: AccessControl = { default_policy: 'deny', rules: rules.map((rule) => ({ ...blank, ...rule })) };
  return decideAccess(control, { url: new URL(url), method, address }, subject);
}

type Row = readonly [part: Part, rule: Partial<Rule>, url: string, fit: Fit, more?: Parameters<typeof decide>[2]];
const app = 'https://app.example.com/';
const rows: readonly Row[] = [
  ['domain', { domain: ['App.Example.com'] }, app, 'hit'],
  ['domain', { domain: ['example.com'] }, app, 'miss'],
  ['domain', { domain: ['*.example.com'] }, app, 'hit'],
  ['domain', { domain: ['*.example.com'] }, 'https://a.b.example.com/', 'hit'],
  ['domain', { domain: ['*.example.com'] }, 'https://example.com/', 'miss'],
  ['domain', { domain: ['*.example.com'] }, 'https://badexample.com/', 'miss'],
  ['domain', { domain: ['{user}.example.com'] }, 'https://alice.example.com/', 'may'],
  ['domain', { domain: ['{user}.example.com'] }, 'https://alice.example.com/', 'hit', { subject: alice }],
  ['domain', { domain: ['{user}.example.com'] }, 'https://bob.example.com/', 'miss', { subject: alice }],
  ['domain', { domain: ['{group}.example.com'] }, 'https://ops.example.com/', 'hit', { subject: alice }],
  ['domain', { domain_regex: [pattern('^(?P<User>\\w+)\\.example\\.com$')] }, 'https://alice.example.com/', 'may'],
  [
    'domain',
    { domain_regex: [pattern('^(?P<User>\\w+)\\.example\\.com$')] },
    'https://bob.example.com/',
    'miss',
    { subject: alice },
  ],
  ['domain', { domain_regex: [pattern('^img-\\d+\\.')] }, 'https://img-7.example.com/', 'hit'],
  ['resources', { resources: [pattern('^/api(/.*)?$')] }, `${app}api/things`, 'hit'],
  ['resources', { resources: [pattern('^/api(/.*)?$')] }, `${app}/api//things`, 'hit'],
  ['resources', { resources: [pattern('^/api$')] }, `${app}x/../api`, 'hit'],
  ['resources', { resources: [pattern('^/api$')] }, `${app}api?x=1`, 'miss'],
  ['resources', { resources: [pattern('[?]x=1$')] }, `${app}api?x=1`, 'hit'],
  ['resources', { resources: [pattern('^/(?P<Group>\\w+)/')] }, `${app}DEV/x`, 'hit', { subject: alice }],
  ['methods', { methods: ['GET', 'HEAD'] }, app, 'hit'],
  ['methods', { methods: ['POST'] }, app, 'miss'],
  ['networks', { networks: ['10.0.0.0/8', '2001:db8::/32'] }, app, 'hit', { address: '10.9.9.9' }],
  ['networks', { networks: ['10.0.0.0/8', '2001:db8::/32'] }, app, 'hit', { address: '2001:db8::1' }],
  ['networks', { networks: ['10.0.0.0/8'] }, app, 'miss', { address: '192.0.2.1' }],
  ['networks', { networks: ['10.0.0.0/8'] }, app, 'miss'],
  ['subject', { subject: [['user:alice']] }, app, 'may'],
  ['subject', { subject: [['user:alice']] }, app, 'hit', { subject: alice }],
  ['subject', { subject: [['user:bob'], ['group:dev', 'user:alice']] }, app, 'hit', { subject: alice }],
  ['subject', { subject: [['group:dev', 'user:bob']] }, app, 'miss', { subject: alice }],
  ['query', { query: [[{ key: 'a', operator: undefined, value: undefined }]] }, `${app}?a=1`, 'hit'],
  ['query', { query: [[{ key: 'a', operator: undefined, value: '2' }]] }, `${app}?a=1`, 'miss'],
  ['query', { query: [[{ key: 'a', operator: 'absent', value: undefined }]] }, `${app}?a=1`, 'miss'],
  ['query', { query: [[{ key: 'a', operator: 'not equal', value: '2' }]] }, `${app}?a=1`, 'hit'],
  ['query', { query: [[{ key: 'a', operator: 'pattern', value: '^\\d$' }]] }, `${app}?a=12`, 'miss'],
  ['query', { query: [[{ key: 'a', operator: 'not pattern', value: '^\\d$' }]] }, `${app}?a=12`, 'hit'],
];

for (const [part, rule, url, fit, more] of rows)
  test(`${part}: ${JSON.stringify(rule, (_, value) => value?.source ?? value)} is a ${fit} for ${more?.subject?.username ?? 'nobody'} ${more?.address ?? ''} at ${url}`, () => {
    assert.equal(decide([rule], url, more).rules[0]?.fits[part], fit);
  });

test('the first rule that fits in every part holds, then the default', () => {
  const rules: readonly Partial<Rule>[] = [
    { domain: ['app.example.com'], methods: ['POST'], policy: 'two_factor' },
    { domain: ['app.example.com'], policy: 'bypass' },
    { domain: ['*.example.com'], policy: 'deny' },
  ];
  assert.equal(decide(rules, app).matched?.position, 2);
  assert.equal(decide(rules, app, { method: 'POST' }).policy, 'two_factor');
  assert.equal(decide(rules, 'https://x.example.com/').matched?.position, 3);
  const none = decide(rules, 'https://example.org/');
  assert.deepEqual([none.matched, none.potential, none.policy], [undefined, undefined, 'deny']);
});

test('a rule for somebody may hold before anybody has signed in, unless another holds before it', () => {
  const own: Partial<Rule> = { domain: ['app.example.com'], subject: [['group:dev']], policy: 'two_factor' };
  const open: Partial<Rule> = { domain: ['app.example.com'], policy: 'one_factor' };
  const before = decide([own, open], app);
  assert.deepEqual([before.potential?.position, before.matched?.position], [1, 2]);
  assert.equal(decide([open, own], app).potential, undefined);
  assert.equal(decide([own, open], app, { subject: alice }).matched?.position, 1);
  assert.equal(decide([own, open], app, { subject: { username: 'bob', groups: [] } }).matched?.position, 2);
});
