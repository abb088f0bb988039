/**
 * Access tokens as JWTs (RFC 9068; Authelia `access_token_signed_response_alg`). The engine keeps every token the same way,
 * stored and opaque, and asks its token models for two things: what the holder gets, and the stored token behind what a
 * holder shows. A client with signed tokens is answered here in both: its holder gets a JWT, stored under a handle made of
 * that very JWT. So a JWT is as revocable and as narrow as an opaque token at every endpoint, whatever hands it out, one
 * changed character of it is an unknown token, and nothing is verified twice. Opaque tokens pass untouched.
 */
import { createHash } from 'node:crypto';
import type { AccessToken, ClientCredentials, Provider } from 'oidc-provider';
import type { ClientKeyStore } from '../keys/response-encryption.ts';

export type IssuedToken = InstanceType<typeof AccessToken> | InstanceType<typeof ClientCredentials>;

/** What the engine stores of a token, as far as a JWT tells it. Times in seconds since the epoch. */
export type TokenPayload = {
  readonly jti: string;
  readonly iat: number;
  readonly exp: number;
  readonly clientId: string;
  readonly accountId?: string;
  readonly scope?: string;
  /** Thumbprint of the key that the token is bound to (DPoP, RFC 9449). */
  readonly jkt?: string;
  readonly extra?: Readonly<Record<string, unknown>>;
};

/** The engine's client, as far as its public keys go. */
export type KeyHolder = { readonly asymmetricKeyStore: ClientKeyStore };

/** The JWT for a stored token, or undefined when its client has opaque ones. */
export type SignToken = (payload: TokenPayload, holder: KeyHolder) => Promise<string | undefined>;

type EngineToken = { jti: string; readonly client: KeyHolder };

type TokenModel = {
  find(value: unknown, options?: object): Promise<unknown>;
  readonly prototype: {
    getValueAndPayload(this: EngineToken): Promise<{ value: string; payload: TokenPayload }>;
  };
};

export function issueSignedTokens(provider: Provider, sign: SignToken): void {
  for (const model of [provider.AccessToken, provider.ClientCredentials] as unknown as TokenModel[]) {
    const { find } = model;
    const { getValueAndPayload } = model.prototype;
    model.find = function findByWhatIsShown(shown, options) {
      return find.call(this, typeof shown === 'string' ? storedId(shown) : shown, options);
    };
    model.prototype.getValueAndPayload = async function getSignedValue() {
      const opaque = await getValueAndPayload.call(this);
      const jwt = await sign(opaque.payload, this.client);
      if (jwt === undefined) return opaque;
      this.jti = storedId(jwt);
      return { value: jwt, payload: { ...opaque.payload, jti: this.jti } };
    };
  }
}

/** Only a structured token has dots. The digest has a domain of its own: at_hash and DPoP's `ath` show others. */
export function storedId(shown: string): string {
  if (!shown.includes('.')) return shown;
  return createHash('sha256').update(`gatehouse access token ${shown}`).digest('base64url');
}
