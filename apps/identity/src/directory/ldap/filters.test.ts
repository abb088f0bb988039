import assert from 'node:assert/strict';
import { test } from 'node:test';
import { escapeValue, type FilterSettings, findsByMail, groupsFilter, usersFilter } from './filters.ts';

const nowMs = Date.parse('2026-11-23T23:00:00.500Z');

function settings(filters: { users?: string; groups?: string }): FilterSettings {
  return {
    users_filter: filters.users ?? '',
    groups_filter: filters.groups ?? '',
    attributes: {
      username: 'uid',
      mail: 'mail',
      distinguished_name: 'entryDN',
      extra: {},
    } as FilterSettings['attributes'],
  };
}

test('attack 27: what a person types can be nothing but a value', () => {
  for (const [typed, value] of [
    ['alice', 'alice'],
    ['*', '\\2a'],
    ['*)(uid=*', '\\2a\\29\\28uid=\\2a'],
    ['a\\b', 'a\\5cb'],
    ['a\0b', 'a\\00b'],
    ['jürgen', 'jürgen'],
  ] as const) {
    assert.equal(escapeValue(typed), value);
    assert.equal(usersFilter(settings({ users: '({username_attribute}={input})' }), typed, nowMs), `(uid=${value})`);
  }
});

test('a filter finds people by a mail address if it compares one with what is typed', () => {
  for (const [users, isFound] of [
    ['(|({username_attribute}={input})({mail_attribute}={input}))', true],
    ['(&(objectClass=person)(|(uid={input})(MAIL={input})))', true],
    ['(&({username_attribute}={input})(mail=*))', false],
    ['(&({username_attribute}={input})(otherMail={input}))', false],
  ] as const)
    assert.equal(findsByMail(settings({ users })), isFound, users);
});

test('attack 27: a name that looks like a placeholder stays a name', () => {
  const filter = usersFilter(
    settings({ users: '(|({username_attribute}={input})({mail_attribute}={input}))' }),
    '{dn}',
    nowMs,
  );
  assert.equal(filter, '(|(uid={dn})(mail={dn}))');
});

test('moments are written as each directory counts them', () => {
  const users = '(a>={date-time:generalized})(b>={date-time:unix})(c>={date-time:microsoft-nt})';
  assert.equal(
    usersFilter(settings({ users }), 'alice', nowMs),
    '(a>=20261123230000.0Z)(b>=1795474800)(c>=134399484000000000)',
  );
});

test('groups are asked for by the person’s name and distinguished name, escaped', () => {
  const member = { dn: 'cn=Alice (Ops),dc=example,dc=com', username: 'alice*', memberOf: [] };
  const filter = groupsFilter(
    settings({ groups: '(|(member={dn})(memberUid={username})(x={input}))' }),
    member,
    'typed',
    nowMs,
  );
  assert.equal(filter, '(|(member=cn=Alice \\28Ops\\29,dc=example,dc=com)(memberUid=alice\\2a)(x=typed))');
});

test('by memberOf each group is named, and without any there is nothing to ask', () => {
  const member = {
    dn: 'uid=alice',
    username: 'alice',
    memberOf: ['cn=R\\2CD \\C3\\A9,ou=g', 'ou=staff,ou=g', 'nonsense'],
  };
  assert.equal(
    groupsFilter(settings({ groups: '(&{memberof:rdn}(objectClass=x))' }), member, 'alice', nowMs),
    '(&(|(cn=R,D é)(ou=staff))(objectClass=x))',
  );
  assert.equal(
    groupsFilter(settings({ groups: '{memberof:dn}' }), { ...member, memberOf: ['cn=a*,ou=g'] }, 'alice', nowMs),
    '(|(entryDN=cn=a\\2a,ou=g))',
  );
  assert.equal(
    groupsFilter(settings({ groups: '{memberof:dn}' }), { ...member, memberOf: [] }, 'alice', nowMs),
    undefined,
  );
});
