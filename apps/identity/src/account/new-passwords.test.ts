/** A new password is set and something fails before what follows from it is done: sooner or later it is done all the same. */
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { openDigestPool } from '@gatehouse/password/digest-pool.ts';
import { generateDigest } from '@gatehouse/password/generate.ts';
import { argon2Defaults } from '@gatehouse/password/hash-options.ts';
import { temporaryFolder } from '@gatehouse/testing/temporary-folder.ts';
import { openLog } from '@gatehouse/web/log.ts';
import type { Directory, FindAnswer, PasswordMarkAnswer, SetPasswordAnswer } from '../directory/directory.ts';
import { openFileDirectory } from '../directory/file/file-directory.ts';
import { openMemoryDatabase } from '../storage/databases.suite.ts';
import { type Browser, fieldsOf, openBrowser } from './browser.testing.ts';
import { alicePassword, codeFromMail, openHouse } from './house.suite.ts';
import { askForLink, fresh, setNew } from './reset.testing.ts';

const cheap = { ...argon2Defaults, memory: 256, iterations: 1 };

/** Alice's house, where the test stands between the portal and its directory, and may take the sessions' table away. */
async function openTroubled() {
  const folder = temporaryFolder('new-passwords');
  const path = join(folder.path, 'users.yml');
  const mailbox = "displayname: 'Alice', email: 'alice@example.com'";
  await writeFile(path, `users:\n  alice: { ${mailbox}, password: '${await generateDigest(cheap, alicePassword)}' }\n`);
  const pool = openDigestPool();
  const users = await openFileDirectory({
    ...{ path, pool, watch: false, hashing: cheap, extraAttributes: {} },
    search: { email: true, caseInsensitive: false },
    log: openLog({ level: 'silent', format: 'json' }),
  });
  const between = {
    set: (go: () => Promise<SetPasswordAnswer>) => go(),
    mark: (mark: PasswordMarkAnswer, _username: string) => mark,
    find: (found: FindAnswer) => found,
  };
  const directory: Directory = {
    ...users,
    setPassword: (...given) => between.set(() => users.setPassword(...given)),
    passwordMark: async (username) => between.mark(await users.passwordMark(username), username),
    find: async (username) => between.find(await users.find(username)),
  };
  const database = await openMemoryDatabase();
  const house = await openHouse({ directory, database });
  const rename = (from: string, to: string) => database.kysely.schema.alterTable(from).renameTo(to).execute();
  return {
    ...{ house, between },
    /** The database fails whoever asks for sessions. */
    loseSessions: () => rename('portal_sessions', 'lost_sessions'),
    findSessions: () => rename('lost_sessions', 'portal_sessions'),
    signedIn: async () => {
      const browser = openBrowser(house);
      await browser.get('/begin/one');
      return browser;
    },
    works: async (password: string) => (await users.checkPassword('alice', password)).kind === 'verified',
    left: async () => (await database.kysely.selectFrom('new_passwords').selectAll().execute()).length,
    async [Symbol.asyncDispose]() {
      await house[Symbol.asyncDispose]();
      await pool.close();
      await folder.remove();
    },
  };
}

/** Past the last look. */
async function hoursLater({ house }: Troubled): Promise<void> {
  for (let minutes = 0; minutes < 5 * 60; minutes += 10) {
    house.clock.ms += 10 * 60_000;
    await house.newPasswords.finish();
  }
}

type Troubled = Awaited<ReturnType<typeof openTroubled>>;

const isIn = async (browser: Browser) => (await browser.session()) !== null;

async function reset({ house }: Troubled) {
  const browser = openBrowser(house);
  return await setNew(browser, (await askForLink(house, browser)).page);
}

