/**
 * Audiences: for which services an application asks access tokens (Authelia `audience`; RFC 8707 `resource`). An audience is
 * one that the client's `audience` lists; a resource is an address at or below one of them. Both may be asked together, and
 * what is asked is what the token says. Pure: knows requests and registrations, not grants and tokens.
 */
import type { ClientOptions } from '../options.ts';

/** The parameters of a request; each of the two may stand there repeatedly or hold several values between spaces. */
export type AudienceParams = { readonly audience?: unknown; readonly resource?: unknown };

export type AudienceFault = {
  readonly kind: 'audience-unregistered';
  readonly name: 'audience' | 'resource';
  readonly value: string;
};

type Audiences = Pick<ClientOptions, 'audience' | 'requested_audience_mode'>;

/**
 * What a request without a fault asks for, each once, in alphabetical order: what it names, or with
 * `requested_audience_mode: implicit` everything registered when it names nothing.
 */
export function requestedAudiences(params: AudienceParams, client: { readonly options: Audiences }): readonly string[] {
  const named = namedAudiences(params);
  if (named.length > 0 || client.options.requested_audience_mode !== 'implicit') return named;
  return [...new Set(client.options.audience)].sort();
}

/** The audiences that a request names, each once, in alphabetical order. */
export function namedAudiences(params: AudienceParams): readonly string[] {
  return [...new Set([...wordsOf(params.audience), ...wordsOf(params.resource)])].sort();
}

export function audienceFault(
  params: AudienceParams,
  client: { readonly options: Audiences },
): AudienceFault | undefined {
  const registered = client.options.audience ?? [];
  const audience = wordsOf(params.audience).find((value) => !registered.includes(value));
  if (audience !== undefined) return { kind: 'audience-unregistered', name: 'audience', value: audience };
  const resource = wordsOf(params.resource).find((value) => !registered.some((base) => isAtOrBelow(value, base)));
  return resource === undefined ? undefined : { kind: 'audience-unregistered', name: 'resource', value: resource };
}

/** Same scheme, host and port, and a path that begins with the other's, up to a slash. No fragment (RFC 8707 section 2). */
function isAtOrBelow(resource: string, base: string): boolean {
  const [asked, registered] = [URL.parse(resource), URL.parse(base)];
  if (!asked || resource.includes('#')) return false;
  if (resource === base) return true;
  if (!registered || asked.origin === 'null' || asked.origin !== registered.origin) return false;
  if (asked.username !== '' || asked.password !== '' || registered.search !== '') return false;
  const folder = registered.pathname.endsWith('/') ? registered.pathname : `${registered.pathname}/`;
  return asked.pathname === registered.pathname || asked.pathname.startsWith(folder);
}

function wordsOf(value: unknown): string[] {
  const values: unknown[] = Array.isArray(value) ? value : [value];
  return values.flatMap((each) => (typeof each === 'string' ? each.split(' ').filter(Boolean) : []));
}
