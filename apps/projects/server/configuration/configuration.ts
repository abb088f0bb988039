/**
 * The configuration of the projects application, from the environment and an `.env` file. Either all of it is good, or every
 * problem is told at once and nothing starts.
 */
import { existsSync, readFileSync } from 'node:fs';
import type { DatabaseLocation } from '@gatehouse/storage/database.ts';
import { isSecureEnough } from '@gatehouse/web/localhost-names.ts';
import { networkList, privateNetworks } from '@gatehouse/web/peer.ts';
import { parseDotEnv } from './dot-env.ts';
import { type FileSettings, readFiles } from './files.ts';
import { type MailSettings, readMail } from './mail.ts';
import { type MetricsSettings, readMetrics } from './metrics.ts';
import { type OidcSettings, readOidc } from './oidc.ts';
import { type Environment, type Problem, readVariables, type Variables } from './variables.ts';

export type Configuration = {
  /** Origin alone: `https://projects.example.com`. Empty only while OpenID Connect is off. */
  readonly appUrl: string;
  readonly siteName: string;
  readonly sessionMinutes: number;
  /** Empty: a key is made and kept beside the SQLite file. */
  readonly sessionPassword: string;
  readonly trustedProxies: readonly string[];
  readonly database: DatabaseLocation;
  readonly host: string;
  readonly port: number;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error';
  readonly logFormat: 'text' | 'json';
  readonly oidc: OidcSettings;
  readonly files: FileSettings;
  /** Undefined: no mail is sent. */
  readonly mail: MailSettings | undefined;
  readonly webhooksMayCallPrivate: boolean;
  /** Undefined: figures are read nowhere. */
  readonly metrics: MetricsSettings | undefined;
};

export class ConfigurationBroken extends Error {
  override readonly name = 'ConfigurationBroken';
  readonly code = 'configuration-broken';
  readonly problems: readonly Problem[];
  constructor(problems: readonly Problem[]) {
    const lines = problems.map(({ variable, wrong, right }) => `  ${variable}: ${wrong}. Right would be: ${right}.`);
    super(`The configuration cannot be used; nothing was started.\n${lines.join('\n')}`);
    this.problems = problems;
  }
}

/** `envFile` need not exist. Throws `ConfigurationBroken` or `DotEnvBroken`. */
export function loadConfiguration(environment: Environment, envFile: string): Configuration {
  const file = existsSync(envFile) ? parseDotEnv(readFileSync(envFile, 'utf8')) : {};
  return readConfiguration(environment, file);
}

/** Throws `ConfigurationBroken`. */
export function readConfiguration(environment: Environment, file: Environment): Configuration {
  const variables = readVariables(environment, file);
  const oidc = readOidc(variables);
  const database = readDatabase(variables);
  const configuration: Configuration = {
    appUrl: readAppUrl(variables, oidc.enabled),
    siteName: variables.text('LEAN_SITENAME', 'Gatehouse Projects') || 'Gatehouse Projects',
    sessionMinutes: variables.wholeNumber('LEAN_SESSION_EXPIRATION', 480, { min: 1, max: 525_600 }),
    sessionPassword: readSessionPassword(variables),
    trustedProxies: readTrustedProxies(variables),
    database,
    host: variables.text('HOST', '') || '0.0.0.0',
    port: variables.wholeNumber('PORT', 9092, { min: 0, max: 65_535 }),
    logLevel: variables.oneOf('LEAN_LOG_LEVEL', 'info', ['debug', 'info', 'warn', 'error']),
    logFormat: variables.oneOf('LEAN_LOG_FORMAT', 'text', ['text', 'json']),
    oidc,
    files: readFiles(variables, database),
    mail: readMail(variables),
    webhooksMayCallPrivate: variables.flag('LEAN_WEBHOOK_ALLOW_PRIVATE', false),
    metrics: readMetrics(variables),
  };
  if (configuration.database.dialect === 'postgres' && !configuration.sessionPassword)
    variables.refuse(
      'LEAN_SESSION_PASSWORD',
      'it is not set; every process on one PostgreSQL database must have the same',
      'at least 20 random characters, for example from: openssl rand -base64 32',
    );
  if (variables.problems.length > 0) throw new ConfigurationBroken(variables.problems);
  return configuration;
}

