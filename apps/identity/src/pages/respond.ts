/**
 * Sends a page, with the content security policy it needs. Nothing inline, never framed, and no script but on pages that ask
 * for a security key: browsers offer no form for that.
 *
 * A page whose form may end in a redirect to an application leaves `form-action` out: Chromium applies it to every
 * redirect that follows a form, and where an application sends its people next nobody knows beforehand.
 */
import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Html } from './look.ts';

const base = [
  "default-src 'none'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ');

/** For pages whose forms end on the portal. */
export const closedPolicy = `${base}; form-action 'self'`;
/** For pages whose forms may end at an application. */
export const onwardPolicy = base;

const ownScript = "script-src 'self'; connect-src 'self'";

export async function respond(
  c: Context,
  page: Html,
  options: {
    readonly status?: number;
    readonly formsLead?: 'here' | 'onward';
    /** The page loads a module of ours, which asks this portal for more. */
    readonly script?: boolean;
    /** Origins of the documents that the page frames. */
    readonly frames?: readonly string[];
  } = {},
): Promise<Response> {
  const plain = options.formsLead === 'onward' ? onwardPolicy : closedPolicy;
  const policy = options.script ? `${plain}; ${ownScript}` : plain;
  const frames = [...new Set(options.frames)].join(' ');
  c.header('Content-Security-Policy', frames === '' ? policy : `${policy}; frame-src ${frames}`);
  return c.html(await page, (options.status ?? 200) as ContentfulStatusCode);
}
