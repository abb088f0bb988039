/**
 * The rows of `clients.json` as clients of a configuration: what a guide leaves open is filled in, what it prints wrongly is
 * named and mended, and rows that exclude one another are put into separate houses. It runs nothing.
 */
import { pbkdf2Sync } from 'node:crypto';
import { readFileSync } from 'node:fs';

export type ClientFacts = {
  readonly client_id: string;
  readonly public?: boolean;
  readonly require_pkce?: boolean;
  readonly redirect_uris: readonly string[];
  readonly scopes: readonly string[];
  readonly grant_types?: readonly string[];
  readonly response_types?: readonly string[];
  readonly response_modes?: readonly string[];
  readonly token_endpoint_auth_method?: string;
  readonly access_token_signed_response_alg?: string;
  readonly audience?: readonly string[];
  readonly require_pushed_authorization_requests?: boolean;
  readonly request_object_signing_alg?: string;
  readonly claims_policy?: string;
  readonly lifespan?: string;
};

export type Row = {
  readonly app: string;
  readonly secret: boolean;
  readonly client: ClientFacts;
  readonly provider?: Readonly<Record<string, object>>;
  readonly bugs?: readonly string[];
  readonly hydration?: readonly string[];
};

export const rows: readonly Row[] = JSON.parse(readFileSync(new URL('./clients.json', import.meta.url), 'utf8'));

/** What Authelia refuses at its start as printed: the key at fault, and what makes the row work. */
export const printedWrongly: Readonly<Record<string, { readonly key: string; readonly mended: Partial<ClientFacts> }>> =
  {
    // A public client has nothing to authenticate with.
    guacamole: { key: 'token_endpoint_auth_method', mended: { token_endpoint_auth_method: 'none' } },
    kanboard: { key: 'token_endpoint_auth_method', mended: { token_endpoint_auth_method: 'none' } },
    'unreal-engine': { key: 'token_endpoint_auth_method', mended: { token_endpoint_auth_method: 'none' } },
    // A confidential client needs a secret.
    bitwarden: { key: 'client_secret', mended: {} },
  };

/** Where the application makes up its own address, or the guide leaves a place for it. */
const addresses: Readonly<Record<string, string>> = {
  '1password': 'https://my.1password.com/sso/oidc/redirect',
  cloudidentityengine: 'https://cloud-auth.us.apps.example.com/sp/acs',
  pangolin: 'https://pangolin.example.com/auth/idp/1/oidc/callback',
  passbolt: 'https://passbolt.example.com/sso/oauth2/redirect',
};

/** What Authelia put into ID tokens before 4.39. */
const hydratedByDefault = ['groups', 'email', 'email_verified', 'alt_emails', 'preferred_username', 'name'];

export function hydratedClaims(row: Row): readonly string[] {
  const policy = row.client.claims_policy;
  const policies = (row.provider?.claims_policies ?? {}) as Record<string, { id_token?: readonly string[] }>;
  if (policy !== undefined) return policies[policy]?.id_token ?? [];
  return (row.hydration ?? []).flatMap((name) => (name === 'default' ? hydratedByDefault : [name]));
}

/** One that does not encode its credentials (RFC 6749 section 2.3.1) works as long as nothing in them needs encoding. */
export function encodesCredentials(row: Row): boolean {
  return !row.bugs?.includes('client-credentials-encoding');
}

export function secretOf(row: Row): string {
  return encodesCredentials(row) ? `${row.client.client_id}: a secret with + and % and /` : 'a-secret-of-plain-letters';
}

/** With everything that a running client needs. */
export function mended(row: Row): Row {
  const { client_id: id, redirect_uris: uris } = row.client;
  const open = uris.length === 0 || uris.some((uri) => uri.startsWith('<'));
  const address = addresses[id];
  return {
    ...row,
    secret: row.secret || !row.client.public,
    client: {
      ...row.client,
      redirect_uris: open && address ? [address] : uris.map((uri) => uri.replace('<UUID>', '2b9a7d0e-5d7c-4f8e-9d55')),
      ...printedWrongly[id]?.mended,
    },
  };
}

/** A client of `identity_providers.oidc.clients`. */
export function clientSection(row: Row): object {
  const hydrates = row.client.claims_policy === undefined && row.hydration !== undefined;
  return {
    client_name: row.app,
    authorization_policy: row.client.grant_types?.includes('client_credentials') ? 'one_factor' : 'two_factor',
    ...row.client,
    ...(row.secret && { client_secret: stored(row) }),
    ...(hydrates && { claims_policy: row.client.client_id }),
  };
}

/** `identity_providers.oidc` for rows of one house: their clients and all they set for the provider. */
export function oidcSection(group: readonly Row[]): object {
  const merged = (key: string): object =>
    Object.assign({}, ...group.map((row) => (row.provider?.[key] ?? {}) as object));
  const hydrating = group.filter((row) => row.client.claims_policy === undefined && row.hydration !== undefined);
  const policies = hydrating.map((row) => [row.client.client_id, { id_token: hydratedClaims(row) }] as const);
  const lifespans = group.map((row) => (row.provider?.lifespans as { custom?: object } | undefined)?.custom ?? {});
  return {
    clients: group.map(clientSection),
    claims_policies: { ...merged('claims_policies'), ...Object.fromEntries(policies) },
    scopes: merged('scopes'),
    cors: merged('cors'),
    lifespans: { custom: Object.assign({}, ...lifespans) },
  };
}

/** As few houses as possible: in one house every client id stands once, and nobody sets what another sets otherwise. */
export function houses(all: readonly Row[]): readonly (readonly Row[])[] {
  const groups: Row[][] = [];
  for (const row of all) {
    const fits = (group: readonly Row[]): boolean => group.every((other) => agree(row, other));
    const group = groups.find(fits);
    if (group) group.push(row);
    else groups.push([row]);
  }
  return groups;
}

function agree(one: Row, other: Row): boolean {
  const [a, b] = [one.provider?.cors, other.provider?.cors];
  const sameCors = a === undefined || b === undefined || JSON.stringify(a) === JSON.stringify(b);
  return one.client.client_id !== other.client.client_id && sameCors;
}

/** A digest signs nothing: where requests are signed by the secret it stands in clear. */
function stored(row: Row): string {
  const isKey = row.client.request_object_signing_alg?.startsWith('HS') ?? false;
  return isKey ? `$plaintext$${secretOf(row)}` : cheapDigest(secretOf(row));
}

function cheapDigest(secret: string): string {
  const salt = Buffer.from('a salt of a test');
  const base64 = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '').replaceAll('+', '.');
  return `$pbkdf2-sha512$1000$${base64(salt)}$${base64(pbkdf2Sync(secret, salt, 1000, 64, 'sha512'))}`;
}
