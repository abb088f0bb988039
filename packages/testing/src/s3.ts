/**
 * An S3 server of a test: `s3rver`, which keeps its buckets in a folder, behind a gate that computes every signature anew,
 * for `s3rver` takes any of version 4.
 */
import { createRequire } from 'node:module';
import { startChild } from './child.ts';
import { onFreePort } from './free-port.ts';
import { openS3Gate, type S3Gate } from './s3-gate.ts';
import { temporaryFolder } from './temporary-folder.ts';

export type S3Server = AsyncDisposable & {
  readonly endPoint: string;
  readonly bucket: string;
  readonly key: string;
  readonly secret: string;
  readonly region: string;
  readonly gate: Pick<S3Gate, 'passed' | 'breakAfter'>;
};

export async function startS3(): Promise<S3Server> {
  await using opened = new AsyncDisposableStack();
  const folder = opened.use(temporaryFolder('s3'));
  const bucket = 'workspace';
  const access = { key: 'S3RVER', secret: 'S3RVER', region: 'eu-central-1' };
  const serverPort = await onFreePort(async (port) => {
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
    return port;
  });
  const gate = opened.use(await openS3Gate({ ...access, serverPort }));
  const everything = opened.move();
  return {
    endPoint: `http://127.0.0.1:${gate.port}`,
    bucket,
    ...access,
    gate,
    [Symbol.asyncDispose]: () => everything.disposeAsync(),
  };
}
