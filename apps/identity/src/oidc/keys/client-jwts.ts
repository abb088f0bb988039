/**
 * Every JWT that the provider makes for a client: ID tokens, userinfo, introspection, authorization responses, sign-out
 * notices. The engine says what stands in one; which key signs it, how long it lasts and for whom it is encrypted is said
 * here, because the engine signs with the first key of an algorithm and gives authorization responses a life of its own.
 */
import { createHash, randomUUID } from 'node:crypto';
import { CompactSign } from 'jose';
import type { KoaContextWithOIDC, Provider } from 'oidc-provider';
import type { Clients } from '../clients/client-registry.ts';
import type { OidcOptions } from '../options.ts';
import { idTokenAudience } from '../tokens/id-token-audience.ts';
import { authorizationResponseSeconds } from '../tokens/lifespans.ts';
import type { SigningKey } from './keys.ts';
import { type ClientKeyStore, encryptForClient } from './response-encryption.ts';
import { responseKeys, type SignedResponse } from './response-keys.ts';

export type JwtParts = {
  readonly clients: Clients;
  readonly keys: readonly SigningKey[];
  readonly oidc: OidcOptions;
  nowMs(): number;
};

type Use = 'idtoken' | 'logout' | 'userinfo' | 'introspection' | 'authorization';

/** A notice is read at once, so it need not live (OpenID Connect Back-Channel Logout 2.4 advises two minutes at most). */
const logoutSeconds = 120;

const responses: Readonly<Record<Use, SignedResponse>> = {
  idtoken: 'id_token',
  logout: 'id_token',
  userinfo: 'userinfo',
  introspection: 'introspection',
  authorization: 'authorization',
};

const types: Partial<Readonly<Record<Use, string>>> = {
  logout: 'logout+jwt',
  introspection: 'token-introspection+jwt',
};

/** The engine's token under construction. */
type EngineToken = {
  readonly client: { readonly clientId: string; readonly asymmetricKeyStore: ClientKeyStore };
  readonly ctx: KoaContextWithOIDC | undefined;
  readonly constructor: { expiresIn(...about: unknown[]): number };
  payload(): Promise<Record<string, unknown>>;
};

export function signForClients(provider: Provider, { clients, keys, oidc, nowMs }: JwtParts): void {
  const keyFor = responseKeys(keys);

  async function issue(this: EngineToken, { use, expiresAt }: { use: Use; expiresAt?: number | undefined }) {
    const client = clients.get(this.client.clientId);
    if (!client) throw new TypeError(`there is no client '${this.client.clientId}' to sign for`);
    const response = responses[use];
    const key = keyFor(client.options, response);
    if (!key) throw new TypeError(`the ${response} of client '${client.id}' is not signed`);
    const now = Math.floor(nowMs() / 1000);
    const own = await this.payload();
    const aud = use === 'idtoken' ? idTokenAudience(this.ctx, client, oidc) : client.id;
    const claims = {
      ...own,
      ...(use === 'idtoken' && hashesOf(own, key.alg)),
      iss: provider.issuer,
      aud,
      iat: use === 'authorization' ? undefined : (own.iat ?? now),
      ...(use === 'userinfo' && { jti: randomUUID() }),
      exp: expiry(this, use, expiresAt, now),
    };
    const { alg, kid } = key;
    const signed = await new CompactSign(Buffer.from(JSON.stringify(claims)))
      .setProtectedHeader({ alg, ...(types[use] && { typ: types[use] }), ...(kid && { kid }) })
      .sign(key.key);
    const header = { iss: provider.issuer, aud };
    return encryptForClient(signed, client.options, response, this.client.asymmetricKeyStore, header);
  }

  function expiry(token: EngineToken, use: Use, expiresAt: number | undefined, now: number): number | undefined {
    switch (use) {
      case 'idtoken':
        return expiresAt ?? now + token.constructor.expiresIn(token.ctx, token, token.client);
      case 'userinfo':
        return expiresAt;
      case 'logout':
        return now + logoutSeconds;
      case 'authorization':
        return now + authorizationResponseSeconds(oidc.lifespans);
      case 'introspection':
        return undefined;
    }
  }

  Object.assign(provider.IdToken.prototype, { issue });
}

/** The left half of the digest that belongs to the algorithm (OpenID Connect Core 3.1.3.6, 3.3.2.11). */
function hashesOf(claims: Readonly<Record<string, unknown>>, alg: string): Record<string, string> {
  const hashed: Record<string, string> = {};
  for (const name of ['at_hash', 'c_hash', 's_hash']) {
    const value = claims[name];
    if (typeof value !== 'string') continue;
    const digest = createHash(`sha${alg.slice(-3)}`)
      .update(value)
      .digest();
    hashed[name] = digest.subarray(0, digest.length / 2).toString('base64url');
  }
  return hashed;
}
