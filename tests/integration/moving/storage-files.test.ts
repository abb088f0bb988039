/** The storage commands that move one-time codes and identifiers by files, with the real command: here, and to and from Authelia. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '@gatehouse/testing/temporary-folder.ts';
import { restOfConfiguration } from '../../house/configuration.ts';
import { root } from '../../house/house.ts';
import { writePeople } from '../../house/people.ts';
import { clientsYaml, clientYaml, rsaPem } from '../reload/running-identity.ts';

const main = join(root, 'apps/identity/src/main.ts');
const secret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
const aliceId = 'f0919359-9d15-4e15-bcba-83b41620a073';

function openHouse() {
  const folder = temporaryFolder('storage-files');
  const at = (name: string): string => join(folder.path, name);
  writePeople(at('users_database.yml'));
  writeFileSync(at('clients.yml'), clientsYaml(clientYaml('open')));
  const jwk = rsaPem();
  writeFileSync(
    at('rest.yml'),
    restOfConfiguration({ folder: folder.path, port: 9091, postgres: undefined, jwk, further: '' }),
  );
  const configs = ['--config', at('clients.yml'), '--config', at('rest.yml')];
  function storage(...args: string[]) {
    return spawnSync(process.execPath, [main, 'storage', ...args, ...configs], { encoding: 'utf8', cwd: folder.path });
  }
  return { storage, at, [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose]() };
}

/** As `authelia storage user totp export` writes it. */
const theirCodes = `totp_configurations:
    - created_at: 2022-05-12T09:11:38+10:00
      last_used_at: null
      username: alice
      issuer: Authelia
      algorithm: SHA512
      digits: 8
      period: 60
      secret: ${Buffer.from(secret).toString('base64')}
    - created_at: 2022-05-12T09:11:38+10:00
      last_used_at: 2023-05-12T09:11:38+10:00
      username: bob
      issuer: Authelia
      algorithm: MD5
      digits: 6
      period: 30
      secret: ${Buffer.from(secret).toString('base64')}
`;

test('one-time codes of Authelia’s export come in, and the export of this house comes in again elsewhere', async () => {
  await using house = openHouse();
  await using other = openHouse();
  writeFileSync(house.at('theirs.yml'), theirCodes);
  const taken = house.storage('user', 'totp', 'import', house.at('theirs.yml'));
  assert.equal(
    taken.stdout,
    "one-time codes: 1 taken, 0 there already, 1 skipped\n  that of 'bob' has an unknown algorithm\n",
    taken.stderr,
  );
  const uri = house.storage('user', 'totp', 'export', 'uri').stdout;
  assert.match(
    uri,
    new RegExp(`^otpauth://totp/Authelia:alice\\?.*secret=${secret}&algorithm=SHA512&digits=8&period=60\n$`),
  );

  const file = house.at('ours.yml');
  assert.equal(house.storage('user', 'totp', 'export', '--file', file).status, 0);
  assert.equal(statSync(file).mode & 0o777, 0o600);
  assert.match(readFileSync(file, 'utf8'), /^totp_configurations:\n {2}- created_at: 2022-05-11T23:11:38.000Z\n/);
  const again = house.storage('user', 'totp', 'export', '--file', file);
  assert.deepEqual([again.status, again.stdout], [1, '']);
  assert.match(again.stderr, /there is one already/);
  assert.match(other.storage('user', 'totp', 'import', file).stdout, /1 taken/);
  assert.equal(other.storage('user', 'totp', 'export', 'uri').stdout, uri);
  assert.match(other.storage('user', 'totp', 'import', file).stdout, /0 taken, 1 there already/);
});

