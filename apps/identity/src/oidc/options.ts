/**
 * What the provider needs from the rest of the house: the completed `identity_providers.oidc` section under Authelia's
 * names (durations in seconds), the stores, the people, the pages. Narrow on purpose, so that this room can be opened by a
 * test with a portal of twenty lines.
 */
import type { KeyObject, X509Certificate } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { SealedVolatile } from '@gatehouse/storage/volatile/sealed-volatile.ts';
import type { Log } from '@gatehouse/web/log.ts';
import type { Say } from '@gatehouse/words/say.ts';
import type { ClientSecret } from '../config/values/digest.ts';
import type { Expression } from '../config/values/expression.ts';
import type { ParsedKey } from '../config/values/pem.ts';
import type { Directory } from '../directory/directory.ts';
import type { AttemptLimiter } from '../regulation/limiter.ts';
import type { IsAdministrator } from '../session/administrators.ts';
import type { PortalSession } from '../session/portal-session.ts';
import type { IdentityKysely } from '../storage/tables.ts';
import type { Outgoing } from './calls/outgoing.ts';
import type { RegistrationOf } from './clients/registrations.ts';
import type { RequestLimits } from './engine/request-limits.ts';
import type { SessionLinks } from './logout/session-links.ts';
import type { DevicePage, ErrorPage, Reader, SignedOutPage, SignOutPage } from './pages.ts';
import type { Acr } from './people/acr.ts';
import type { FlowWatch } from './refusals/flow-watch.ts';
import type { RefusalRecorder } from './refusals/recorder.ts';
import type { InitialAccessStore } from './registration/initial-access.store.ts';
import type { RegisteredClientStore } from './registration/registered-client.store.ts';

type Optional<T> = { readonly [K in keyof T]?: T[K] | undefined };

export type PolicyLevel = 'one_factor' | 'two_factor' | 'deny';

export type SigningKeyOptions = Optional<{
  key_id: string;
  use: 'sig' | 'enc';
  algorithm: string;
  key: KeyObject;
  certificate_chain: readonly X509Certificate[];
  /** Milliseconds since the epoch, see `config/values/key-life.ts`. */
  not_before: number;
  not_after: number;
}>;

export type TokenLifespans = Optional<{
  access_token: number;
  authorize_code: number;
  id_token: number;
  refresh_token: number;
}>;

export type CustomLifespans = TokenLifespans & {
  readonly device_code?: number | undefined;
  readonly grants?: Readonly<Record<string, TokenLifespans | undefined>> | undefined;
};

export type ClaimsPolicyOptions = Optional<{
  id_token: readonly string[];
  access_token: readonly string[];
  id_token_audience_mode: 'specification' | 'experimental-merged';
  custom_claims: Readonly<Record<string, Optional<{ name: string; attribute: string }>>>;
}>;

export type AuthorizationPolicyOptions = Optional<{
  default_policy: PolicyLevel;
  rules: readonly Optional<{
    policy: PolicyLevel;
    subject: readonly (readonly string[])[];
    networks: readonly string[];
  }>[];
}>;

export type ClientKeyOptions = Optional<{
  key_id: string;
  use: 'sig' | 'enc';
  algorithm: string;
  key: ParsedKey;
  certificate_chain: readonly X509Certificate[];
}>;

export type ClientOptions = {
  readonly client_id: string;
} & Optional<{
  client_name: string;
  client_secret: ClientSecret;
  public: boolean;
  redirect_uris: readonly string[];
  post_logout_redirect_uris: readonly string[];
  backchannel_logout_uri: string;
  frontchannel_logout_uri: string;
  jwks_uri: string;
  sector_identifier_uri: string;
  /** Whether these addresses may lead into the house. */
  allow_private_network: boolean;
  audience: readonly string[];
  requested_audience_mode: 'explicit' | 'implicit';
  scopes: readonly string[];
  grant_types: readonly string[];
  response_types: readonly string[];
  response_modes: readonly string[];
  authorization_policy: string;
  lifespan: string;
  claims_policy: string;
  /** What `acr_values` are when a request names none. */
  default_acr_values: readonly Acr[];
  consent_mode: 'auto' | 'explicit' | 'implicit' | 'pre-configured';
  pre_configured_consent_duration: number;
  require_pushed_authorization_requests: boolean;
  require_pkce: boolean;
  request_object_signing_alg: string;
  request_object_encryption_alg: string;
  request_object_encryption_enc: string;
  dpop_bound_access_tokens: boolean;
  pkce_challenge_method: '' | 'plain' | 'S256';
  token_endpoint_auth_method: string;
  token_endpoint_auth_signing_alg: string;
  revocation_endpoint_auth_method: string;
  revocation_endpoint_auth_signing_alg: string;
  introspection_endpoint_auth_method: string;
  introspection_endpoint_auth_signing_alg: string;
  pushed_authorization_request_endpoint_auth_method: string;
  pushed_authorization_request_endpoint_auth_signing_alg: string;
  allow_multiple_auth_methods: boolean;
  jwks: readonly ClientKeyOptions[];
}> &
  Optional<Record<`${ClientResponse}_${'signed' | 'encrypted'}_response_${'alg' | 'key_id'}`, string>> &
  Optional<Record<`${ClientResponse}_encrypted_response_enc`, string>>;

