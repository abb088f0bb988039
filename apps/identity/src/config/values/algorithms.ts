/** Names the standards give (RFC 7518, OpenID Connect Core, RFC 8252) that several keys and rules choose from. */

export const asymmetricSigningAlgs = [
  'RS256',
  'RS384',
  'RS512',
  'ES256',
  'ES384',
  'ES512',
  'PS256',
  'PS384',
  'PS512',
] as const;
export const symmetricSigningAlgs = ['HS256', 'HS384', 'HS512'] as const;
export const signingAlgs = [...asymmetricSigningAlgs, ...symmetricSigningAlgs] as const;

export const asymmetricEncryptionAlgs = [
  'RSA1_5',
  'RSA-OAEP',
  'RSA-OAEP-256',
  'ECDH-ES',
  'ECDH-ES+A128KW',
  'ECDH-ES+A192KW',
  'ECDH-ES+A256KW',
] as const;
export const symmetricEncryptionAlgs = [
  'A128KW',
  'A192KW',
  'A256KW',
  'A128GCMKW',
  'A192GCMKW',
  'A256GCMKW',
  'PBES2-HS256+A128KW',
  'PBES2-HS384+A192KW',
  'PBES2-HS512+A256KW',
] as const;
export const encryptionAlgs = [...asymmetricEncryptionAlgs, ...symmetricEncryptionAlgs] as const;

export const contentEncryptions = [
  'A128CBC-HS256',
  'A192CBC-HS384',
  'A256CBC-HS512',
  'A128GCM',
  'A192GCM',
  'A256GCM',
] as const;

export const authMethods = [
  'client_secret_basic',
  'client_secret_post',
  'client_secret_jwt',
  'private_key_jwt',
  'none',
] as const;

export const responseTypes = [
  'code',
  'id_token',
  'token',
  'id_token token',
  'code id_token',
  'code token',
  'code id_token token',
] as const;

export const responseModes = [
  'form_post',
  'query',
  'fragment',
  'jwt',
  'form_post.jwt',
  'query.jwt',
  'fragment.jwt',
] as const;

export const deviceCodeGrant = 'urn:ietf:params:oauth:grant-type:device_code';
/** A value of ours: Authelia does not know it (RFC 8693). */
export const tokenExchangeGrant = 'urn:ietf:params:oauth:grant-type:token-exchange';
export const grantTypes = [
  'authorization_code',
  'implicit',
  'client_credentials',
  'refresh_token',
  deviceCodeGrant,
  tokenExchangeGrant,
] as const;

export type SigningAlg = (typeof signingAlgs)[number];
export type AuthMethod = (typeof authMethods)[number];
export type ResponseType = (typeof responseTypes)[number];
export type ResponseMode = (typeof responseModes)[number];
export type GrantType = (typeof grantTypes)[number];
export type EncryptionAlg = (typeof encryptionAlgs)[number];
export type ContentEncryption = (typeof contentEncryptions)[number];
