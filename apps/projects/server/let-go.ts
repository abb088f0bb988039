/**
 * Hono answers HEAD by what GET answers and drops the body, which nobody then reads to its end: an open file, an answer of
 * S3 or the stream of a live page would stay for ever.
 */
import type { MiddlewareHandler } from 'hono';

export const letGoOfBody: MiddlewareHandler = async (c, next) => {
  await next();
  if (c.req.method === 'HEAD') await c.res.body?.cancel();
};
