/**
 * How a new password is hashed: one family with its parameters, and the defaults Authelia has for each. Nothing here hashes.
 */
import { argon2Fault } from './argon2.ts';
import { bcryptCostMax, bcryptCostMin } from './bcrypt.ts';
import { type Pbkdf2Variant, pbkdf2IterationsMax } from './pbkdf2.ts';
import { scryptFault } from './scrypt.ts';
import { sha2CryptIterationsMax, sha2CryptIterationsMin } from './sha2-crypt.ts';

export type Argon2Options = {
  readonly algorithm: 'argon2';
  readonly variant: 'argon2id' | 'argon2i' | 'argon2d';
  readonly iterations: number;
  /** KiB. */
  readonly memory: number;
  readonly parallelism: number;
  readonly keyLength: number;
  readonly saltLength: number;
};

export type Pbkdf2Options = {
  readonly algorithm: 'pbkdf2';
  readonly variant: Pbkdf2Variant;
  readonly iterations: number;
  readonly saltLength: number;
};

export type ScryptOptions = {
  readonly algorithm: 'scrypt';
  /** The binary logarithm of N. */
  readonly iterations: number;
  readonly blockSize: number;
  readonly parallelism: number;
  readonly keyLength: number;
  readonly saltLength: number;
};

export type BcryptOptions = {
  readonly algorithm: 'bcrypt';
  readonly variant: 'standard' | 'sha256';
  readonly cost: number;
};

export type Sha2CryptOptions = {
  readonly algorithm: 'sha2crypt';
  readonly variant: 'sha256' | 'sha512';
  readonly iterations: number;
  /** Characters. */
  readonly saltLength: number;
};

export type HashOptions = Argon2Options | Pbkdf2Options | ScryptOptions | BcryptOptions | Sha2CryptOptions;

export const argon2Defaults: Argon2Options = {
  algorithm: 'argon2',
  variant: 'argon2id',
  iterations: 3,
  memory: 65_536,
  parallelism: 4,
  keyLength: 32,
  saltLength: 16,
};

export const pbkdf2Iterations: Readonly<Record<Pbkdf2Variant, number>> = {
  sha1: 1_600_000,
  sha224: 900_000,
  sha256: 700_000,
  sha384: 280_000,
  sha512: 310_000,
};

export const scryptDefaults: ScryptOptions = {
  algorithm: 'scrypt',
  iterations: 16,
  blockSize: 8,
  parallelism: 1,
  keyLength: 32,
  saltLength: 16,
};

export const bcryptDefaults: BcryptOptions = { algorithm: 'bcrypt', variant: 'standard', cost: 12 };

export const sha2CryptDefaults: Sha2CryptOptions = {
  algorithm: 'sha2crypt',
  variant: 'sha512',
  iterations: 50_000,
  saltLength: 16,
};

/** Why nothing can be hashed with these options; continues a sentence whose subject is the digest. */
export function hashOptionsFault(options: HashOptions): string | undefined {
  switch (options.algorithm) {
    case 'argon2':
      return argon2Fault(options);
    case 'scrypt':
      return saltFault(options.saltLength) ?? scryptFault(options);
    case 'pbkdf2':
      return options.iterations < 100_000 || options.iterations > pbkdf2IterationsMax
        ? `needs 100000 to ${pbkdf2IterationsMax} iterations`
        : saltFault(options.saltLength);
    case 'bcrypt':
      return options.cost < bcryptCostMin || options.cost > bcryptCostMax
        ? `needs a cost of ${bcryptCostMin} to ${bcryptCostMax}`
        : undefined;
    case 'sha2crypt':
      if (options.saltLength < 1 || options.saltLength > 16) return 'needs a salt of 1 to 16 characters';
      return options.iterations < sha2CryptIterationsMin || options.iterations > sha2CryptIterationsMax
        ? `needs ${sha2CryptIterationsMin} to ${sha2CryptIterationsMax} iterations`
        : undefined;
  }
}

function saltFault(saltLength: number): string | undefined {
  return saltLength < 8 || saltLength > 128 ? 'needs a salt of 8 to 128 bytes' : undefined;
}
