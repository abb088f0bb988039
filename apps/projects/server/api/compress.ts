/**
 * Answers of the API, compressed when they are long: a board is a tenth of itself. Quick rather than small, since each is made
 * for one request. No secret of anybody stands in an answer beside what another site could choose (BREACH): cookies are not
 * sent from there, and tokens are shown once. Files go out as they are.
 *
 * They are compressed where they are made: to get the text back out of a `Response` takes longer than to compress it.
 */
import { promisify } from 'node:util';
import { brotliCompress, brotliCompressSync, constants, gzip, gzipSync } from 'node:zlib';
import type { Context, MiddlewareHandler } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';

/** Below it the headers weigh more. */
const bytesMin = 1_000;
/** Up to it one call takes less than to have another thread do it. Longer ones would keep everybody waiting. */
const atOnceMax = 256_000;

const quick = { br: { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }, gzip: { level: 3 } };

const encoders = {
  br: {
    atOnce: (bytes: Uint8Array) => brotliCompressSync(bytes, quick.br),
    aside: (bytes: Uint8Array) => promisify(brotliCompress)(bytes, quick.br),
  },
  gzip: {
    atOnce: (bytes: Uint8Array) => gzipSync(bytes, quick.gzip),
    aside: (bytes: Uint8Array) => promisify(gzip)(bytes, quick.gzip),
  },
};
type Encoding = keyof typeof encoders;

export const compressAnswers: MiddlewareHandler = async (c, next) => {
  const encoding = encodingFor(c);
  const answerAsIs = c.json;
  let large: Uint8Array | undefined;
  const answer = (value: unknown, status?: ContentfulStatusCode, headers?: Record<string, string>): Response => {
    large = undefined;
    // What says more of itself is a file.
    if (headers) return answerAsIs(value as object, status, headers);
    const bytes = Buffer.from(JSON.stringify(value));
    const type = { 'Content-Type': 'application/json' };
    c.header('Vary', 'Accept-Encoding', { append: true });
    if (!encoding || bytes.length < bytesMin) return c.body(bytes, status, type);
    if (bytes.length <= atOnceMax)
      return c.body(encoders[encoding].atOnce(bytes), status, { ...type, 'Content-Encoding': encoding });
    large = bytes;
    return c.body(bytes, status, type);
  };
  c.json = answer as typeof c.json;
  await next();
  if (large && encoding) await packAside(c, large, encoding);
};

/** For what is no answer of the API: `text` as the client takes it, and the headers that say so. */
export async function compressText(
  c: Context,
  text: string,
): Promise<{ body: Uint8Array<ArrayBuffer>; headers: Record<string, string> }> {
  const encoding = encodingFor(c);
  const bytes = Buffer.from(text);
  const headers = { Vary: 'Accept-Encoding' };
  if (!encoding || bytes.length < bytesMin) return { body: bytes, headers };
  const { atOnce, aside } = encoders[encoding];
  const body = bytes.length <= atOnceMax ? atOnce(bytes) : await aside(bytes);
  return { body, headers: { ...headers, 'Content-Encoding': encoding } };
}

async function packAside(c: Context, bytes: Uint8Array, encoding: Encoding): Promise<void> {
  const packed = await encoders[encoding].aside(bytes);
  const { status, headers } = c.res;
  headers.set('Content-Encoding', encoding);
  // Set anew rather than upon the other, whose body would be carried over.
  c.res = undefined;
  c.res = new Response(packed, { status, headers });
}

function encodingFor(c: Context): Encoding | undefined {
  const accepted = (c.req.header('accept-encoding') ?? '').split(',').map((each) => each.split(';')[0]?.trim());
  return (['br', 'gzip'] as const).find((each) => accepted.includes(each));
}
