/** `identity_providers.oidc`, the provider's own options. Clients have a file of their own. */
import { asymmetricSigningAlgs, deviceCodeGrant, encryptionAlgs, responseTypes } from '../values/algorithms.ts';
import { parseMoment } from '../values/moment.ts';
import { parseSwitch } from '../values/number.ts';
import { parseChain, parsePrivateKey } from '../values/pem.ts';
import { anyOfAll, duration, flag, list, named, oneOf, parsed, section, sections, text, whole } from './kit.ts';
import { oidcClient } from './oidc-client.ts';

const signingKey = section({
  /** Made from the thumbprint when left out: see `complete/signing-keys.ts`. */
  key_id: text().optional(),
  use: oneOf('sig', 'enc').prefault('sig'),
  /** By the kind of key when left out. */
  algorithm: oneOf(...asymmetricSigningAlgs, ...encryptionAlgs, '').optional(),
  key: parsed('a key', parsePrivateKey).optional(),
  certificate_chain: parsed('a certificate chain', parseChain).optional(),
  /** Keys of ours: the life of a signing key, see `values/key-life.ts`. Milliseconds since the epoch. */
  not_before: parsed('a moment', parseMoment, ['2027-06-01T00:00:00Z']).optional(),
  not_after: parsed('a moment', parseMoment, ['2027-06-01T00:00:00Z']).optional(),
});

const lifespan = () => duration().optional();
const tokenLifespans = () => ({
  access_token: lifespan(),
  authorize_code: lifespan(),
  id_token: lifespan(),
  refresh_token: lifespan(),
});
const grantLifespans = () => section(tokenLifespans()).prefault({});

const policy = () => oneOf('one_factor', 'two_factor', 'deny').prefault('two_factor');

export const oidc = section({
  hmac_secret: text().prefault(''),
  jwks: sections(signingKey).prefault([]),
  /** The old spelling of one RS256 key. */
  issuer_private_key: parsed('a key', parsePrivateKey).optional(),
  issuer_certificate_chain: parsed('a certificate chain', parseChain).optional(),
  enable_client_debug_messages: flag(),
  /** 0 means the default, −1 none. */
  minimum_parameter_entropy: whole().prefault(8),
  enforce_pkce: oneOf('public_clients_only', 'always', 'never').prefault('public_clients_only'),
  enable_pkce_plain_challenge: flag(),
  enable_jwt_access_token_stateless_introspection: flag(),
  discovery_signed_response_alg: oneOf(...asymmetricSigningAlgs, 'none', '').prefault('none'),
  discovery_signed_response_key_id: text().prefault(''),
  require_pushed_authorization_requests: flag(),
  lifespans: section({
    ...tokenLifespans(),
    device_code: lifespan(),
    jwt_secured_authorization: lifespan(),
    custom: named(
      section({
        ...tokenLifespans(),
        device_code: lifespan(),
        grants: section({
          authorize_code: grantLifespans(),
          device_code: grantLifespans(),
          implicit: grantLifespans(),
          client_credentials: grantLifespans(),
          refresh_token: grantLifespans(),
          jwt_bearer: grantLifespans(),
        }).prefault({}),
      }),
    ).prefault({}),
  }).prefault({}),
  cors: section({
    endpoints: list(
      oneOf(
        'authorization',
        'device-authorization',
        'pushed-authorization-request',
        'token',
        'introspection',
        'revocation',
        'userinfo',
      ),
    ).prefault([]),
    allowed_origins: list(text()).prefault([]),
    allowed_origins_from_client_redirect_uris: flag(),
  }).prefault({}),
  authorization_policies: named(
    section({
      default_policy: policy(),
      rules: sections(
        section({
          policy: policy(),
          /** Any of these lists, all of whose entries match. */
          subject: anyOfAll(text()).prefault([]),
          /** Addresses, blocks or names from `definitions.network`. */
          networks: list(text()).prefault([]),
        }),
      ).prefault([]),
    }),
  ).prefault({}),
  claims_policies: named(
    section({
      id_token: list(text()).prefault([]),
      access_token: list(text()).prefault([]),
      id_token_audience_mode: oneOf('specification', 'experimental-merged').prefault('specification'),
      custom_claims: named(section({ name: text().optional(), attribute: text().optional() })).prefault({}),
    }),
  ).prefault({}),
  scopes: named(section({ claims: list(text()).prefault([]) })).prefault({}),
  /** Ours: applications that register themselves (RFC 7591). */
  dynamic_client_registration: section({
    enabled: flag(),
    require_initial_access_token: parsed('true or false', parseSwitch).prefault(true),
    authorization_policy: text().prefault('two_factor'),
    consent_mode: oneOf('explicit', 'pre-configured').prefault('explicit'),
    scopes: list(text()).prefault(['openid', 'profile', 'email', 'groups', 'offline_access']),
    grant_types: list(oneOf('authorization_code', 'implicit', 'refresh_token', deviceCodeGrant)).prefault([
      'authorization_code',
      'refresh_token',
    ]),
    response_types: list(oneOf(...responseTypes)).prefault(['code']),
    clients_max: whole().prefault(100),
    /** One that nobody used for so long is removed. */
    unused_client_lifespan: duration().prefault('90d'),
  }).prefault({}),
  clients: sections(oidcClient).prefault([]),
});
