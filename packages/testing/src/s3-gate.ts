/**
 * A gate in front of an S3 server that believes every signature: it computes Signature Version 4 anew from the request as it
 * came over the wire, with the signer of Amazon's own kit, and lets through what is signed with the secret and says truly
 * what its body is. A test may make it fall silent in the middle of a request.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, request as forward, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';

export type S3GateOptions = {
  /** Where the server behind it listens. */
  readonly serverPort: number;
  readonly region: string;
  readonly key: string;
  readonly secret: string;
};

export type S3Gate = AsyncDisposable & {
  readonly port: number;
  /** Of every request that was let through, in order. */
  readonly passed: string[];
  /** From now on a connection breaks once so many bytes of its body came; undefined: none does. */
  breakAfter(bytes: number | undefined): void;
};

const skewMsMax = 15 * 60_000;

export async function openS3Gate(options: S3GateOptions): Promise<S3Gate> {
  const passed: string[] = [];
  let bytesMax: number | undefined;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { socket } = request;
    const body = await readBody(request, bytesMax);
    if (!body) return void socket.destroy();
    const refused = await refuse(request, body, options);
    if (refused) {
      response.writeHead(403, { 'content-type': 'application/xml' });
      response.end(request.method === 'HEAD' ? undefined : `<Error><Code>${refused}</Code></Error>`);
      return;
    }
    passed.push(`${request.method} ${request.url}`);
    const { method, url, headers } = request;
    const onward = forward({ host: '127.0.0.1', port: options.serverPort, method, path: url, headers }, (answered) => {
      response.writeHead(answered.statusCode ?? 502, answered.headers);
      answered.pipe(response);
    });
    onward.once('error', () => response.destroy());
    onward.end(body);
  }

  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    passed,
    breakAfter(bytes) {
      bytesMax = bytes;
    },
    async [Symbol.asyncDispose]() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function readBody(request: IncomingMessage, bytesMax: number | undefined): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  if (bytesMax === 0) return undefined;
  for await (const chunk of request) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytesMax !== undefined && bytes > bytesMax) return undefined;
  }
  return Buffer.concat(chunks);
}

const authorization =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, SignedHeaders=([\w;-]+), Signature=([0-9a-f]{64})$/;
const neverUnsigned = ['host', 'x-amz-date', 'x-amz-content-sha256'];

/** The code that S3 answers with, or undefined. */
async function refuse(
  { method = '', url = '', headers }: IncomingMessage,
  body: Buffer,
  { region, key, secret }: S3GateOptions,
): Promise<string | undefined> {
  const [, sentKey, , sentRegion, names = '', signature = ''] = authorization.exec(headers.authorization ?? '') ?? [];
  if (sentKey === undefined) return 'AccessDenied';
  if (sentKey !== key) return 'InvalidAccessKeyId';
  const signed = names.split(';');
  if (sentRegion !== region || !neverUnsigned.every((name) => signed.includes(name)))
    return 'AuthorizationHeaderMalformed';
  const at = instantOf(String(headers['x-amz-date']));
  if (!(Math.abs(at - Date.now()) < skewMsMax)) return 'RequestTimeTooSkewed';
  const [path = '/', search = ''] = url.split('?');
  const expected = await signatureOf(
    {
      method,
      path,
      query: Object.fromEntries(new URLSearchParams(search)),
      headers: Object.fromEntries(signed.map((name) => [name, String(headers[name])])),
    },
    { region, key, secret, at },
  );
  if (!timingSafeEqual(Buffer.from(expected), Buffer.from(signature))) return 'SignatureDoesNotMatch';
  const claimed = String(headers['x-amz-content-sha256']);
  const isBodyless = body.length === 0 && claimed === 'UNSIGNED-PAYLOAD';
  return isBodyless || claimed === createHash('sha256').update(body).digest('hex')
    ? undefined
    : 'XAmzContentSHA256Mismatch';
}

type Signable = {
  readonly method: string;
  readonly path: string;
  readonly query: Record<string, string>;
  readonly headers: Record<string, string>;
};

async function signatureOf(
  request: Signable,
  { region, key, secret, at }: { region: string; key: string; secret: string; at: number },
): Promise<string> {
  const signer = new SignatureV4({
    service: 's3',
    region,
    credentials: { accessKeyId: key, secretAccessKey: secret },
    sha256: Sha256,
    // Paths of S3 are taken as they stand.
    uriEscapePath: false,
    applyChecksum: false,
  });
  const { headers } = await signer.sign(
    { ...request, protocol: 'http:', hostname: String(request.headers.host) },
    { signingDate: new Date(at), signableHeaders: new Set(Object.keys(request.headers)) },
  );
  return /Signature=([0-9a-f]{64})$/.exec(headers.authorization ?? '')?.[1] ?? '';
}

function instantOf(written: string): number {
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(written) ?? [];
  return Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
}
