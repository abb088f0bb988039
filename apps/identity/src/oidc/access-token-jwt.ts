/**
 * What a JWT access token says (RFC 9068 section 2.2; Authelia 2.8) and with which key: the provider's key by id or
 * algorithm, or the client's secret for HS algorithms. It does not know where tokens are stored or to whom they go.
 */
import { createSecretKey, type KeyObject } from 'node:crypto';
import { CompactSign } from 'jose';
import type { Clients } from './client-registry.ts';
import type { Client } from './clients.ts';
import type { SigningKey } from './keys.ts';
import type { SignToken, TokenPayload } from './signed-access-tokens.ts';

export function hasSignedTokens({ options }: Client): boolean {
  return Boolean(algOf(options.access_token_signed_response_alg) || options.access_token_signed_response_key_id);
}

/** `audiences` are in the stored `extra.aud`, the token's public id in `extra.jti`; see `token-facts.ts`. */
export function tokenSigner(issuer: string, clients: Clients, keys: readonly SigningKey[]): SignToken {
  const keyFor = signingKeyFor(keys);
  return function sign(payload) {
    const client = clients.get(payload.clientId);
    if (!client || !hasSignedTokens(client)) return undefined;
    const { alg, kid, key } = keyFor(client);
    return new CompactSign(Buffer.from(JSON.stringify(claimsOf(payload, issuer))))
      .setProtectedHeader({ alg, typ: 'at+jwt', ...(kid !== undefined && { kid }) })
      .sign(key);
  };
}

function claimsOf(payload: TokenPayload, issuer: string): Record<string, unknown> {
  const { accountId, clientId, scope, iat, exp, jkt, extra } = payload;
  return {
    // A machine speaks for itself (RFC 9068 section 2.2).
    sub: accountId ?? clientId,
    ...extra,
    iss: issuer,
    iat,
    nbf: iat,
    exp,
    client_id: clientId,
    ...(scope && { scope, scp: scope.split(' ') }),
    ...(jkt !== undefined && { cnf: { jkt } }),
  };
}

type Key = { readonly alg: string; readonly kid?: string; readonly key: KeyObject };

/** Throws TypeError for a choice that the rules of the configuration should have refused. */
function signingKeyFor(keys: readonly SigningKey[]): (client: Client) => Key {
  return function keyFor({ options }) {
    const alg = algOf(options.access_token_signed_response_alg);
    const kid = options.access_token_signed_response_key_id;
    const secret = options.client_secret;
    if (!kid && alg?.startsWith('HS')) {
      if (secret?.kind !== 'plaintext') throw new TypeError(`${alg} needs the client's secret in plain text`);
      return { alg, key: createSecretKey(Buffer.from(secret.text)) };
    }
    const key = keys.find((each) => (kid ? each.kid === kid : each.alg === alg));
    if (!key) throw new TypeError(`no key signs access tokens with ${kid || alg}`);
    return key;
  };
}

function algOf(option: string | undefined): string | undefined {
  return option === '' || option === 'none' ? undefined : option;
}
