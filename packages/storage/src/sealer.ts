/**
 * Secrets at rest: AES-256-GCM under a key derived by HKDF-SHA256 from the configured encryption key, bound to the table,
 * column and row they belong to, so that a ciphertext moved elsewhere does not open.
 *
 * A sealed value is: version byte 1, nonce (12 random bytes), ciphertext, tag (16 bytes). Random nonces are good for 2^32
 * values a key (NIST SP 800-38D 8.3): a hundred a second for more than a year, all of them kept by the attacker.
 */
import { createCipheriv, createDecipheriv, createSecretKey, hkdfSync, randomBytes } from 'node:crypto';
import { SealBroken } from './failures.ts';

export type SealedAt = { readonly table: string; readonly column: string; readonly row: string };

export interface Sealer {
  seal(at: SealedAt, plaintext: Uint8Array): Uint8Array;
  /** Throws `SealBroken` when the key, the place or the bytes do not fit. */
  open(at: SealedAt, sealed: Uint8Array): Uint8Array;
}

const version = 1;
const nonceBytes = 12;
const tagBytes = 16;
const overheadBytes = 1 + nonceBytes + tagBytes;

/** `encryptionKey` is the text of `storage.encryption_key`. */
export function openSealer(encryptionKey: string): Sealer {
  if (encryptionKey === '') throw new TypeError('the encryption key is empty');
  // A key object: with plain bytes Node takes about three times as long for each value.
  const key = createSecretKey(Buffer.from(hkdfSync('sha256', encryptionKey, '', 'gatehouse:storage:v1', 32)));
  return {
    seal(at, plaintext) {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(place(at));
      return Buffer.concat([
        Uint8Array.of(version),
        nonce,
        cipher.update(plaintext),
        cipher.final(),
        cipher.getAuthTag(),
      ]);
    },
    open(at, sealed) {
      if (sealed.length < overheadBytes || sealed[0] !== version) throw broken(at);
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(1, 1 + nonceBytes), {
          authTagLength: tagBytes,
        })
          .setAAD(place(at))
          .setAuthTag(sealed.subarray(-tagBytes));
        return Buffer.concat([decipher.update(sealed.subarray(1 + nonceBytes, -tagBytes)), decipher.final()]);
      } catch (cause) {
        throw broken(at, cause);
      }
    },
  };
}

/** JSON keeps the parts apart: no two places read alike, whatever their names hold. */
function place(at: SealedAt): Buffer {
  return Buffer.from(JSON.stringify([at.table, at.column, at.row]));
}

function broken(at: SealedAt, cause?: unknown): SealBroken {
  return new SealBroken(
    `A sealed value in ${at.table}.${at.column} does not open: it was altered, moved from another row, or sealed under another key. ` +
      'Restore it from a backup, or start with the encryption key it was made with.',
    { cause },
  );
}
