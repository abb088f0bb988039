/**
 * The two discovery documents, made true where the engine does not know the whole: what this house does beside it is added,
 * empty lists are left out, the OAuth document (RFC 8414) keeps to OAuth, and either is signed where the configuration asks
 * (RFC 8414 section 2.1; Authelia `discovery_signed_response_alg`).
 */
import { randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import type { KoaContextWithOIDC, Provider } from 'oidc-provider';
import { symmetricEncryptionAlgs } from '../../config/values/algorithms.ts';
import { plaintextSecret } from '../clients/client-keys.ts';
import type { Clients } from '../clients/client-registry.ts';
import type { OidcOptions } from '../options.ts';
import type { SigningKey } from './keys.ts';
import { isKnownToEngine } from './response-encryption.ts';

type Document = Readonly<Record<string, unknown>>;

const oauthDocument = '/.well-known/oauth-authorization-server';
const openidDocument = '/.well-known/openid-configuration';

/** What only OpenID Connect speaks of. */
const openidOnly =
  /^(userinfo_|id_token_|claim_types_|claims_parameter_|prompt_values_|acr_values_|end_session_|backchannel_logout_|frontchannel_logout_)/;

const signedSeconds = 60 * 60;
/** A signature is kept this long, so that asking again and again costs none. */
const keptMs = 60 * 1000;

export type DiscoveryParts = {
  readonly oidc: OidcOptions;
  readonly clients: Clients;
  readonly keys: readonly SigningKey[];
  nowMs(): number;
};

/** Throws TypeError for a key that the rules of the configuration should have refused. */
export function tellTheTruth(provider: Provider, { oidc, clients, keys, nowMs }: DiscoveryParts): void {
  const complete = completion([...clients.values()]);
  const key = discoveryKey(oidc, keys);
  const kept = new Map<string, { readonly text: string; readonly jwt: string; readonly untilMs: number }>();

  async function signed(path: string, document: Document, by: SigningKey): Promise<string> {
    const text = JSON.stringify(document);
    const last = kept.get(path);
    if (last?.text === text && nowMs() < last.untilMs) return last.jwt;
    const now = Math.floor(nowMs() / 1000);
    const jwt = await new SignJWT({ ...document, iss: provider.issuer, jti: randomUUID() })
      .setProtectedHeader({ alg: by.alg, kid: by.kid })
      .setIssuedAt(now)
      .setExpirationTime(now + signedSeconds)
      .sign(by.key);
    kept.set(path, { text, jwt, untilMs: nowMs() + keptMs });
    return jwt;
  }

  provider.use(async function completeDiscovery(ctx: KoaContextWithOIDC, next) {
    await next();
    if ((ctx.path !== oauthDocument && ctx.path !== openidDocument) || ctx.status !== 200) return;
    if (typeof ctx.body !== 'object' || ctx.body === null) return;
    const whole = complete(ctx.body as Document);
    const document = ctx.path === openidDocument ? whole : without(whole, (name) => openidOnly.test(name));
    ctx.body = key ? { ...document, signed_metadata: await signed(ctx.path, document, key) } : document;
  });
}

function completion(clients: readonly { readonly options: OidcOptions['clients'][number] }[]) {
  const fromPasswords = clients.some(({ options }) => plaintextSecret(options) !== undefined)
    ? symmetricEncryptionAlgs.filter((alg) => !isKnownToEngine(alg))
    : [];
  const takesUnsigned = clients.some(({ options }) => options.request_object_signing_alg === 'none');
  return function complete(document: Document): Document {
    const told: Record<string, unknown> = { ...document };
    // Introspection is signed and encrypted like userinfo, by signed-introspection.ts.
    for (const part of ['signing_alg', 'encryption_alg', 'encryption_enc'])
      told[`introspection_${part}_values_supported`] = document[`userinfo_${part}_values_supported`];
    for (const response of ['id_token', 'userinfo', 'introspection', 'authorization'])
      add(told, `${response}_encryption_alg_values_supported`, fromPasswords);
    if (takesUnsigned) add(told, 'request_object_signing_alg_values_supported', ['none']);
    return without(told, (name) => told[name] === undefined || (Array.isArray(told[name]) && told[name].length === 0));
  };
}

function add(document: Record<string, unknown>, name: string, values: readonly string[]): void {
  const known = document[name];
  document[name] = [...(Array.isArray(known) ? known : []), ...values];
}

function without(document: Document, leaves: (name: string) => boolean): Document {
  return Object.fromEntries(Object.entries(document).filter(([name]) => !leaves(name)));
}

/** A key's id decides over the algorithm; one that is not in use does not sign. */
function discoveryKey(oidc: OidcOptions, keys: readonly SigningKey[]): SigningKey | undefined {
  const { discovery_signed_response_alg: stated, discovery_signed_response_key_id: kid } = oidc;
  const named = kid ? keys.find((key) => key.kid === kid) : undefined;
  if (named?.phase === 'in use') return named;
  const alg = named?.alg ?? stated;
  if (!alg || alg === 'none') return undefined;
  const key = keys.find((each) => each.alg === alg);
  if (!key) throw new TypeError(`no key signs discovery with ${alg}`);
  return key;
}
