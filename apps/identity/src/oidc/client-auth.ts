/**
 * Client authentication as Authelia holds it: exactly the registered method, and each endpoint has its own. The engine takes
 * Basic and form parameters alike; here the one that was not registered is refused.
 */
import { errors, type KoaContextWithOIDC, Provider } from 'oidc-provider';
import type { Clients } from './client-registry.ts';
import type { Client } from './clients.ts';
import type { VerifyClientSecret } from './options.ts';
import { unavailable } from './unavailable.ts';

const methodKeys: Readonly<Record<string, MethodKey>> = {
  token: 'token_endpoint_auth_method',
  revocation: 'revocation_endpoint_auth_method',
  introspection: 'introspection_endpoint_auth_method',
  pushed_authorization_request: 'pushed_authorization_request_endpoint_auth_method',
};

type MethodKey =
  | 'token_endpoint_auth_method'
  | 'revocation_endpoint_auth_method'
  | 'introspection_endpoint_auth_method'
  | 'pushed_authorization_request_endpoint_auth_method';

export type RegisteredMethod = { readonly key: MethodKey; readonly method: string };

export function registeredMethod(client: Client, route: string): RegisteredMethod | undefined {
  const key = Object.hasOwn(methodKeys, route) ? methodKeys[route] : undefined;
  return key && { key, method: client.options[key] || (client.isPublic ? 'none' : 'client_secret_basic') };
}

export function methodSent(ctx: KoaContextWithOIDC): string {
  if (ctx.get('authorization')) return 'client_secret_basic';
  const body = ctx.oidc.body ?? {};
  if (body.client_assertion !== undefined) return 'a signed assertion';
  return body.client_secret === undefined ? 'none' : 'client_secret_post';
}

/** The officially advised way to keep digests instead of secrets: the engine awaits this comparison. */
export function compareByDigest(provider: Provider, clients: Clients, verify: VerifyClientSecret): void {
  provider.Client.prototype.compareClientSecret = async function compareClientSecret(presented) {
    const client = clients.get(this.clientId);
    const secret = client?.options.client_secret;
    const ctx = Provider.ctx;
    if (!client || !secret || !ctx) return false;
    const registered = registeredMethod(client, ctx.oidc.route);
    const isOtherMethod = registered !== undefined && registered.method !== methodSent(ctx);
    if (isOtherMethod && !client.options.allow_multiple_auth_methods)
      throw new errors.InvalidClientAuth('another client authentication method is registered for this endpoint');
    const answer = await verify(client.id, secret, presented);
    if (answer === 'busy') throw unavailable('too many secrets are being checked at the moment');
    return answer;
  };
}
