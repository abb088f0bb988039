/**
 * The `claims` parameter (OpenID Connect Core 5.5): which single claims an application asks for, which of them a person may
 * keep back, and which may be given at all. Knows neither people nor pages.
 */
import { isDeepStrictEqual } from 'node:util';
import { errors, type KoaContextWithOIDC } from 'oidc-provider';
import type { Clients } from '../clients/client-registry.ts';
import type { OidcOptions } from '../options.ts';
import { claimsByScope, protocolClaims, unscopedClaims } from './claims.ts';

/** `null`: asked for without a further word. */
export type ClaimRequest = Readonly<Record<string, unknown>> | null;
export type ClaimsRequest = {
  readonly id_token?: Readonly<Record<string, ClaimRequest>>;
  readonly userinfo?: Readonly<Record<string, ClaimRequest>>;
};

/** A request for a claim with an object as its value, such as an address, needs four. */
const levelsMax = 8;
/** More than any application asks for, and little enough to compare and to remember. */
const charactersMax = 8192;

/** Of a request that was accepted. */
export function parseClaimsRequest(text: unknown): ClaimsRequest {
  return typeof text === 'string' ? JSON.parse(text) : {};
}

/** `values`: what there is to say. A claim asked for with another value is not asked for. */
export function claimsAskedFor(request: ClaimsRequest, values: Readonly<Record<string, unknown>>): Set<string> {
  return new Set(entriesOf(request).flatMap(([name, claim]) => (isWanted(claim, values[name]) ? [name] : [])));
}

/** Those that are somewhere called essential (Core 5.5.1); the others are the person's to keep back. */
export function essentialClaims(request: ClaimsRequest): Set<string> {
  return new Set(entriesOf(request).flatMap(([name, claim]) => (claim?.essential === true ? [name] : [])));
}

/** A claim that is asked for with a value is given only with that value. */
export function isWanted(claim: unknown, value: unknown): boolean {
  const { value: only, values: any } = Object(claim);
  if (only !== undefined) return isDeepStrictEqual(only, value);
  return any === undefined || (Array.isArray(any) && any.some((each) => isDeepStrictEqual(each, value)));
}

/** For the engine: throws for a request that is malformed, asks beyond the client's scopes, or is meant for another issuer. */
export function claimsAssertion(clients: Clients, oidc: OidcOptions, issuer: string) {
  const byScope = claimsByScope(oidc);
  const known = new Set(Object.values(byScope).flat());
  const unscoped = unscopedClaims(oidc);
  return function assertClaimsParameter(ctx: KoaContextWithOIDC, request: object): void {
    if (String(ctx.oidc.params?.claims).length > charactersMax)
      throw new errors.InvalidRequest(`the claims parameter has more than ${charactersMax} characters`);
    if (isDeeperThan(request, levelsMax))
      throw new errors.InvalidRequest(`the claims parameter is nested more than ${levelsMax} levels deep`);
    const { scopes = [] } = clients.get(ctx.oidc.client?.clientId ?? '') ?? {};
    const own = new Set([...[...scopes].flatMap((scope) => byScope[scope] ?? []), ...protocolClaims, ...unscoped]);
    for (const [name, claim] of entriesOf(request)) {
      if (claim !== null && (typeof claim !== 'object' || Array.isArray(claim)))
        throw new errors.InvalidRequest('members of the claims parameter must be null or objects');
      if (claim?.values !== undefined && !Array.isArray(claim.values))
        throw new errors.InvalidRequest('values of a claim must be a list');
      if (!own.has(name) && known.has(name))
        throw new errors.InvalidRequest(`the claim ${name} belongs to no scope of this client`);
      if (name === 'iss' && !isWanted(claim, issuer)) throw new errors.AccessDenied('this is another issuer');
    }
  };
}

function entriesOf(request: ClaimsRequest): [string, ClaimRequest][] {
  return [request.id_token, request.userinfo].flatMap((member) => Object.entries(member ?? {}));
}

/** Whether lists and objects stand in one another more than so many times. Deep ones end a recursion of whoever reads them. */
function isDeeperThan(value: unknown, levelsMax: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levelsMax === 0 || Object.values(value).some((each) => isDeeperThan(each, levelsMax - 1));
}
