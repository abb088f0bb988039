/**
 * One OpenID Connect client with every default in place, as `identity_providers.oidc.clients[]` means it. Pure: the same
 * stated client and keys always give the same client.
 */
import type { StatedClient } from '../schema/configuration.ts';
import {
  type AuthMethod,
  deviceCodeGrant,
  type GrantType,
  type ResponseMode,
  tokenExchangeGrant,
} from '../values/algorithms.ts';
import type { SigningKey } from './signing-keys.ts';

type Completed = {
  readonly client_name: string;
  readonly scopes: readonly string[];
  readonly grant_types: readonly GrantType[];
  readonly response_types: readonly string[];
  readonly response_modes: readonly ResponseMode[];
  /** `one_factor`, `two_factor`, or a name from `authorization_policies`. */
  readonly authorization_policy: string;
  readonly consent_mode: 'explicit' | 'implicit' | 'pre-configured';
  /** Seconds. Only used when the mode is pre-configured. */
  readonly pre_configured_consent_duration: number;
  /** True also where `pkce_challenge_method` implies it. */
  readonly require_pkce: boolean;
  readonly authorization_signed_response_alg: string;
  readonly id_token_signed_response_alg: string;
  /** `none`: opaque tokens, plain answers. */
  readonly access_token_signed_response_alg: string;
  readonly userinfo_signed_response_alg: string;
  readonly introspection_signed_response_alg: string;
  readonly token_endpoint_auth_method: AuthMethod;
  readonly revocation_endpoint_auth_method: AuthMethod;
  readonly introspection_endpoint_auth_method: AuthMethod;
  readonly pushed_authorization_request_endpoint_auth_method: AuthMethod;
};

export type Client = Readonly<Omit<StatedClient, keyof Completed>> & Completed;

const oneWeekSeconds = 604_800;
const bearerScope = 'authelia.bearer.authz';

export function completeClient(stated: StatedClient, keys: readonly SigningKey[]): Client {
  const bearer = stated.scopes?.includes(bearerScope) ?? false;
  const responseTypes = stated.response_types?.map(sortedResponseType) ?? defaultResponseTypes(stated, bearer);
  const grantTypes = stated.grant_types ?? (bearer ? [] : derivedGrantTypes(responseTypes));
  const credentialsOnly = grantTypes.includes('client_credentials');
  const method = (name: EndpointName): AuthMethod =>
    stated[`${name}_endpoint_auth_method`] ?? (stated.public ? 'none' : 'client_secret_basic');
  return {
    ...stated,
    client_name: stated.client_name || stated.client_id,
    scopes: stated.scopes ?? (credentialsOnly ? [] : ['openid', 'groups', 'profile', 'email']),
    grant_types: grantTypes,
    response_types: responseTypes,
    response_modes: stated.response_modes ?? (bearer ? [] : derivedResponseModes(responseTypes)),
    authorization_policy: stated.authorization_policy || (credentialsOnly ? 'one_factor' : 'two_factor'),
    consent_mode: consentMode(stated),
    pre_configured_consent_duration: stated.pre_configured_consent_duration || oneWeekSeconds,
    require_pkce: stated.require_pkce === true || stated.pkce_challenge_method !== '',
    authorization_signed_response_alg: signingAlg(stated, 'authorization', 'RS256', keys),
    id_token_signed_response_alg: signingAlg(stated, 'id_token', 'RS256', keys),
    access_token_signed_response_alg: signingAlg(stated, 'access_token', 'none', keys),
    userinfo_signed_response_alg: signingAlg(stated, 'userinfo', 'none', keys),
    introspection_signed_response_alg: signingAlg(stated, 'introspection', 'none', keys),
    token_endpoint_auth_method: method('token'),
    revocation_endpoint_auth_method: method('revocation'),
    introspection_endpoint_auth_method: method('introspection'),
    pushed_authorization_request_endpoint_auth_method: method('pushed_authorization_request'),
  };
}

export const endpointNames = ['token', 'revocation', 'introspection', 'pushed_authorization_request'] as const;
export type EndpointName = (typeof endpointNames)[number];

export const signedResponses = ['authorization', 'id_token', 'access_token', 'userinfo', 'introspection'] as const;
export type SignedResponse = (typeof signedResponses)[number];

/** A key id wins over an algorithm. */
function signingAlg(
  stated: StatedClient,
  response: SignedResponse,
  otherwise: string,
  keys: readonly SigningKey[],
): string {
  const keyId = stated[`${response}_signed_response_key_id`];
  const key = keyId ? keys.find((each) => each.key_id === keyId) : undefined;
  return key?.algorithm ?? (stated[`${response}_signed_response_alg`] || otherwise);
}

function defaultResponseTypes(stated: StatedClient, bearer: boolean): string[] {
  const withoutAnswer = stated.grant_types?.every(
    (grant) => grant === 'client_credentials' || grant === deviceCodeGrant || grant === tokenExchangeGrant,
  );
  return bearer || (stated.grant_types && withoutAnswer) ? [] : ['code'];
}

function derivedGrantTypes(types: readonly string[]): GrantType[] {
  const grants: GrantType[] = [];
  if (types.some(hasCode)) grants.push('authorization_code');
  if (types.some(hasToken)) grants.push('implicit');
  return grants;
}

function derivedResponseModes(types: readonly string[]): ResponseMode[] {
  const modes: ResponseMode[] = types.length > 0 ? ['form_post'] : [];
  if (types.includes('code')) modes.push('query');
  if (types.some(hasToken)) modes.push('fragment');
  return modes;
}

function consentMode(stated: StatedClient): Completed['consent_mode'] {
  if (stated.consent_mode !== undefined && stated.consent_mode !== 'auto') return stated.consent_mode;
  return stated.pre_configured_consent_duration ? 'pre-configured' : 'explicit';
}

export function hasCode(responseType: string): boolean {
  return responseType.split(' ').includes('code');
}

/** Implicit and hybrid types: something other than a code comes from the authorization endpoint. */
export function hasToken(responseType: string): boolean {
  return responseType.split(' ').some((part) => part === 'token' || part === 'id_token');
}

const parts = ['code', 'id_token', 'token'];

/** The order of the parts of a response type has no meaning (OAuth 2.0 Multiple Response Types, section 3). */
export function sortedResponseType(type: string): string {
  return type
    .split(' ')
    .sort((a, b) => parts.indexOf(a) - parts.indexOf(b))
    .join(' ');
}
