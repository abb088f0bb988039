/** The second file: what the seed's printed client leaves out and a provider needs to start. */
import { join } from 'node:path';
import type { PostgresServer } from '@gatehouse/testing/postgres.ts';
import type { Slapd } from '@gatehouse/testing/slapd.ts';

export type RestOptions = {
  readonly folder: string;
  readonly port: number;
  /** Absent: SQLite in the folder. */
  readonly postgres: PostgresServer | undefined;
  /** PEM of an RSA private key. */
  readonly jwk: string;
  readonly further: string;
  /** What stands below `authentication_backend`. Default: the users file of the folder. */
  readonly directory?: string;
};

export function restOfConfiguration(options: RestOptions): string {
  const key = options.jwk
    .trim()
    .split('\n')
    .map((line) => `          ${line}`)
    .join('\n');
  return `server:
  address: 'tcp://127.0.0.1:${options.port}/'
  endpoints:
    rate_limits:
      # A test errs more often, and asks for more mailed codes, from one address than people do.
      session_elevation_start:
        enable: false
      session_elevation_finish:
        enable: false
      openid_connect_token:
        enable: false
      openid_connect_pushed_authorization_request:
        enable: false
identity_validation:
  reset_password:
    jwt_secret: 'a-secret-of-this-test-house-only'
authentication_backend:
${options.directory ?? usersFile(options.folder)}access_control:
  default_policy: 'two_factor'
session:
  cookies:
    - domain: 'example.com'
      authelia_url: 'https://auth.example.com'
storage:
  encryption_key: 'the-encryption-key-of-this-test-house'
${storage(options)}
notifier:
  filesystem:
    filename: '${join(options.folder, 'last-mail.txt')}'
identity_providers:
  oidc:
    hmac_secret: 'another-secret-of-this-test-house-only'
    jwks:
      - key: |
${key}
${options.further}`;
}

function usersFile(folder: string): string {
  return `  file:
    path: '${join(folder, 'users_database.yml')}'
    watch: true
    search:
      email: true
`;
}

/** The people of an LDAP server of the tests, over connections that are kept. */
export function ldapDirectory(
  { port, baseDn, searcher }: Pick<Slapd, 'port' | 'baseDn' | 'searcher'>,
  address = `ldap://127.0.0.1:${port}`,
  timeout = '20s',
): string {
  return `  ldap:
    implementation: 'rfc2307bis'
    address: '${address}'
    timeout: '${timeout}'
    base_dn: '${baseDn}'
    user: '${searcher.dn}'
    password: '${searcher.password}'
    pooling:
      enable: true
      count: 8
`;
}

function storage({ folder, postgres }: RestOptions): string {
  if (!postgres)
    return `  local:
    path: '${join(folder, 'identity.sqlite3')}'`;
  return `  postgres:
    address: 'tcp://${postgres.host}:${postgres.port}'
    database: '${postgres.database}'
    schema: '${postgres.schema}'
    username: '${postgres.username}'
    password: '${postgres.password}'`;
}
