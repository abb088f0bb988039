/** Reads the small form of a request that is answered before the engine sees it. */
import type { KoaContextWithOIDC } from 'oidc-provider';

export type Form =
  | { readonly kind: 'form'; readonly fields: URLSearchParams }
  | { readonly kind: 'refused'; readonly status: 413 | 415 };

/** As much as a request line carries safely through proxies. */
const bytesMax = 8 * 1024;

export async function readForm(ctx: KoaContextWithOIDC): Promise<Form> {
  if (!ctx.is('application/x-www-form-urlencoded')) return { kind: 'refused', status: 415 };
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of ctx.req as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > bytesMax) {
      ctx.set('Connection', 'close');
      return { kind: 'refused', status: 413 };
    }
    chunks.push(chunk);
  }
  return { kind: 'form', fields: new URLSearchParams(Buffer.concat(chunks).toString()) };
}
