/** Reads the JSON object of a request, up to a size that no honest registration reaches. */
import type { KoaContextWithOIDC } from 'oidc-provider';
import type { Metadata } from './registered-client.store.ts';

const bytesMax = 32 * 1024;

/** Undefined for anything else. */
export async function readJson(ctx: KoaContextWithOIDC): Promise<Metadata | undefined> {
  if (!ctx.is('application/json')) return undefined;
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of ctx.req as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > bytesMax) {
      ctx.set('Connection', 'close');
      return undefined;
    }
    chunks.push(chunk);
  }
  try {
    const value: unknown = JSON.parse(Buffer.concat(chunks).toString());
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Metadata) : undefined;
  } catch {
    return undefined;
  }
}
