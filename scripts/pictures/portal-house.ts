/**
 * A portal alone, with everything on that a page can show: passkeys, requests on a phone, a policy to accept. Begins from the
 * configuration of `npm start`, at a port of its own. It knows no page.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startChild } from '@gatehouse/testing/child.ts';
import { type DuoServer, startDuo } from '@gatehouse/testing/duo.ts';
import { freePort } from '@gatehouse/testing/free-port.ts';
import { temporaryFolder } from '@gatehouse/testing/temporary-folder.ts';
import { HttpPerson } from '../../tests/house/http-person.ts';
import { portal, prepareTrial, type Trial } from '../start/first-run.ts';

export type PortalHouse = AsyncDisposable & {
  readonly origin: string;
  readonly duo: DuoServer;
  /** Alice. Bob and Carol have her password, no second factor, and of Carol no mail address is known. */
  readonly person: Trial['person'];
  /** What a device asks for that wants to be let in. */
  askAsDevice(): Promise<{ readonly verification_uri_complete: string }>;
  /** The mail that was sent last. */
  lastMail(): string;
};

const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code';
/** One visitor asks Duo more often for pictures than people do. */
const unlimited = '  endpoints:\n    rate_limits:\n      second_factor_duo:\n        enable: false\n';
const clientName = "        client_name: 'Projects'\n";
const remembered = "        consent_mode: 'pre-configured'\n        pre_configured_consent_duration: '1 month'\n";

const television = `      - client_id: 'television'
        client_name: 'Television'
        public: true
        grant_types: ['${deviceGrant}']
        scopes: ['openid', 'profile']
`;

const everythingOn = ({ hostname, integrationKey, secretKey }: DuoServer): string => `
webauthn:
  enable_passkey_login: true
duo_api:
  hostname: '${hostname}'
  integration_key: '${integrationKey}'
  secret_key: '${secretKey}'
  enable_self_enrollment: true
privacy_policy:
  enabled: true
  require_user_acceptance: true
  policy_url: 'https://www.example.com/privacy'
`;

export async function openPortalHouse(root: string): Promise<PortalHouse> {
  await using opened = new AsyncDisposableStack();
  const folder = opened.use(temporaryFolder('portal-pictures'));
  const duo = opened.use(await startDuo());
  const port = await freePort();
  const main = join(root, 'apps/identity/gatehouse.js');
  const { person, configurationPath } = prepareTrial(folder.path, [main]);
  const usersPath = join(folder.path, 'users_database.yml');
  const users = readFileSync(usersPath, 'utf8');
  const entry = users.replace('users:\n', '');
  const as = (name: string): string => entry.replaceAll('alice', name.toLowerCase()).replaceAll('Alice', name);
  writeFileSync(usersPath, `${users}${as('Bob')}${as('Carol').replace(/ +email: .*\n/, '')}`);
  const written = readFileSync(configurationPath, 'utf8')
    .replaceAll(`:${portal.port}`, `:${port}`)
    .replace(clientName, `$&${remembered}`)
    .replace(/^server:\n/m, `$&${unlimited}`);
  writeFileSync(configurationPath, `${written}${television}${everythingOn(duo)}`);
  opened.use(
    await startChild({
      name: 'identity',
      command: process.execPath,
      arguments: [main, '--config', configurationPath],
      folder: folder.path,
      ready: { port },
      readyMsMax: 120_000,
    }),
  );
  const device = opened.adopt(new HttpPerson(port, `${portal.host}:${port}`), (each) => each.close());
  const everything = opened.move();
  return {
    origin: `http://${portal.host}:${port}`,
    duo,
    person,
    async askAsDevice() {
      const form = { client_id: 'television', scope: 'openid profile' };
      const answer = await device.post('/api/oidc/device-authorization', form, { 'X-Forwarded-Proto': 'http' });
      return JSON.parse(answer.body);
    },
    lastMail: () => readFileSync(join(folder.path, 'last-mail.txt'), 'utf8'),
    [Symbol.asyncDispose]: () => everything.disposeAsync(),
  };
}
