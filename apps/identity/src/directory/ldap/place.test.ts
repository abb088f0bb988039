import assert from 'node:assert/strict';
import { test } from 'node:test';
import { covers, type Place } from './place.ts';

const base = 'ou=people,dc=example,dc=com';
const place = (base: string, scope: Place['scope'] = 'sub'): Place => ({ base, scope });

test('a whole subtree has all that lies at and below its base, however that is spelled', () => {
  for (const scope of ['base', 'one', 'sub'] as const)
    for (const within of [base, 'OU=People, dc = example,DC=com', `ou=branch,${base}`, `cn=a\\,b,ou=branch,${base}`])
      assert.ok(covers(place(base), place(within, scope)), `${within} ${scope}`);
  assert.ok(covers(place(''), place(base)));
});

test('what lies above or beside is another place', () => {
  for (const outside of ['dc=example,dc=com', '', 'ou=groups,dc=example,dc=com', `x${base}`, `cn=a\\,${base}`])
    assert.ok(!covers(place(base), place(outside)), outside);
});

test('an entry alone, or one step below it, has only itself', () => {
  for (const scope of ['base', 'one'] as const) {
    assert.ok(covers(place(base, scope), place(base.toUpperCase(), scope)));
    assert.ok(!covers(place(base, scope), place(base)));
    assert.ok(!covers(place(base, scope), place(`ou=branch,${base}`, scope)));
  }
  assert.ok(!covers(place(base, 'one'), place(base, 'base')));
});
