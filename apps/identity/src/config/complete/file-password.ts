/** `authentication_backend.file.password`: every family with its parameters, the old flat keys folded in. */
import type { StatedFile } from '../schema/configuration.ts';

type StatedPassword = StatedFile['password'];

export type PasswordHashing = {
  readonly algorithm: 'argon2' | 'sha2crypt' | 'pbkdf2' | 'bcrypt' | 'scrypt';
  readonly argon2: {
    readonly variant: 'argon2id' | 'argon2i' | 'argon2d';
    readonly iterations: number;
    /** KiB. */
    readonly memory: number;
    readonly parallelism: number;
    readonly key_length: number;
    readonly salt_length: number;
  };
  readonly sha2crypt: {
    readonly variant: 'sha256' | 'sha512';
    readonly iterations: number;
    readonly salt_length: number;
  };
  readonly pbkdf2: Omit<StatedPassword['pbkdf2'], 'iterations'> & { readonly iterations: number };
  readonly bcrypt: StatedPassword['bcrypt'];
  readonly scrypt: StatedPassword['scrypt'];
};

const pbkdf2Iterations = {
  sha1: 1_600_000,
  sha224: 900_000,
  sha256: 700_000,
  sha384: 280_000,
  sha512: 310_000,
} as const;

export function completePasswordHashing(stated: StatedPassword): PasswordHashing {
  const oldArgon2 = stated.algorithm === 'argon2id';
  const oldSha512 = stated.algorithm === 'sha512';
  const sha512Flat = oldSha512 ? stated : undefined;
  const argon2Flat = oldArgon2 ? stated : undefined;
  const variant = stated.argon2.variant;
  return {
    algorithm:
      stated.algorithm === 'argon2id' ? 'argon2' : stated.algorithm === 'sha512' ? 'sha2crypt' : stated.algorithm,
    argon2: {
      variant: variant === 'id' || variant === 'i' || variant === 'd' ? `argon2${variant}` : variant,
      iterations: stated.argon2.iterations || argon2Flat?.iterations || 3,
      memory: stated.argon2.memory || (argon2Flat?.memory ?? 0) * 1024 || 65_536,
      parallelism: stated.argon2.parallelism || argon2Flat?.parallelism || 4,
      key_length: stated.argon2.key_length || argon2Flat?.key_length || 32,
      salt_length: stated.argon2.salt_length || argon2Flat?.salt_length || 16,
    },
    sha2crypt: {
      variant: stated.sha2crypt.variant,
      iterations: stated.sha2crypt.iterations || sha512Flat?.iterations || 50_000,
      salt_length: stated.sha2crypt.salt_length || sha512Flat?.salt_length || 16,
    },
    pbkdf2: { ...stated.pbkdf2, iterations: stated.pbkdf2.iterations || pbkdf2Iterations[stated.pbkdf2.variant] },
    bcrypt: stated.bcrypt,
    scrypt: stated.scrypt,
  };
}
