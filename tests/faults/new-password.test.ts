/** A power cut in the middle of a new password: it is in the users file, and the sessions of whoever had the old one still live. */
import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { openDatabase } from '@gatehouse/storage/database.ts';
import { startSmtpSink } from '@gatehouse/testing/smtp-sink.ts';
import { mailBy } from '../house/mail.ts';
import { entryOf } from '../house/people.ts';
import { startIdentity } from '../integration/reload/running-identity.ts';

type Tables = { new_passwords: { due_at_ms: number } };

test('kill -9 right after a password was reset: the old sessions end when the portal is back, and the owner is told', async () => {
  await using sink = await startSmtpSink();
  await using identity = await startIdentity({ replace: mailBy(sink) });
  const { username, password } = identity.people.alice;
  const intruder = identity.visitor();
  assert.equal((await intruder.post('/sign-in/portal/password', { username, password })).status, 303);
  const isIn = async () => (await intruder.get('/settings/sessions')).status === 200;
  assert.ok(await isIn());
  const owner = identity.visitor();
  await owner.post('/reset-password', { username });
  const token = /reset-password\/new\?token=(\S+)$/m.exec((await sink.next()).text)?.[1] ?? assert.fail();

  // Somebody else is writing the users file, so the portal has everything behind it but that.
  const at = (name: string): string => join(identity.folder, name);
  writeFileSync(at('.users_database.yml.new'), '');
  const fresh = 'a quite new password of alice';
  const set = owner.post('/reset-password/new', { token, new: fresh, again: fresh });
  const cut = assert.rejects(set);
  const database = await openDatabase<Tables>({ dialect: 'sqlite', path: at('identity.sqlite3') });
  await using _ = { [Symbol.asyncDispose]: () => database.close() };
  const { kysely } = database;
  while (!(await kysely.selectFrom('new_passwords').selectAll().executeTakeFirst())) await turn();
  await identity.child().kill();
  await cut;
  // What it was about to write.
  rmSync(at('.users_database.yml.new'));
  const digestOf = (text: string) => /alice:[\s\S]*?password: '([^']*)'/.exec(text)?.[1] ?? assert.fail();
  const users = readFileSync(at('users_database.yml'), 'utf8');
  const digest = digestOf(entryOf({ username, password: fresh }));
  writeFileSync(
    at('users_database.yml'),
    users.replace(digestOf(users), () => digest),
  );
  // The minute is over in which it might be busy with it.
  await kysely.updateTable('new_passwords').set({ due_at_ms: 0 }).execute();

  await identity.restart();
  await identity.next(/^Ended the sessions from before a password/);
  assert.equal(await isIn(), false);
  assert.match((await sink.next()).subject, /Your password was changed/);
  assert.equal((await identity.visitor().post('/sign-in/portal/password', { username, password: fresh })).status, 303);
});
