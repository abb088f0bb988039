/** The second file: what the seed's printed client leaves out and a provider needs to start. */
import { join } from 'node:path';
import type { PostgresServer } from '@gatehouse/testing/postgres.ts';

export type RestOptions = {
  readonly folder: string;
  readonly port: number;
  /** Absent: SQLite in the folder. */
  readonly postgres: PostgresServer | undefined;
  /** PEM of an RSA private key. */
  readonly jwk: string;
  readonly further: string;
};

export function restOfConfiguration(options: RestOptions): string {
  const key = options.jwk
    .trim()
    .split('\n')
    .map((line) => `          ${line}`)
    .join('\n');
  return `server:
  address: 'tcp://127.0.0.1:${options.port}/'
identity_validation:
  reset_password:
    jwt_secret: 'a-secret-of-this-test-house-only'
authentication_backend:
  file:
    path: '${join(options.folder, 'users_database.yml')}'
    watch: true
    search:
      email: true
access_control:
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
