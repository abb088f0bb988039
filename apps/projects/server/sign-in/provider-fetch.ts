/**
 * Every request to the provider goes through here: https with the certificate checked, plain http for names under
 * localhost alone, which are this machine whatever the system's resolver says (RFC 6761 section 6.3). No redirects, a
 * limit on time and on bytes. Knows no endpoint.
 */
import { lookup } from 'node:dns';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { LookupFunction } from 'node:net';
import { boundedRequest } from '@gatehouse/web/bounded-request.ts';
import { isLocalhostName, isSecureEnough } from '@gatehouse/web/localhost-names.ts';

export type ProviderRequest = {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
};

export type ProviderFetch = ((url: string, request?: ProviderRequest) => Promise<Response>) & { close(): void };

export class ProviderUnreachable extends Error {
  override readonly name = 'ProviderUnreachable';
  readonly code = 'provider-unreachable';
}

const bodyBytesMax = 1024 * 1024;
const timeoutMs = 10_000;

const localLookup: LookupFunction = (hostname, options, callback) => {
  if (!isLocalhostName(hostname)) return lookup(hostname, options, callback);
  if (options.all) callback(null, [{ address: '127.0.0.1', family: 4 }]);
  else callback(null, '127.0.0.1', 4);
};

export function openProviderFetch(): ProviderFetch {
  const agents = { 'http:': new HttpAgent({ keepAlive: true }), 'https:': new HttpsAgent({ keepAlive: true }) };

  async function providerFetch(url: string, request: ProviderRequest = {}): Promise<Response> {
    const target = new URL(url);
    if (!isSecureEnough(target)) throw new ProviderUnreachable(`${target.origin} is not https`);
    try {
      const signal = AbortSignal.timeout(timeoutMs);
      return await boundedRequest(target, { ...request, lookup: localLookup, signal, bodyBytesMax, agents });
    } catch (cause) {
      throw new ProviderUnreachable(`${target.origin}${target.pathname}: ${reasonOf(cause)}`, { cause });
    }
  }

  return Object.assign(providerFetch, {
    close: () => {
      for (const agent of Object.values(agents)) agent.destroy();
    },
  });
}

function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return 'it does not answer';
  if (cause.name === 'TimeoutError' || cause.name === 'AbortError')
    return `no answer within ${timeoutMs / 1000} seconds`;
  const code = 'code' in cause ? String(cause.code) : '';
  if (/CERT|TLS|SSL|SELF_SIGNED|UNABLE_TO/.test(code))
    return `its certificate is not trusted (${code}); for a private authority set NODE_EXTRA_CA_CERTS`;
  return code || cause.message;
}
