/**
 * How often a device may ask whether its person is done (RFC 8628 sections 3.2 and 3.5): every ten seconds, and who asks
 * sooner while the answer is still pending is told to slow down. When a device asked last is kept in this process alone: a
 * cluster that forgets it is merely patient.
 */
import { createHash } from 'node:crypto';
import type { KoaContextWithOIDC } from 'oidc-provider';
import { endpoints } from '../paths.ts';

const intervalSeconds = 10;
/** The network brings some requests sooner than they were sent apart. */
const earlyMs = 1000;
const rememberedMax = 10_000;

type Body = Readonly<Record<string, unknown>>;

export function devicePolling(nowMs: () => number) {
  const lastAskedMs = new Map<string, number>();

  function asksTooSoon(deviceCode: string): boolean {
    const key = createHash('sha256').update(deviceCode).digest('base64url');
    const last = lastAskedMs.get(key);
    const now = nowMs();
    lastAskedMs.delete(key);
    lastAskedMs.set(key, now);
    const oldest = lastAskedMs.keys().next();
    if (lastAskedMs.size > rememberedMax && !oldest.done) lastAskedMs.delete(oldest.value);
    return last !== undefined && now - last < intervalSeconds * 1000 - earlyMs;
  }

  return async function holdInterval(ctx: KoaContextWithOIDC, next: () => Promise<unknown>): Promise<void> {
    await next();
    const body = ctx.body as Body | undefined;
    if (ctx.path === endpoints.device_authorization && ctx.status === 200)
      ctx.body = { ...body, interval: intervalSeconds };
    if (ctx.path !== endpoints.token || body?.error !== 'authorization_pending') return;
    if (asksTooSoon(String(ctx.oidc.params?.device_code)))
      ctx.body = {
        error: 'slow_down',
        error_description: `the device asks too often: once in ${intervalSeconds} seconds is enough`,
      };
  };
}
