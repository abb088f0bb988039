/**
 * The move as an administrator makes it, with the real command and the real product: afterwards people sign in with the code
 * of the app they have, and applications see the subjects they know.
 */
import assert from 'node:assert/strict';
import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { makeCertificates } from '@gatehouse/testing/certificates.ts';
import { startChild } from '@gatehouse/testing/child.ts';
import { freePort } from '@gatehouse/testing/free-port.ts';
import { needs } from '@gatehouse/testing/needs.ts';
import { temporaryFolder } from '@gatehouse/testing/temporary-folder.ts';
import { autheliaKey, writeAuthelia } from '../../../apps/identity/src/moving/authelia.testing.ts';
import type { Person } from '../../browser/verbs.ts';
import { restOfConfiguration } from '../../house/configuration.ts';
import { root } from '../../house/house.ts';
import { authorizationRequest, exchange, HttpPerson, seedClient } from '../../house/http-person.ts';
import { writePeople } from '../../house/people.ts';
import { clientsYaml, rsaPem } from '../reload/running-identity.ts';

const main = join(root, 'apps/identity/src/main.ts');
const houseKey = 'the-encryption-key-of-this-test-house';
const secret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';

type Moved = AsyncDisposable & {
  readonly autheliaPath: string;
  /** Where the configuration keeps its database. */
  readonly ownPath: string;
  gatehouse(...args: string[]): SpawnSyncReturns<string>;
  /** Signs alice in with password and code, and answers the subject that the application is told. */
  start(): Promise<(clientId: string) => Promise<string>>;
};

/** Alice's app knows a code of other parameters than the configuration's. */
const code = { username: 'alice', secret, issuer: 'Example', algorithm: 'SHA256', digits: 8, period: 30 };

test('after the import people sign in with the code they have, and applications know them', {
  skip: needs('openssl'),
}, async () => {
  await using opened = new AsyncDisposableStack();
  const folder = opened.use(temporaryFolder('sector'));
  const certificates = makeCertificates(folder.path, []);
  const tls = { cert: readFileSync(certificates.chainPath), key: readFileSync(certificates.keyPath) };
  const application = createServer(tls, (_req, res) => void res.end(JSON.stringify([seedClient.redirectUri])));
  opened.defer(() => void application.close());
  await new Promise<void>((resolve) => application.listen(0, '127.0.0.1', resolve));
  const sector = `https://localhost:${(application.address() as AddressInfo).port}/sector.json`;
  const house = opened.use(await openHouse(sector, certificates.caPath));

  const [open, pairwise] = [randomUUID(), randomUUID()];
  const identifiers = [
    { username: 'alice', identifier: open },
    { username: 'alice', identifier: pairwise, sector },
  ];
  // The usual case: Gatehouse starts on the file that Authelia left, with its key.
  await writeAuthelia(house.ownPath, { key: houseKey, identifiers, codes: [code] });
  const dry = house.gatehouse('import', 'authelia', '--dry-run');
  assert.equal(dry.status, 0, dry.stderr);
  assert.match(dry.stdout, /one-time codes: 1 to take/);
  const taken = house.gatehouse('import', 'authelia');
  assert.equal(taken.status, 0, taken.stderr);
  assert.match(
    taken.stdout,
    /schema version 24:\n {2}identifiers: 2 taken, 0 there already, 0 skipped\n {2}one-time codes: 1 taken/,
  );
  assert.ok(!`${taken.stdout}${taken.stderr}`.includes(secret));

  const signIn = await house.start();
  assert.equal(await signIn('open'), open);
  assert.equal(await signIn('shop'), pairwise);

  const again = house.gatehouse('import', 'authelia');
  assert.match(
    again.stdout,
    /identifiers: 0 taken, 2 there already, 0 skipped\n {2}one-time codes: 0 taken, 1 there already/,
  );
});

