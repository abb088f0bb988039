/** Who may change whom. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RoleNumber } from '../../wire/roles.ts';
import { barrierTo, rolesToGive } from './policy.ts';

const allRoles: readonly RoleNumber[] = [5, 10, 20, 30, 40, 50];

test('admins and owners change people up to their own role, others nobody', () => {
  const table = allRoles.map((viewer) =>
    allRoles
      .map((target) => (barrierTo({ id: 'alice', role: viewer }, { id: 'bob', role: target }) ? '-' : 'y'))
      .join(''),
  );
  assert.deepEqual(table, ['------', '------', '------', '------', 'yyyyy-', 'yyyyyy']);
});

test('nobody gives a role above their own', () => {
  assert.deepEqual(rolesToGive({ id: 'alice', role: 40 }, { id: 'bob', role: 20 }), [5, 10, 20, 30, 40]);
  assert.deepEqual(rolesToGive({ id: 'alice', role: 50 }, { id: 'bob', role: 20 }), allRoles);
  assert.deepEqual(rolesToGive({ id: 'alice', role: 40 }, { id: 'bob', role: 50 }), []);
});

test('nobody changes themselves, and no token does without its scope', () => {
  assert.equal(barrierTo({ id: 'alice', role: 50 }, { id: 'alice', role: 50 }), 'yourself');
  assert.equal(barrierTo({ id: 'alice', role: 50, scopes: ['read', 'manage'] }, { id: 'bob', role: 5 }), 'not-admin');
});
