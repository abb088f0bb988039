/** The provider alone as a real process, whose configuration a test changes while it runs. Speaks plain HTTP as behind a proxy. */
import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Child, startChild } from '@gatehouse/testing/child.ts';
import { freePort } from '@gatehouse/testing/free-port.ts';
import type { PostgresServer } from '@gatehouse/testing/postgres.ts';
import { temporaryFolder } from '@gatehouse/testing/temporary-folder.ts';
import { restOfConfiguration } from '../../house/configuration.ts';
import { root } from '../../house/house.ts';
import { type Answer, authorizationRequest, exchange, HttpPerson, seedClient } from '../../house/http-person.ts';
import { type People, writePeople } from '../../house/people.ts';

export type RunningIdentity = AsyncDisposable & {
  readonly port: number;
  readonly folder: string;
  readonly people: People;
  child(): Child;
  restart(): Promise<void>;
  /** Replaces a file as an editor does, by a rename. */
  write(name: 'clients.yml' | 'rest.yml', text: string): void;
  /** The second file, which `further` ends. */
  rest(changes?: { further?: string; replace?: (yaml: string) => string }): string;
  /** Sends SIGHUP and answers with the line that says what came of it. */
  reload(): Promise<Line>;
  /** The next line, not yet answered before, whose message matches. */
  next(pattern: RegExp): Promise<Line>;
  visitor(): HttpPerson;
};

export type Line = Readonly<Record<string, unknown>> & { readonly msg: string };

export const rsaPem = (): string =>
  generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

/** One client of the seed's shape, for a password alone and nothing to agree to. */
export function clientYaml(id: string, more = ''): string {
  return `      - client_id: '${id}'
        client_secret: '${seedClient.secret}'
        authorization_policy: 'one_factor'
        consent_mode: 'implicit'
        redirect_uris: ['${seedClient.redirectUri}']
        scopes: ['openid', 'profile', 'email', 'offline_access']
        grant_types: ['authorization_code', 'refresh_token']
        token_endpoint_auth_method: 'client_secret_post'
${more}`;
}

export const clientsYaml = (...clients: string[]): string =>
  `identity_providers:\n  oidc:\n    clients:\n${clients.join('')}`;

const outcome = /in force|refused; the one before/;

export async function startIdentity(
  options: {
    clients?: string;
    further?: string;
    watch?: boolean;
    /** What stands below `authentication_backend`. Default: the users file. */
    directory?: string;
    /** Absent: SQLite. */
    postgres?: PostgresServer;
    /** Changes the second file from the start. */
    replace?: (yaml: string) => string;
  } = {},
): Promise<RunningIdentity> {
  const folder = temporaryFolder('reload');
  const at = (name: string): string => join(folder.path, name);
  const port = await freePort();
  const people = writePeople(at('users_database.yml'));
  const jwk = rsaPem();
  const { directory, postgres, replace: preset = (yaml: string) => yaml } = options;
  const fixed = { folder: folder.path, port, postgres, jwk, ...(directory !== undefined && { directory }) };
  const rest: RunningIdentity['rest'] = ({ further = options.further ?? '', replace = preset } = {}) =>
    replace(restOfConfiguration({ ...fixed, further }));
  writeFileSync(at('clients.yml'), options.clients ?? clientsYaml(clientYaml('leantime')));
  writeFileSync(at('rest.yml'), rest(), { mode: 0o600 });
  const start = () =>
    startChild({
      name: 'identity',
      command: process.execPath,
      arguments: [join(root, 'apps/identity/src/main.ts'), '--config', at('clients.yml'), '--config', at('rest.yml')],
      folder: folder.path,
      environment: {
        AUTHELIA_LOG_FORMAT: 'json',
        // At SIGUSR2 the process writes down what it has open.
        NODE_OPTIONS: `--report-on-signal --report-compact --report-directory=${folder.path} --report-filename=open.json`,
        // Otherwise a change that is signalled could be seen twice.
        AUTHELIA_SERVER_WATCH_CONFIGURATION: String(options.watch ?? false),
      },
      ready: { port },
    });
  let child = await start();
  let answered = 0;
  const visitors: HttpPerson[] = [];

  async function next(pattern: RegExp): Promise<Line> {
    for (;;) {
      const lines = child.output().split('\n').slice(0, -1);
      const index = lines.findIndex((line, at) => at >= answered && pattern.test(messageOf(line)));
      if (index !== -1) {
        answered = index + 1;
        return JSON.parse(lines[index] ?? '') as Line;
      }
      // One more line than there are now.
      await child.line(new RegExp(`^(?:.*\\n){${lines.length + 1}}`));
    }
  }

  return {
    port,
    folder: folder.path,
    people,
    child: () => child,
    async restart() {
      await child.stop();
      answered = 0;
      child = await start();
    },
    write(name, text) {
      writeFileSync(at(`${name}.new`), text, { mode: 0o600 });
      renameSync(at(`${name}.new`), at(name));
    },
    rest,
    next,
    async reload() {
      child.signal('SIGHUP');
      return next(outcome);
    },
    visitor() {
      const visitor = new HttpPerson(port);
      visitors.push(visitor);
      return visitor;
    },
    async [Symbol.asyncDispose]() {
      for (const visitor of visitors) visitor.close();
      await child.stop();
      await folder.remove();
    },
  };
}

function messageOf(line: string): string {
  try {
    return String((JSON.parse(line) as Line).msg);
  } catch {
    return '';
  }
}

export type Tokens = { readonly access_token: string; readonly refresh_token?: string; readonly id_token: string };

/** Signs alice in for a client and redeems the code. */
export async function signIn(
  identity: RunningIdentity,
  options: { clientId?: string; scope?: string; visitor?: HttpPerson } = {},
): Promise<Tokens> {
  const request = authorizationRequest(options);
  const visitor = options.visitor ?? identity.visitor();
  const callback = await visitor.authorize(identity.people.alice, request);
  const code = callback.searchParams.get('code');
  assert.ok(code, callback.href);
  const id = options.clientId ?? seedClient.id;
  const answer = await exchange(visitor, code, request.verifier, { id, secret: seedClient.secret });
  assert.equal(answer.status, 200, answer.body);
  return JSON.parse(answer.body);
}

export function userinfo(identity: RunningIdentity, token: string): Promise<Answer> {
  return identity.visitor().post('/api/oidc/userinfo', { access_token: token });
}

export function refresh(identity: RunningIdentity, token: string, clientId: string = seedClient.id): Promise<Answer> {
  return identity.visitor().post(
    '/api/oidc/token',
    {
      grant_type: 'refresh_token',
      refresh_token: token,
      client_id: clientId,
      client_secret: seedClient.secret,
    },
    { Accept: 'application/json' },
  );
}
