import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseTarget } from './referral.ts';

test('a URL of LDAP says where to go on, and what it leaves out stays', () => {
  assert.deepEqual(parseTarget('ldap://Child.example.com'), { scheme: 'ldap', host: 'child.example.com', port: 389 });
  assert.deepEqual(parseTarget('ldaps://[2001:db8::1]/dc=child,dc=example,dc=com??sub'), {
    scheme: 'ldaps',
    host: '2001:db8::1',
    port: 636,
    dn: 'dc=child,dc=example,dc=com',
    scope: 'sub',
  });
  assert.deepEqual(parseTarget('ldap://127.0.0.1:3890/ou=gr%C3%BC%C3%9Fe%20%3F??base'), {
    scheme: 'ldap',
    host: '127.0.0.1',
    port: 3890,
    dn: 'ou=grüße ?',
    scope: 'base',
  });
});

test('another protocol, no server, another question and what has to be understood are not followed', () => {
  for (const uri of [
    '',
    'ou=people,dc=example,dc=com',
    'ldap:///dc=example,dc=com',
    'ldapi://%2Fvar%2Frun%2Fldapi',
    'http://ldap.example.com/',
    'file:///etc/passwd',
    'ldap://ldap.example.com/dc=example,dc=com??sub?(uid=admin)',
    'ldap://ldap.example.com/dc=example,dc=com??everything',
    'ldap://ldap.example.com/dc=example,dc=com????!bindname=cn=admin',
    'ldap://ldap.example.com/%E0%A4%A',
  ])
    assert.equal(parseTarget(uri), undefined, uri);
});
