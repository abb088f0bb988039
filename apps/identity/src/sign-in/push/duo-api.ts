/**
 * Duo's Auth API, version 2, as far as a second factor needs it: may this person be asked and on what, ask them, what came of
 * it. Every call is signed, bounded, and its answer read strictly. It knows no sessions and remembers nothing.
 */
import { lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { boundedRequest } from '@gatehouse/web/bounded-request.ts';
import { isLocalhostName } from '@gatehouse/web/localhost-names.ts';
import * as z from 'zod';
import type { Trusted } from '../../tls-client.ts';
import { authorizationOf, encodeParams } from './duo-signature.ts';

/** How a device can be asked, as Duo and Authelia call it. */
export const pushMethods = ['push', 'phone', 'sms', 'mobile_otp'] as const;
export type PushMethod = (typeof pushMethods)[number];

export type DuoDevice = {
  readonly id: string;
  /** As its owner knows it. */
  readonly name: string;
  /** At least one, the most comfortable first. */
  readonly methods: readonly PushMethod[];
};

export type Preauth =
  | { readonly kind: 'auth'; readonly devices: readonly DuoDevice[] }
  /** By Duo's policy this person needs no second factor. */
  | { readonly kind: 'allow' }
  | { readonly kind: 'deny' }
  /** Duo does not know them yet. `url`: where they introduce themselves. */
  | { readonly kind: 'enroll'; readonly url: string | undefined };

export type Status = { readonly result: 'allow' | 'deny' | 'waiting'; readonly status: string };

/** Who is asked, and from where the sign-in comes. */
export type Asked = { readonly username: string; readonly address: string };

export type DuoApi = {
  /** Whether host, keys and clock are right. Throws `DuoUnavailable`. */
  check(): Promise<void>;
  preauth(asked: Asked): Promise<Preauth>;
  /** Answers at once with the name of the transaction. `about` is shown on the device. */
  ask(
    asked: Asked,
    device: string,
    method: 'push' | 'phone',
    about: { readonly displayName: string; readonly pushInfo?: string | undefined },
  ): Promise<string>;
  /** Sends codes to type. */
  sendCodes(asked: Asked, device: string): Promise<void>;
  tryCode(asked: Asked, code: string): Promise<Status>;
  /** Duo holds the answer back until there is news. */
  statusOf(transaction: string, signal: AbortSignal): Promise<Status>;
};

/** Duo does not answer, or answers something else than was asked for. Holds no secret: it may be logged. */
export class DuoUnavailable extends Error {
  override readonly name = 'DuoUnavailable';
  readonly code = 'duo-unavailable';
}

export type DuoOptions = {
  /** `api-xxxxxxxx.duosecurity.com`. */
  readonly hostname: string;
  readonly integrationKey: string;
  readonly secretKey: string;
};

const callMsMax = 10_000;
const bodyBytesMax = 256 * 1024;
const root = '/auth/v2';

const failed = z.object({ stat: z.literal('FAIL'), code: z.number(), message: z.string() });
const succeeded = z.object({ stat: z.literal('OK'), response: z.unknown() });
const deviceShape = z.object({
  device: z.string().max(64),
  display_name: z.string().optional(),
  name: z.string().optional(),
  number: z.string().optional(),
  capabilities: z.array(z.string()).optional(),
});
const preauth = z.discriminatedUnion('result', [
  z.object({ result: z.literal('auth'), devices: z.array(deviceShape).max(100) }),
  z.object({ result: z.literal('allow') }),
  z.object({ result: z.literal('deny') }),
  z.object({ result: z.literal('enroll'), enroll_portal_url: z.string().optional() }),
]);
const begun = z.object({ txid: z.string().min(1).max(256) });
const status = z.object({ result: z.enum(['allow', 'deny', 'waiting']), status: z.string() });

export function openDuoApi(parts: DuoOptions & { readonly trusted: Trusted; readonly nowMs: () => number }): DuoApi {
  const { hostname: host } = parts;
  const { hostname: name } = new URL(`https://${host}`);
  const isHere = isLocalhostName(name);

  async function call<Answer extends z.ZodType>(
    method: 'GET' | 'POST',
    path: string,
    params: Readonly<Record<string, string>>,
    answer: Answer,
    signal?: AbortSignal,
  ): Promise<z.output<Answer>> {
    const date = new Date(parts.nowMs()).toUTCString().replace('GMT', '+0000');
    const encoded = encodeParams(params);
    const query = method === 'GET' && encoded !== '' ? `?${encoded}` : '';
    const target = new URL(`${isHere ? 'http' : 'https'}://${host}${root}${path}${query}`);
    try {
      const response = await boundedRequest(target, {
        method,
        headers: {
          host,
          date,
          authorization: authorizationOf({ date, method, host, path: `${root}${path}`, params }, parts),
          ...(method === 'POST' && { 'content-type': 'application/x-www-form-urlencoded' }),
        },
        ...(method === 'POST' && { body: encoded }),
        lookup: isHere ? thisMachine : lookup,
        signal: signal ?? AbortSignal.timeout(callMsMax),
        bodyBytesMax,
        ca: parts.trusted,
      });
      const body: unknown = await response.json();
      const failure = failed.safeParse(body);
      if (failure.success)
        throw new DuoUnavailable(`Duo refused ${path}: ${failure.data.code} ${failure.data.message}`);
      return answer.parse(succeeded.parse(body).response);
    } catch (cause) {
      if (cause instanceof DuoUnavailable || signal?.aborted) throw cause;
      throw new DuoUnavailable(`Duo (${host}) gave no usable answer to ${path}`, { cause });
    }
  }

  return {
    async check() {
      await call('GET', '/check', {}, z.unknown());
    },

    async preauth({ username, address }) {
      const answer = await call('POST', '/preauth', { username, ipaddr: address }, preauth);
      if (answer.result === 'enroll') return { kind: 'enroll', url: secureUrl(answer.enroll_portal_url) };
      if (answer.result !== 'auth') return { kind: answer.result };
      return { kind: 'auth', devices: answer.devices.map(deviceOf).filter(({ methods }) => methods.length > 0) };
    },

    async ask({ username, address }, id, method, { displayName, pushInfo }) {
      const about = method === 'push' ? { display_username: displayName, ...(pushInfo && { pushinfo: pushInfo }) } : {};
      const params = { username, ipaddr: address, factor: method, device: id, async: '1', ...about };
      return (await call('POST', '/auth', params, begun)).txid;
    },

    async sendCodes({ username, address }, id) {
      await call('POST', '/auth', { username, ipaddr: address, factor: 'sms', device: id }, status);
    },

    tryCode({ username, address }, code) {
      return call('POST', '/auth', { username, ipaddr: address, factor: 'passcode', passcode: code }, status);
    },

    statusOf: (transaction, signal) => call('GET', '/auth_status', { txid: transaction }, status, signal),
  };
}

/** RFC 6761 section 6.3, whatever the system's resolver says. */
const thisMachine: LookupFunction = (_hostname, options, callback) =>
  options.all ? callback(null, [{ address: '127.0.0.1', family: 4 }]) : callback(null, '127.0.0.1', 4);

function deviceOf(device: z.output<typeof deviceShape>): DuoDevice {
  const can = device.capabilities ?? [];
  return {
    id: device.device,
    name: [device.display_name, device.name, device.number, device.device].find((text) => text) ?? '',
    methods: pushMethods.filter((method) => can.includes(method)),
  };
}

/** Only where a person may be sent safely. */
function secureUrl(text: string | undefined): string | undefined {
  const url = URL.parse(text ?? '');
  return url?.protocol === 'https:' ? url.href : undefined;
}
