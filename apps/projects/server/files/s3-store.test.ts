/** The suite of file stores over an S3 server, and what is said when that server refuses or is away. */
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { freePort } from '@gatehouse/testing/free-port.ts';
import { startS3 } from '@gatehouse/testing/s3.ts';
import { temporaryFolder } from '@gatehouse/testing/temporary-folder.ts';
import { s3Store } from './s3-store.ts';
import { fileStoreSuite } from './store.suite.ts';
import { FileStoreFailed } from './store.ts';

const place = { region: 'us-east-1', pathStyle: true, folder: 'files' };

fileStoreSuite('S3', async () => {
  const server = await startS3();
  return { store: s3Store({ ...place, ...server }), [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
});

test('an access key that is not known, and a server that is away, are failures that say so', async () => {
  await using server = await startS3();
  await using folder = temporaryFolder('put');
  const path = join(folder.path, 'content');
  await writeFile(path, 'x');
  const wrong = s3Store({ ...place, ...server, key: 'wrong' });
  await assert.rejects(wrong.put('some-key', path, 'UNSIGNED-PAYLOAD'), { name: FileStoreFailed.name, message: /403/ });
  const away = s3Store({ ...place, ...server, endPoint: `http://127.0.0.1:${await freePort()}` });
  await assert.rejects(away.put('some-key', path, 'UNSIGNED-PAYLOAD'), { message: /cannot be reached/ });
});
