/** From claims to a profile, as tables. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readConfiguration } from '../configuration/configuration.ts';
import type { OidcSettings } from '../configuration/oidc.ts';
import { mergeClaims, missesMappedClaim, profileOf, valueAt } from './claims.ts';
import { SignInFailure } from './failure.ts';
import { safeReturnPath } from './return-path.ts';

const identity = { issuer: 'https://auth.example.com', subject: 'alice-1' };
const alice = { email: 'alice@example.com', given_name: 'Alice', family_name: 'Example' };

const settingsWith = (environment: Record<string, string> = {}): OidcSettings =>
  readConfiguration(environment, {}).oidc;

test('a path goes into objects and lists, never into what objects inherit', () => {
  const claims = { a: { b: [{ c: 'found' }] }, 'x.y': 'whole', x: { y: 'parts' } };
  assert.equal(valueAt(claims, 'a.b.0.c'), 'found');
  assert.equal(valueAt(claims, 'x.y'), 'whole');
  for (const path of [
    '',
    'a.b.1.c',
    'a.b.length.x',
    'a.c',
    'constructor',
    '__proto__',
    'a.constructor.name',
    'a.b.0.c.0',
  ])
    assert.equal(valueAt(claims, path), undefined, path);
});

test('the ID token wins, and an address is vouched for only by who said it', () => {
  const [a, b] = ['alice@example.com', 'bob@example.com'];
  const merged = (idToken: object, userinfo: object) =>
    mergeClaims({ ...idToken }, { ...userinfo }, 'email').email_verified;
  assert.equal(mergeClaims({ name: 'signed' }, { name: 'said', phone: '1' }, 'email').name, 'signed');
  assert.equal(merged({}, { email: a, email_verified: true }), true);
  assert.equal(merged({ email_verified: true }, { email: a }), undefined, 'the ID token named no address');
  assert.equal(merged({ email: a }, { email: a, email_verified: true }), true);
  assert.equal(merged({ email: b }, { email: a, email_verified: true }), undefined);
  assert.equal(merged({ email: a, email_verified: false }, { email: a, email_verified: true }), false);
});

test('an unmapped field is not missed; groups are missed only where they decide something', () => {
  assert.equal(missesMappedClaim(settingsWith(), alice), false);
  assert.equal(missesMappedClaim(settingsWith(), { ...alice, email: undefined }), true);
  assert.equal(missesMappedClaim(settingsWith({ LEAN_OIDC_FIELD_PHONE: 'phone_number' }), alice), true);
  assert.equal(missesMappedClaim(settingsWith({ LEAN_OIDC_REQUIRED_GROUP: 'staff' }), alice), true);
});

test('the highest role of any group counts', () => {
  const settings = settingsWith({
    LEAN_OIDC_GROUP_ASSIGNMENT: '{"20":{"oidcGroup":"a"},"40":{"oidcGroup":"b"},"5":{"oidcGroup":"c"}}',
    LEAN_OIDC_FIELD_GROUPS: 'realm.roles',
  });
  const roleOf = (roles: unknown) => profileOf(settings, identity, { ...alice, realm: { roles } }).groupRole;
  assert.equal(roleOf(['a', 'b', 'c']), 40);
  assert.equal(roleOf('c'), 5);
  assert.equal(roleOf(['z']), undefined);
  assert.equal(roleOf({ a: true }), undefined);
});

test('who is not in the required group is refused', () => {
  const settings = settingsWith({ LEAN_OIDC_REQUIRED_GROUP: 'staff' });
  assert.equal(profileOf(settings, identity, { ...alice, groups: ['staff'] }).email, alice.email);
  for (const groups of [['guests'], [], undefined, 'staffing', { staff: true }])
    assert.throws(
      () => profileOf(settings, identity, { ...alice, groups }),
      (cause) => cause instanceof SignInFailure && cause.code === 'group-missing',
    );
});

test('a name is the first and last, else what the provider calls the person, else the front of the address', () => {
  const nameOf = (claims: object) => profileOf(settingsWith(), identity, { email: alice.email, ...claims }).displayName;
  assert.equal(nameOf(alice), 'Alice Example');
  assert.equal(nameOf({ name: 'Alice E.', preferred_username: 'alice' }), 'Alice E.');
  assert.equal(nameOf({ preferred_username: 'ally' }), 'ally');
  assert.equal(nameOf({}), 'alice');
});

test('only a path on this site is a way back', () => {
  const app = 'https://projects.example.com';
  for (const path of ['/p/ONE?x=%2F#t', '/dashboard/home'])
    assert.equal(safeReturnPath(path, app), path.replace('#t', ''));
  for (const text of [
    undefined,
    '',
    'p/ONE',
    'https://evil.example.com',
    '//evil.example.com',
    '/\\evil.example.com',
    '/\n/evil.example.com',
    '/..//evil.example.com',
    '/auth/logout',
    '/oidc/login',
    `/${'a'.repeat(2000)}`,
  ])
    assert.equal(safeReturnPath(text, app), '/', text);
});
