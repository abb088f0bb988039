/**
 * Opens what Authelia encrypts at rest: AES-256-GCM, the nonce of 12 bytes first and the tag of 16 last. Up to schema version
 * 24 the key is SHA-256 of the configured text and nothing is bound to its place; from 25 on the key comes from HKDF-SHA256,
 * and each value is bound to its table and column, from 26 on to its row too.
 */
import { createDecipheriv, hash, hkdfSync } from 'node:crypto';

/** Answers undefined when key, place or bytes do not fit. */
export type AutheliaCipher = {
  open(
    at: {
      readonly table: string;
      readonly column: string;
      readonly row: string;
      /** The portal of a security key: it is part of where that stands. */
      readonly issuer?: string;
    },
    sealed: Uint8Array,
  ): Buffer | undefined;
};

const nonceBytes = 12;
const tagBytes = 16;
const versionWithPlaces = 25;
const versionWithRows = 26;

/** `encryptionKey` is the text of Authelia's `storage.encryption_key`. */
export function autheliaCipher(encryptionKey: string, schemaVersion: number): AutheliaCipher {
  const key =
    schemaVersion < versionWithPlaces
      ? hash('sha256', encryptionKey, 'buffer')
      : Buffer.from(hkdfSync('sha256', encryptionKey, '', 'authelia:kdf:storage:encryption_key:v1', 32));
  return {
    open(at, sealed) {
      if (sealed.length < nonceBytes + tagBytes) return undefined;
      const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, nonceBytes), {
        authTagLength: tagBytes,
      });
      decipher.setAuthTag(sealed.subarray(-tagBytes));
      if (schemaVersion >= versionWithPlaces) {
        decipher.setAAD(Buffer.from(placeOf(at, schemaVersion >= versionWithRows)));
      }
      try {
        return Buffer.concat([decipher.update(sealed.subarray(nonceBytes, -tagBytes)), decipher.final()]);
      } catch {
        return undefined;
      }
    },
  };
}

function placeOf({ table, column, row, issuer }: Parameters<AutheliaCipher['open']>[0], hasRows: boolean): string {
  const parts = hasRows
    ? [table, column, row, ...(issuer === undefined ? [] : [issuer])]
    : // Version 25 writes the portal before the column.
      [table, ...(issuer === undefined ? [] : [issuer]), column];
  return ['authelia', 'storage', ...parts].join(':');
}
