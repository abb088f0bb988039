/**
 * What a JWT access token says (RFC 9068 section 2.2; Authelia 2.8) and with which key: the provider's key by id or
 * algorithm, or the client's secret for HS algorithms, and encrypted for the client where it asks for that. It does not know
 * where tokens are stored or to whom they go.
 */
import { CompactSign } from 'jose';
import type { Clients } from '../clients/client-registry.ts';
import type { Client } from '../clients/clients.ts';
import type { SigningKey } from '../keys/keys.ts';
import { encryptForClient } from '../keys/response-encryption.ts';
import { responseKeys } from '../keys/response-keys.ts';
import type { SignToken, TokenPayload } from './signed-access-tokens.ts';

export function hasSignedTokens({ options }: Client): boolean {
  const { access_token_signed_response_alg: alg, access_token_signed_response_key_id: keyId } = options;
  return Boolean((alg && alg !== 'none') || keyId);
}

/** `audiences` are in the stored `extra.aud`, the token's public id in `extra.jti`; see `token-facts.ts`. */
export function tokenSigner(issuer: string, clients: Clients, keys: readonly SigningKey[]): SignToken {
  const keyFor = responseKeys(keys);
  return async function sign(payload, holder) {
    const client = clients.get(payload.clientId);
    const signer = client && keyFor(client.options, 'access_token');
    if (!signer) return undefined;
    const { alg, kid, key } = signer;
    const signed = await new CompactSign(Buffer.from(JSON.stringify(claimsOf(payload, issuer))))
      .setProtectedHeader({ alg, typ: 'at+jwt', ...(kid !== undefined && { kid }) })
      .sign(key);
    const header = { cty: 'at+jwt', iss: issuer, aud: client.id };
    return encryptForClient(signed, client.options, 'access_token', holder.asymmetricKeyStore, header);
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
