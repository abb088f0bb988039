/**
 * The portal as a browser meets it in a house with an LDAP server and a mail server: a real process over plain http at a name
 * under localhost, people of a schema, mails over STARTTLS and a login to a server that keeps them, and one application. It
 * knows no page.
 */
import { copyFileSync, mkdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '@gatehouse/testing/free-port.ts';
import type { Mail } from '@gatehouse/testing/mail.ts';
import { type PostgresServer, startPostgres } from '@gatehouse/testing/postgres.ts';
import type { Slapd } from '@gatehouse/testing/slapd.ts';
import { type SmtpSink, startSmtpSink } from '@gatehouse/testing/smtp-sink.ts';
import { temporaryFolder } from '@gatehouse/testing/temporary-folder.ts';
import { drain, listen } from '@gatehouse/web/listen.ts';
import type { DirectoryPerson, Schema } from '../../apps/identity/src/directory/ldap/directories.testing.ts';
import { type AuthorizationRequest, authorizationRequest, HttpPerson } from './http-person.ts';
import { manyMayFail, openPortal } from './portal.ts';

export type DirectoryPortalOptions = {
  readonly schema: Schema;
  readonly people: readonly DirectoryPerson[];
  readonly storage: 'sqlite' | 'postgres';
  /** How the directory is spoken to. */
  readonly connection: 'ldaps' | 'starttls';
  /** Of the application. Default: one factor. */
  readonly policy?: 'one_factor' | 'two_factor';
  /** Of `server.endpoints.rate_limits`. Absent: none that a test would meet. */
  readonly rateLimits?: Readonly<Record<string, object>>;
  /** Further sections of the configuration. */
  readonly further?: Readonly<Record<string, object | string>>;
};

export type DirectoryPortal = AsyncDisposable & {
  readonly origin: string;
  readonly application: Application;
  readonly directory: Pick<Slapd, 'start' | 'stop'>;
  readonly mail: Pick<SmtpSink, 'stop'>;
  /** Absent over SQLite. */
  readonly database: Pick<PostgresServer, 'crash'> | undefined;
  /** Opens everything anew, so that nothing is remembered but what is stored. The log has to tell what is informative. */
  reload(): Promise<void>;
  /** The first mail to this person under this subject that was not asked for before, waiting for it if need be. */
  mailTo(person: DirectoryPerson, subject: string): Promise<Mail>;
};

/** A client that asks to stay connected while its person is away. */
export type Application = {
  readonly name: string;
  /** The page that people come back to says this. */
  readonly greeting: string;
  ask(): AuthorizationRequest & { readonly url: string };
  /** Exchanges the code of the address that the browser came back to. Answers with the refresh token. */
  redeem(asked: AuthorizationRequest, cameBackTo: string): Promise<string>;
  /** Answers with the next refresh token, or with the error. */
  refresh(token: string): Promise<{ readonly refresh_token?: string; readonly error?: string }>;
};

const mailMsMax = 30_000;
const login = { username: 'gatehouse', password: 'the portal has a password' };
const rateLimits = {
  // One test browser asks for more mails than a person would.
  ...manyMayFail,
  ...{ session_elevation_start: { enable: false }, session_elevation_finish: { enable: false } },
  ...{ reset_password_start: { enable: false }, reset_password_finish: { enable: false } },
};

export async function openDirectoryPortal(options: DirectoryPortalOptions): Promise<DirectoryPortal> {
  await using opened = new AsyncDisposableStack();
  const [slapd, postgres] = await Promise.all([
    options.schema.start(options.people),
    options.storage === 'postgres' ? startPostgres() : undefined,
  ]);
  opened.use(slapd);
  if (postgres) opened.use(postgres);
  const sink = opened.use(await startSmtpSink({ certificates: slapd.certificates, login }));
  const folder = opened.use(temporaryFolder('authorities'));
  mkdirSync(join(folder.path, 'trusted'));
  copyFileSync(slapd.certificates.caPath, join(folder.path, 'trusted/ca.pem'));
  const back = createServer((_request, response) => response.end(greeting));
  await listen(back, { port: 0, host: '127.0.0.1' });
  opened.defer(() => drain(back));
  const backAt = back.address();
  const redirectUri = `http://notes.localhost:${typeof backAt === 'object' ? backAt?.port : ''}/callback`;
  const port = await freePort();
  const origin = `http://auth.localhost:${port}`;
  const ldapAddress =
    options.connection === 'ldaps' ? `ldaps://127.0.0.1:${slapd.securePort}` : `ldap://127.0.0.1:${slapd.port}`;
  const portal = opened.use(
    await openPortal({
      port,
      writeUsers() {},
      oidc: { clients: [clientOf(redirectUri, options.policy)] },
      further: {
        certificates_directory: join(folder.path, 'trusted'),
        server: {
          address: `tcp://127.0.0.1:${port}/`,
          endpoints: { rate_limits: { ...rateLimits, ...options.rateLimits } },
        },
        authentication_backend: {
          refresh_interval: 'always',
          ldap: {
            ...{ address: ldapAddress, start_tls: options.connection === 'starttls', base_dn: slapd.baseDn },
            ...{ user: slapd.searcher.dn, password: slapd.searcher.password, pooling: { enable: true, count: 4 } },
            ...options.schema.keys,
          },
        },
        notifier: {
          sign_in_from_new_place: true,
          smtp: {
            ...{ address: `smtp://127.0.0.1:${sink.port}`, sender: 'Gatehouse <portal@example.com>' },
            ...{ ...login, subject: '{title}' },
          },
        },
        session: { cookies: [{ domain: 'auth.localhost', authelia_url: origin }] },
        webauthn: { enable_passkey_login: true },
        ...options.further,
        ...(postgres && {
          storage: {
            encryption_key: 'the-encryption-key-of-this-test-house',
            postgres: {
              ...{ address: `tcp://${postgres.host}:${postgres.port}`, database: postgres.database },
              ...{ username: postgres.username, password: postgres.password },
            },
          },
        }),
      },
    }),
  );
  const client = opened.adopt(new HttpPerson(portal.port, `auth.localhost:${port}`), (each) => each.close());
  const ask = async (form: Record<string, string>) => {
    const headers = { Accept: 'application/json', 'X-Forwarded-Proto': 'http' };
    return JSON.parse((await client.post('/api/oidc/token', { client_id: 'notes', ...form }, headers)).body);
  };
  const passedOver: Mail[] = [];
  const everything = opened.move();
  return {
    origin,
    directory: slapd,
    mail: sink,
    database: postgres,
    async reload() {
      portal.process.signal('SIGHUP');
      await portal.process.line(/The configuration was read again/);
    },
    application: {
      name: 'Notes',
      greeting,
      ask() {
        const asked = authorizationRequest({ clientId: 'notes', redirectUri, scope: 'openid profile offline_access' });
        return { ...asked, url: `${origin}${asked.path}&prompt=consent` };
      },
      async redeem({ verifier }, cameBackTo) {
        const code = new URL(cameBackTo).searchParams.get('code') ?? '';
        const grant = { grant_type: 'authorization_code', redirect_uri: redirectUri };
        return (await ask({ ...grant, code, code_verifier: verifier })).refresh_token;
      },
      refresh: (token) => ask({ grant_type: 'refresh_token', refresh_token: token }),
    },
    async mailTo({ email }, subject) {
      const isIt = (mail: Mail): boolean => mail.to.some((to) => to === email) && mail.subject === subject;
      const found = passedOver.findIndex(isIt);
      if (found !== -1) return passedOver.splice(found, 1)[0] as Mail;
      for (;;) {
        const mail = await Promise.race([sink.next(), late(subject)]);
        if (isIt(mail)) return mail;
        passedOver.push(mail);
      }
    },
    [Symbol.asyncDispose]: () => everything.disposeAsync(),
  };
}

/** The clock of a mail that does not come keeps no process alive. */
async function late(subject: string): Promise<never> {
  await pause(mailMsMax, undefined, { ref: false });
  throw new Error(`no mail “${subject}” came within ${mailMsMax} ms`);
}

const greeting = 'Back at the notes';

const clientOf = (redirectUri: string, policy = 'one_factor'): object => ({
  ...{ client_id: 'notes', client_name: 'Notes', public: true, token_endpoint_auth_method: 'none' },
  ...{ authorization_policy: policy, redirect_uris: [redirectUri] },
  scopes: ['openid', 'profile', 'offline_access'],
  grant_types: ['authorization_code', 'refresh_token'],
});