async function change({ house }: Troubled, browser: Browser) {
  const proof = fieldsOf(
    (await browser.get((await browser.get('/settings/password')).location)).body,
    '/settings/two-factor/proof',
  );
  await browser.post('/settings/two-factor/proof', { ...proof, code: await codeFromMail(house) });
  const form = { password: alicePassword, new: fresh, again: fresh, everywhere: 'true' };
  return await browser.post('/settings/password', form);
}

test('sessions that could not be ended when a password was reset end within seconds, and nobody reads of a failure', async () => {
  await using troubled = await openTroubled();
  const { house, between } = troubled;
  const intruder = await troubled.signedIn();
  between.set = async (go) => {
    const answer = await go();
    await troubled.loseSessions();
    return answer;
  };
  const done = await reset(troubled);
  await troubled.findSessions();
  assert.equal(done.location, '/reset-password/done');
  assert.ok(await troubled.works(fresh));
  assert.ok(await isIn(intruder), 'nothing has ended it yet');
  await house.newPasswords.finish();
  assert.equal(await isIn(intruder), false);
  assert.equal(await troubled.left(), 0);
});

test('sessions that could not be ended when a password was changed end within seconds, but for that of the change', async () => {
  await using troubled = await openTroubled();
  const { house, between } = troubled;
  const [owner, intruder] = [await troubled.signedIn(), await troubled.signedIn()];
  between.set = async (go) => {
    const answer = await go();
    await troubled.loseSessions();
    return answer;
  };
  const done = await change(troubled, owner);
  await troubled.findSessions();
  assert.equal(done.location, '/settings/password/done?everywhere=yes');
  await house.newPasswords.finish();
  assert.deepEqual([await isIn(owner), await isIn(intruder)], [true, false]);
});

test('a process that dies when the password is set leaves the rest to others, who tell the owner too', async () => {
  await using troubled = await openTroubled();
  const { house, between } = troubled;
  const intruder = await troubled.signedIn();
  between.set = async (go) => {
    await go();
    throw new Error('as good as dead');
  };
  assert.equal((await reset(troubled)).status, 500);
  await house.newPasswords.finish();
  assert.ok(await isIn(intruder), 'somebody may be busy with it');
  house.clock.ms += 60_000;
  await house.newPasswords.finish();
  assert.equal(await isIn(intruder), false);
  await house.settled();
  assert.match(await house.lastMail(), /Your password was changed.*198\.51\.100\.7/s);
  assert.equal(await troubled.left(), 0);
});

test('a process that dies before the password is set costs nobody a session', async () => {
  await using troubled = await openTroubled();
  const { house, between } = troubled;
  const owner = await troubled.signedIn();
  between.set = async () => {
    throw new Error('as good as dead');
  };
  assert.equal((await reset(troubled)).status, 500);
  house.clock.ms += 60_000;
  await house.newPasswords.finish();
  assert.ok(await isIn(owner));
  await hoursLater(troubled);
  assert.doesNotMatch(await house.lastMail(), /Your password was changed/);
  assert.doesNotMatch(JSON.stringify(house.log), /Ended the sessions from before/);
  assert.equal(await troubled.left(), 0);
});

test('a directory that tells of a password only later ends the sessions then, and tells the owner', async () => {
  await using troubled = await openTroubled();
  const { house, between } = troubled;
  const intruder = await troubled.signedIn();
  let before: PasswordMarkAnswer | undefined;
  between.mark = (mark) => (before ??= mark);
  between.set = async (go) => {
    await go();
    return { kind: 'unavailable', cause: new Error('the connection was lost') };
  };
  assert.equal((await reset(troubled)).status, 503);
  for (const pauseMs of [0, 4_999]) {
    house.clock.ms += pauseMs;
    await house.newPasswords.finish();
    assert.deepEqual([await isIn(intruder), await troubled.left()], [true, 1]);
  }
  for (const pauseMs of [1, 15_000]) {
    house.clock.ms += pauseMs;
    await house.newPasswords.finish();
    assert.deepEqual([await isIn(intruder), await troubled.left()], [true, 1]);
  }
  between.mark = (mark) => mark;
  house.clock.ms += 44_999;
  await house.newPasswords.finish();
  assert.ok(await isIn(intruder), 'the pauses grow');
  house.clock.ms += 1;
  await house.newPasswords.finish();
  assert.deepEqual([await isIn(intruder), await troubled.left()], [false, 0]);
  await house.settled();
  assert.match(await house.lastMail(), /Your password was changed/);
});

