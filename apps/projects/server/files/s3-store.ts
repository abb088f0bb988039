/**
 * Files in a bucket of S3 or of a server that speaks like it (AWS Signature Version 4, by `aws4fetch`). A file is put in one
 * request whose digest is signed, so it is there whole or not at all.
 */
import { openAsBlob } from 'node:fs';
import { AwsClient } from 'aws4fetch';
import { type ByteRange, checkedKey, type FileStore, FileStoreFailed } from './store.ts';

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

export type S3Options = {
  /** Until an answer begins. */
  readonly timeoutMs?: number;
};

/** A body may be slower than that, but not slower than this. */
const bytesPerMsMin = 100;
const errorBytesMax = 4_096;

/** What an administrator looks at, by the codes of S3. */
const cures: Readonly<Record<string, string>> = {
  InvalidAccessKeyId: 'It does not know this access key: look at LEAN_S3_KEY.',
  SignatureDoesNotMatch: 'It has another secret for this access key: look at LEAN_S3_SECRET.',
  AuthorizationHeaderMalformed: 'It is of another region: look at LEAN_S3_REGION.',
  RequestTimeTooSkewed: 'Its clock and the one of this machine differ: set them.',
  NoSuchBucket: 'It has no such bucket: look at LEAN_S3_BUCKET.',
  AccessDenied: 'This access key may not do that: let it list the bucket, and read, write and delete in it.',
};

export function s3Store(settings: S3Settings, { timeoutMs = 60_000 }: S3Options = {}): FileStore {
  const client = new AwsClient({
    accessKeyId: settings.key,
    secretAccessKey: settings.secret,
    service: 's3',
    region: settings.region,
    retries: 2,
  });
  const folders = settings.folder.split('/').filter((part) => part !== '');

  function addressOf(parts: readonly string[]): string {
    const url = new URL(settings.endPoint);
    if (!settings.pathStyle) url.hostname = `${settings.bucket}.${url.hostname}`;
    url.pathname = [...(settings.pathStyle ? [settings.bucket] : []), ...parts].map(encodePart).join('/');
    return url.href;
  }
  const addressOfKey = (key: string): string => addressOf([...folders, checkedKey(key)]);

  async function ask(address: string, init: RequestInit, msMax = timeoutMs): Promise<Response> {
    const controller = new AbortController();
    // Not a signal with a timeout of its own: that would cut off a body that is still being read.
    const timer = setTimeout(() => controller.abort(), msMax);
    try {
      return await client.fetch(address, { ...init, signal: controller.signal });
    } catch (cause) {
      throw new FileStoreFailed('The S3 server cannot be reached.', { cause });
    } finally {
      clearTimeout(timer);
    }
  }

  return {
    async put(key, path, sha256) {
      const headers = { 'X-Amz-Content-Sha256': sha256, 'Content-Type': 'application/octet-stream' };
      const body = await openAsBlob(path);
      const msMax = timeoutMs + body.size / bytesPerMsMin;
      const answer = await ask(addressOfKey(key), { method: 'PUT', headers, body }, msMax);
      if (!answer.ok) throw await failureOf(answer, 'a file that is put there');
      await answer.body?.cancel();
    },
    async check() {
      const query = new URLSearchParams({ 'list-type': '2', 'max-keys': '1', prefix: folders.join('/') });
      const answer = await ask(`${addressOf([])}?${query}`, { method: 'GET' });
      if (!answer.ok) throw await failureOf(answer, 'a look into the bucket');
      await answer.body?.cancel();
    },
    async open(key, range) {
      const answer = await ask(addressOfKey(key), { method: 'GET', headers: rangeHeaders(range) });
      if (answer.status === (range ? 206 : 200) && answer.body) return answer.body;
      const failure = await failureOf(answer, 'a file that is asked for');
      if (answer.status === 404 && failure.reason !== 'NoSuchBucket') return undefined;
      throw failure;
    },
    async remove(key) {
      const answer = await ask(addressOfKey(key), { method: 'DELETE' });
      if (!answer.ok && answer.status !== 404) throw await failureOf(answer, 'a file that is removed');
      await answer.body?.cancel();
    },
  };
}

/** All that a signature encodes, so that the path on the wire is the one that was signed. */
function encodePart(part: string): string {
  return encodeURIComponent(part).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

function rangeHeaders(range: ByteRange | undefined): Record<string, string> {
  return range ? { Range: `bytes=${range.first}-${range.last}` } : {};
}

async function failureOf(answer: Response, what: string): Promise<FileStoreFailed> {
  const code = /<Code>(\w{1,64})<\/Code>/.exec(await beginningOf(answer))?.[1];
  const said = `The S3 server answers ${answer.status}${code === undefined ? '' : ` (${code})`} to ${what}.`;
  const cure = code === undefined ? undefined : cures[code];
  return new FileStoreFailed(cure === undefined ? said : `${said} ${cure}`, { reason: code });
}

async function beginningOf(answer: Response): Promise<string> {
  let text = '';
  const decoder = new TextDecoder();
  try {
    for await (const chunk of answer.body ?? []) {
      text += decoder.decode(chunk, { stream: true });
      if (text.length > errorBytesMax) break;
    }
  } catch {
    // What came is enough.
  }
  return text;
}
