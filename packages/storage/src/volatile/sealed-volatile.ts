/**
 * What applications use: JSON values under bearer ids. Hashes every id, alias and grant (SHA-256, base64url) so that a
 * stored row is no credential, and seals payloads bound to their kind and row.
 */
import { hash } from 'node:crypto';
import type { Sealer } from '../sealer.ts';
import type { ConsumeAnswer, Volatile, VolatileEntry, VolatileWrite } from './volatile.ts';

export type SealedWrite = {
  /** Anything `JSON.stringify` takes; it comes back as `JSON.parse` gives it. */
  readonly value: unknown;
  readonly expiresAtMs: number;
  readonly grantId?: string;
  readonly alias?: string;
};

export type SealedEntry = {
  readonly value: unknown;
  readonly expiresAtMs: number;
  readonly consumedAtMs: number | undefined;
};

export interface SealedVolatile {
  put(kind: string, id: string, write: SealedWrite): Promise<void>;
  add(kind: string, id: string, write: SealedWrite): Promise<'added' | 'exists'>;
  get(kind: string, id: string): Promise<SealedEntry | undefined>;
  getByAlias(kind: string, alias: string): Promise<SealedEntry | undefined>;
  consume(kind: string, id: string): Promise<ConsumeAnswer>;
  /** Finds by alias, then consumes what was found: of any number of callers exactly one gets `consumed`. */
  consumeByAlias(kind: string, alias: string): Promise<ConsumeAnswer>;
  delete(kind: string, id: string): Promise<void>;
  deleteByGrant(grantId: string, kind?: string): Promise<void>;
}

export function digestOfId(id: string): string {
  return hash('sha256', id, 'base64url');
}

export function sealedVolatile(volatile: Volatile, sealer: Sealer): SealedVolatile {
  function sealed(kind: string, row: string, write: SealedWrite): VolatileWrite {
    const json = JSON.stringify(write.value);
    if (json === undefined) throw new TypeError(`a value of kind '${kind}' is nothing that JSON can hold`);
    return {
      payload: sealer.seal({ table: 'volatile', column: kind, row }, Buffer.from(json)),
      expiresAtMs: write.expiresAtMs,
      ...(write.grantId !== undefined && { grantId: digestOfId(write.grantId) }),
      ...(write.alias !== undefined && { alias: digestOfId(write.alias) }),
    };
  }

  function opened(kind: string, entry: VolatileEntry | undefined): SealedEntry | undefined {
    if (!entry) return undefined;
    const json = sealer.open({ table: 'volatile', column: kind, row: entry.id }, entry.payload);
    const value: unknown = JSON.parse(Buffer.from(json).toString());
    return { value, expiresAtMs: entry.expiresAtMs, consumedAtMs: entry.consumedAtMs };
  }

  return {
    async put(kind, id, write) {
      const row = digestOfId(id);
      await volatile.put(kind, row, sealed(kind, row, write));
    },
    async add(kind, id, write) {
      const row = digestOfId(id);
      return volatile.add(kind, row, sealed(kind, row, write));
    },
    async get(kind, id) {
      return opened(kind, await volatile.get(kind, digestOfId(id)));
    },
    async getByAlias(kind, alias) {
      return opened(kind, await volatile.getByAlias(kind, digestOfId(alias)));
    },
    consume: (kind, id) => volatile.consume(kind, digestOfId(id)),
    async consumeByAlias(kind, alias) {
      const entry = await volatile.getByAlias(kind, digestOfId(alias));
      return entry ? volatile.consume(kind, entry.id) : 'missing';
    },
    delete: (kind, id) => volatile.delete(kind, digestOfId(id)),
    deleteByGrant: (grantId, kind) => volatile.deleteByGrant(digestOfId(grantId), kind),
  };
}
