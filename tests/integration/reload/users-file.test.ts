/** A users file while one configuration takes over from another: both have it open, and a password set meanwhile is the password. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { test } from 'node:test';
import { startSmtpSink } from '@gatehouse/testing/smtp-sink.ts';
import { mailBy } from '../../house/mail.ts';
import { startIdentity } from './running-identity.ts';

/** A mail server before this one that says nothing to whoever is waiting, until it is let. */
async function startSlowDoor(behind: { readonly port: number }) {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('a TCP server has a port');
  return {
    port: address.port,
    /** Who comes next, and how to let them in. */
    async nextCaller() {
      const [caller]: Socket[] = await once(server, 'connection');
      return () => void caller?.pipe(connect(behind.port, '127.0.0.1')).pipe(caller);
    },
    async [Symbol.asyncDispose]() {
      server.close();
      await once(server, 'close');
    },
  };
}

test('a password set while a reload waits for the mail server is the password after it', async () => {
  await using sink = await startSmtpSink();
  await using door = await startSlowDoor(sink);
  await using identity = await startIdentity({ replace: mailBy(sink) });
  const { username, password } = identity.people.alice;
  const visitor = identity.visitor();
  assert.equal((await visitor.post('/reset-password', { username })).status, 303);
  const token = /reset-password\/new\?token=(\S+)$/m.exec((await sink.next()).text)?.[1] ?? assert.fail();

  identity.write('rest.yml', identity.rest({ replace: mailBy(door) }));
  const calls = door.nextCaller();
  const reloaded = identity.reload();
  // The next configuration has read the users file by now.
  const letIn = await calls;
  const fresh = 'a quite new password of alice';
  const set = await visitor.post('/reset-password/new', { token, new: fresh, again: fresh });
  assert.equal(set.headers.location, '/reset-password/done', set.body);
  letIn();
  assert.match((await reloaded).msg, /in force/);

  const signInBy = (word: string) => identity.visitor().post('/sign-in/portal/password', { username, password: word });
  assert.equal((await signInBy(fresh)).status, 303);
  assert.notEqual((await signInBy(password)).status, 303);
});
