import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { PassThrough, Readable } from 'node:stream';
import { describe, test } from 'node:test';
import { openSealer } from '@gatehouse/storage/sealer.ts';
import { memoryVolatile } from '@gatehouse/storage/volatile/memory-volatile.ts';
import { sealedVolatile } from '@gatehouse/storage/volatile/sealed-volatile.ts';
import type { FindAnswer } from '../directory/directory.ts';
import { openInitialAccessStore } from '../oidc/registration/initial-access.store.ts';
import { openRegisteredClientStore } from '../oidc/registration/registered-client.store.ts';
import { openBanStore } from '../regulation/ban.store.ts';
import { openAttemptLimiter } from '../regulation/limiter.ts';
import { endSessionsOf, sessionsOf } from '../session/administer.ts';
import { sessionKind } from '../session/endings.ts';
import type { PortalSession } from '../session/portal-session.ts';
import { openSessionRegister } from '../session/session-register.ts';
import { openTotp } from '../sign-in/totp/totp.verify.ts';
import { openMemoryDatabase } from '../storage/databases.suite.ts';
import type { Command } from './command.ts';
import { storageBans } from './storage-bans.ts';
import { storageOidc } from './storage-oidc.ts';
import { storageUserSessions } from './storage-user-sessions.ts';
import { storageUserTotp, type TotpRoom } from './storage-user-totp.ts';

const nowMs = () => Date.UTC(2026, 10, 23, 21, 4);
const close = () => Promise.resolve();

async function run(command: Command, ...args: string[]) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const code = await command(args, { stdin: Readable.from([]), stdout, stderr, env: {} });
  return { code, out: String(stdout.read() ?? ''), err: String(stderr.read() ?? '') };
}

describe('storage user totp', () => {
  async function openCommand() {
    const database = await openMemoryDatabase();
    const totp = openTotp({
      ...{ database, nowMs, randomBytes, newId: randomUUID },
      sealer: openSealer('an encryption key for tests'),
      limiter: openAttemptLimiter({ database, nowMs }),
      options: {
        ...{ issuer: 'Gatehouse', algorithm: 'SHA1', digits: 6, periodSeconds: 30, skew: 1, secretBytes: 32 },
        ...{
          allowedAlgorithms: ['SHA1', 'SHA256'],
          allowedDigits: [6],
          allowedPeriodsSeconds: [30],
          allowReuse: false,
        },
      },
    });
    const room: TotpRoom = { totp, all: async () => [], take: async () => 'same', nowMs, close };
    return { totp, command: storageUserTotp(async () => room) };
  }

  test('generate prints the URI of a new key, and replaces one only when told to', async () => {
    const { totp, command } = await openCommand();
    const first = await run(command, 'generate', 'alice', '--algorithm', 'sha256');
    assert.equal(first.code, 0);
    assert.match(first.out, /^otpauth:\/\/totp\/Gatehouse:alice\?.*algorithm=SHA256.*\n$/);
    assert.equal((await totp.describe('alice'))?.algorithm, 'SHA256');
    const second = await run(command, 'generate', 'alice');
    assert.deepEqual([second.code, second.out], [1, '']);
    const forced = await run(command, 'generate', '--force', 'alice');
    assert.equal(forced.code, 0);
    assert.notEqual(forced.out, first.out);
  });

  test('generate refuses what the configuration does not allow', async () => {
    const { totp, command } = await openCommand();
    for (const flags of [
      ['--digits', '8'],
      ['--period', 'x'],
      ['--algorithm', 'MD5'],
      ['--algorithm', 'SHA512'],
    ])
      assert.equal((await run(command, 'generate', 'alice', ...flags)).code, 1, flags.join(' '));
    assert.equal(await totp.has('alice'), false);
  });

  test('delete removes a factor, and says when there is none', async () => {
    const { totp, command } = await openCommand();
    await totp.create('alice', totp.propose());
    assert.equal((await run(command, 'delete', 'alice')).code, 0);
    assert.equal(await totp.has('alice'), false);
    assert.equal((await run(command, 'delete', 'alice')).code, 1);
  });

  test('a call that is not understood answers 2 and shows how', async () => {
    const { command } = await openCommand();
    for (const args of [
      [],
      ['x'],
      ['generate'],
      ['generate', 'a', 'b'],
      ['generate', 'a', '--x'],
      ['delete'],
      ['export', 'gif'],
      ['export', 'uri', 'x'],
      ['import'],
    ]) {
      const answer = await run(command, ...args);
      assert.equal(answer.code, 2, args.join(' '));
      assert.match(answer.err, /Usage:/);
    }
  });
});

async function openSessionsRoom() {
  const register = openSessionRegister(await openMemoryDatabase());
  const volatile = sealedVolatile(memoryVolatile(nowMs), openSealer('an encryption key for tests'));
  return {
    register,
    volatile,
    cookies: [],
    nowMs,
    close,
    async begin(id: string, username: string) {
      const at = nowMs();
      const session: PortalSession = {
        ...{ id, username, cookieDomain: 'example.com', rememberMe: false, factors: {} },
        ...{ createdAtMs: at, lastActivityMs: at },
      };
      await register.add(session, at + 3_600_000, { network: '192.0.2.*', userAgent: 'curl/8' });
      await volatile.put(sessionKind, `secret of ${id}`, { value: session, expiresAtMs: at + 3_600_000, alias: id });
    },
  };
}

