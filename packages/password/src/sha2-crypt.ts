/**
 * SHA-crypt digests, `$5$` (SHA-256) and `$6$` (SHA-512), after Ulrich Drepper, "Unix crypt using SHA-256 and SHA-512",
 * version 0.6; step numbers below are that document's. It runs where it is called and takes long: only the worker threads
 * and the command line call it.
 */
import { createHash } from 'node:crypto';
import { type Parsed, parsed, refused } from './parsed.ts';

export type Sha2CryptDigest = {
  readonly family: 'sha2crypt';
  readonly variant: 'sha256' | 'sha512';
  readonly iterations: number;
  readonly salt: string;
  /** The encoded checksum, as ASCII: 43 or 86 characters. */
  readonly key: Buffer;
};

const shape = /^\$([56])\$(?:rounds=(\d{1,9})\$)?([^$:\s]{1,16})\$([./A-Za-z0-9]{43}|[./A-Za-z0-9]{86})$/;
const iterationsDefault = 5000;
export const sha2CryptIterationsMin = 1000;
/** The specification allows a hundred times as many; this is already some twenty seconds of work. */
export const sha2CryptIterationsMax = 10_000_000;

export function parseSha2Crypt(text: string): Parsed<Sha2CryptDigest> {
  const [, id, rounds, salt, key] = shape.exec(text) ?? [];
  const variant = id === '5' ? 'sha256' : 'sha512';
  if (salt === undefined || key === undefined || key.length !== sha2CryptKeyLength[variant])
    return refused("is no SHA-crypt digest of the form '$6$rounds=50000$salt$checksum'");
  const iterations = rounds === undefined ? iterationsDefault : Number(rounds);
  if (iterations < sha2CryptIterationsMin || iterations > sha2CryptIterationsMax)
    return refused(`asks for rounds outside ${sha2CryptIterationsMin} to ${sha2CryptIterationsMax}`);
  return parsed({ family: 'sha2crypt', variant, iterations, salt, key: Buffer.from(key, 'ascii') });
}

export function formatSha2Crypt(digest: Sha2CryptDigest): string {
  const id = digest.variant === 'sha256' ? 5 : 6;
  return `$${id}$rounds=${digest.iterations}$${digest.salt}$${digest.key.toString('ascii')}`;
}

export const sha2CryptKeyLength = { sha256: 43, sha512: 86 } as const;

export function deriveSha2Crypt(digest: Sha2CryptDigest, secret: string): Buffer {
  const { variant, iterations } = digest;
  const hash = (...parts: readonly Uint8Array[]): Buffer => {
    const state = createHash(variant);
    for (const part of parts) state.update(part);
    return state.digest();
  };
  const password = Buffer.from(secret, 'utf8');
  const salt = Buffer.from(digest.salt, 'utf8');

  // Steps 4–8, then 1–3 and 9–12.
  const b = hash(password, salt, password);
  const startParts: Uint8Array[] = [password, salt, stretch(b, password.length)];
  for (let bits = password.length; bits > 0; bits >>= 1) startParts.push(bits & 1 ? b : password);
  const a = hash(...startParts);

  // Steps 13–16 and 17–20: the password and the salt, each as long as it was, but mixed.
  const p = stretch(hash(...Array<Buffer>(password.length).fill(password)), password.length);
  const s = stretch(hash(...Array<Buffer>(16 + (a[0] ?? 0)).fill(salt)), salt.length);

  // Step 21.
  let running = a;
  for (let round = 0; round < iterations; round++) {
    const odd = round % 2 === 1;
    const state = createHash(variant).update(odd ? p : running);
    if (round % 3 !== 0) state.update(s);
    if (round % 7 !== 0) state.update(p);
    running = state.update(odd ? running : p).digest();
  }
  return Buffer.from(encodeChecksum(running), 'ascii');
}

/** The block, repeated and cut, `length` bytes long. */
function stretch(block: Buffer, length: number): Buffer {
  return length === 0 ? Buffer.alloc(0) : Buffer.alloc(length, block);
}

const alphabet = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Step 22: groups of three bytes, each from one third of the checksum, the thirds turning by one from group to group. */
function encodeChecksum(bytes: Buffer): string {
  const third = Math.floor(bytes.length / 3);
  // SHA-256 turns the thirds backwards, SHA-512 forwards.
  const step = bytes.length === 32 ? 2 : 1;
  let text = '';
  for (let group = 0; group < third; group++) {
    const turn = group * step;
    const at = (place: number): number => bytes[((turn + place) % 3) * third + group] ?? 0;
    text += encodeGroup((at(0) << 16) | (at(1) << 8) | at(2), 4);
  }
  return bytes.length === 32
    ? text + encodeGroup(((bytes[31] ?? 0) << 8) | (bytes[30] ?? 0), 3)
    : text + encodeGroup(bytes[63] ?? 0, 2);
}

function encodeGroup(value: number, characters: number): string {
  let text = '';
  for (let index = 0; index < characters; index++) text += alphabet[(value >> (6 * index)) & 63];
  return text;
}
