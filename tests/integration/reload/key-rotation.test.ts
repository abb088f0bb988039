/** Signing keys change while people sign in: announced, in use, retired, gone from the file; nobody sees a failed verification. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { makeCertificates } from '@gatehouse/testing/certificates.ts';
import { needs } from '@gatehouse/testing/needs.ts';
import { startPostgres } from '@gatehouse/testing/postgres.ts';
import { startSmtpSink } from '@gatehouse/testing/smtp-sink.ts';
import { temporaryFolder } from '@gatehouse/testing/temporary-folder.ts';
import { createRemoteJWKSet, customFetch, jwtVerify } from 'jose';
import { authorizationRequest, exchange, type HttpPerson, seedClient } from '../../house/http-person.ts';
import { mailBy } from '../../house/mail.ts';
import { writePeople } from '../../house/people.ts';
import {
  clientsYaml,
  clientYaml,
  type RunningIdentity,
  refresh,
  rsaPem,
  signIn,
  startIdentity,
  userinfo,
} from './running-identity.ts';

const announcedAheadMs = 5_000;

type Entry = { readonly id: string; readonly pem: string; readonly life?: string };

function jwks(identity: RunningIdentity, ...entries: Entry[]): string {
  return identity.rest({ replace: withKeys(...entries) });
}

/** In place of the keys that the file has. */
function withKeys(...entries: Entry[]): (yaml: string) => string {
  const yaml = entries.map(({ id, pem, life = '' }) => {
    const indented = pem.trim().replaceAll('\n', '\n          ');
    return `      - key_id: '${id}'\n${life}        key: |\n          ${indented}\n`;
  });
  return (rest) => rest.replace(/ {4}jwks:\n[\s\S]*$/, `    jwks:\n${yaml.join('')}`);
}

/**
 * An application that reads the keys anew only when those it has are a second old, never because it meets one that it does
 * not know: it depends on the announcement.
 */
function openApplication(identity: RunningIdentity) {
  const keys = createRemoteJWKSet(new URL(`http://127.0.0.1:${identity.port}/jwks.json`), {
    cacheMaxAge: 1_000,
    cooldownDuration: 3_600_000,
    headers: { 'X-Forwarded-Host': 'auth.example.com', 'X-Forwarded-Proto': 'https' },
    [customFetch]: fetch,
  });
  return {
    async verify(idToken: string): Promise<string> {
      const expected = { issuer: 'https://auth.example.com', audience: 'leantime' };
      return String((await jwtVerify(idToken, keys, expected)).protectedHeader.kid);
    },
  };
}

test('sign-ins go on while a key is announced, used and retired, and every ID token verifies', async () => {
  await using identity = await startIdentity();
  const old = { id: 'old', pem: rsaPem() };
  const next = { id: 'next', pem: rsaPem() };
  identity.write('rest.yml', jwks(identity, old));
  await identity.reload();
  const application = openApplication(identity);
  const seen = new Map<string, string>();
  const signInAndVerify = async (): Promise<void> => {
    const { id_token: idToken } = await signIn(identity);
    seen.set(await application.verify(idToken), idToken);
  };
  await signInAndVerify();

  const turn = new Date(Date.now() + announcedAheadMs).toISOString();
  const [ending, beginning] = [
    { ...old, life: `        not_after: '${turn}'\n` },
    { ...next, life: `        not_before: '${turn}'\n` },
  ];
  identity.write('rest.yml', jwks(identity, ending, beginning));
  await identity.reload();
  let over = false;
  const turned = identity.next(/^Other keys sign now$/).then((line) => {
    over = true;
    return line;
  });
  while (!over) await signInAndVerify();
  const line = await turned;
  assert.deepEqual(line.signing, ['next']);
  assert.match(String(line.retired), /^old, published until /);
  await signInAndVerify();
  assert.deepEqual([...seen.keys()], ['old', 'next']);
  // What the retired key signed still verifies, and still says who leaves.
  const hint = seen.get('old') ?? '';
  assert.equal(await application.verify(hint), 'old');
  const visitor = identity.visitor();
  assert.ok((await signOut(visitor, hint)).status < 400);

  identity.write('rest.yml', jwks(identity, beginning));
  await identity.reload();
  await signInAndVerify();
  assert.equal((await signOut(visitor, hint)).status, 400);
});

test('a key turns at its moment also while mail server and sector document are away and the users file is broken', {
  skip: needs('openssl'),
}, async () => {
  const sink = await startSmtpSink();
  await using sector = await startSector();
  const mail = (yaml: string): string => `certificates_directory: '${sector.authorities}'\n${mailBy(sink)(yaml)}`;
  const clients = clientsYaml(
    clientYaml('leantime', `        sector_identifier_uri: '${sector.uri}'\n        allow_private_network: true\n`),
  );
  await using identity = await startIdentity({ clients, replace: mail });
  const turn = new Date(Date.now() + announcedAheadMs).toISOString();
  const keys = withKeys(
    { id: 'old', pem: rsaPem(), life: `        not_after: '${turn}'\n` },
    { id: 'next', pem: rsaPem(), life: `        not_before: '${turn}'\n` },
  );
  identity.write('rest.yml', identity.rest({ replace: (yaml) => keys(mail(yaml)) }));
  assert.match((await identity.reload()).msg, /in force/);
  await sink.stop();
  await sector.stop();
  writeFileSync(join(identity.folder, 'users_database.yml'), 'users: [');
  const line = await identity.next(/^Other keys sign now$|could not be put in force/);
  assert.deepEqual(line.signing, ['next'], line.msg);
  // Who was known before still is, and that the file is broken is said.
  const { id_token: idToken } = await signIn(identity);
  assert.equal(await openApplication(identity).verify(idToken), 'next');
  assert.match(identity.child().output(), /the people read before stay in force/);
});

