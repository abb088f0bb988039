/**
 * The suite of file stores over an S3 server that computes every signature anew, and what is said when it refuses or is away.
 * Nothing is there by half, whenever it goes.
 */
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { freePort } from '@gatehouse/testing/free-port.ts';
import { startS3 } from '@gatehouse/testing/s3.ts';
import { temporaryFolder } from '@gatehouse/testing/temporary-folder.ts';
import { AwsClient } from 'aws4fetch';
import { type S3Settings, s3Store } from './s3-store.ts';
import { fileStoreSuite } from './store.suite.ts';
import { FileStoreFailed } from './store.ts';

const server = await startS3();
after(() => server[Symbol.asyncDispose]());
const place = { ...server, pathStyle: true };
let folders = 0;
const ownFolder = (): S3Settings => ({ ...place, folder: `folder-${++folders}` });

fileStoreSuite('S3', async () => ({ store: s3Store(ownFolder()), [Symbol.asyncDispose]: async () => undefined }));

/** Puts, reads, reads a part and removes; answers with the addresses that the server was asked for. */
async function tryFolder(folder: string, bytes: number): Promise<string[]> {
  await using temporary = temporaryFolder('put');
  const path = join(temporary.path, 'content');
  const content = randomBytes(bytes);
  await writeFile(path, content);
  const store = s3Store({ ...place, folder });
  const before = server.gate.passed.length;
  await store.put('some-key', path, createHash('sha256').update(content).digest('hex'));
  const whole = await store.open('some-key');
  assert.ok(whole && Buffer.from(await new Response(whole).arrayBuffer()).equals(content), folder);
  const part = await store.open('some-key', { first: 2, last: 5 });
  assert.ok(part && Buffer.from(await new Response(part).arrayBuffer()).equals(content.subarray(2, 6)), folder);
  await store.remove('some-key');
  assert.equal(await store.open('some-key'), undefined);
  return server.gate.passed.slice(before);
}

test('every folder that can be named is signed as it goes over the wire', async () => {
  for (const folder of ['plain', 'two words/a+b', 'Über 50% (neu)*!', "l'été & 日本/📎", '/slashes//around/'])
    assert.equal((await tryFolder(folder, 100)).length, 5, folder);
});

test('a large file goes in and out, signed by its own digest', async () => {
  await tryFolder('files', 40_000_000);
});

async function failureOf(settings: S3Settings): Promise<string> {
  await using folder = temporaryFolder('put');
  const path = join(folder.path, 'content');
  await writeFile(path, 'x');
  const failure = await s3Store(settings)
    .put('some-key', path, createHash('sha256').update('x').digest('hex'))
    .catch((cause: unknown) => cause);
  assert.ok(failure instanceof FileStoreFailed);
  return failure.message;
}

test('what a server refuses is told with the variable that decides it', async () => {
  const right = ownFolder();
  for (const [wrong, code, variable] of [
    [{ secret: 'another' }, 'SignatureDoesNotMatch', 'LEAN_S3_SECRET'],
    [{ key: 'another' }, 'InvalidAccessKeyId', 'LEAN_S3_KEY'],
    [{ region: 'us-east-1' }, 'AuthorizationHeaderMalformed', 'LEAN_S3_REGION'],
    [{ bucket: 'another' }, 'NoSuchBucket', 'LEAN_S3_BUCKET'],
  ] as const) {
    const settings = { ...right, ...wrong };
    assert.match(await failureOf(settings), new RegExp(`${code}.*${variable}`));
    await assert.rejects(s3Store(settings).check(), { name: FileStoreFailed.name, reason: code });
    await assert.rejects(s3Store(settings).open('some-key'), { name: FileStoreFailed.name, reason: code });
    assert.doesNotMatch(await failureOf(settings), /S3RVER/);
  }
  await s3Store(right).check();
  assert.equal(await s3Store(right).open('some-key'), undefined);
});

test('the server of these tests refuses what was changed after it was signed', async () => {
  const { key, secret, region } = server;
  const client = new AwsClient({ accessKeyId: key, secretAccessKey: secret, service: 's3', region });
  const url = `${server.endPoint}/workspace/files/some-key`;
  const sha256 = createHash('sha256').update('content').digest('hex');
  const headers = { 'x-amz-content-sha256': sha256, 'content-type': 'text/plain' };
  const signed = await client.sign(url, { method: 'PUT', headers, body: 'content' });
  const send = async (
    address: string,
    changes: RequestInit & { headers?: Record<string, string> },
  ): Promise<string> => {
    const sent = { ...Object.fromEntries(signed.headers), ...changes.headers };
    const answer = await fetch(address, { method: 'PUT', body: 'content', ...changes, headers: sent });
    return answer.ok ? 'taken' : (/<Code>(\w+)/.exec(await answer.text())?.[1] ?? `${answer.status}`);
  };
  assert.equal(await send(url, {}), 'taken');
  assert.equal(await send(`${url}s`, {}), 'SignatureDoesNotMatch');
  assert.equal(await send(`${url}?acl=1`, {}), 'SignatureDoesNotMatch');
  assert.equal(await send(url, { method: 'POST' }), 'SignatureDoesNotMatch');
  assert.equal(await send(url, { body: 'another' }), 'XAmzContentSHA256Mismatch');
  assert.equal(await send(url, { headers: { 'x-amz-date': '20200101T000000Z' } }), 'RequestTimeTooSkewed');
});

test('a server that is away is told as such, and one that goes in the middle of a file has nothing of it', async () => {
  await using folder = temporaryFolder('put');
  const settings = ownFolder();
  assert.match(await failureOf({ ...settings, endPoint: `http://127.0.0.1:${await freePort()}` }), /cannot be reached/);
  const path = join(folder.path, 'content');
  const content = randomBytes(3_000_000);
  await writeFile(path, content);
  const digest = createHash('sha256').update(content).digest('hex');
  const store = s3Store(settings);
  server.gate.breakAfter(1_000_000);
  await assert.rejects(store.put('some-key', path, digest), { message: /cannot be reached/ });
  server.gate.breakAfter(undefined);
  assert.equal(await store.open('some-key'), undefined);
  await store.put('some-key', path, digest);
  const there = await store.open('some-key');
  assert.ok(there);
  await there.cancel();
});

test('a server that takes a file and never answers is given up', async () => {
  await using folder = temporaryFolder('put');
  const path = join(folder.path, 'content');
  await writeFile(path, 'x');
  const silent = createServer((request) => request.resume());
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  after(() => {
    silent.close();
    silent.closeAllConnections();
  });
  const address = silent.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const store = s3Store({ ...place, folder: '', endPoint: `http://127.0.0.1:${port}` }, { timeoutMs: 50 });
  for (const ask of [() => store.put('some-key', path, 'x'), () => store.open('some-key'), () => store.check()])
    await assert.rejects(ask, { message: /cannot be reached/ });
});
