/**
 * What Authelia asks of an authorization request beyond the engine: a state, enough entropy, only registered scopes, and
 * PKCE by four rules (2.4 and 2.6). Pure decisions; `engine.ts` turns them into protocol errors.
 */

import type { OidcOptions } from '../options.ts';
import type { AudienceFault } from '../tokens/audiences.ts';
import type { Client } from './clients.ts';

const entropyByDefault = 8;

/** The least number of characters of state and nonce; 0 when the check is off. */
export function entropyMin(option: number | undefined): number {
  return Math.max(0, option ?? entropyByDefault);
}

export type ParameterFault =
  | AudienceFault
  | { readonly kind: 'state-missing' }
  | { readonly kind: 'too-short'; readonly name: 'state' | 'nonce'; readonly charactersMin: number }
  | { readonly kind: 'scope-unregistered'; readonly scope: string }
  | { readonly kind: 'challenge-method'; readonly sent: string; readonly registered: string };

export function stateFault(state: string | undefined, option: number | undefined): ParameterFault | undefined {
  const charactersMin = entropyMin(option);
  if (charactersMin === 0) return undefined;
  if (!state) return { kind: 'state-missing' };
  return state.length < charactersMin ? { kind: 'too-short', name: 'state', charactersMin } : undefined;
}

export function nonceFault(nonce: string | undefined, option: number | undefined): ParameterFault | undefined {
  const charactersMin = entropyMin(option);
  return nonce !== undefined && nonce.length < charactersMin
    ? { kind: 'too-short', name: 'nonce', charactersMin }
    : undefined;
}

export function scopeFault(scope: string | undefined, client: Client): ParameterFault | undefined {
  const unknown = scope?.split(' ').find((entry) => !client.scopes.has(entry));
  return unknown === undefined ? undefined : { kind: 'scope-unregistered', scope: unknown };
}

export function challengeMethodFault(method: string | undefined, client: Client): ParameterFault | undefined {
  const registered = client.options.pkce_challenge_method;
  if (!registered || method === undefined || method === registered) return undefined;
  return { kind: 'challenge-method', sent: method, registered };
}

/** Which key makes PKCE mandatory for a client, or undefined when none does. */
export function pkceRule(
  client: Client,
  oidc: OidcOptions,
): 'require_pkce' | 'pkce_challenge_method' | 'enforce_pkce' | undefined {
  if (client.options.require_pkce) return 'require_pkce';
  if (client.options.pkce_challenge_method) return 'pkce_challenge_method';
  const enforced = oidc.enforce_pkce ?? 'public_clients_only';
  return enforced === 'always' || (enforced === 'public_clients_only' && client.isPublic) ? 'enforce_pkce' : undefined;
}