type ClientResponse = 'authorization' | 'id_token' | 'access_token' | 'userinfo' | 'introspection';

/** `dynamic_client_registration`: who may register an application, and what of it the house decides. */
export type RegistrationOptions = {
  readonly enabled: boolean;
  readonly require_initial_access_token: boolean;
  readonly authorization_policy: string;
  readonly consent_mode: 'explicit' | 'pre-configured';
  readonly scopes: readonly string[];
  readonly grant_types: readonly string[];
  readonly response_types: readonly string[];
  readonly clients_max: number;
  /** Seconds. */
  readonly unused_client_lifespan: number;
};

export type OidcOptions = {
  readonly clients: readonly ClientOptions[];
  readonly jwks: readonly SigningKeyOptions[];
} & Optional<{
  /** 0: no minimum. */
  minimum_parameter_entropy: number;
  enforce_pkce: 'public_clients_only' | 'always' | 'never';
  enable_client_debug_messages: boolean;
  enable_pkce_plain_challenge: boolean;
  require_pushed_authorization_requests: boolean;
  discovery_signed_response_alg: string;
  discovery_signed_response_key_id: string;
  lifespans: TokenLifespans &
    Optional<{
      device_code: number;
      jwt_secured_authorization: number;
      custom: Readonly<Record<string, CustomLifespans>>;
    }>;
  cors: Optional<{
    endpoints: readonly string[];
    allowed_origins: readonly string[];
    allowed_origins_from_client_redirect_uris: boolean;
  }>;
  authorization_policies: Readonly<Record<string, AuthorizationPolicyOptions>>;
  claims_policies: Readonly<Record<string, ClaimsPolicyOptions>>;
  scopes: Readonly<Record<string, Optional<{ claims: readonly string[] }>>>;
  dynamic_client_registration: RegistrationOptions;
}>;

/** A place in the configuration: keys and list positions from the root. */
export type ConfigPath = readonly (string | number)[];
export type ConfigPlace = { readonly file: string; readonly line: number };

/** `busy`: the digest queue is full; the caller may try again. Called at every request: it is to remember what verified. */
export type VerifyClientSecret = (
  clientId: string,
  secret: ClientSecret,
  presented: string,
) => Promise<boolean | 'busy'>;

export type ProviderOptions = {
  /** Bare origin, lower-case, without a trailing slash. */
  readonly issuer: string;
  readonly oidc: OidcOptions;
  /** `definitions.network`: names for lists of addresses and blocks. */
  readonly networks?: Readonly<Record<string, readonly string[]>> | undefined;
  /** Where a key stands in the configuration files, or its nearest ancestor that does, for explained refusals. */
  locate(path: ConfigPath): ConfigPlace | undefined;
  isStated(path: ConfigPath): boolean;
  readonly store: SealedVolatile;
  readonly database: IdentityKysely;
  readonly directory: Directory;
  readonly sessions: { fromRequest(req: IncomingMessage): Promise<PortalSession | undefined> };
  remoteAddress(req: IncomingMessage): string;
  readonly verifyClientSecret: VerifyClientSecret;
  /** `definitions.user_attributes`: attributes that are computed, by name. */
  readonly userAttributes?: ReadonlyMap<string, Expression> | undefined;
  /** Where refusals are recorded; shared by every issuer. */
  readonly refusals: Pick<RefusalRecorder, 'record'>;
  /** Flows that stop on the way; shared by every issuer. */
  readonly flows: FlowWatch;
  /** Sees on an error page what is said of the configuration. */
  readonly isAdministrator: IsAdministrator;
  /** Applications that registered themselves, and the tokens that let them. */
  readonly selfRegistration: {
    readonly clients: RegisteredClientStore;
    readonly tokens: Pick<InitialAccessStore, 'mayRegister' | 'take'>;
  };
  /** Counts guesses at the codes of devices, and registrations. */
  readonly limiter: AttemptLimiter;
  /** Counts failed requests; shared by every issuer. */
  readonly requestLimits: RequestLimits;
  /** Words in the language of whoever reads. */
  sayTo(reader: Reader): Say;
  errorPage(details: ErrorPage, reader: Reader): string;
  devicePage(details: DevicePage, reader: Reader): string;
  signOutPage(details: SignOutPage, reader: Reader): string;
  signedOutPage(details: SignedOutPage, reader: Reader): string;
  /** Called after a confirmed sign-out at the end-session endpoint: ends the portal session of this browser. */
  endPortalSession(req: IncomingMessage, res: ServerResponse): Promise<void>;
  readonly links: SessionLinks;
  /** From now on the end of this portal session is noticed soon, whatever ends it. */
  watchSession(sessionId: string): Promise<void>;
  /** Whether nobody decided the end of this portal session. */
  sessionStands(sessionId: string): Promise<boolean>;
  /** Makes the calls to addresses that applications name. */
  readonly outgoing: Outgoing;
  readonly log: Log;
  nowMs(): number;
  /** See `registrations.ts`; absent: applications never go. */
  readonly registrationOf?: RegistrationOf | undefined;
  /** Secrets that sign the engine's cookies; the first signs, all verify. */
  readonly cookieKeys: readonly string[];
};