test('a code of one’s own secret is generated, drawn and listed; a different one is imported only over it on demand', async () => {
  await using house = openHouse();
  const own = ['--secret', secret, '--issuer', 'Lab', '--path', house.at('alice.png')];
  const made = house.storage('user', 'totp', 'generate', 'alice', ...own);
  assert.match(made.stdout, new RegExp(`^otpauth://totp/Lab:alice\\?issuer=Lab&secret=${secret}`), made.stderr);
  assert.equal(readFileSync(house.at('alice.png')).toString('latin1', 1, 4), 'PNG');
  assert.equal(house.storage('user', 'totp', 'generate', 'bob', '--secret', 'short').status, 2);

  assert.equal(house.storage('user', 'totp', 'export', 'csv', '--file', house.at('codes.csv')).status, 0);
  assert.equal(
    readFileSync(house.at('codes.csv'), 'utf8'),
    `issuer,username,algorithm,digits,period,secret\nLab,alice,SHA1,6,30,${secret}\n`,
  );
  assert.equal(house.storage('user', 'totp', 'export', 'png', '--directory', house.at('pictures')).status, 0);
  assert.deepEqual(readdirSync(house.at('pictures')), ['alice.png']);

  writeFileSync(house.at('theirs.yml'), theirCodes);
  assert.match(house.storage('user', 'totp', 'import', house.at('theirs.yml')).stdout, /'alice' has another one here/);
  assert.match(house.storage('user', 'totp', 'import', house.at('theirs.yml'), '--overwrite').stdout, /1 taken/);
  const broken = house.storage('user', 'totp', 'import', house.at('codes.csv'));
  assert.equal(broken.status, 1);
  assert.match(broken.stderr, /is no export of one-time codes: .* Nothing was taken/);
  assert.ok(!broken.stderr.includes(secret));
});

test('identifiers are added, generated, exported and imported, and never replaced unasked', async () => {
  await using house = openHouse();
  await using other = openHouse();
  const identifiers = (...args: string[]) => house.storage('user', 'identifiers', ...args);
  assert.equal(identifiers('add', 'alice', '--identifier', aliceId).stdout, `'alice' has the identifier ${aliceId}.\n`);
  assert.equal(identifiers('add', 'alice').status, 1);
  assert.match(identifiers('add', 'bob', '--identifier', aliceId).stderr, /Somebody else/);
  assert.equal(identifiers('add', 'bob', '--identifier', 'x').status, 2);
  assert.equal(identifiers('add', 'bob', '--service', 'saml').status, 2);
  assert.match(
    identifiers('generate', '--users', 'alice,bob', '--sectors', ',https://apps.example.com/s.json').stdout,
    /^Made 3 identifiers; 1 were there already/,
  );
  assert.equal(identifiers('export', '--file', house.at('ours.yml')).status, 0);
  assert.match(
    readFileSync(house.at('ours.yml'), 'utf8'),
    new RegExp(
      `^identifiers:\n {2}- service: openid\n {4}sector_id: ""\n {4}username: alice\n {4}identifier: ${aliceId}\n`,
    ),
  );
  const elsewhere = (...args: string[]) =>
    other.storage('user', 'identifiers', 'import', house.at('ours.yml'), ...args);
  assert.match(elsewhere().stdout, /^identifiers: 4 taken/);
  assert.match(elsewhere().stdout, /^identifiers: 0 taken, 4 there already/);
  for (const args of [[], ['list'], ['add'], ['generate'], ['import'], ['export', 'x']])
    assert.equal(identifiers(...args).status, 2, args.join(' '));
});

test('flags name another database and another key than the configuration', async () => {
  await using house = openHouse();
  const path = house.at('other.sqlite3');
  const there = ['--sqlite.path', path, '--encryption-key=another key that is long enough'];
  assert.equal(house.storage('user', 'totp', 'generate', 'alice', ...there).status, 0);
  assert.equal(house.storage('user', 'totp', 'export', 'uri').stdout, '');
  assert.match(house.storage('user', 'totp', 'export', 'uri', ...there).stdout, /alice/);
  const wrong = house.storage('user', 'totp', 'export', 'uri', '--sqlite.path', path);
  assert.match(wrong.stderr, /^Nothing was done: The encryption key is not the one/);
  assert.equal(house.storage('encryption', 'check', '--sqlite.path', path).status, 1);
  assert.equal(house.storage('encryption', 'check', '--verbose', ...there).status, 0);
  assert.equal(house.storage('user', 'totp', 'export', 'uri', '--mysql.address', 'x').status, 2);
  assert.equal(house.storage('user', 'totp', 'export', 'uri', '--encryption-key', 'short').status, 1);
});