test('an owner of whom the directory cannot tell just then is told when it can; whoever had the old password is out at once', async () => {
  await using troubled = await openTroubled();
  const { house, between } = troubled;
  const intruder = await troubled.signedIn();
  between.set = async (go) => {
    await go();
    throw new Error('as good as dead');
  };
  assert.equal((await reset(troubled)).status, 500);
  house.clock.ms += 60_000;
  between.find = () => ({ kind: 'unavailable', cause: new Error('groups cannot be read') });
  await house.newPasswords.finish();
  assert.equal(await troubled.left(), 1);
  between.find = (found) => found;
  assert.equal(await isIn(intruder), false);
  house.clock.ms += 1;
  const owner = await troubled.signedIn();
  between.find = () => ({ kind: 'unavailable', cause: new Error('groups cannot be read') });
  house.clock.ms += 5_000;
  await house.newPasswords.finish();
  assert.equal(await troubled.left(), 1);
  between.find = (found) => found;
  assert.ok(await isIn(owner), 'with the new password');
  house.clock.ms += 5_000;
  await house.newPasswords.finish();
  assert.deepEqual([await isIn(owner), await troubled.left()], [true, 0]);
  await house.settled();
  assert.match(await house.lastMail(), /Your password was changed/);
});

test('what is looked through is left where it is when the process is to stop', async () => {
  await using troubled = await openTroubled();
  const { house, between } = troubled;
  await troubled.signedIn();
  between.set = async (go) => {
    await go();
    throw new Error('as good as dead');
  };
  assert.equal((await reset(troubled)).status, 500);
  house.clock.ms += 60_000;
  await house.newPasswords.finish(AbortSignal.abort());
  assert.equal(await troubled.left(), 1);
});

test('a directory that took the password and did not come to say so ends the sessions, and one that did not take it ends none', async () => {
  for (const took of [true, false]) {
    await using troubled = await openTroubled();
    const { house, between } = troubled;
    const browser = await troubled.signedIn();
    between.set = async (go) => {
      if (took) await go();
      return { kind: 'unavailable', cause: new Error('the connection was lost') };
    };
    assert.equal((await reset(troubled)).status, 503);
    await house.newPasswords.finish();
    assert.equal(await isIn(browser), !took);
    await hoursLater(troubled);
    assert.equal(await troubled.left(), 0);
  }
});

test('where the directory does not tell whether the password is another one, the sessions end', async () => {
  await using troubled = await openTroubled();
  const { house, between } = troubled;
  const intruder = await troubled.signedIn();
  between.mark = (mark) => (mark.kind === 'found' ? { ...mark, mark: 'of every password', tellsChanges: false } : mark);
  between.set = async (go) => {
    await go();
    throw new Error('as good as dead');
  };
  assert.equal((await reset(troubled)).status, 500);
  house.clock.ms += 60_000;
  await house.newPasswords.finish();
  assert.equal(await isIn(intruder), false);
});

test('while the directory is away, nothing is decided', async () => {
  await using troubled = await openTroubled();
  const { house, between } = troubled;
  const intruder = await troubled.signedIn();
  between.set = async (go) => {
    await go();
    throw new Error('as good as dead');
  };
  assert.equal((await reset(troubled)).status, 500);
  house.clock.ms += 60_000;
  between.mark = () => ({ kind: 'unavailable', cause: new Error('down') });
  await house.newPasswords.finish();
  assert.deepEqual([await isIn(intruder), await troubled.left()], [true, 1]);
  between.mark = (mark) => mark;
  house.clock.ms += 5_000;
  await house.newPasswords.finish();
  assert.deepEqual([await isIn(intruder), await troubled.left()], [false, 0]);
});

