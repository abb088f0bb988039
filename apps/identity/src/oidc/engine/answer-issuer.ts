/**
 * Every answer of the authorization endpoint names its issuer, so that an application with several providers knows whose it
 * is (RFC 9207 section 2). The engine leaves the parameter out beside an ID token, which names it too; the rule has no such
 * exception. A signed answer names it inside (JARM); a person who let a device in is sent nowhere.
 */
import type { EventEmitter } from 'node:events';
import type { KoaContextWithOIDC, Provider } from 'oidc-provider';

export function nameIssuer(engine: Provider): void {
  (engine as EventEmitter).on('authorization.success', (ctx: KoaContextWithOIDC, answer?: Record<string, unknown>) => {
    if (answer && !String(ctx.oidc.responseMode).includes('jwt')) answer.iss = engine.issuer;
  });
}
