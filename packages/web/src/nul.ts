/**
 * NUL in a request. Nobody types one, and PostgreSQL keeps it in no text and so cannot even look for it: whoever refuses it
 * here answers 400 where the database would fail.
 */
import type { Context, MiddlewareHandler } from 'hono';

type Refuse = (c: Context) => Response | Promise<Response>;

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);
/** As forms and addresses say it, and bare. */
const nul = /%00|\0/;

/** In the path or the query. */
export function refuseNulInAddress(onRefused: Refuse): MiddlewareHandler {
  return async function withoutNulInAddress(c, next) {
    return nul.test(c.req.url) ? onRefused(c) : next();
  };
}

/** In the form that a request brings. It is read whole, so somebody else has to have bounded it before. */
export function refuseNulInForm(onRefused: Refuse): MiddlewareHandler {
  return async function withoutNulInForm(c, next) {
    if (safeMethods.has(c.req.method)) return next();
    return nul.test(await c.req.text()) ? onRefused(c) : next();
  };
}
