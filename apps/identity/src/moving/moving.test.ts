/** What people had with Authelia is here afterwards, from databases of several versions, and nothing that makes no sense. */
import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { openDatabase } from '@gatehouse/storage/database.ts';
import { openSealer } from '@gatehouse/storage/sealer.ts';
import { needs } from '@gatehouse/testing/needs.ts';
import { startPostgres } from '@gatehouse/testing/postgres.ts';
import { temporaryFolder } from '@gatehouse/testing/temporary-folder.ts';
import { sql } from 'kysely';
import { openConsentMemory } from '../oidc/consent/consent-memory.ts';
import { listSubjects } from '../oidc/people/known-subjects.ts';
import { openSubjects } from '../oidc/people/subjects.ts';
import { openBanStore } from '../regulation/ban.store.ts';
import { base32Of } from '../sign-in/totp/totp.code.ts';
import { openTotpStore } from '../sign-in/totp/totp.store.ts';
import { onEveryDatabase, openMemoryDatabase } from '../storage/databases.suite.ts';
import type { IdentityDatabase } from '../storage/tables.ts';
import { type AutheliaRows, autheliaKey, writeAuthelia } from './authelia.testing.ts';
import { readAutheliaAt } from './authelia-source.ts';
import { takeOver } from './take-over.ts';

const now = Date.UTC(2026, 10, 24, 1);
const nowMs = () => now;
const sealer = openSealer('an encryption key of this house');
const sector = 'https://apps.example.com/sector.json';
const secret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';

async function read(rows: AutheliaRows, key = autheliaKey) {
  await using folder = temporaryFolder('authelia');
  const path = join(folder.path, 'db.sqlite3');
  await writeAuthelia(path, rows);
  const before = readFileSync(path);
  try {
    return await readAutheliaAt({ dialect: 'sqlite', path }, key, now);
  } finally {
    assert.deepEqual(readFileSync(path), before, 'Authelia’s file is as it was');
  }
}

const readFile = (path: string) => readAutheliaAt({ dialect: 'sqlite', path }, autheliaKey, now);

async function take(
  database: IdentityDatabase,
  rows: AutheliaRows,
  options: { overwrite?: boolean; dryRun?: boolean; clientIds?: string[]; rpIds?: string[] } = {},
) {
  const { overwrite = false, dryRun = false, clientIds = ['shop'], rpIds = ['auth.example.com'] } = options;
  const data = await read(rows);
  return takeOver(data, { database, sealer, clientIds: new Set(clientIds), rpIds, overwrite, dryRun, nowMs });
}

const [aliceId, aliceSectorId, bobId] = [randomUUID(), randomUUID(), randomUUID()];
const house: AutheliaRows = {
  identifiers: [
    { username: 'alice', identifier: aliceId },
    { username: 'alice', identifier: aliceSectorId, sector },
    { username: 'bob', identifier: bobId, sector },
  ],
  codes: [
    { username: 'alice', secret, issuer: 'Example', last_used_at: '2026-11-23 20:00:00.123456789+01:00' },
    { username: 'bob', secret, issuer: null, algorithm: 'SHA512', digits: 8, period: 60 },
  ],
  consents: [
    {
      client_id: 'shop',
      subject: aliceId,
      created_at: '2026-11-20 10:00:00+00:00',
      expires_at: '2026-12-20 10:00:00+00:00',
      scopes: 'openid|profile',
      audience: 'https://api.example.com|a\\|b',
    },
    {
      client_id: 'shop',
      subject: bobId,
      created_at: '2026-11-21 10:00:00.5+00:00',
      expires_at: '2026-12-20 10:00:00+00:00',
      scopes: 'openid',
      audience: '',
      requested_claims: '{"userinfo":{"email":null,"name":{"essential":true},"phone_number":null}}',
      signature_claims: 'theirs',
      granted_claims: 'email|name',
    },
    { client_id: 'shop', subject: aliceId, expires_at: '2026-11-01 10:00:00+00:00', scopes: 'openid', audience: '' },
    { client_id: 'shop', subject: aliceId, expires_at: null, revoked: 1, scopes: 'openid', audience: '' },
  ],
  bannedUsers: [
    {
      username: 'carol',
      time: '2026-11-24 00:00:00',
      expires: '2026-11-25 00:00:00',
      source: 'cli',
      reason: 'lost phone',
    },
    {
      username: 'alice',
      time: '2026-11-01 00:00:00',
      expires: '2026-11-02 00:00:00',
      source: 'regulation',
      reason: null,
    },
    { username: 'bob', time: '2026-11-01 00:00:00', revoked: 1, source: 'cli', reason: null },
  ],
  bannedAddresses: [
    { ip: '2001:db8::7', time: '2026-11-24 00:00:00', expires: null, source: 'regulation', reason: null },
  ],
  preferences: [{ username: 'alice', second_factor_method: 'totp' }],
};

