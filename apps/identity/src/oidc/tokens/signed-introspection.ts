/**
 * Introspection answered as a JWT (RFC 9701) for clients that are registered for it, whatever they say they accept (Authelia
 * `introspection_signed_response_alg`). The engine would ask the Accept header, and sign for everybody who sends it.
 */
import type { KoaContextWithOIDC, Provider } from 'oidc-provider';
import type { Clients } from '../clients/client-registry.ts';
import type { SigningKey } from '../keys/keys.ts';
import { responseAlg } from '../keys/response-keys.ts';
import { endpoints } from '../paths.ts';

export function signIntrospection(provider: Provider, clients: Clients, keys: readonly SigningKey[]): void {
  provider.use(async function signForRegistered(ctx: KoaContextWithOIDC, next) {
    await next();
    if (ctx.path !== endpoints.introspection || ctx.status !== 200) return;
    const client = clients.get(ctx.oidc?.client?.clientId ?? '');
    if (!client || !responseAlg(client.options, 'introspection', keys)) return;
    const token = new provider.IdToken({}, { ctx });
    token.set('token_introspection', ctx.body);
    ctx.body = await token.issue({ use: 'introspection' });
    ctx.type = 'application/token-introspection+jwt';
  });
}
