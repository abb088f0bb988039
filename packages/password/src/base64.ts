/**
 * The two spellings of base64 that digests use: the standard alphabet without padding (argon2, scrypt), and the adapted one
 * of PBKDF2 digests, where '.' stands for '+'. Decoding is strict: one text for one value.
 */

export function encodeBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64').replace(/=+$/, '');
}

/** Undefined when the text is not what `encodeBase64` would write, or holds more than `bytesMax`. */
export function decodeBase64(text: string, bytesMax: number): Buffer | undefined {
  if (text.length > Math.ceil((bytesMax * 4) / 3)) return undefined;
  const bytes = Buffer.from(text, 'base64');
  return encodeBase64(bytes) === text ? bytes : undefined;
}

export function encodeAdaptedBase64(bytes: Uint8Array): string {
  return encodeBase64(bytes).replaceAll('+', '.');
}

export function decodeAdaptedBase64(text: string, bytesMax: number): Buffer | undefined {
  return text.includes('+') ? undefined : decodeBase64(text.replaceAll('.', '+'), bytesMax);
}