onEveryDatabase('people who move over', (open) => {
  test('keep identifiers, one-time codes, consents and bans; a second run takes nothing', async () => {
    const { database } = await open();
    const first = await take(database, house);
    const counts = ({ taken, same, skipped }: (typeof first)['bans']) => [taken, same, skipped.length];
    assert.deepEqual([first.identifiers, first.codes, first.consents, first.bans].map(counts), [
      [3, 0, 0],
      [2, 0, 0],
      [2, 0, 0],
      [2, 0, 0],
    ]);
    const subjects = openSubjects(database.kysely, nowMs);
    assert.equal(await subjects.subjectOf('alice'), aliceId);
    assert.equal(await subjects.subjectOf('alice', sector), aliceSectorId);
    assert.equal(await subjects.subjectOf('bob', sector), bobId);

    const totp = openTotpStore(database, sealer);
    const alice = await totp.find('alice');
    assert.ok(alice);
    assert.equal(base32Of(alice.key.secret), secret);
    const { secret: _secret, ...rest } = (await totp.find('bob'))?.key ?? alice.key;
    assert.deepEqual(rest, { issuer: '', algorithm: 'SHA512', digits: 8, periodSeconds: 60 });
    assert.equal((await totp.describe('alice'))?.lastUsedAtMs, Date.UTC(2026, 10, 23, 19, 0, 0, 123));
    assert.equal((await totp.describe('alice'))?.createdAtMs, Date.UTC(2020, 0, 2, 3, 4, 5));

    const memory = openConsentMemory(database.kysely, nowMs);
    const asked = { clientId: 'shop', scopes: new Set(['profile', 'openid']), claims: undefined };
    const audiences = ['a|b', 'https://api.example.com'];
    assert.deepEqual(await memory.recall({ ...asked, subject: aliceId, audiences }), []);
    assert.equal(await memory.recall({ ...asked, subject: aliceId, audiences: [] }), undefined);
    const claims = '{"userinfo":{"phone_number":null,"email":null,"name":{"essential":true}}}';
    const ofBob = {
      clientId: 'shop',
      subject: await subjects.subjectOf('bob'),
      scopes: new Set(['openid']),
      audiences: [],
    };
    assert.deepEqual(await memory.recall({ ...ofBob, claims }), ['phone_number'], 'found by the public subject');

    const bans = openBanStore({ database, nowMs, newId: randomUUID });
    assert.equal(await bans.isBanned('carol', ''), true);
    assert.equal(await bans.isBanned('', '2001:db8::99'), true);
    assert.equal((await bans.isBanned('alice', '')) || (await bans.isBanned('bob', '')), false);

    const second = await take(database, house);
    assert.deepEqual([second.identifiers, second.codes, second.consents, second.bans].map(counts), [
      [0, 3, 0],
      [0, 2, 0],
      [0, 2, 0],
      [0, 2, 0],
    ]);
  });

  test('what differs here stays, unless Authelia’s is to be taken', async () => {
    const { database } = await open();
    const { kysely } = database;
    const own = await openSubjects(kysely, nowMs).subjectOf('alice');
    const memory = openConsentMemory(kysely, nowMs);
    const key = { clientId: 'mail', subject: own, scopes: new Set(['openid']), audiences: [], claims: undefined };
    await memory.remember(key, [], 3600);
    await take(database, { codes: [{ username: 'alice', secret: `${secret}AAAAAAAA` }] });

    const kept = await take(database, house);
    assert.deepEqual([kept.identifiers.taken, kept.codes.taken], [2, 1]);
    assert.match(kept.identifiers.skipped[0]?.why ?? '', /has another one here, which stays; --overwrite/);
    assert.equal(kept.codes.skipped[0]?.of, 'alice');
    assert.equal(await openSubjects(kysely, nowMs).subjectOf('alice'), own);

    const replaced = await take(database, house, { overwrite: true });
    assert.deepEqual([replaced.identifiers.taken, replaced.codes.taken], [1, 1]);
    assert.equal(await openSubjects(kysely, nowMs).subjectOf('alice'), aliceId);
    assert.deepEqual(await memory.recall({ ...key, subject: aliceId }), [], 'the consents of the person stay theirs');
    const stored = await openTotpStore(database, sealer).find('alice');
    assert.equal(stored && base32Of(stored.key.secret), secret);
  });

  test('an identifier that is somebody else’s here is never taken from them', async () => {
    const { database } = await open();
    await take(database, { identifiers: [{ username: 'bob', identifier: aliceId }] });
    const answer = await take(database, house, { overwrite: true });
    assert.match(answer.identifiers.skipped[0]?.why ?? '', /belongs to somebody else here/);
    assert.equal(await openSubjects(database.kysely, nowMs).usernameOf(aliceId), 'bob');
  });

  test('a dry run tells the same and changes nothing', async () => {
    const { database } = await open();
    const told = await take(database, house, { dryRun: true });
    assert.deepEqual(await listSubjects(database.kysely), []);
    assert.deepEqual(await openTotpStore(database, sealer).usernames(), []);
    assert.deepEqual(told, await take(database, house));
  });
});

