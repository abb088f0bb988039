/**
 * Client authentication as Authelia holds it: exactly the registered method, and each endpoint has its own. The engine knows
 * one method a client and takes Basic and form parameters alike; here it is told the method of the endpoint that was called,
 * and what was sent in another way is refused.
 */
import { decodeProtectedHeader } from 'jose';
import { errors, type KoaContextWithOIDC, Provider } from 'oidc-provider';
import { unavailable } from '../engine/unavailable.ts';
import type { ClientOptions, VerifyClientSecret } from '../options.ts';
import { type SecretShape, secretShape } from '../refusals/secret-shape.ts';
import type { Clients } from './client-registry.ts';
import type { Client } from './clients.ts';

/** Endpoints with a method of their own, as the configuration names them and as the engine names their routes. */
const endpointNames = ['token', 'revocation', 'introspection', 'pushed_authorization_request'] as const;
type EndpointName = (typeof endpointNames)[number];
type MethodKey = `${EndpointName}_endpoint_auth_method`;

export type RegisteredMethod = { readonly key: MethodKey; readonly method: string; readonly alg: string };

/** Undefined for a route that has no method of its own. */
export function registeredMethod(client: Client, route: string): RegisteredMethod | undefined {
  // A device proves itself as it will at the token endpoint.
  const own = route === 'device_authorization' ? 'token' : route;
  const name = endpointNames.find((each) => each === own);
  return name && methodAt(client.options, name);
}

/** Every method that one of the client's endpoints asks for. */
export function methodsOf(options: ClientOptions): ReadonlySet<string> {
  return new Set(endpointNames.map((name) => methodAt(options, name).method));
}

function methodAt(options: ClientOptions, name: EndpointName): RegisteredMethod {
  const key: MethodKey = `${name}_endpoint_auth_method`;
  const method = options[key] || (options.public ? 'none' : 'client_secret_basic');
  const alg = options[`${name}_endpoint_auth_signing_alg`] || (method === 'client_secret_jwt' ? 'HS256' : '');
  return { key, method, alg };
}

export function methodSent(ctx: KoaContextWithOIDC): string {
  if (ctx.get('authorization')) return 'client_secret_basic';
  const body = ctx.oidc.body ?? {};
  if (body.client_assertion !== undefined) return assertionMethod(body.client_assertion);
  return body.client_secret === undefined ? 'none' : 'client_secret_post';
}

function assertionMethod(assertion: unknown): string {
  try {
    return decodeProtectedHeader(String(assertion)).alg?.startsWith('HS') ? 'client_secret_jwt' : 'private_key_jwt';
  } catch {
    return 'an assertion that cannot be read';
  }
}

/**
 * The engine reads `clientAuthMethod` and `clientAuthSigningAlg` of a client wherever it authenticates one; both answer for
 * the endpoint of the request. Other endpoints that authenticate clients follow the token endpoint.
 */
export function authenticateByEndpoint(provider: Provider, clients: Clients): void {
  const atEndpoint = (clientId: string): RegisteredMethod | undefined => {
    const route = Provider.ctx?.oidc.route;
    const client = route === undefined ? undefined : clients.get(clientId);
    return client && (registeredMethod(client, route ?? '') ?? methodAt(client.options, 'token'));
  };
  Object.defineProperties(provider.Client.prototype, {
    clientAuthMethod: {
      get(this: EngineClient) {
        return atEndpoint(this.clientId)?.method ?? this.tokenEndpointAuthMethod;
      },
    },
    clientAuthSigningAlg: {
      get(this: EngineClient) {
        return atEndpoint(this.clientId)?.alg || this.tokenEndpointAuthSigningAlg;
      },
    },
  });
}

type EngineClient = {
  readonly clientId: string;
  readonly tokenEndpointAuthMethod: string;
  readonly tokenEndpointAuthSigningAlg?: string;
};

const shapes = new WeakMap<object, SecretShape>();

/** What was wrong with the secret that this request presented, as far as its shape tells. */
export function secretShapeOf(ctx: KoaContextWithOIDC): SecretShape | undefined {
  return shapes.get(ctx.oidc);
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
    if (!answer) shapes.set(ctx.oidc, secretShape(presented, secret));
    return answer;
  };
}
