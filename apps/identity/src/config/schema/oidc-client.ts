/**
 * `identity_providers.oidc.clients[]`. What is left out stays undefined where the default depends on other keys; see
 * `complete/client.ts`. Keys of ours, named by the standards: `post_logout_redirect_uris`, `backchannel_logout_uri`,
 * `frontchannel_logout_uri` and its `_session_required`, `default_acr_values`; and beside them `allow_private_network`.
 */
import {
  asymmetricSigningAlgs,
  authMethods,
  contentEncryptions,
  encryptionAlgs,
  grantTypes,
  responseModes,
  signingAlgs,
} from '../values/algorithms.ts';
import { parseClientSecret } from '../values/digest.ts';
import { parseChain, parsePublicKey } from '../values/pem.ts';
import { duration, flag, list, listOfWhole, maybeFlag, oneOf, parsed, section, sections, text } from './kit.ts';

const signingAlg = () => oneOf(...signingAlgs, 'none', '').optional();
const encryptionAlg = () => oneOf(...encryptionAlgs, 'none', '').optional();
const contentEncryption = () => oneOf(...contentEncryptions, '').optional();
const authMethod = () => oneOf(...authMethods).optional();
const keyId = () => text().optional();

const clientKey = section({
  key_id: text().prefault(''),
  use: oneOf('sig', 'enc').prefault('sig'),
  /** By the kind of key when left out. */
  algorithm: oneOf(...asymmetricSigningAlgs, '').optional(),
  key: parsed('a public key', parsePublicKey).optional(),
  certificate_chain: parsed('a certificate chain', parseChain).optional(),
});

export const oidcClient = section({
  client_id: text().prefault(''),
  client_name: text().optional(),
  client_secret: parsed('a client secret', parseClientSecret).optional(),
  sector_identifier_uri: text().prefault(''),
  public: flag(),
  redirect_uris: listOfWhole(text()).prefault([]),
  post_logout_redirect_uris: listOfWhole(text()).prefault([]),
  backchannel_logout_uri: text().optional(),
  frontchannel_logout_uri: text().optional(),
  frontchannel_logout_session_required: flag(),
  allow_private_network: flag(),
  /** RFC 9449 section 5.2. */
  dpop_bound_access_tokens: flag(),
  request_uris: listOfWhole(text()).prefault([]),
  audience: listOfWhole(text()).prefault([]),
  scopes: list(text()).optional(),
  grant_types: list(oneOf(...grantTypes)).optional(),
  /** Any text: an unknown one is only a warning. */
  response_types: list(text()).optional(),
  response_modes: list(oneOf(...responseModes)).optional(),
  authorization_policy: text().optional(),
  lifespan: text().prefault(''),
  claims_policy: text().prefault(''),
  default_acr_values: list(oneOf('one_factor', 'two_factor')).prefault([]),
  requested_audience_mode: oneOf('explicit', 'implicit').prefault('explicit'),
  consent_mode: oneOf('auto', 'explicit', 'implicit', 'pre-configured').optional(),
  pre_configured_consent_duration: duration().optional(),
  require_pushed_authorization_requests: flag(),
  require_pkce: maybeFlag(),
  pkce_challenge_method: oneOf('', 'plain', 'S256').prefault(''),
  authorization_signed_response_alg: signingAlg(),
  authorization_signed_response_key_id: keyId(),
  authorization_encrypted_response_alg: encryptionAlg(),
  authorization_encrypted_response_enc: contentEncryption(),
  authorization_encrypted_response_key_id: keyId(),
  id_token_signed_response_alg: signingAlg(),
  id_token_signed_response_key_id: keyId(),
  id_token_encrypted_response_alg: encryptionAlg(),
  id_token_encrypted_response_enc: contentEncryption(),
  id_token_encrypted_response_key_id: keyId(),
  access_token_signed_response_alg: signingAlg(),
  access_token_signed_response_key_id: keyId(),
  access_token_encrypted_response_alg: encryptionAlg(),
  access_token_encrypted_response_enc: contentEncryption(),
  access_token_encrypted_response_key_id: keyId(),
  userinfo_signed_response_alg: signingAlg(),
  userinfo_signed_response_key_id: keyId(),
  userinfo_encrypted_response_alg: encryptionAlg(),
  userinfo_encrypted_response_enc: contentEncryption(),
  userinfo_encrypted_response_key_id: keyId(),
  introspection_signed_response_alg: signingAlg(),
  introspection_signed_response_key_id: keyId(),
  introspection_encrypted_response_alg: encryptionAlg(),
  introspection_encrypted_response_enc: contentEncryption(),
  introspection_encrypted_response_key_id: keyId(),
  request_object_signing_alg: signingAlg(),
  request_object_encryption_alg: encryptionAlg(),
  request_object_encryption_enc: contentEncryption(),
  token_endpoint_auth_method: authMethod(),
  token_endpoint_auth_signing_alg: signingAlg(),
  revocation_endpoint_auth_method: authMethod(),
  revocation_endpoint_auth_signing_alg: signingAlg(),
  introspection_endpoint_auth_method: authMethod(),
  introspection_endpoint_auth_signing_alg: signingAlg(),
  pushed_authorization_request_endpoint_auth_method: authMethod(),
  pushed_authorization_request_endpoint_auth_signing_alg: signingAlg(),
  allow_multiple_auth_methods: flag(),
  jwks_uri: text().prefault(''),
  jwks: sections(clientKey).prefault([]),
});
