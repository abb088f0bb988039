/**
 * One HTTP request to another machine, bounded in time by its signal and in bytes by its limit. Redirects are answers like
 * any other: nobody follows them. Which addresses may be called is the caller's to decide, by `lookup`.
 */
import { type Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { type Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { LookupFunction } from 'node:net';

export type BoundedRequest = {
  readonly method?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly body?: string | undefined;
  /** Node does not ask it for a host that is an address. */
  readonly lookup: LookupFunction;
  readonly signal: AbortSignal;
  /** Of the answer's body. */
  readonly bodyBytesMax: number;
  /** PEM certificates of authorities to trust. Absent: the system's. */
  readonly ca?: readonly string[] | undefined;
  /** Absent: a connection of its own, closed afterwards. */
  readonly agents?: { readonly 'http:': HttpAgent; readonly 'https:': HttpsAgent };
};

/** Rejects with what Node says of a connection, with the signal's reason, or with an Error for an answer that is too long. */
export function boundedRequest(target: URL, options: BoundedRequest): Promise<Response> {
  const { method = 'GET', headers = {}, body, lookup, signal, bodyBytesMax, ca, agents } = options;
  const sent = {
    method,
    headers: { ...headers, ...(body !== undefined && { 'content-length': String(Buffer.byteLength(body)) }) },
    lookup,
    signal,
  };
  return new Promise((resolve, reject) => {
    const answered = (incoming: IncomingMessage): void =>
      void readResponse(incoming, bodyBytesMax).then(resolve, reject);
    const outgoing =
      target.protocol === 'https:'
        ? httpsRequest(target, { ...sent, ...(ca && { ca: [...ca] }), agent: agents?.['https:'] ?? false }, answered)
        : httpRequest(target, { ...sent, agent: agents?.['http:'] ?? false }, answered);
    outgoing.once('error', reject);
    outgoing.end(body);
  });
}

async function readResponse(incoming: IncomingMessage, bodyBytesMax: number): Promise<Response> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer<ArrayBuffer>>) {
    bytes += chunk.length;
    if (bytes > bodyBytesMax) throw new Error(`the answer is longer than ${bodyBytesMax} bytes`);
    chunks.push(chunk);
  }
  const headers = new Headers();
  for (const [name, values] of Object.entries(incoming.headersDistinct))
    for (const value of values ?? []) headers.append(name, value);
  const status = incoming.statusCode ?? 502;
  const empty = status === 204 || status === 205 || status === 304;
  return new Response(empty ? null : Buffer.concat(chunks), { status, headers });
}