describe('storage user sessions', () => {
  test('list names the sessions of a person; end makes each dead and leaves the rest to the server', async () => {
    const room = await openSessionsRoom();
    const command = storageUserSessions(async () => room);
    await room.begin('one', 'alice');
    await room.begin('two', 'alice');
    await room.begin('three', 'bob');
    const { out } = await run(command, 'list', 'alice');
    assert.match(out, /^one\texample\.com\tsince 2026-11-23T21:04:00Z\tactive 2026-11-23T21:04:00Z\ntwo\t.*\n$/);
    assert.equal((await run(command, 'end', 'alice')).out, "Ended 2 sessions of 'alice'.\n");
    assert.ok((await room.volatile.get(sessionKind, 'secret of one'))?.consumedAtMs);
    assert.equal((await room.volatile.get(sessionKind, 'secret of three'))?.consumedAtMs, undefined);
    assert.equal((await run(command, 'list', 'alice')).out, "'alice' has no session.\n");
    assert.deepEqual(
      (await room.register.due(0, 10)).map(({ endReason }) => endReason),
      ['administrator', 'administrator'],
    );
  });

  test('a call that is not understood answers 2 and ends nothing', async () => {
    const room = await openSessionsRoom();
    const command = storageUserSessions(async () => room);
    await room.begin('one', 'alice');
    for (const args of [[], ['end'], ['x', 'alice'], ['end', 'alice', 'bob'], ['end', '--all']])
      assert.equal((await run(command, ...args)).code, 2, args.join(' '));
    assert.equal((await sessionsOf(room, 'alice')).length, 1);
  });
});

describe('storage bans', () => {
  async function openCommand(directory: 'there' | 'away' = 'there') {
    const bans = openBanStore({ database: await openMemoryDatabase(), nowMs, newId: randomUUID });
    const sessions = await openSessionsRoom();
    const endSessions = (username: string) => endSessionsOf(sessions, username, 'ban');
    const find = async (name: string): Promise<FindAnswer> =>
      directory === 'away'
        ? { kind: 'unavailable', cause: new Error('no directory') }
        : ['alice', 'bob'].includes(name.toLowerCase())
          ? {
              kind: 'found',
              identity: {
                ...{ username: name.toLowerCase(), displayName: name, emails: [], groups: [] },
                attributes: { extra: {} },
              },
            }
          : { kind: 'unknown' };
    const shutOut: string[] = [];
    const takeBack = async (username: string) => shutOut.push(username);
    const command = storageBans(async () => ({ bans, nowMs, find, endSessions, takeBack, close }));
    return { bans, sessions, shutOut, command };
  }

  test('a ban of a person ends their sessions and nobody else’s; one of an address ends none', async () => {
    const { sessions, shutOut, command } = await openCommand();
    await sessions.begin('one', 'alice');
    await sessions.begin('two', 'bob');
    await run(command, 'ip', 'add', '192.0.2.7');
    assert.deepEqual(shutOut, []);
    const { out } = await run(command, 'user', 'add', 'alice');
    assert.match(out, /Ended 1 session of theirs\.\nTook back the access/);
    assert.deepEqual(shutOut, ['alice']);
    assert.deepEqual(await sessionsOf(sessions, 'alice'), []);
    assert.equal((await sessionsOf(sessions, 'bob')).length, 1);
    assert.equal((await sessions.register.due(0, 10))[0]?.endReason, 'ban');
  });

  test('add, list and revoke a person', async () => {
    const { bans, command } = await openCommand();
    assert.equal(
      (await run(command, 'user', 'add', 'alice', '--duration', '2 hours', '--reason', 'lost phone')).code,
      0,
    );
    assert.equal(await bans.isBanned('alice', ''), true);
    assert.equal(
      (await run(command, 'user', 'list')).out.replace(/^[^\t]+/, 'id'),
      'id\talice\tsince 2026-11-23T21:04:00Z\tuntil 2026-11-23T23:04:00Z\tcli\tlost phone\n',
    );
    assert.equal((await run(command, 'user', 'revoke', 'alice')).code, 0);
    assert.equal((await run(command, 'user', 'revoke', 'alice')).code, 1);
    assert.equal((await run(command, 'user', 'list')).out, 'No user is banned.\n');
  });

  test('a ban holds for the name as the directory writes it, and is taken back by either', async () => {
    const { bans, command } = await openCommand();
    assert.match((await run(command, 'user', 'add', 'ALICE')).out, /^Banned user 'alice'/);
    assert.equal(await bans.isBanned('alice', ''), true);
    assert.match((await run(command, 'user', 'revoke', 'ALICE')).out, /user 'alice'/);
    assert.equal(await bans.isBanned('alice', ''), false);
  });

  test('a name that the directory does not know, or cannot be asked for, is banned as written, and told of', async () => {
    for (const [state, warning] of [
      ['there', /Nobody who may sign in is known as 'carol'/],
      ['away', /cannot be asked/],
    ] as const) {
      const { bans, command } = await openCommand(state);
      const { code, err } = await run(command, 'user', 'add', 'carol');
      assert.equal(code, 0);
      assert.match(err, warning);
      assert.equal(await bans.isBanned('carol', ''), true);
    }
  });

  test('one ban of several is revoked by its id, and only as what it is', async () => {
    const { bans, command } = await openCommand();
    await run(command, 'user', 'add', 'alice', '--reason', 'one');
    await run(command, 'user', 'add', 'alice', '--reason', 'two');
    const { id } = (await bans.list('user')).find(({ reason }) => reason === 'one') ?? assert.fail();
    assert.ok((await run(command, 'user', 'list')).out.includes(`${id}\talice\t`));
    assert.equal((await run(command, 'ip', 'revoke', `--id=${id}`)).code, 1);
    assert.equal((await run(command, 'user', 'revoke', 'alice', '--id', id)).code, 2);
    assert.match((await run(command, 'user', 'revoke', '--id', id)).out, /of user 'alice'/);
    assert.deepEqual(
      (await bans.list('user')).map(({ reason }) => reason),
      ['two'],
    );
    assert.equal((await run(command, 'user', 'revoke', '-i', id)).code, 1);
  });

  test('an address may be banned for good, an IPv6 one with its network', async () => {
    const { bans, command } = await openCommand();
    assert.match(
      (await run(command, 'ip', 'add', '2001:db8::7', '--permanent')).out,
      /'2001:db8:0:0::\/64' until revoked/,
    );
    assert.equal(await bans.isBanned('', '2001:db8::8'), true);
    assert.equal((await run(command, 'ip', 'revoke', '2001:db8::9')).code, 0);
  });

  test('a call that is not understood answers 2 and bans nobody', async () => {
    const { bans, command } = await openCommand();
    for (const args of [
      [],
      ['user'],
      ['x', 'list'],
      ['user', 'add'],
      ['ip', 'add', 'alice'],
      ['user', 'add', 'a', '--duration', 'soon'],
      ['user', 'list', 'x'],
    ])
      assert.equal((await run(command, ...args)).code, 2, args.join(' '));
    assert.deepEqual(await bans.list('user'), []);
  });
});

