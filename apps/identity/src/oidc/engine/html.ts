/** How a page of this room leaves: status, type, and headers that let it do nothing but be read and followed. */
import type { KoaContextWithOIDC } from 'oidc-provider';
import type { Reader } from '../pages.ts';

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

const localesMax = 10;

/** `ui_locales` (OpenID Connect Core 3.1.2.1): language tags, the best first. */
export function uiLocalesOf(params: Readonly<Record<string, unknown>> | undefined): readonly string[] {
  const value = params?.ui_locales;
  return typeof value === 'string' ? value.split(' ').filter(Boolean).slice(0, localesMax) : [];
}

export function readerOf(ctx: KoaContextWithOIDC): Reader {
  return { req: ctx.req, uiLocales: uiLocalesOf(ctx.oidc?.params) };
}
