/**
 * How the engine reads a request, corrected before it judges it. It keeps the parameters of a request in one place of its
 * context, whatever endpoint, method or push they came by; what has to be read differently here is read differently there.
 */
import type { Provider } from 'oidc-provider';
import type { Clients } from '../clients/client-registry.ts';
import { readUnsigned } from '../clients/request-objects.ts';
import { storedId } from '../tokens/signed-access-tokens.ts';

type Params = Record<string, unknown>;
type Context = { readonly route: string; readonly params: Params };

export function correctReading(provider: Provider, clients: Clients): void {
  const read = new WeakMap<Context, Params>();
  const context = provider.OIDCContext.prototype;
  Object.defineProperty(context, 'params', {
    get(this: Context) {
      return read.get(this);
    },
    set(this: Context, params: Params) {
      if (tokenRoutes.has(this.route)) showStoredId(params);
      if (this.route === 'authorization') readUnsigned(this, params, clients);
      joinRepeated(params);
      read.set(this, params);
    },
  });
  const prompts: (this: Context) => Set<string> = Reflect.getOwnPropertyDescriptor(context, 'prompts')?.get ?? missing;
  Object.defineProperty(context, 'prompts', {
    get(this: Context) {
      const sent = prompts.call(this);
      if (!sent.has('none') && mayGetLastingAccess(this.params, clients)) sent.add('consent');
      return sent;
    },
  });
}

function missing(): never {
  throw new TypeError("this version of the engine keeps 'prompts' elsewhere");
}

/**
 * The engine grants `offline_access` only with `prompt=consent`. Authelia asks for consent whenever it is requested, so here
 * every such request says so, whether it came by query, push or request object.
 */
function mayGetLastingAccess(params: Params, clients: Clients): boolean {
  const client = clients.get(String(params.client_id));
  const scopes = typeof params.scope === 'string' ? params.scope.split(' ') : [];
  if (!client || client.consentMode === 'implicit') return false;
  return scopes.includes('offline_access') && client.scopes.has('offline_access');
}

const tokenRoutes: ReadonlySet<string> = new Set(['introspection', 'revocation']);

/** The engine turns away whatever looks like a JWT before it looks for it; ours are stored like any other token. */
function showStoredId(params: Params): void {
  if (typeof params.token === 'string') params.token = storedId(params.token);
}

/** The engine wants each parameter once. These may be repeated (RFC 8707 section 2), and no value of theirs has a space. */
function joinRepeated(params: Params): void {
  for (const name of ['audience', 'resource']) {
    const value = params[name];
    if (Array.isArray(value)) params[name] = value.join(' ');
  }
}
