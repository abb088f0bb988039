/** A server that does not let the portal ask has said nothing about people or passwords, whatever code it says that with. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openLog } from '@gatehouse/web/log.ts';
import { SearcherRefused, StartTlsRefused } from './connection.ts';
import { posix } from './directories.testing.ts';
import { openDirectoryOf } from './ldap-directory.testing.ts';
import { type RefusingServer, startRefusingServer } from './refusing-server.testing.ts';

/** RFC 4511 appendix A: no such object, unwilling to perform, constraint violation, invalid credentials, and referral. */
const codes = [32, 53, 19, 49, 10];

function directoryOf(server: RefusingServer, keys: Readonly<Record<string, unknown>> = {}) {
  const directory = openDirectoryOf(server, posix, { keys: { permit_referrals: true, ...keys } });
  return { ...directory, [Symbol.asyncDispose]: () => directory.close() };
}

/** What the callers of a directory write about one that does not answer. */
function logged(cause: unknown): string {
  const lines: string[] = [];
  openLog({ level: 'error', format: 'json' }, { write: (line) => void lines.push(line) }).error({ err: cause });
  return lines.join('');
}

/** Every question ends as unavailable, with a cause that names the mistake and the code. */
async function seeUnavailable(
  directory: ReturnType<typeof directoryOf>,
  Cause: typeof SearcherRefused | typeof StartTlsRefused,
  code: number,
): Promise<void> {
  const answers = [
    await directory.find('dora'),
    await directory.checkPassword('dora', 'a password'),
    await directory.setPassword('dora', 'another password'),
    await directory.passwordMark('dora'),
  ];
  assert.deepEqual(
    answers.map(({ kind }) => kind),
    answers.map(() => 'unavailable'),
  );
  for (const answer of answers) {
    assert.ok(answer.kind === 'unavailable');
    assert.ok(answer.cause instanceof Cause);
    const line = logged(answer.cause);
    assert.ok(line.includes(answer.cause.code) && line.includes(`Code: 0x${code.toString(16)}`), line);
  }
}

for (const code of codes) {
  test(`a server that answers the account to search with by code ${code} is unavailable, and the log says why`, async () => {
    await using server = await startRefusingServer({ bind: code });
    await using directory = directoryOf(server);
    await seeUnavailable(directory, SearcherRefused, code);
  });

  test(`so is one that another server refers to, code ${code}`, async () => {
    await using other = await startRefusingServer({ bind: code });
    await using server = await startRefusingServer({ refersTo: [other] });
    await using directory = directoryOf(server);
    await seeUnavailable(directory, SearcherRefused, code);
  });

  test(`a server that answers StartTLS by code ${code} is unavailable, and the log says why`, async () => {
    await using server = await startRefusingServer({ startTls: code });
    await using directory = directoryOf(server, { start_tls: true });
    await seeUnavailable(directory, StartTlsRefused, code);
  });
}

test('of several servers one that refers only to a server that refuses the account is passed over', async () => {
  await using closed = await startRefusingServer({ bind: 53 });
  await using open = await startRefusingServer({});
  await using leading = await startRefusingServer({ refersTo: [closed] });
  await using server = await startRefusingServer({ refersTo: [leading, open] });
  await using directory = directoryOf(server);
  assert.deepEqual(await directory.find('dora'), { kind: 'unknown' });
});

test('an account that is refused on a connection in use is not tried again on a new one', async () => {
  await using server = await startRefusingServer({});
  await using directory = directoryOf(server, { pooling: { enable: true, count: 1, retries: 2 } });
  assert.deepEqual(await directory.checkPassword('dora', 'a password'), { kind: 'refused' });
  const before = server.bound.length;
  server.answer({ bind: 53 });
  assert.equal((await directory.find('dora')).kind, 'unavailable');
  assert.deepEqual(server.bound.slice(before), [server.searcher.dn]);
});
