/**
 * What `npm start` needs once: a folder with the configuration of both applications, keys and one seeded person. Written
 * at the first start, read at every later one; delete the folder to begin again. For trying Gatehouse on one machine
 * only: everything listens on loopback and speaks plain http under localhost.
 */
import { execFileSync } from 'node:child_process';
import { generateKeyPairSync, randomBytes, randomInt } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const portal = { host: 'auth.localhost', port: 9091, origin: 'http://auth.localhost:9091' };
export const workspace = { host: 'projects.localhost', port: 9092, origin: 'http://projects.localhost:9092' };

export type Trial = {
  readonly configurationPath: string;
  readonly projectsEnvironment: Readonly<Record<string, string>>;
  readonly person: { readonly username: string; readonly password: string; readonly otpauthUri: string };
};

const seed = { username: 'alice', displayName: 'Alice Example', email: 'alice@example.com' };

export function prepareTrial(folder: string, gatehouse: readonly string[]): Trial {
  const path = (name: string): string => join(folder, name);
  const trialFile = path('trial.json');
  if (existsSync(trialFile)) return JSON.parse(readFileSync(trialFile, 'utf8')) as Trial;

  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const secret = (): string => randomBytes(32).toString('base64url');
  const run = (...args: string[]): string =>
    execFileSync(process.execPath, [...gatehouse, ...args], { encoding: 'utf8' });
  const write = (name: string, text: string): void => writeFileSync(path(name), text, { mode: 0o600 });

  const password = readablePassword();
  const digestOf = (family: string, text: string): string => {
    const digest = /Digest: (\S+)/.exec(run('crypto', 'hash', 'generate', family, '--password', text))?.[1];
    if (!digest) throw new Error('crypto hash generate printed no digest');
    return digest;
  };
  const digest = digestOf('argon2', password);
  const clientSecret = secret();
  const clientDigest = digestOf('pbkdf2', clientSecret);
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  write('users_database.yml', usersFile(digest));
  write(
    'configuration.yml',
    configurationFile(folder, {
      secret,
      clientDigest,
      key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    }),
  );
  const configurationPath = path('configuration.yml');
  const otpauthUri = /otpauth:\S+/
    .exec(run('storage', 'user', 'totp', 'generate', seed.username, '--config', configurationPath))?.[0]
    ?.replace(/['"]$/, '');
  if (!otpauthUri) throw new Error('storage user totp generate printed no otpauth URI');

  const trial: Trial = {
    configurationPath,
    projectsEnvironment: projectsEnvironment(folder, clientSecret, secret()),
    person: { username: seed.username, password, otpauthUri },
  };
  write('trial.json', `${JSON.stringify(trial, null, 2)}\n`);
  return trial;
}

/** Three groups of four letters and digits that are hard to confuse: about 58 bits. */
function readablePassword(): string {
  const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789';
  const group = (): string => Array.from({ length: 4 }, () => alphabet[randomInt(alphabet.length)]).join('');
  return [group(), group(), group()].join('-');
}

function usersFile(digest: string): string {
  return `users:
  ${seed.username}:
    displayname: '${seed.displayName}'
    given_name: 'Alice'
    family_name: 'Example'
    email: '${seed.email}'
    groups: ['admins', 'dev']
    password: '${digest}'
`;
}

function configurationFile(
  folder: string,
  values: { secret: () => string; clientDigest: string; key: string },
): string {
  const key = values.key
    .trim()
    .split('\n')
    .map((line) => `          ${line}`)
    .join('\n');
  return `## Written by npm start to try Gatehouse on this machine. For a real house see docs/operate/install.md.
theme: 'auto'
server:
  address: 'tcp://127.0.0.1:${portal.port}/'
log:
  level: 'info'
totp:
  issuer: 'Gatehouse (trial)'
identity_validation:
  reset_password:
    jwt_secret: '${values.secret()}'
authentication_backend:
  file:
    path: '${join(folder, 'users_database.yml')}'
    watch: true
access_control:
  default_policy: 'two_factor'
session:
  ## The workspace is told when a session ends, and ends its own.
  expiration: '8 hours'
  inactivity: '8 hours'
  cookies:
    - domain: '${portal.host}'
      authelia_url: '${portal.origin}'
storage:
  encryption_key: '${values.secret()}'
  local:
    path: '${join(folder, 'identity.sqlite3')}'
notifier:
  filesystem:
    filename: '${join(folder, 'last-mail.txt')}'
identity_providers:
  oidc:
    hmac_secret: '${values.secret()}'
    jwks:
      - key: |
${key}
    clients:
      - client_id: 'projects'
        client_name: 'Projects'
        client_secret: '${values.clientDigest}'
        authorization_policy: 'two_factor'
        require_pkce: true
        pkce_challenge_method: 'S256'
        redirect_uris: ['${workspace.origin}/oidc/callback']
        post_logout_redirect_uris: ['${workspace.origin}/auth/login?signed-out']
        backchannel_logout_uri: '${workspace.origin}/oidc/backchannel-logout'
        allow_private_network: true
        scopes: ['openid', 'groups', 'email', 'profile']
        token_endpoint_auth_method: 'client_secret_post'
`;
}

function projectsEnvironment(folder: string, clientSecret: string, sessionPassword: string): Record<string, string> {
  return {
    LEAN_APP_URL: workspace.origin,
    LEAN_SITENAME: 'Gatehouse Projects',
    LEAN_DB_DEFAULT_CONNECTION: 'sqlite',
    LEAN_DB_PATH: join(folder, 'projects.sqlite3'),
    LEAN_SESSION_PASSWORD: sessionPassword,
    LEAN_OIDC_ENABLE: 'true',
    LEAN_OIDC_CLIENT_ID: 'projects',
    LEAN_OIDC_CLIENT_SECRET: clientSecret,
    LEAN_OIDC_PROVIDER_URL: portal.origin,
    LEAN_OIDC_POST_LOGOUT_URL: `${workspace.origin}/auth/login?signed-out`,
    LEAN_OIDC_SCOPES: 'openid profile email groups',
    LEAN_OIDC_CREATE_USER: 'true',
    LEAN_OIDC_DEFAULT_ROLE: '20',
    LEAN_OIDC_GROUP_ASSIGNMENT: '{"50":{"ltRole":"owner","oidcGroup":"admins"}}',
  };
}
