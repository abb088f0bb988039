import assert from 'node:assert/strict';
import { PassThrough, Readable } from 'node:stream';
import { describe, test } from 'node:test';
import type { Identity } from '../directory/directory.ts';
import type { OidcOptions } from '../oidc/options.ts';
import { openRefusalStore } from '../oidc/refusals/refusal.store.ts';
import type { KeptRefusal } from '../oidc/refusals/refusal.ts';
import { openMemoryDatabase } from '../storage/databases.suite.ts';
import { debugOidcClaims } from './debug-oidc-claims.ts';
import { debugOidcRefusals } from './debug-oidc-refusals.ts';

const nowMs = () => Date.UTC(2026, 10, 23, 21, 4);
const hour = 3_600_000;

const refusal: KeptRefusal = {
  kind: 'refusal',
  issuer: 'https://auth.example.com',
  clientId: 'leantime',
  isKnownClient: true,
  endpoint: 'authorization',
  error: 'invalid_redirect_uri',
  cause: 'redirect-uri',
  what: 'Leantime asked to be answered at an address that is not registered for it.',
  why: 'It differs from the nearest registered one in: trailing slash.',
  todo: 'Correct the address in the application, or add it to the list.',
  sent: [{ text: 'https://leantime.example.com/oidc/callback' }, { text: '/', differs: true }],
  registered: [{ text: 'https://leantime.example.com/oidc/callback' }],
  setting: { key: 'identity_providers.oidc.clients[0].redirect_uris', file: 'configuration.yml', line: 12 },
  write: "- 'https://leantime.example.com/oidc/callback/'",
  reference: 'K3TQ-9XWM',
  times: 3,
  firstAtMs: nowMs() - 5 * hour,
  lastAtMs: nowMs() - 2 * hour,
};
const later: KeptRefusal = {
  ...refusal,
  clientId: 'wiki',
  reference: 'AAAA-0000',
  cause: 'pkce-missing',
  times: 1,
  lastAtMs: nowMs() - 60_000,
};

async function run(...args: string[]) {
  const database = await openMemoryDatabase();
  const refusals = openRefusalStore({ database, nowMs });
  await refusals.add([refusal, later]);
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const command = debugOidcRefusals(async () => ({ refusals, nowMs, close: () => database.close() }));
  const code = await command(args, { stdin: Readable.from([]), stdout, stderr, env: {} });
  return { code, out: String(stdout.read() ?? ''), err: String(stderr.read() ?? '') };
}

describe('debug oidc refusals', () => {
  test('the newest comes first, with what differs, the line that decides and the cure', async () => {
    const { code, out } = await run();
    assert.equal(code, 0);
    assert.ok(out.indexOf('AAAA-0000') < out.indexOf('K3TQ-9XWM'));
    assert.match(out, /K3TQ-9XWM {2}2026-11-23 19:04Z {2}leantime {2}authorization {2}redirect-uri {2}3 times/);
    assert.match(out, /sent +https:\/\/leantime\.example\.com\/oidc\/callback«\/»/);
    assert.match(
      out,
      /decides +identity_providers\.oidc\.clients\[0\]\.redirect_uris\n +\(configuration\.yml, line 12\)/,
    );
    assert.match(out, /or write +- 'https:\/\/leantime\.example\.com\/oidc\/callback\/'/);
  });

  test('every line fits 80 columns', async () => {
    const { out } = await run();
    for (const line of out.split('\n')) assert.ok(line.length <= 80, line);
  });

  test('one client, one reference in any case, a time and a number of them may be asked for', async () => {
    assert.doesNotMatch((await run('--client', 'wiki')).out, /K3TQ/);
    assert.doesNotMatch((await run('--reference', 'k3tq-9xwm')).out, /AAAA/);
    assert.doesNotMatch((await run('--since', '1h')).out, /K3TQ/);
    assert.match((await run('--since', '2026-11-22')).out, /K3TQ/);
    assert.doesNotMatch((await run('--limit', '1')).out, /K3TQ/);
  });

  test('a reference that is not there is said, with the exit code of a "no"', async () => {
    const { code, out } = await run('--reference', 'ZZZZ-ZZZZ');
    assert.deepEqual([code, out], [1, 'Nothing was refused.\n']);
  });

  test('as JSON it is for programs', async () => {
    const found = JSON.parse((await run('--format', 'json', '--client', 'leantime')).out);
    assert.equal(found.length, 1);
    assert.equal(found[0].cause, 'redirect-uri');
    assert.equal(found[0].sent, 'https://leantime.example.com/oidc/callback/');
    assert.equal(found[0].last, '2026-11-23T19:04:00.000Z');
  });

  test('what is not understood answers 2', async () => {
    for (const args of [['--limit', '0'], ['--format', 'xml'], ['--since', 'tomorrow'], ['--nothing'], ['word']])
      assert.equal((await run(...args)).code, 2, args.join(' '));
  });
});

