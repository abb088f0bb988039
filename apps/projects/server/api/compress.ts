/**
 * Answers of the API, compressed when they are long: a board is a tenth of itself. Quick rather than small, since each is made
 * for one request. No secret of anybody stands in an answer beside what another site could choose (BREACH): cookies are not
 * sent from there, and tokens are shown once. Files go out as they are.
 */
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { MiddlewareHandler } from 'hono';

/** Below it the headers weigh more. */
const bytesMin = 1_000;

const encoders = {
  br: (bytes: Uint8Array) => promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }),
  gzip: (bytes: Uint8Array) => promisify(gzip)(bytes),
};

export const compressAnswers: MiddlewareHandler = async (c, next) => {
  await next();
  const { headers } = c.res;
  if (!headers.get('content-type')?.startsWith('application/json') || headers.has('content-disposition')) return;
  headers.append('Vary', 'Accept-Encoding');
  const accepted = (c.req.header('accept-encoding') ?? '').split(',').map((each) => each.split(';')[0]?.trim());
  const encoding = (['br', 'gzip'] as const).find((each) => accepted.includes(each));
  if (!encoding) return;
  const plain = new Uint8Array(await c.res.arrayBuffer());
  if (plain.length < bytesMin) {
    c.res = new Response(plain, c.res);
    return;
  }
  const packed = new Uint8Array(await encoders[encoding](plain));
  c.res = new Response(packed, c.res);
  c.res.headers.delete('Content-Length');
  c.res.headers.set('Content-Encoding', encoding);
};
