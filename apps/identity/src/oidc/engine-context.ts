/**
 * How the engine reads a request, corrected before it judges it. It keeps the parameters of a request in one place of its
 * context, whatever endpoint, method or push they came by; what has to be read differently here is read differently there.
 */
import type { Provider } from 'oidc-provider';
import { storedId } from './signed-access-tokens.ts';

type Params = Record<string, unknown>;
type Context = { readonly route: string };

export function correctReading(provider: Provider): void {
  const read = new WeakMap<Context, Params>();
  Object.defineProperty(provider.OIDCContext.prototype, 'params', {
    get(this: Context) {
      return read.get(this);
    },
    set(this: Context, params: Params) {
      if (tokenRoutes.has(this.route)) showStoredId(params);
      joinRepeated(params);
      read.set(this, params);
    },
  });
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