describe('databases of Authelia', () => {
  for (const version of [1, 4, 6, 7, 15, 20, 23, 24, 25, 26])
    test(`schema version ${version} opens with its key`, async () => {
      const codes = [{ username: 'alice', secret }];
      const identifiers = version < 4 ? [] : [{ username: 'alice', identifier: aliceId }];
      const data = await read({ version, codes, identifiers });
      assert.equal(data.schemaVersion, version);
      assert.equal(base32Of(data.codes[0]?.key.secret ?? new Uint8Array()), secret);
      assert.equal(data.identifiers.length, identifiers.length);
    });

  test('on PostgreSQL it reads as in a file', { skip: needs('postgresql') }, async () => {
    await using server = await startPostgres();
    const { host, port, database, schema, username, password } = server;
    const location = { dialect: 'postgres', host, port, database, schema, username, password } as const;
    const key = { rpid: 'auth.example.com', kid: 'AAEC', public_key: randomBytes(77), discoverable: 1 };
    const rows = {
      ...house,
      keys: [{ ...key, username: 'alice', description: 'Blue', created_at: '2026-11-20 10:00:00+00:00' }],
      handles: [{ rpid: 'auth.example.com', username: 'alice', userid: 'h'.repeat(64) }],
    };
    await writeAuthelia(location, rows);
    const there = await readAutheliaAt(location, autheliaKey, now);
    assert.deepEqual(there, await read(rows));
    assert.equal(there.keys[0]?.discoverable, true);
    await assert.rejects(readAutheliaAt(location, 'another key', now), /encryption key does not open/);
    const empty = { ...location, schema: 'information_schema' };
    await assert.rejects(readAutheliaAt(empty, autheliaKey, now), /the schema 'information_schema' of the database/);
  });

  test('another key is refused with words, also where the check value alone tells', async () => {
    for (const version of [24, 26])
      await assert.rejects(
        read({ version }, 'another key altogether'),
        /encryption key does not open.*--encryption-key/,
      );
  });

  test('a newer schema, an older one, another program’s file and no SQLite file are refused with words', async () => {
    await assert.rejects(read({ version: 27 }), /schema version 27; this version knows 1 to 26/);
    await using folder = temporaryFolder('authelia');
    const at = (name: string) => join(folder.path, name);
    for (const table of ['totp_secrets', 'songs']) {
      const { kysely, close } = await openDatabase<unknown>({ dialect: 'sqlite', path: at(table) });
      await sql`create table ${sql.table(table)} (id integer)`.execute(kysely);
      await close();
    }
    await assert.rejects(readFile(at('totp_secrets')), /before 4\.34/);
    await assert.rejects(readFile(at('songs')), /is no database of Authelia/);
    writeFileSync(at('text'), 'a text that is longer than the head of any SQLite file would be. '.repeat(20));
    await assert.rejects(readFile(at('text')), /not an SQLite database/);
    await assert.rejects(readFile(at('nowhere')), /no such file/);
  });

  test('a truncated file is refused as a whole', async () => {
    await using folder = temporaryFolder('authelia');
    const path = join(folder.path, 'db.sqlite3');
    await writeAuthelia(path, house);
    truncateSync(path, readFileSync(path).length / 2);
    await assert.rejects(readFile(path), /damaged or incomplete/);
  });

  test('rows that make no sense are named, and the others come', async () => {
    const database = await openMemoryDatabase();
    const answer = await take(database, {
      identifiers: [
        { username: 'alice', identifier: aliceId },
        { username: 'bob', identifier: 'not a uuid' },
        { username: 'carol', identifier: bobId, service: 'saml' },
      ],
      codes: [
        { username: 'alice', secret },
        { username: 'bob', secret, algorithm: 'MD5' },
        { username: 'carol', secret: 'not base32!' },
        { username: 'dave', secret, digits: 7 },
      ],
      consents: [
        { client_id: 'shop', subject: randomUUID(), scopes: 'openid', audience: null },
        { client_id: 'gone', subject: aliceId, scopes: 'openid', audience: null },
        { client_id: 'shop', subject: aliceId, scopes: 'openid', audience: null },
      ],
    });
    assert.deepEqual(
      answer.identifiers.skipped.map(({ of, why }) => `${of} ${why}`),
      ['bob is no UUID', 'carol is for another service than openid'],
    );
    assert.deepEqual(
      answer.codes.skipped.map(({ of, why }) => `${of} ${why}`),
      ['bob has an unknown algorithm', 'carol has a secret that is no base32', 'dave has neither 6 nor 8 digits'],
    );
    assert.deepEqual(
      answer.consents.skipped.map(({ why }) => why),
      ['belongs to a subject that nobody has', 'is for an application that the configuration does not have'],
    );
    assert.deepEqual([answer.identifiers.taken, answer.codes.taken, answer.consents.taken], [1, 1, 1]);
  });
});
