/**
 * An S3 server of a test: `s3rver`, which keeps its buckets in a folder. It knows who asks by the access key
 * and does not recompute signatures of version 4.
 */
import { createRequire } from 'node:module';
import { startChild } from './child.ts';
import { freePort } from './free-port.ts';
import { temporaryFolder } from './temporary-folder.ts';

export type S3Server = AsyncDisposable & {
  readonly endPoint: string;
  readonly bucket: string;
  readonly key: string;
  readonly secret: string;
};

export async function startS3(): Promise<S3Server> {
  await using opened = new AsyncDisposableStack();
  const folder = opened.use(temporaryFolder('s3'));
  const port = await freePort();
  const bucket = 'workspace';
  opened.use(
    await startChild({
      name: 's3rver',
      command: process.execPath,
      arguments: [
        createRequire(import.meta.url).resolve('s3rver/bin/s3rver.js'),
        ...['--address', '127.0.0.1', '--port', String(port), '--directory', folder.path],
        ...['--configure-bucket', bucket],
      ],
      folder: folder.path,
      ready: { port },
    }),
  );
  const everything = opened.move();
  return {
    endPoint: `http://127.0.0.1:${port}`,
    bucket,
    key: 'S3RVER',
    secret: 'S3RVER',
    [Symbol.asyncDispose]: () => everything.disposeAsync(),
  };
}
