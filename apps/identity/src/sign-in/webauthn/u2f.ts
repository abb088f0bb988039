/**
 * Keys that were registered with the protocol before WebAuthn (FIDO U2F 1.2): their public key is a bare point of P-256, and
 * they sign for an *AppID*, the origin of the portal, in place of its host. WebAuthn reaches them by the extension `appid`
 * (Level 3, 10.1.1). Pure.
 */
import type { SecurityKey } from './webauthn.store.ts';

const pointBytes = 65;
const uncompressed = 0x04;
/** RFC 9053, 7.1: a map of five members: EC2, ES256, P-256, and the coordinates of 32 bytes. */
const beforeX = Buffer.from('a5010203262001215820', 'hex');
const beforeY = Buffer.from('225820', 'hex');

/** COSE of a bare point; what is no bare point stays as it is. */
export function coseOf(publicKey: Uint8Array): { publicKey: Uint8Array<ArrayBuffer>; wasPoint: boolean } {
  const wasPoint = publicKey.length === pointBytes && publicKey[0] === uncompressed;
  if (!wasPoint) return { publicKey: new Uint8Array(publicKey), wasPoint };
  const cose = Buffer.concat([beforeX, publicKey.subarray(1, 33), beforeY, publicKey.subarray(33)]);
  return { publicKey: new Uint8Array(cose), wasPoint };
}

/** The way back, for files that Authelia reads. */
export function pointOf(cose: Uint8Array): Uint8Array {
  const x = cose.subarray(beforeX.length, beforeX.length + 32);
  const y = cose.subarray(beforeX.length + 32 + beforeY.length);
  return Buffer.concat([Uint8Array.of(uncompressed), x, y]);
}

/** Whether a key signs for the AppID. */
export function isU2f({ legacy }: Pick<SecurityKey, 'legacy'>): boolean {
  return legacy;
}
