/** People of an LDAP server sign in to an application; while the server is away the portal says so and forgets nobody. */
import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startChild } from '@gatehouse/testing/child.ts';
import { freePort } from '@gatehouse/testing/free-port.ts';
import { needs } from '@gatehouse/testing/needs.ts';
import { type Slapd, startSlapd } from '@gatehouse/testing/slapd.ts';
import { temporaryFolder } from '@gatehouse/testing/temporary-folder.ts';
import { oneFactorClients } from '../../../bench/provider.ts';
import { ldapDirectory, restOfConfiguration } from '../../house/configuration.ts';
import { authorizationRequest, exchange, HttpPerson } from '../../house/http-person.ts';

const main = fileURLToPath(new URL('../../../apps/identity/gatehouse.js', import.meta.url));
const alice = { username: 'alice', password: 'alice has a long password' };

const ldif = `dn: uid=alice,ou=people,dc=example,dc=com
objectClass: inetOrgPerson
uid: alice
cn: Alice
sn: Adams
displayName: Alice Adams
mail: alice@example.com
userPassword: ${alice.password}
`;

test('a person of an LDAP server signs in, over LDAPS with an authority of its own', {
  skip: needs('slapd', 'openssl'),
}, async () => {
  await using opened = new AsyncDisposableStack();
  const slapd = opened.use(await startSlapd({ ldif }));
  const portal = await startPortal(slapd, opened);
  const signIn = async (): Promise<string> => {
    const browser = opened.adopt(new HttpPerson(portal.port), (each) => each.close());
    const asked = authorizationRequest();
    const code = (await browser.authorize(alice, asked)).searchParams.get('code') ?? '';
    const answer = await exchange(browser, code, asked.verifier);
    assert.equal(answer.status, 200, answer.body);
    return JSON.parse(answer.body).access_token;
  };
  const userinfo = async (token: string) => {
    const browser = opened.adopt(new HttpPerson(portal.port), (each) => each.close());
    return browser.get('/api/oidc/userinfo', { Authorization: `Bearer ${token}`, Accept: 'application/json' });
  };

  const token = await signIn();
  const { name, email, preferred_username } = JSON.parse((await userinfo(token)).body);
  assert.deepEqual([name, email, preferred_username], ['Alice Adams', 'alice@example.com', 'alice']);

  await slapd.stop();
  const browser = opened.adopt(new HttpPerson(portal.port), (each) => each.close());
  const refused = await browser.post('/sign-in/portal/password', alice);
  assert.equal(refused.status, 503);
  assert.match(refused.body, /We cannot check passwords right now. Nothing is wrong with yours/);
  assert.equal((await userinfo(token)).status, 503, 'a token is not dead because the directory is away');

  await slapd.start();
  await signIn();
  assert.equal((await userinfo(token)).status, 200);
});

async function startPortal(slapd: Slapd, opened: AsyncDisposableStack): Promise<{ port: number }> {
  const folder = opened.use(temporaryFolder('ldap'));
  const at = (name: string): string => join(folder.path, name);
  const port = await freePort();
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const jwk = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const directory = ldapDirectory(slapd, `ldaps://127.0.0.1:${slapd.securePort}`);
  const rest = restOfConfiguration({ folder: folder.path, port, postgres: undefined, jwk, further: '', directory });
  mkdirSync(at('authorities'));
  copyFileSync(slapd.certificates.caPath, at('authorities/ca.pem'));
  writeFileSync(at('clients.yml'), oneFactorClients);
  writeFileSync(at('rest.yml'), `certificates_directory: '${at('authorities')}'\n${rest}`);
  opened.use(
    await startChild({
      name: 'identity',
      command: process.execPath,
      arguments: [main, '--config', at('clients.yml'), '--config', at('rest.yml')],
      folder: folder.path,
      ready: { port },
    }),
  );
  return { port };
}
