/** How `authentication_backend.file.password` wants new passwords hashed, in the terms of the password package. Pure. */
import type { HashOptions } from '@gatehouse/password/hash-options.ts';
import type { PasswordHashing } from '../../config/complete/file-password.ts';

export function hashOptionsOf(hashing: PasswordHashing): HashOptions {
  switch (hashing.algorithm) {
    case 'argon2': {
      const { key_length: keyLength, salt_length: saltLength, ...rest } = hashing.argon2;
      return { algorithm: 'argon2', ...rest, keyLength, saltLength };
    }
    case 'sha2crypt': {
      const { salt_length: saltLength, ...rest } = hashing.sha2crypt;
      return { algorithm: 'sha2crypt', ...rest, saltLength };
    }
    case 'pbkdf2': {
      const { salt_length: saltLength, variant, iterations } = hashing.pbkdf2;
      return { algorithm: 'pbkdf2', variant, iterations, saltLength };
    }
    case 'bcrypt':
      return { algorithm: 'bcrypt', ...hashing.bcrypt };
    case 'scrypt': {
      const { iterations, block_size: blockSize, parallelism, key_length: keyLength, salt_length } = hashing.scrypt;
      return { algorithm: 'scrypt', iterations, blockSize, parallelism, keyLength, saltLength: salt_length };
    }
  }
}