describe('storage oidc', () => {
  async function openCommand(enabled = true) {
    const { kysely } = await openMemoryDatabase();
    const clients = openRegisteredClientStore({ kysely, sealer: openSealer('an encryption key for tests'), nowMs });
    const tokens = openInitialAccessStore({ kysely, nowMs, newId: randomUUID });
    return { clients, tokens, command: storageOidc(async () => ({ clients, tokens, enabled, nowMs, close })) };
  }

  test('generate prints a token that lets applications in, and list and revoke never show it', async () => {
    const { tokens, command } = await openCommand();
    const made = await run(command, 'initial-access-tokens', 'generate', '--uses', '2', '--description', 'for the lab');
    const [, token = ''] = /^Initial access token: (\S+)$/m.exec(made.out) ?? [];
    assert.deepEqual([made.code, made.err], [0, '']);
    assert.match(made.out, /For 2 registrations, until 2026-11-24T21:04:00Z\./);
    assert.equal(await tokens.mayRegister(token), true);
    const listed = await run(command, 'initial-access-tokens', 'list');
    assert.match(listed.out, /^\S+\t2 left\tuntil 2026-11-24T21:04:00Z\tfor the lab\n$/);
    assert.ok(!listed.out.includes(token));
    const id = listed.out.split('\t')[0] ?? '';
    assert.equal((await run(command, 'initial-access-tokens', 'revoke', id)).code, 0);
    assert.equal((await run(command, 'initial-access-tokens', 'revoke', id)).code, 1);
    assert.equal(await tokens.mayRegister(token), false);
  });

  test('generate says so when registration is off, and refuses what it cannot do', async () => {
    const { command } = await openCommand(false);
    assert.match((await run(command, 'initial-access-tokens', 'generate')).err, /dynamic_client_registration.enabled/);
    for (const flags of [['--uses', '0'], ['--uses', 'many'], ['--duration', 'soon'], ['--unknown'], ['more']])
      assert.equal((await run(command, 'initial-access-tokens', 'generate', ...flags)).code, 2);
    assert.equal((await run(command, 'clients', 'add')).code, 2);
  });

  test('clients are listed, and deleted by their id', async () => {
    const { clients, command } = await openCommand();
    assert.equal((await run(command, 'clients', 'list')).out, 'No application has registered itself.\n');
    await clients.add('one', 'Its App', { metadata: {} }, 'token', 5);
    assert.equal(
      (await run(command, 'clients', 'list')).out,
      'one\tIts App\tsince 2026-11-23T21:04:00Z\tused 2026-11-23\n',
    );
    assert.equal((await run(command, 'clients', 'delete', 'two')).code, 1);
    assert.equal((await run(command, 'clients', 'delete', 'one')).code, 0);
    assert.equal(await clients.find('one'), undefined);
  });
});
