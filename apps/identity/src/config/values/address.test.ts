import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Address, type AddressRules, parseAddress } from './address.ts';

const listener: AddressRules = {
  schemes: ['tcp', 'tcp4', 'tcp6', 'unix', 'fd'],
  defaultScheme: 'tcp',
  defaultPort: 9091,
};
const ldap: AddressRules = { schemes: ['ldap', 'ldaps', 'ldapi'], defaultScheme: 'ldaps' };
const smtp: AddressRules = { schemes: ['smtp', 'submission', 'submissions'], defaultScheme: 'smtp' };

const network = (scheme: string, host: string, port: number, path = '/'): Address => ({
  kind: 'network',
  scheme,
  host,
  port,
  path,
});

const read: readonly (readonly [string, AddressRules, Address])[] = [
  ['tcp://:9091/', listener, network('tcp', '', 9091)],
  ['tcp://127.0.0.1:8080/auth', listener, network('tcp', '127.0.0.1', 8080, '/auth')],
  ['127.0.0.1', listener, network('tcp', '127.0.0.1', 9091)],
  ['tcp6://[::1]:9091', listener, network('tcp6', '::1', 9091)],
  ['0.0.0.0:80', listener, network('tcp', '0.0.0.0', 80)],
  ['/run/gatehouse.sock', listener, { kind: 'unix', scheme: 'unix', file: '/run/gatehouse.sock', path: '/' }],
  [
    'unix:///run/a.sock?umask=0022&path=auth',
    listener,
    { kind: 'unix', scheme: 'unix', file: '/run/a.sock', umask: 18, path: '/auth' },
  ],
  ['fd://3?umask=077', listener, { kind: 'fd', scheme: 'fd', descriptor: 3, umask: 63, path: '/' }],
  ['ldap.example.com', ldap, network('ldaps', 'ldap.example.com', 636)],
  ['ldap://127.0.0.1', ldap, network('ldap', '127.0.0.1', 389)],
  ['ldapi:///run/slapd.sock', ldap, { kind: 'unix', scheme: 'ldapi', file: '/run/slapd.sock', path: '/' }],
  ['submissions://mail.example.com', smtp, network('submissions', 'mail.example.com', 465)],
  ['submission://mail.example.com:25', smtp, network('submission', 'mail.example.com', 25)],
];
for (const [text, rules, address] of read)
  test(`'${text}' is an address`, () => assert.deepEqual(parseAddress(text, rules), { kind: 'value', value: address }));

const refused: readonly (readonly [string, AddressRules])[] = [
  ['', listener],
  ['http://127.0.0.1', listener],
  ['tcp://::1:80', listener],
  ['tcp://[::1', listener],
  ['tcp://127.0.0.1:65536', listener],
  ['tcp://300.1.1.1:80', listener],
  ['tcp://bad host:80', listener],
  ['tcp://user@host:80', listener],
  ['tcp://host:80/path?query', listener],
  ['unix://relative.sock', listener],
  ['unix:///run/a.sock?umask=99', listener],
  ['unix:///run/a.sock?mode=0600', listener],
  ['fd://x', listener],
  ['tcp://ldap.example.com', ldap],
];
for (const [text, rules] of refused)
  test(`'${text}' is refused`, () => assert.equal(parseAddress(text, rules).kind, 'refused'));

test('the port ends at 65535', () => assert.equal(parseAddress('tcp://h:65535', listener).kind, 'value'));
