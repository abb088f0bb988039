/** A link to a new password over both directories: what becomes of it when its person changes elsewhere meanwhile. */
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { openDigestPool } from '@gatehouse/password/digest-pool.ts';
import { generateDigest } from '@gatehouse/password/generate.ts';
import { argon2Defaults } from '@gatehouse/password/hash-options.ts';
import { needs } from '@gatehouse/testing/needs.ts';
import type { Slapd } from '@gatehouse/testing/slapd.ts';
import { temporaryFolder } from '@gatehouse/testing/temporary-folder.ts';
import { openLog } from '@gatehouse/web/log.ts';
import { Attribute, Change, Client } from 'ldapts';
import type { Directory } from '../directory/directory.ts';
import { openFileDirectory } from '../directory/file/file-directory.ts';
import { posix } from '../directory/ldap/directories.testing.ts';
import { openDirectoryOf } from '../directory/ldap/ldap-directory.testing.ts';
import { openBrowser } from './browser.testing.ts';
import { alicePassword, openHouse } from './house.suite.ts';
import { askForLink, fresh, setNew } from './reset.testing.ts';

type Place = AsyncDisposable & {
  /** The portal's own; whoever gets it closes it. */
  readonly directory: Directory;
  /** Resolves when the portal's directory knows it. */
  setMailbox(address: string): Promise<void>;
  setPasswordElsewhere(password: string): Promise<void>;
};

const cheap = { ...argon2Defaults, memory: 256, iterations: 1 };

async function openFile(): Promise<Place> {
  const folder = temporaryFolder('reset-links');
  const path = join(folder.path, 'users.yml');
  const text = (email: string, digest: string) =>
    `users:\n  alice:\n    displayname: 'Alice'\n    email: '${email}'\n    password: '${digest}'\n`;
  await writeFile(path, text('alice@example.com', await generateDigest(cheap, alicePassword)));
  const pool = openDigestPool();
  let heard = Promise.withResolvers<void>();
  const write = (line: string) => void (line.includes('users file read again') && heard.resolve());
  const search = { email: true, caseInsensitive: false };
  const settings = { path, hashing: cheap, search, extraAttributes: {}, pool };
  const directory = await openFileDirectory({
    ...settings,
    watch: true,
    log: openLog({ level: 'info', format: 'json' }, { write }),
  });
  async function followed(change: () => Promise<unknown>): Promise<void> {
    heard = Promise.withResolvers<void>();
    await change();
    await heard.promise;
  }
  return {
    directory,
    setMailbox: (address) =>
      followed(async () => writeFile(path, (await readFile(path, 'utf8')).replace(/\S+@\S+/, `'${address}'`))),
    setPasswordElsewhere: (password) =>
      followed(async () => {
        const log = openLog({ level: 'silent', format: 'json' });
        const elsewhere = await openFileDirectory({ ...settings, watch: false, log });
        assert.deepEqual(await elsewhere.setPassword('alice', password), { kind: 'set' });
        await elsewhere.close();
      }),
    async [Symbol.asyncDispose]() {
      await pool.close();
      await folder.remove();
    },
  };
}

async function openLdap(): Promise<Place & { readonly slapd: Slapd }> {
  const slapd = await posix.start();
  return {
    slapd,
    directory: openDirectoryOf(slapd, posix),
    async setMailbox(address) {
      await using client = new Client({ url: `ldap://127.0.0.1:${slapd.port}` });
      await client.bind(slapd.searcher.dn, slapd.searcher.password);
      const modification = new Attribute({ type: 'mail', values: [address] });
      await client.modify(`uid=alice,ou=people,${slapd.baseDn}`, new Change({ operation: 'replace', modification }));
    },
    async setPasswordElsewhere(password) {
      const elsewhere = openDirectoryOf(slapd, posix);
      assert.deepEqual(await elsewhere.setPassword('alice', password), { kind: 'set' });
      await elsewhere.close();
    },
    [Symbol.asyncDispose]: slapd.close,
  };
}

const noSlapd = needs('slapd', 'openssl');
for (const { name, open, skip } of [
  { name: 'a users file', open: openFile, skip: false },
  { name: 'LDAP', open: openLdap, skip: noSlapd },
])
  describe(`a link to a new password over ${name}`, { skip }, () => {
    test('attack 25: dies when the mailbox that it went to is no longer theirs', async () => {
      await using place = await open();
      await using house = await openHouse({ directory: place.directory });
      const browser = openBrowser(house);
      const { page } = await askForLink(house, browser);
      assert.equal((await browser.get(page)).status, 200);
      await place.setMailbox('alice@elsewhere.example');
      const shown = await browser.get(page);
      assert.equal(shown.status, 410);
      assert.match(shown.body, /your mail address has changed since/);
      assert.equal((await setNew(browser, page)).status, 410);
      assert.notEqual((await house.directory.checkPassword('alice', fresh)).kind, 'verified');
      // A new one goes to the new mailbox.
      const { page: newer } = await askForLink(house, browser);
      assert.match(await house.lastMail(), /alice@elsewhere\.example/);
      assert.equal((await setNew(browser, newer)).status, 303);
      assert.equal((await house.directory.checkPassword('alice', fresh)).kind, 'verified');
    });

    test('attack 25: dies when the password was changed elsewhere, which then stays in force', async () => {
      await using place = await open();
      await using house = await openHouse({ directory: place.directory });
      const browser = openBrowser(house);
      const { page } = await askForLink(house, browser);
      await place.setPasswordElsewhere('set by the administrator');
      assert.equal((await browser.get(page)).status, 410);
      assert.equal((await setNew(browser, page)).status, 410);
      assert.equal((await house.directory.checkPassword('alice', 'set by the administrator')).kind, 'verified');
    });
  });

test('a directory that does not answer uses up no link: a clear page, and the same link once it is back', {
  skip: noSlapd,
}, async () => {
  await using place = await openLdap();
  await using house = await openHouse({ directory: place.directory });
  const browser = openBrowser(house);
  const { page } = await askForLink(house, browser);
  await place.slapd.stop();
  const shown = await browser.get(page);
  assert.equal(shown.status, 503);
  assert.match(shown.body, /directory of this house does not answer. Your link is not used up/);
  assert.ok(shown.body.includes(`href="${page}"`), 'and a way to try again');
  const sent = await setNew(browser, page);
  assert.equal(sent.status, 503);
  assert.match(sent.body, /Nothing was changed/);
  await place.slapd.start();
  assert.equal((await setNew(browser, page)).status, 303);
  assert.equal((await house.directory.checkPassword('alice', fresh)).kind, 'verified');
});
