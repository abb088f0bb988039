/**
 * The seam for values that expire: sessions, codes, tokens, one-time states.
 *
 * Every method is atomic on its own, in every backend, with any number of processes. Ids are bearer secrets, so a backend
 * never sees one: `sealed-volatile.ts` hashes ids and seals payloads before they get here.
 */

export type VolatileWrite = {
  readonly payload: Uint8Array;
  readonly expiresAtMs: number;
  /** Values that share a grant die together in `deleteByGrant`. */
  readonly grantId?: string;
  /**
   * A second name of the value, unique within its kind (a session's uid, a device flow's user code). The value written
   * last has it; one that is consumed keeps the name it has and takes none, so that a late write of it hides no other.
   */
  readonly alias?: string;
};

export type VolatileEntry = {
  /** The id it was stored under, which a reader by alias does not know. */
  readonly id: string;
  readonly payload: Uint8Array;
  readonly expiresAtMs: number;
  /** When the value was consumed, or undefined while it was not. A consumed value stays readable until it expires. */
  readonly consumedAtMs: number | undefined;
};

export type ConsumeAnswer = 'consumed' | 'already-consumed' | 'missing';

export interface Volatile {
  /** Stores or replaces. Replacing never brings a consumed value back to unconsumed. */
  put(kind: string, id: string, write: VolatileWrite): Promise<void>;
  /** Stores only if no live value has this id. */
  add(kind: string, id: string, write: VolatileWrite): Promise<'added' | 'exists'>;
  /** A value is gone at its expiry instant, swept or not. */
  get(kind: string, id: string): Promise<VolatileEntry | undefined>;
  getByAlias(kind: string, alias: string): Promise<VolatileEntry | undefined>;
  /** Compare-and-swap: of any number of callers exactly one gets `consumed`. */
  consume(kind: string, id: string): Promise<ConsumeAnswer>;
  delete(kind: string, id: string): Promise<void>;
  /** Of one kind, or of every kind. */
  deleteByGrant(grantId: string, kind?: string): Promise<void>;
  /** Removes up to `rowsMax` expired values and answers how many went. */
  sweep(rowsMax: number): Promise<number>;
  close(): Promise<void>;
}