test('a key turns at its moment also while every file that the configuration names is away', {
  skip: needs('openssl'),
}, async (t) => {
  const folder = temporaryFolder('around');
  t.after(() => folder.remove());
  const at = (name: string): string => join(folder.path, name);
  const folders = ['people', 'certificates', 'assets', 'templates', 'tls'];
  for (const name of folders) mkdirSync(at(name));
  writePeople(at('people/users.yml'));
  const { caPath, chainPath, keyPath } = makeCertificates(at('tls'), ['localhost']);
  copyFileSync(caPath, at('certificates/ca.pem'));
  const around = (yaml: string): string =>
    `certificates_directory: '${at('certificates')}'\n${yaml
      .replace(
        'server:\n',
        `server:\n  asset_path: '${at('assets')}'\n  tls: { certificate: '${chainPath}', key: '${keyPath}' }\n`,
      )
      .replace('notifier:\n', `notifier:\n  template_path: '${at('templates')}'\n`)}`;
  const directory = `  file:\n    path: '${at('people/users.yml')}'\n    watch: true\n`;
  await using identity = await startIdentity({ directory, replace: around });
  const turn = new Date(Date.now() + announcedAheadMs).toISOString();
  const keys = withKeys(
    { id: 'old', pem: rsaPem(), life: `        not_after: '${turn}'\n` },
    { id: 'next', pem: rsaPem(), life: `        not_before: '${turn}'\n` },
  );
  identity.write('rest.yml', identity.rest({ replace: (yaml) => keys(around(yaml)) }));
  assert.match((await identity.reload()).msg, /in force$/);
  for (const name of folders) renameSync(at(name), at(`${name}.away`));
  // What cannot be read, where a file may also not be there at all.
  for (const path of ['assets/logo.png', 'templates/Event.txt']) mkdirSync(at(path), { recursive: true });
  const line = await identity.next(/^Other keys sign now$|could not be taken into use/);
  assert.deepEqual(line.signing, ['next'], JSON.stringify(line));
});

/** Serves what applications of a sector must be listed in, by a certificate of an authority of its own. */
async function startSector() {
  const folder = temporaryFolder('sector');
  const authorities = join(folder.path, 'authorities');
  mkdirSync(authorities);
  const { caPath, chainPath, keyPath } = makeCertificates(folder.path, ['localhost']);
  copyFileSync(caPath, join(authorities, 'ca.pem'));
  const server = createServer({ cert: readFileSync(chainPath), key: readFileSync(keyPath) }, (_req, res) =>
    res.setHeader('content-type', 'application/json').end(JSON.stringify([seedClient.redirectUri])),
  ).listen(0, '127.0.0.1');
  await once(server, 'listening');
  async function stop(): Promise<void> {
    server.closeAllConnections();
    if (server.listening) await new Promise((resolve) => server.close(resolve));
  }
  return {
    uri: `https://127.0.0.1:${(server.address() as AddressInfo).port}/uris`,
    authorities,
    stop,
    async [Symbol.asyncDispose]() {
      await stop();
      await folder.remove();
    },
  };
}

test('a machine with an older configuration ends nothing of a newer application, neither at a reload nor when its keys turn', async () => {
  await using postgres = await startPostgres();
  const agreed = (id: string): string =>
    clientYaml(id).replace("'implicit'", "'pre-configured'\n        pre_configured_consent_duration: '1 day'");
  await using older = await startIdentity({ postgres, clients: clientsYaml(clientYaml('second')) });
  await using newer = await startIdentity({ postgres, clients: clientsYaml(clientYaml('second'), agreed('leantime')) });
  const held = await signIn(newer, { scope: 'openid profile offline_access' });
  const turn = new Date(Date.now() + announcedAheadMs).toISOString();
  const ending = { id: 'old', pem: rsaPem(), life: `        not_after: '${turn}'\n` };
  const beginning = { id: 'next', pem: rsaPem(), life: `        not_before: '${turn}'\n` };
  older.write('rest.yml', jwks(older, ending, beginning));
  await older.reload();
  assert.equal((await userinfo(newer, held.access_token)).status, 200);
  await older.next(/^Other keys sign now$/);
  assert.equal((await userinfo(newer, held.access_token)).status, 200);
  await newer.reload();
  assert.equal((await userinfo(newer, held.access_token)).status, 200);
  assert.equal((await refresh(newer, held.refresh_token ?? '')).status, 200);
});

test('a key that signs without having been announced is warned of', async () => {
  await using identity = await startIdentity();
  identity.write('rest.yml', jwks(identity, { id: 'sudden', pem: rsaPem() }));
  await identity.reload();
  // The warning stands before the line that tells of the reload.
  assert.match(identity.child().output(), /The key 'sudden' signs at once/);
});

test('a sign-in that began under one key ends under the next', async () => {
  await using identity = await startIdentity();
  const visitor = identity.visitor();
  const request = authorizationRequest();
  const code = (await visitor.authorize(identity.people.alice, request)).searchParams.get('code') ?? '';
  identity.write('rest.yml', jwks(identity, { id: 'next', pem: rsaPem() }));
  await identity.reload();
  const answer = await exchange(visitor, code, request.verifier);
  assert.equal(await openApplication(identity).verify(JSON.parse(answer.body).id_token), 'next');
});

function signOut(visitor: HttpPerson, hint: string) {
  return visitor.get(`/api/oidc/logout?${new URLSearchParams({ id_token_hint: hint })}`);
}
