/**
 * Introspection answered as a JWT (RFC 9701) for clients that are registered for it, whatever they say they accept (Authelia
 * `introspection_signed_response_alg`), and encrypted where they are registered for that too. The engine would ask the Accept
 * header, and sign for everybody who sends it.
 */
import type { KoaContextWithOIDC, Provider } from 'oidc-provider';
import type { Clients } from '../clients/client-registry.ts';
import type { SigningKey } from '../keys/keys.ts';
import { responseAlg } from '../keys/response-keys.ts';
import { endpoints } from '../paths.ts';

/** Signs the answer that stands in `ctx`, if the client that asked is registered for it. */
export type SignIntrospection = (ctx: KoaContextWithOIDC, clientId: string) => Promise<void>;

/** What the engine's types leave out of its ID token: it is made for a client as well as for a request. */
type Tokens = new (
  claims: Readonly<Record<string, unknown>>,
  about: { readonly client: InstanceType<Provider['Client']> | undefined; readonly ctx: undefined },
) => InstanceType<Provider['IdToken']>;

export function introspectionSigner(
  provider: Provider,
  clients: Clients,
  keys: readonly SigningKey[],
): SignIntrospection {
  const IdToken = provider.IdToken as unknown as Tokens;
  return async function signIntrospection(ctx, clientId) {
    const options = clients.get(clientId)?.options;
    if (!options || !responseAlg(options, 'introspection', keys)) return;
    const token = new IdToken({}, { client: await provider.Client.find(clientId), ctx: undefined });
    token.set('token_introspection', ctx.body);
    ctx.body = await token.issue({ use: 'introspection' });
    ctx.type = 'application/token-introspection+jwt';
  };
}

/** Signs what the engine answers to a client that showed its credentials. */
export function signIntrospections(provider: Provider, sign: SignIntrospection): void {
  provider.use(async function signForRegistered(ctx: KoaContextWithOIDC, next) {
    await next();
    if (ctx.path !== endpoints.introspection || ctx.status !== 200) return;
    await sign(ctx, ctx.oidc?.client?.clientId ?? '');
  });
}
