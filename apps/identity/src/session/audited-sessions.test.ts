import assert from 'node:assert/strict';
import type { IncomingMessage } from 'node:http';
import { test } from 'node:test';
import { openSealer } from '@gatehouse/storage/sealer.ts';
import { memoryVolatile } from '@gatehouse/storage/volatile/memory-volatile.ts';
import { sealedVolatile } from '@gatehouse/storage/volatile/sealed-volatile.ts';
import { auditedSessions } from './audited-sessions.ts';
import { openTestEndings } from './endings.testing.ts';
import { openSessions } from './sessions.ts';

test('coming, proving more and leaving are each one line with name, address and factors, and no secret', async () => {
  const lines: { message: string; fields: Readonly<Record<string, unknown>> }[] = [];
  const identity = { username: 'alice', displayName: 'Alice', emails: [], groups: [], attributes: { extra: {} } };
  const peerOf = () => ({ address: '192.0.2.7', scheme: 'https' as const, host: 'auth.example.com' });
  const secrets = ['1', '2'].map((each) => each.padStart(32, 'S'));
  const unused = [...secrets];
  const volatile = sealedVolatile(memoryVolatile(Date.now), openSealer('a key of this test'));
  const sessions = auditedSessions(
    openSessions({
      volatile,
      endings: await openTestEndings({ volatile, nowMs: Date.now }),
      cookies: [
        {
          domain: 'example.com',
          name: 'authelia_session',
          same_site: 'lax',
          expiration: 3600,
          inactivity: 300,
          remember_me: 'disabled',
        },
      ],
      people: { find: async () => ({ kind: 'found', identity }) },
      peerOf,
      nowMs: Date.now,
      newSecret: () => unused.shift() ?? '',
      newId: () => 'session-1',
    }),
    { log: { info: (fields, message) => lines.push({ message, fields }) }, peerOf },
  );
  const visit = (secret = ''): IncomingMessage =>
    ({ headers: { cookie: `authelia_session=${secret}` } }) as unknown as IncomingMessage;

  const factors = { password: Date.now() };
  await sessions.begin(visit(), { username: 'alice', rememberMe: false, factors });
  await sessions.raise(visit(secrets[0]), { factors: { totp: Date.now() } });
  await sessions.end(visit(secrets[1]));

  const who = { user: 'alice', remote_ip: '192.0.2.7', session: 'session-1' };
  assert.deepEqual(lines, [
    { message: 'Signed in', fields: { ...who, amr: ['pwd', 'kba'] } },
    { message: 'Proved more', fields: { ...who, amr: ['pwd', 'kba', 'otp', 'mfa'] } },
    { message: 'Signed out', fields: who },
  ]);
});
