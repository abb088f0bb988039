import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AuthorizationPolicyOptions } from '../options.ts';
import { policyNamed } from './policy.ts';

const policies: Record<string, AuthorizationPolicyOptions> = {
  mixed: {
    default_policy: 'deny',
    rules: [
      { policy: 'deny', subject: [['user:mallory']] },
      { policy: 'one_factor', subject: [['group:staff', 'group:admins']], networks: ['office'] },
      { policy: 'two_factor', subject: [['user:bob'], ['group:staff']] },
      { policy: 'one_factor', networks: ['198.51.100.0/24', '2001:db8::/32'] },
    ],
  },
  empty: {},
};
const networks = { office: ['192.0.2.0/24', '192.0.3.1'] };

const cases: [string, string, string[], string, string][] = [
  ['a denied person', 'mallory', ['staff', 'admins'], '192.0.2.9', 'deny'],
  ['all groups of an inner list, in a named network', 'alice', ['staff', 'admins'], '192.0.2.9', 'one_factor'],
  ['the same by a single address', 'alice', ['staff', 'admins'], '192.0.3.1', 'one_factor'],
  ['all groups, outside the network', 'alice', ['staff', 'admins'], '203.0.113.1', 'two_factor'],
  ['one group of two, in the network', 'alice', ['staff'], '192.0.2.9', 'two_factor'],
  ['any of the outer list', 'bob', [], '203.0.113.1', 'two_factor'],
  ['a network without subjects', 'carol', [], '198.51.100.77', 'one_factor'],
  ['a network by IPv6', 'carol', [], '2001:db8::1', 'one_factor'],
  ['nothing that matches', 'carol', [], '203.0.113.1', 'deny'],
  ['a name that only differs in case', 'MALLORY', [], '198.51.100.1', 'one_factor'],
];
for (const [title, username, groups, remoteAddress, level] of cases)
  test(`a policy answers ${level} for ${title}`, () => {
    assert.equal(policyNamed('mixed', policies, networks)({ username, groups, remoteAddress }), level);
  });

test('one_factor and two_factor are built in, and two_factor is what a policy says when it says nothing', () => {
  const asking = { username: 'alice', groups: [], remoteAddress: '203.0.113.1' };
  assert.equal(policyNamed('one_factor', {}, {})(asking), 'one_factor');
  assert.equal(policyNamed('two_factor', {}, {})(asking), 'two_factor');
  assert.equal(policyNamed('empty', policies, {})(asking), 'two_factor');
});

test('an unknown policy and an unknown network are misuse', () => {
  assert.throws(() => policyNamed('nope', policies, {}), TypeError);
  assert.throws(() => policyNamed('toString', policies, {}), TypeError);
  assert.throws(() => policyNamed('p', { p: { rules: [{ networks: ['nowhere'] }] } }, {}), TypeError);
});
