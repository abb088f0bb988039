/** `identity_providers.oidc` with every default in place: lifespans in seconds, keys with ids, clients whole. */
import type { Stated, StatedOidc } from '../schema/configuration.ts';
import { type Client, completeClient } from './client.ts';
import { resolveNetworks } from './networks.ts';
import { completeSigningKeys, type SigningKey } from './signing-keys.ts';

/** Seconds. */
export type Lifespans = {
  readonly access_token: number;
  readonly authorize_code: number;
  readonly id_token: number;
  readonly refresh_token: number;
  readonly device_code: number;
  readonly jwt_secured_authorization: number;
  /** By name; what is undefined falls back to the provider's. */
  readonly custom: StatedOidc['lifespans']['custom'];
};

export type CustomLifespan = StatedOidc['lifespans']['custom'][string];

export type AuthorizationPolicy = {
  readonly default_policy: 'one_factor' | 'two_factor' | 'deny';
  readonly rules: readonly {
    readonly policy: 'one_factor' | 'two_factor' | 'deny';
    /** Any of these lists, all of whose entries match. `user:name` or `group:name`. */
    readonly subject: readonly (readonly string[])[];
    /** `address/prefix`; names are resolved. */
    readonly networks: readonly string[];
  }[];
};

export type ClaimsPolicy = Omit<StatedOidc['claims_policies'][string], 'custom_claims'> & {
  /** Key: as written. `name` is the claim, `attribute` where its value comes from. */
  readonly custom_claims: Readonly<Record<string, { readonly name: string; readonly attribute: string }>>;
};

type Completed = {
  readonly jwks: readonly SigningKey[];
  readonly lifespans: Lifespans;
  /** 0: no minimum. */
  readonly minimum_parameter_entropy: number;
  readonly authorization_policies: Readonly<Record<string, AuthorizationPolicy>>;
  readonly claims_policies: Readonly<Record<string, ClaimsPolicy>>;
  readonly clients: readonly Client[];
};

export type Oidc = Readonly<Omit<StatedOidc, keyof Completed | 'issuer_private_key' | 'issuer_certificate_chain'>> &
  Completed;

export function completeOidc(oidc: StatedOidc, stated: Stated): Oidc {
  const { issuer_private_key, issuer_certificate_chain, ...rest } = oidc;
  const jwks = completeSigningKeys(oidc);
  const { lifespans, minimum_parameter_entropy: entropy } = oidc;
  return {
    ...rest,
    jwks,
    minimum_parameter_entropy: entropy === 0 ? 8 : Math.max(0, entropy),
    lifespans: {
      access_token: lifespans.access_token || 3600,
      authorize_code: lifespans.authorize_code || 60,
      id_token: lifespans.id_token || 3600,
      refresh_token: lifespans.refresh_token || 5400,
      device_code: lifespans.device_code || 600,
      jwt_secured_authorization: lifespans.jwt_secured_authorization || 300,
      custom: lifespans.custom,
    },
    authorization_policies: mapValues(oidc.authorization_policies, (policy) => ({
      ...policy,
      rules: policy.rules.map((rule) => ({ ...rule, networks: resolveNetworks(rule.networks, stated) })),
    })),
    claims_policies: mapValues(oidc.claims_policies, (policy) => ({
      ...policy,
      custom_claims: Object.fromEntries(
        Object.entries(policy.custom_claims).map(([key, claim]) => [
          key,
          { name: claim.name || key, attribute: claim.attribute || key },
        ]),
      ),
    })),
    clients: oidc.clients.map((client) => completeClient(client, jwks)),
  };
}

function mapValues<T, U>(record: Readonly<Record<string, T>>, map: (entry: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(record).map(([key, entry]) => [key, map(entry)]));
}
