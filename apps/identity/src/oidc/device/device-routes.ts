/**
 * The engine's routes where a person answers for a device (RFC 8628 section 3.3), as against those where an application asks
 * in the person's own browser.
 */
import type { KoaContextWithOIDC } from 'oidc-provider';

export const devicePersonRoutes: ReadonlySet<string> = new Set(['code_verification', 'device_resume']);

export function isForDevice(ctx: KoaContextWithOIDC): boolean {
  return devicePersonRoutes.has(ctx.oidc.route);
}
