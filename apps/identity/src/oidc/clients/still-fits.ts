/**
 * Whether a request that waited for a person still fits its client: a reload may have taken something away from it
 * meanwhile, and the engine judged it when it came and does not look again. Pure.
 */
import { deviceCodeGrant } from '../../config/values/algorithms.ts';
import type { OidcOptions } from '../options.ts';
import { audienceFault } from '../tokens/audiences.ts';
import type { Client } from './clients.ts';
import { type ParameterFault, pkceRule, scopeFault } from './parameters.ts';
import { mayRedirectTo } from './redirect-uris.ts';

export type WaitingRequest = {
  readonly params: Readonly<Record<string, unknown>>;
  /** A device has no address to be sent back to, and no answer in a browser. */
  readonly cameBy: 'address' | 'push' | 'device';
};

export type Misfit =
  | ParameterFault
  | { readonly kind: 'grant' | 'push' | 'pkce' | 'redirect-uri' | 'response-type' | 'response-mode' };

export function misfitOf(request: WaitingRequest, client: Client, oidc: OidcOptions): Misfit | undefined {
  const { scope } = request.params;
  return (
    (request.cameBy === 'device' ? deviceMisfit(client) : answerMisfit(request, client, oidc)) ??
    scopeFault(typeof scope === 'string' ? scope : undefined, client) ??
    audienceFault(request.params, client)
  );
}

function deviceMisfit({ metadata }: Client): Misfit | undefined {
  return metadata.grant_types?.includes(deviceCodeGrant) ? undefined : { kind: 'grant' };
}

function answerMisfit({ params, cameBy }: WaitingRequest, client: Client, oidc: OidcOptions): Misfit | undefined {
  const { metadata } = client;
  const type = String(params.response_type);
  const mode = String(params.response_mode ?? (type.includes('token') ? 'fragment' : 'query'));
  if (!mayRedirectTo(String(params.redirect_uri), metadata.redirect_uris ?? [])) return { kind: 'redirect-uri' };
  if (metadata.require_pushed_authorization_requests && cameBy !== 'push') return { kind: 'push' };
  if (!metadata.response_types?.some((each) => each === type)) return { kind: 'response-type' };
  if (!metadata.response_modes?.some((each) => each === mode)) return { kind: 'response-mode' };
  const lacksChallenge = type.includes('code') && params.code_challenge === undefined;
  return lacksChallenge && pkceRule(client, oidc) ? { kind: 'pkce' } : undefined;
}
