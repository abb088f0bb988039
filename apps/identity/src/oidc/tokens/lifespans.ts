/** How long what the provider issues lives: the global lifespans, and a client's own by grant (seconds). Pure. */
import { deviceCodeGrant } from '../../config/values/algorithms.ts';
import type { CustomLifespans, OidcOptions, TokenLifespans } from '../options.ts';

export type TokenKind = keyof TokenLifespans;

const defaults: Readonly<Record<TokenKind, number>> = {
  access_token: 60 * 60,
  authorize_code: 60,
  id_token: 60 * 60,
  refresh_token: 90 * 60,
};

/** Grant types as the configuration names them under `lifespans.custom.*.grants`. */
const grantKeys: Readonly<Record<string, string>> = {
  authorization_code: 'authorize_code',
  implicit: 'implicit',
  client_credentials: 'client_credentials',
  refresh_token: 'refresh_token',
  [deviceCodeGrant]: 'device_code',
};

const signed: ReadonlySet<string> = new Set(['id_token', 'access_token', 'jwt_secured_authorization']);

/** The longest life of anything that a key signs, whoever it is for. */
export function longestSignedSeconds(options: OidcOptions['lifespans']): number {
  const collect = (section: object): number[] =>
    Object.entries(section).flatMap(([name, value]) => {
      if (typeof value === 'number') return signed.has(name) ? [value] : [];
      return typeof value === 'object' && value !== null ? collect(value) : [];
    });
  const { id_token = 0, access_token = 0 } = options ?? {};
  return Math.max(id_token || defaults.id_token, access_token || defaults.access_token, ...collect(options ?? {}));
}

/** `lifespan` names an entry of `lifespans.custom`; '' none. `grantType` is what is being exchanged. Zero counts as unset. */
export function lifespanSeconds(
  options: OidcOptions['lifespans'],
  kind: TokenKind,
  lifespan: string,
  grantType: string,
): number {
  const named = options?.custom;
  const custom: CustomLifespans | undefined = named && Object.hasOwn(named, lifespan) ? named[lifespan] : undefined;
  const byGrant = custom?.grants?.[grantKeys[grantType] ?? ''];
  return byGrant?.[kind] || custom?.[kind] || options?.[kind] || defaults[kind];
}

/** How long a grant is needed once its code was redeemed: as long as the longest token that any grant type gives under it. */
export function longestTokenSeconds(options: OidcOptions['lifespans'], lifespan: string): number {
  const kinds = ['access_token', 'refresh_token'] as const;
  const lives = Object.keys(grantKeys).flatMap((grantType) =>
    kinds.map((kind) => lifespanSeconds(options, kind, lifespan, grantType)),
  );
  return Math.max(...lives);
}

const deviceCodeSeconds = 10 * 60;

/** How long a device waits for its person. `lifespan` as above. */
export function deviceCodeLifespanSeconds(options: OidcOptions['lifespans'], lifespan: string): number {
  const named = options?.custom;
  const custom = named && Object.hasOwn(named, lifespan) ? named[lifespan] : undefined;
  return custom?.device_code || options?.device_code || deviceCodeSeconds;
}

/** A signed authorization response is read at once; five minutes leave room for clocks (Authelia's default). */
export function authorizationResponseSeconds(options: OidcOptions['lifespans']): number {
  return options?.jwt_secured_authorization || 5 * 60;
}