function readAppUrl(variables: Variables, required: boolean): string {
  const example = 'the address people open, such as https://projects.example.com';
  const url = variables.url('LEAN_APP_URL');
  if (!url) {
    if (required && !variables.problems.some((problem) => problem.variable === 'LEAN_APP_URL'))
      variables.refuse('LEAN_APP_URL', 'it is not set, and sign-in needs to know where it leads back to', example);
    return '';
  }
  if (!isSecureEnough(url))
    variables.refuse(
      'LEAN_APP_URL',
      `'${url.origin}' is not https`,
      `${example}; plain http is taken for names under localhost only`,
    );
  else if (url.pathname !== '/' || url.search || url.hash || url.username)
    variables.refuse(
      'LEAN_APP_URL',
      'it holds more than scheme, name and port',
      `${url.origin}; the application has a name of its own`,
    );
  return url.origin;
}

function readSessionPassword(variables: Variables): string {
  const password = variables.secret('LEAN_SESSION_PASSWORD');
  if (password !== '' && password.length < 20)
    variables.refuse(
      'LEAN_SESSION_PASSWORD',
      'it is shorter than 20 characters',
      'for example what `openssl rand -base64 32` prints',
    );
  return password;
}

/** Leantime's word REMOTE_ADDR would trust whoever connects, so it counts as the private networks. */
function readTrustedProxies(variables: Variables): readonly string[] {
  if (!variables.has('LEAN_TRUSTED_PROXIES')) return privateNetworks;
  const parts = variables
    .text('LEAN_TRUSTED_PROXIES', '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const networks = parts.flatMap((part) => (part === 'REMOTE_ADDR' ? privateNetworks : [part]));
  try {
    networkList(networks);
  } catch (cause) {
    const wrong = cause instanceof Error ? cause.message : String(cause);
    variables.refuse(
      'LEAN_TRUSTED_PROXIES',
      wrong,
      'addresses and CIDR blocks with commas between, such as 10.0.0.0/8',
    );
  }
  return networks;
}

function readDatabase(variables: Variables): DatabaseLocation {
  const connection = variables.oneOf('LEAN_DB_DEFAULT_CONNECTION', 'sqlite', ['sqlite', 'pgsql']);
  if (connection === 'sqlite')
    return { dialect: 'sqlite', path: variables.text('LEAN_DB_PATH', '') || 'projects.sqlite3' };
  const required = (name: string, right: string): string => {
    const value = variables.text(name, '');
    if (!value) variables.refuse(name, 'it is not set, and PostgreSQL needs it', right);
    return value;
  };
  const host = variables.text('LEAN_DB_HOST', 'localhost');
  return {
    dialect: 'postgres',
    host,
    port: variables.wholeNumber('LEAN_DB_PORT', 5432, { min: 1, max: 65_535 }),
    database: required('LEAN_DB_DATABASE', 'the name of the database'),
    schema: 'public',
    username: required('LEAN_DB_USER', 'the user of the database'),
    password: variables.secret('LEAN_DB_PASSWORD'),
  };
}

/** What was understood, for the log at start: no secret, only whether there is one. */
export function describeConfiguration({
  oidc,
  database,
  sessionPassword,
  files,
  mail,
  metrics,
  ...rest
}: Configuration): Record<string, unknown> {
  const { clientSecret, clientKey, certificate, ...plain } = oidc;
  return {
    ...rest,
    files: files.s3 ? `s3 ${files.s3.endPoint} ${files.s3.bucket}` : `folder ${files.folder}`,
    mail: mail ? `from ${mail.servers.map(({ host, port }) => `${host}:${port}`).join(', ')}` : 'not sent',
    metrics: metrics ? `${metrics.host}:${metrics.port}` : 'not offered',
    sessionKey: sessionPassword ? 'set' : 'kept beside the database',
    database:
      database.dialect === 'sqlite'
        ? `sqlite ${database.path}`
        : `postgres ${database.host}:${database.port}/${database.database}`,
    oidc: {
      ...plain,
      hasClientSecret: clientSecret !== '',
      hasClientKey: clientKey !== '',
      hasCertificate: certificate !== '',
    },
  };
}