test('somebody of whom the directory cannot tell holds up nobody else', async () => {
  await using troubled = await openTroubled();
  const { house, between } = troubled;
  const intruder = await troubled.signedIn();
  between.set = async (go) => {
    await go();
    throw new Error('as good as dead');
  };
  assert.equal((await reset(troubled)).status, 500);
  const other = { id: 'other', username: 'bob', mark_before: 'x', kept_session_id: null, remote_address: '::1' };
  await house.database.kysely
    .insertInto('new_passwords')
    .values({ ...other, due_at_ms: 0, looks: 0, ended: 0 })
    .execute();
  house.clock.ms += 60_000;
  between.mark = (mark, username) =>
    username === 'bob' ? { kind: 'unavailable', cause: new Error('cannot be read') } : mark;
  await house.newPasswords.finish();
  assert.deepEqual([await isIn(intruder), await troubled.left()], [false, 1]);
});

test('a password that is set in full does what an earlier one left undone, and nobody signs in twice', async () => {
  await using troubled = await openTroubled();
  const { house, between } = troubled;
  const intruder = await troubled.signedIn();
  between.set = async (go) => {
    await go();
    throw new Error('as good as dead');
  };
  assert.equal((await reset(troubled)).status, 500);
  house.clock.ms += 10_000;
  between.set = (go) => go();
  assert.equal((await reset(troubled)).location, '/reset-password/done');
  assert.deepEqual([await isIn(intruder), await troubled.left()], [false, 0]);
  house.clock.ms += 10_000;
  const owner = await troubled.signedIn();
  house.clock.ms += 60_000;
  await house.newPasswords.finish();
  assert.ok(await isIn(owner));
});

test('of two processes that find what was left one does the rest', async () => {
  await using troubled = await openTroubled();
  const { house, between } = troubled;
  await troubled.signedIn();
  between.set = async (go) => {
    await go();
    throw new Error('as good as dead');
  };
  assert.equal((await reset(troubled)).status, 500);
  house.clock.ms += 60_000;
  await Promise.all([house.newPasswords.finish(), house.newPasswords.finish()]);
  const ends = house.log.filter(
    (line) => 'message' in line && /^Ended the sessions from before/.test(`${line.message}`),
  );
  assert.deepEqual([ends.length, await troubled.left()], [1, 0]);
});

test('a password that the directory refuses, and one that is set, leave nothing to be done', async () => {
  await using troubled = await openTroubled();
  const owner = await troubled.signedIn();
  troubled.between.set = async () => ({ kind: 'against-policy' });
  assert.equal((await reset(troubled)).status, 422);
  assert.deepEqual([await isIn(owner), await troubled.left()], [true, 0]);
  troubled.between.set = (go) => go();
  assert.equal((await reset(troubled)).location, '/reset-password/done');
  assert.deepEqual([await isIn(owner), await troubled.left()], [false, 0]);
});

test('a new password that ends the sessions voids the link to another one, also where the directory does not tell', async () => {
  await using troubled = await openTroubled();
  const { house, between } = troubled;
  between.mark = (mark) => (mark.kind === 'found' ? { ...mark, mark: 'of every password', tellsChanges: false } : mark);
  const owner = await troubled.signedIn();
  const { page } = await askForLink(house, openBrowser(house));
  assert.equal((await change(troubled, owner)).location, '/settings/password/done?everywhere=yes');
  const later = 'of whoever has the link';
  const answer = await setNew(openBrowser(house), page, { new: later, again: later });
  assert.notEqual(answer.location, '/reset-password/done');
  assert.deepEqual([await troubled.works(fresh), await troubled.works(later)], [true, false]);
});