describe('debug oidc claims', () => {
  const alice: Identity = {
    username: 'alice',
    displayName: 'Alice Example',
    emails: ['alice@example.com'],
    groups: ['staff'],
    attributes: { given_name: 'Alice', extra: {} },
  };
  const client = { client_id: 'leantime', scopes: ['openid', 'email', 'groups'] };
  const oidc: OidcOptions = {
    clients: [client, { ...client, client_id: 'hydrated', claims_policy: 'leantime' }],
    jwks: [],
    claims_policies: { leantime: { id_token: ['email', 'name'] } },
  };

  async function ask(...args: string[]) {
    const [stdout, stderr] = [new PassThrough(), new PassThrough()];
    const command = debugOidcClaims(async () => ({
      oidc,
      directory: {
        find: async (name) => (name === 'alice' ? { kind: 'found', identity: alice } : { kind: 'unknown' }),
      },
      attributeOf: () => undefined,
      nowMs,
      close: () => Promise.resolve(),
    }));
    const code = await command(args, { stdin: Readable.from([]), stdout, stderr, env: {} });
    return { code, out: String(stdout.read() ?? ''), err: String(stderr.read() ?? '') };
  }

  test('a client without a claims policy is told who somebody is at userinfo alone', async () => {
    const { code, out } = await ask('alice', '--client', 'leantime');
    assert.equal(code, 0);
    assert.match(
      out,
      /^ID token\n {2}nothing beyond what the protocol itself says\nUserinfo\n {2}email +"alice@example.com"/,
    );
    assert.match(out, /groups +\["staff"\]/);
    assert.doesNotMatch(out, /given_name/, 'a scope that is not registered gives nothing');
  });

  test('a claims policy puts what was granted into the ID token', async () => {
    const { out } = await ask('alice', '--client', 'hydrated', '--format', 'json');
    const { id_token, userinfo } = JSON.parse(out);
    assert.deepEqual(id_token, { email: 'alice@example.com' });
    assert.deepEqual(userinfo.groups, ['staff']);
  });

  test('the scopes of one request may be asked for', async () => {
    const { out } = await ask('alice', '--client', 'leantime', '--scope', 'openid groups');
    assert.doesNotMatch(out, /email/);
    assert.equal((await ask('alice', '--client', 'leantime', '--scope', 'phone')).code, 1);
  });

  test('an unknown person or client is a "no", and a call that is not understood shows how', async () => {
    assert.equal((await ask('nobody', '--client', 'leantime')).code, 1);
    assert.equal((await ask('alice', '--client', 'nothing')).code, 1);
    for (const args of [
      [],
      ['alice'],
      ['alice', 'bob', '--client', 'leantime'],
      ['alice', '--client', 'leantime', '--format', 'xml'],
    ])
      assert.equal((await ask(...args)).code, 2, args.join(' '));
  });
});
