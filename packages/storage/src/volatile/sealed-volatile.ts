/**
 * What applications use: JSON values under bearer ids. Hashes every id and alias (SHA-256, base64url) so that a stored row
 * is no credential, and seals payloads bound to their kind and row.
 */
import { createHash } from 'node:crypto';
import type { Sealer } from '../sealer.ts';
import type { ConsumeAnswer, Volatile } from './volatile.ts';

export type SealedWrite = {
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
  delete(kind: string, id: string): Promise<void>;
  deleteByGrant(grantId: string): Promise<void>;
}

export function digestOfId(id: string): string {
  return createHash('sha256').update(id).digest('base64url');
}

export function sealedVolatile(volatile: Volatile, sealer: Sealer): SealedVolatile {
  throw new Error('under construction', { cause: { volatile, sealer } });
}
