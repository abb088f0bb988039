/**
 * A call to an address that somebody named: https (http under localhost alone), a limit on time and on bytes, no redirects,
 * and an address of the house only where that is permitted. Addresses are judged where the connection is made, after the
 * name was resolved, so a name that answers differently the second time gains nothing. Knows neither who named it nor why.
 */
import { lookup as systemLookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { boundedRequest } from './bounded-request.ts';
import { isLocalhostName, isSecureEnough } from './localhost-names.ts';
import { reachOf } from './network-reach.ts';

export type OutsideCall = {
  readonly method?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly body?: string | undefined;
  /** May end the call earlier than `timeoutMs`. */
  readonly signal?: AbortSignal | undefined;
  /** Whether it may lead to an address of the house. */
  readonly mayCallPrivate: boolean;
  readonly timeoutMs: number;
  /** Of the answer. */
  readonly bodyBytesMax: number;
  /** Resolves names; the system's by default. */
  readonly lookup?: LookupFunction | undefined;
  /** PEM certificates of authorities to trust; the system's by default. */
  readonly trusted?: readonly string[] | undefined;
};

/** The address is none that may be called; nothing was sent. */
export class OutsideCallRefused extends Error {
  override readonly name = 'OutsideCallRefused';
  readonly code = 'outside-call-refused';
  readonly reason: 'not-secure' | 'private' | 'forbidden';
  /** "app.example.com leads to 10.0.0.1,", to be gone on with. */
  readonly where: string;

  constructor(reason: OutsideCallRefused['reason'], where: string) {
    super(`${where} ${kinds[reason]}`);
    this.reason = reason;
    this.where = where;
  }
}

const kinds = {
  'not-secure': 'is not https',
  private: 'an address of a private network',
  forbidden: 'an address that may not be called',
} as const;

/** No whole answer came. */
export class OutsideCallFailed extends Error {
  override readonly name = 'OutsideCallFailed';
  readonly code = 'outside-call-failed';
}

/** Answers whatever the status. Throws `OutsideCallRefused` or `OutsideCallFailed`. */
export async function callOutside(url: string, call: OutsideCall): Promise<Response> {
  const { signal: ends, mayCallPrivate, timeoutMs, bodyBytesMax, lookup = systemLookup, trusted, ...request } = call;
  const target = URL.parse(url);
  if (!target || !isSecureEnough(target)) throw new OutsideCallRefused('not-secure', target?.origin ?? 'The address');
  const host = target.hostname.replace(/^\[|\]$/g, '');
  const whyNot = (address: string): OutsideCallRefused | undefined => refusalOf(host, address, mayCallPrivate);
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
    if (cause instanceof OutsideCallRefused) throw cause;
    throw new OutsideCallFailed(`${target.origin}${target.pathname}: ${reasonOf(cause)}`, { cause });
  }
}

/**
 * Of the addresses of a name, those that may be called; none of them: refused. The connection is made to what this answers
 * and to nothing else. Names under localhost are this machine.
 */
export function permittedLookup(
  lookup: LookupFunction,
  whyNot: (address: string) => OutsideCallRefused | undefined,
): LookupFunction {
  return function lookupPermitted(hostname, options, callback) {
    const resolve: LookupFunction = isLocalhostName(hostname) ? thisMachine : lookup;
    resolve(hostname, { ...options, all: true }, (failure, found) => {
      // Node hands over no list then, and what is thrown here ends the process.
      if (failure) return callback(failure, []);
      const all = typeof found === 'string' ? [] : found;
      const allowed = all.filter(({ address }) => whyNot(address) === undefined);
      const [first] = allowed;
      if (!first) return callback(whyNot(all[0]?.address ?? '') ?? new Error(`${hostname} has no address`), []);
      if (options.all) callback(null, allowed);
      else callback(null, first.address, first.family);
    });
  };
}

/** RFC 6761 section 6.3, whatever the system's resolver says. */
const thisMachine: LookupFunction = (_hostname, _options, callback) =>
  callback(null, [{ address: '127.0.0.1', family: 4 }]);

function refusalOf(host: string, address: string, mayCallPrivate: boolean): OutsideCallRefused | undefined {
  const reach = reachOf(address);
  if (reach === 'public' || (reach === 'private' && mayCallPrivate)) return undefined;
  const leads = host === address ? `${host} is` : `${host} leads to ${address},`;
  return new OutsideCallRefused(reach, leads);
}

function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return 'it does not answer';
  if (cause.name === 'TimeoutError' || cause.name === 'AbortError') return 'no answer in time';
  const code = 'code' in cause ? String(cause.code) : '';
  return /CERT|TLS|SSL|SELF_SIGNED|UNABLE_TO/.test(code)
    ? `its certificate is not trusted (${code})`
    : code || cause.message;
}
