/**
 * Secrets at rest: AES-256-GCM under a key derived by HKDF-SHA256 from the configured encryption key, bound to the table,
 * column and row they belong to, so that a ciphertext moved elsewhere does not open.
 */

export type SealedAt = { readonly table: string; readonly column: string; readonly row: string };

export interface Sealer {
  seal(at: SealedAt, plaintext: Uint8Array): Uint8Array;
  /** Throws `SealBroken` when the key, the place or the bytes do not fit. */
  open(at: SealedAt, sealed: Uint8Array): Uint8Array;
}
