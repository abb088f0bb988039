/**
 * Where the engine keeps what expires: its models over the sealed volatile store. Each issuer has its own, so that a code or
 * token of one portal means nothing at another over the same database (RFC 9700 section 4.4).
 *
 * A one-time value is consumed by compare-and-swap, because the engine itself checks and consumes in two steps: of any
 * number of parallel exchanges one goes on, the others end here as a reuse, which takes back what was issued (RFC 6749
 * section 4.1.2, RFC 9700 section 2.1.1).
 */
import type { SealedEntry, SealedVolatile } from '@gatehouse/storage/volatile/sealed-volatile.ts';
import { type Adapter, type AdapterPayload, errors } from 'oidc-provider';
import type { Clients } from '../clients/client-registry.ts';
import { clientAdapter } from './client-adapter.ts';
import { endGrant } from './end-grant.ts';

/** Rows outlive their expiry by this much, so that a clock a little behind still finds what it is about to refuse. */
export const clockToleranceSeconds = 15;

/** A value that may be stored once was stored before. */
export class UsedBefore extends Error {
  readonly code = 'used-before';
  override readonly name = 'UsedBefore';
}
/** A device asks on until it is told that its code expired (RFC 8628 section 3.5), and not that there never was one. */
const afterlifeSeconds: Readonly<Record<string, number>> = { DeviceCode: 10 * 60 };

/** The kind under which values of one model of one issuer are stored. */
export function storedKind(model: string, issuer: string): string {
  return `oidc.${model} ${issuer}`;
}

export function adapterFactory(
  store: SealedVolatile,
  issuer: string,
  nowMs: () => number,
  clients: Clients,
): (model: string) => Adapter {
  return function adapterOf(model) {
    if (model === 'Client') return clientAdapter(clients);
    const kind = storedKind(model, issuer);
    return {
      async upsert(id, payload, expiresIn) {
        if (expiresIn === undefined) throw new TypeError(`the engine stores a ${model} without an expiry`);
        const grantId = model === 'Grant' ? (textOf(payload.parentGrantId) ?? id) : payload.grantId;
        const write = {
          value: payload,
          expiresAtMs: nowMs() + (expiresIn + (afterlifeSeconds[model] ?? clockToleranceSeconds)) * 1000,
          ...(grantId !== undefined && model !== 'Interaction' && { grantId }),
          ...(model === 'Session' && payload.uid !== undefined && { alias: payload.uid }),
          ...(model === 'DeviceCode' && payload.userCode !== undefined && { alias: payload.userCode }),
        };
        // One person answers for a device: of two who type its code at once, one goes on.
        if (model === 'DeviceCode' && payload.inFlight && payload.accountId === undefined && !payload.error)
          if ((await store.add(`${kind} taken`, id, { value: true, expiresAtMs: write.expiresAtMs })) === 'exists')
            throw new errors.InvalidRequest('the code was used before');
        if (model !== 'ReplayDetection') return store.put(kind, id, write);
        if ((await store.add(kind, id, write)) === 'exists') throw new UsedBefore('the value was used before');
      },
      async find(id) {
        return payloadOf(await store.get(kind, id));
      },
      async findByUid(uid) {
        return payloadOf(await store.getByAlias(kind, uid));
      },
      async findByUserCode(userCode) {
        return payloadOf(await store.getByAlias(kind, userCode));
      },
      async consume(id) {
        if ((await store.consume(kind, id)) === 'consumed') return;
        const grantId = payloadOf(await store.get(kind, id))?.grantId;
        if (grantId !== undefined) await endGrant(store, grantId);
        throw model === 'PushedAuthorizationRequest'
          ? new errors.InvalidRequestUri('request_uri is invalid, expired, or was already used')
          : new errors.InvalidGrant('the code or token was already used');
      },
      async destroy(id) {
        await store.delete(kind, id);
        // With a grant goes what hangs from it, such as the grants of tokens that were exchanged.
        if (model === 'Grant') await endGrant(store, id);
      },
      async revokeByGrantId(grantId) {
        await store.deleteByGrant(grantId, kind);
      },
    };
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function payloadOf(entry: SealedEntry | undefined): AdapterPayload | undefined {
  if (!entry) return undefined;
  const payload = entry.value as AdapterPayload;
  return entry.consumedAtMs === undefined ? payload : { ...payload, consumed: Math.floor(entry.consumedAtMs / 1000) };
}
