/**
 * How sure a sign-in is, in the protocol's words: `acr` (OpenID Connect Core 2 and 5.5.1.1). The values are the levels of the
 * policies, in order: whoever reached a level has satisfied those below it too. A stronger level than `two_factor` goes to the
 * end of the list. Pure: what an application asks, what a session gives, and what is said then.
 */
import { type Level, levelOf, type PortalSession } from '../../session/portal-session.ts';

/** From the weakest to the strongest; `acr_values_supported`. */
export const acrValues = ['one_factor', 'two_factor'] as const;
export type Acr = (typeof acrValues)[number];

export type AcrRequest = {
  /** Without one of the values the request must fail. */
  readonly essential: boolean;
  readonly values: readonly string[];
};

/** Undefined when the request does not say what it wants. An essential claim outweighs `acr_values`, which are a wish. */
export function acrRequestOf(params: {
  readonly claims?: unknown;
  readonly acr_values?: unknown;
}): AcrRequest | undefined {
  const claim = typeof params.claims === 'string' ? Object(idTokenAcr(params.claims)) : {};
  const named: readonly string[] = Array.isArray(claim.values)
    ? claim.values.map(String)
    : claim.value === undefined
      ? []
      : [String(claim.value)];
  if (claim.essential === true && named.length > 0) return { essential: true, values: named };
  const wished = typeof params.acr_values === 'string' ? params.acr_values.split(' ').filter(Boolean) : named;
  return wished.length > 0 ? { essential: false, values: wished } : undefined;
}

/** The least that satisfies the request; `unknown` when it names nothing that is offered here. */
export function leastAcr(request: AcrRequest): Acr | 'unknown' {
  return acrValues.find((acr) => request.values.includes(acr)) ?? 'unknown';
}

export function acrOf(session: PortalSession): Acr | undefined {
  return acrOfLevel(levelOf(session));
}

export function satisfies(reached: string | undefined, wanted: Acr): boolean {
  return rank(reached) >= rank(wanted);
}

/** What the ID token says: of what was asked the strongest that was reached, otherwise simply what was reached. */
export function saidAcr(reached: string | undefined, request: AcrRequest | undefined): string | undefined {
  const fitting = acrValues.filter((acr) => request?.values.includes(acr) && satisfies(reached, acr));
  return fitting.at(-1) ?? reached;
}

function acrOfLevel(level: Level): Acr | undefined {
  return level === 0 ? undefined : acrValues[level - 1];
}

function rank(acr: string | undefined): number {
  return (acrValues as readonly (string | undefined)[]).indexOf(acr);
}

function idTokenAcr(claims: string): unknown {
  return Object(Object(JSON.parse(claims)).id_token).acr;
}
