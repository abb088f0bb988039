/** What helps to find out why something does not work: expressions, servers that speak TLS, and which version this is. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { PassThrough, Readable } from 'node:stream';
import { test } from 'node:test';
import { createServer } from 'node:tls';
import { makeCertificates } from '@gatehouse/testing/certificates.ts';
import { needs } from '@gatehouse/testing/needs.ts';
import { temporaryFolder } from '@gatehouse/testing/temporary-folder.ts';
import type { Identity } from '../directory/directory.ts';
import { buildInfo } from './build-info.ts';
import type { Command } from './command.ts';
import { debugExpression } from './debug-expression.ts';
import { debugTls } from './debug-tls.ts';

async function run(command: Command, ...args: string[]) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const code = await command(args, { stdin: Readable.from([]), stdout, stderr, env: {} });
  return { code, out: String(stdout.read() ?? ''), err: String(stderr.read() ?? '') };
}

const alice: Identity = {
  ...{ username: 'alice', displayName: 'Alice Adams', emails: ['alice@example.com'], groups: ['admins'] },
  attributes: { extra: { department: 7 } },
};

test('an expression is tried on a person, and what is wrong with it is told', async () => {
  const command = debugExpression(async () => ({
    directory: { find: async (name) => (name === 'alice' ? { kind: 'found', identity: alice } : { kind: 'unknown' }) },
    ...{ extra: ['department'], nowMs: Date.now, close: async () => undefined },
  }));
  assert.deepEqual(await run(command, 'alice', '"admins" in groups'), { code: 0, out: 'true\n', err: '' });
  assert.equal((await run(command, 'alice', 'display_name + "!"')).out, '"Alice Adams!"\n');
  assert.equal((await run(command, 'alice', 'department')).out, '7\n');
  assert.match((await run(command, 'alice', 'groups[7]')).err, /^It fails for 'alice': /);
  assert.match((await run(command, 'alice', 'nothing == 1')).err, /^The expression does not compile: /);
  assert.match((await run(command, 'bob', 'username')).err, /does not know 'bob'/);
  assert.equal((await run(command, 'alice')).code, 2);
});

test('a server tells who it is, and whether it is believed', { skip: needs('openssl') }, async () => {
  await using folder = temporaryFolder('debug-tls');
  const certificates = makeCertificates(folder.path, ['mail.example.com']);
  const server = createServer({ cert: readFileSync(certificates.chainPath), key: readFileSync(certificates.keyPath) });
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const trusting = debugTls([readFileSync(certificates.caPath, 'utf8')]);
  const fine = await run(trusting, address, '--hostname', 'mail.example.com');
  assert.equal(fine.code, 0, fine.err);
  assert.match(
    fine.out,
    /^TLSv1\.3, .*\n {2}Gatehouse test server, by Gatehouse test authority, good until .*trusted as 'mail/s,
  );
  assert.match(
    (await run(trusting, address, '--hostname', 'other.example.com')).err,
    /not trusted as 'other\.example\.com'/,
  );
  assert.match((await run(debugTls(undefined), address)).err, /not trusted as '127\.0\.0\.1'.*certificates_directory/);
  server.close();
  assert.match((await run(trusting, 'tcp://127.0.0.1:1')).err, /does not speak TLS with us/);
  for (const unclear of [[], ['tcp://'], [address, 'x']]) assert.equal((await run(trusting, ...unclear)).code, 2);
});

test('the version and what it runs on are told', async () => {
  assert.match((await run(buildInfo)).out, /^Version: \d+\.\d+\.\d+\nNode: \d+/);
});
