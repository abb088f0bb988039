/**
 * What a request may bring along: one small plain form. Larger ones and other kinds are refused before anything reads them,
 * and one that comes in pieces without a length, as some proxies send it, is put together first.
 */
import type { Context, MiddlewareHandler } from 'hono';

type Refuse = (c: Context) => Response | Promise<Response>;

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

export function requireForm(options: { bytesMax: number; onTooLarge: Refuse; onOther: Refuse }): MiddlewareHandler {
  const { bytesMax, onTooLarge, onOther } = options;
  return async function formOnly(c, next) {
    if (safeMethods.has(c.req.method)) return next();
    const [type = ''] = (c.req.header('content-type') ?? '').split(';');
    if (type !== '' && type.trim().toLowerCase() !== 'application/x-www-form-urlencoded') return onOther(c);
    const bytes = c.req.header('content-length');
    if (bytes !== undefined) return Number(bytes) > bytesMax ? onTooLarge(c) : next();
    const { url, method, headers, body } = c.req.raw;
    const whole = await upTo(bytesMax, body);
    if (!whole) return onTooLarge(c);
    c.req.raw = new Request(url, { method, headers, body: whole });
    return next();
  };
}

async function upTo(
  bytesMax: number,
  body: ReadableStream<Uint8Array> | null,
): Promise<Buffer<ArrayBuffer> | undefined> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body ?? []) {
    bytes += chunk.length;
    if (bytes > bytesMax) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
