/** How a page of this room leaves: status, type, and headers that let it do nothing but be read and followed. */
import type { KoaContextWithOIDC } from 'oidc-provider';

/** No `form-action`: browsers hold it against the redirects that follow a form, and those lead to applications. */
const pagePolicy =
  "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; base-uri 'none'; frame-ancestors 'none'";

/** The engine adds the digest of its self-submitting script to `script-src`. */
export const formPostPolicy = "default-src 'none'; script-src; base-uri 'none'; frame-ancestors 'none'";

export function htmlPage(
  ctx: Pick<KoaContextWithOIDC, 'status' | 'type' | 'body' | 'set'>,
  status: number,
  html: string,
  /** Origins of the documents that the page frames. */
  { frames = [] }: { readonly frames?: readonly string[] } = {},
): void {
  ctx.status = status;
  ctx.type = 'text/html; charset=utf-8';
  ctx.set(
    'Content-Security-Policy',
    frames.length > 0 ? `${pagePolicy}; frame-src ${[...new Set(frames)].join(' ')}` : pagePolicy,
  );
  ctx.set('Cache-Control', 'no-store');
  ctx.body = html;
}