test('what cannot be imported is said with the cure, and nothing is taken', async () => {
  await using house = await openHouse('https://apps.example.com/sector.json', '');
  await writeAuthelia(house.autheliaPath, {
    codes: [code],
    preferences: [{ username: 'alice', second_factor_method: 'totp' }],
  });
  const from = ['import', 'authelia', '--database', house.autheliaPath];

  const wrongKey = house.gatehouse(...from);
  assert.equal(wrongKey.status, 1);
  assert.match(wrongKey.stderr, /^Nothing was taken: The encryption key does not open .* --encryption-key/);
  const server = house.gatehouse('import', 'authelia', '--database', 'postgres://authelia@db/authelia');
  assert.equal(server.status, 1);
  assert.match(server.stderr, /--database names the file of an SQLite database/);
  const missing = house.gatehouse('import', 'authelia', '--database', join(root, 'nowhere.sqlite3'));
  assert.match(missing.stderr, /there is no such file/);
  assert.equal(house.gatehouse('import', 'authelia', '--all').status, 2);
  assert.match(house.gatehouse('import', 'authelia', '--help').stdout, /^Usage: gatehouse import authelia/);
  assert.equal(house.gatehouse('storage', 'user', 'totp', 'export', 'uri').stdout, '');

  const rightKey = house.gatehouse(...from, '--encryption-key', autheliaKey);
  assert.equal(rightKey.status, 0, rightKey.stderr);
  assert.match(rightKey.stdout, /devices of Duo: 0 taken.*preferred methods: 1 taken/s);
  assert.match(house.gatehouse('storage', 'user', 'totp', 'export', 'uri').stdout, new RegExp(`secret=${secret}`));
});

async function openHouse(sectorUri: string, caPath: string): Promise<Moved> {
  await using opened = new AsyncDisposableStack();
  const folder = opened.use(temporaryFolder('moving'));
  const at = (name: string): string => join(folder.path, name);
  const port = await freePort();
  const { alice } = writePeople(at('users_database.yml'));
  const client = (id: string, more = '') => `      - client_id: '${id}'
        client_secret: '${seedClient.secret}'
        authorization_policy: 'two_factor'
        consent_mode: 'pre-configured'
        redirect_uris: ['${seedClient.redirectUri}']
        token_endpoint_auth_method: 'client_secret_post'
${more}`;
  const sector = `        sector_identifier_uri: '${sectorUri}'\n        allow_private_network: true\n`;
  writeFileSync(at('clients.yml'), clientsYaml(client('open'), client('shop', sector)));
  const rest = restOfConfiguration({ folder: folder.path, port, postgres: undefined, jwk: rsaPem(), further: '' });
  writeFileSync(at('rest.yml'), rest);
  const configs = ['--config', at('clients.yml'), '--config', at('rest.yml')];
  const everything = opened.move();
  const aliceWithCode: Person = {
    ...alice,
    otpauthUri: `otpauth://totp/Example:alice?secret=${secret}&issuer=Example&digits=8&algorithm=SHA256`,
  };
  return {
    autheliaPath: at('authelia.sqlite3'),
    ownPath: at('identity.sqlite3'),
    gatehouse: (...args) => spawnSync(process.execPath, [main, ...args, ...configs], { encoding: 'utf8' }),
    async start() {
      everything.use(
        await startChild({
          name: 'identity',
          command: process.execPath,
          arguments: [main, ...configs],
          folder: folder.path,
          environment: { NODE_EXTRA_CA_CERTS: caPath },
          ready: { port },
        }),
      );
      const browser = everything.adopt(new HttpPerson(port), (each) => each.close());
      return async function signIn(clientId) {
        const asked = authorizationRequest({ clientId });
        const landed = await browser.authorize(aliceWithCode, asked);
        const answer = await exchange(browser, landed.searchParams.get('code') ?? '', asked.verifier, {
          ...seedClient,
          id: clientId,
        });
        assert.equal(answer.status, 200, answer.body);
        const claims = JSON.parse(answer.body).id_token.split('.')[1];
        return JSON.parse(Buffer.from(claims, 'base64url').toString()).sub;
      };
    },
    [Symbol.asyncDispose]: () => everything.disposeAsync(),
  };
}
