/**
 * The one door for calls to addresses that applications name: `jwks_uri`, `sector_identifier_uri`, back-channel logout, what
 * a registration holds. https (http under localhost alone), a limit on time and on bytes, no redirects; and an address of
 * the house only for a client that has `allow_private_network`. Addresses are judged where the connection is made, after the
 * name was resolved, so a name that answers differently the second time gains nothing. Knows no protocol.
 */
import { lookup as systemLookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { boundedRequest } from '@gatehouse/web/bounded-request.ts';
import { isLocalhostName, isSecureEnough } from '@gatehouse/web/localhost-names.ts';
import { reachOf } from './network-reach.ts';

/** The application on whose behalf a call is made. */
export type Caller = { readonly clientId: string; readonly mayCallPrivate: boolean };

export type OutgoingRequest = {
  readonly method?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly body?: string | undefined;
  /** May end the call earlier than the door's own limit. */
  readonly signal?: AbortSignal | undefined;
};

/** Answers whatever the status. Rejects with `OutgoingCallRefused` or `OutgoingCallFailed`. */
export type Outgoing = (url: string, request: OutgoingRequest, caller: Caller) => Promise<Response>;

/** The address is none that this application may lead to; nothing was sent. */
export class OutgoingCallRefused extends Error {
  override readonly name = 'OutgoingCallRefused';
  readonly code = 'outgoing-call-refused';
}

/** No whole answer came. */
export class OutgoingCallFailed extends Error {
  override readonly name = 'OutgoingCallFailed';
  readonly code = 'outgoing-call-failed';
}

export type OutgoingParts = {
  readonly log: { warn(fields: Readonly<Record<string, unknown>>, message: string): void };
  /** Resolves names; the system's by default. */
  readonly lookup?: LookupFunction | undefined;
  /** PEM certificates of authorities to trust; the system's by default. */
  readonly trusted?: readonly string[] | undefined;
};

const timeoutMs = 5_000;
/** Room for some hundred keys with their certificates. */
const bodyBytesMax = 512 * 1024;

export function openOutgoing({ log, lookup = systemLookup, trusted }: OutgoingParts): Outgoing {
  return async function call(url, { signal: ends, ...request }, caller) {
    const target = URL.parse(url);
    if (!target || !isSecureEnough(target))
      throw new OutgoingCallRefused(
        `${target?.origin ?? 'The address'} is not https, so client '${caller.clientId}' cannot be called there`,
      );
    const host = target.hostname.replace(/^\[|\]$/g, '');
    const whyNot = (address: string): OutgoingCallRefused | undefined => refusalOf(host, address, caller);
    const limit = AbortSignal.timeout(timeoutMs);
    try {
      // Node resolves no host that is an address already.
      const refused = isIP(host) === 0 ? undefined : whyNot(host);
      if (refused) throw refused;
      return await boundedRequest(target, {
        ...request,
        lookup: permittedLookup(lookup, whyNot),
        signal: ends ? AbortSignal.any([ends, limit]) : limit,
        bodyBytesMax,
        ca: trusted,
      });
    } catch (cause) {
      if (cause instanceof OutgoingCallRefused) {
        log.warn({ client: caller.clientId }, cause.message);
        throw cause;
      }
      throw new OutgoingCallFailed(`${target.origin}${target.pathname}: ${reasonOf(cause)}`, { cause });
    }
  };
}

/**
 * Of the addresses of a name, those that may be called; none of them: refused. The connection is made to what this answers
 * and to nothing else. Names under localhost are this machine.
 */
export function permittedLookup(
  lookup: LookupFunction,
  whyNot: (address: string) => OutgoingCallRefused | undefined,
): LookupFunction {
  return function lookupPermitted(hostname, options, callback) {
    const resolve: LookupFunction = isLocalhostName(hostname) ? thisMachine : lookup;
    resolve(hostname, { ...options, all: true }, (failure, found) => {
      const all = typeof found === 'string' ? [] : found;
      const allowed = all.filter(({ address }) => whyNot(address) === undefined);
      const [first] = allowed;
      if (failure || !first) return callback(failure ?? whyNot(all[0]?.address ?? '') ?? null, []);
      if (options.all) callback(null, allowed);
      else callback(null, first.address, first.family);
    });
  };
}

/** RFC 6761 section 6.3, whatever the system's resolver says. */
const thisMachine: LookupFunction = (_hostname, _options, callback) =>
  callback(null, [{ address: '127.0.0.1', family: 4 }]);

function refusalOf(
  host: string,
  address: string,
  { clientId, mayCallPrivate }: Caller,
): OutgoingCallRefused | undefined {
  const reach = reachOf(address);
  if (reach === 'public' || (reach === 'private' && mayCallPrivate)) return undefined;
  const leads = host === address ? `${host} is` : `${host} leads to ${address},`;
  return new OutgoingCallRefused(
    reach === 'private'
      ? `Not called: ${leads} an address of a private network. If client '${clientId}' is meant to be there, set 'allow_private_network: true' for it`
      : `Not called: ${leads} an address that no client may lead to, named by client '${clientId}'`,
  );
}

function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return 'it does not answer';
  if (cause.name === 'TimeoutError' || cause.name === 'AbortError') return 'no answer in time';
  const code = 'code' in cause ? String(cause.code) : '';
  if (/CERT|TLS|SSL|SELF_SIGNED|UNABLE_TO/.test(code))
    return `its certificate is not trusted (${code}); put a private authority into certificates_directory`;
  return code || cause.message;
}
