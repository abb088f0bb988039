/** Files in a bucket of S3 or of a server that speaks like it (AWS Signature Version 4, by `aws4fetch`). */
import { openAsBlob } from 'node:fs';
import { AwsClient } from 'aws4fetch';
import { checkedKey, type FileStore, FileStoreFailed } from './store.ts';

export type S3Settings = {
  readonly key: string;
  readonly secret: string;
  readonly bucket: string;
  readonly region: string;
  /** Origin of the server: `https://s3.eu-central-1.amazonaws.com`. */
  readonly endPoint: string;
  /** The bucket in the path rather than in the name of the host. */
  readonly pathStyle: boolean;
  /** In front of every key; may be empty. */
  readonly folder: string;
};

const timeoutMs = 60_000;

export function s3Store(settings: S3Settings): FileStore {
  const client = new AwsClient({
    accessKeyId: settings.key,
    secretAccessKey: settings.secret,
    service: 's3',
    region: settings.region,
    retries: 2,
  });
  const addressOf = (key: string): string => {
    const url = new URL(settings.endPoint);
    if (!settings.pathStyle) url.hostname = `${settings.bucket}.${url.hostname}`;
    const parts = [
      settings.pathStyle ? settings.bucket : '',
      settings.folder.replace(/^\/+|\/+$/g, ''),
      checkedKey(key),
    ];
    url.pathname = parts.filter((part) => part !== '').join('/');
    return url.href;
  };
  async function ask(key: string, init: RequestInit): Promise<Response> {
    const address = addressOf(key);
    try {
      return await client.fetch(address, { ...init, signal: AbortSignal.timeout(timeoutMs) });
    } catch (cause) {
      throw new FileStoreFailed('The S3 server cannot be reached.', { cause });
    }
  }
  return {
    async put(key, path, sha256) {
      const headers = { 'X-Amz-Content-Sha256': sha256, 'Content-Type': 'application/octet-stream' };
      const answer = await ask(key, { method: 'PUT', headers, body: await openAsBlob(path) });
      await answer.body?.cancel();
      if (!answer.ok) throw new FileStoreFailed(`The S3 server answers ${answer.status} to a file that is put there.`);
    },
    async open(key) {
      const answer = await ask(key, { method: 'GET' });
      if (answer.ok && answer.body) return answer.body;
      await answer.body?.cancel();
      if (answer.status === 404) return undefined;
      throw new FileStoreFailed(`The S3 server answers ${answer.status} to a file that is asked for.`);
    },
    async remove(key) {
      const answer = await ask(key, { method: 'DELETE' });
      await answer.body?.cancel();
      if (!answer.ok && answer.status !== 404)
        throw new FileStoreFailed(`The S3 server answers ${answer.status} to a file that is removed.`);
    },
  };
}
