/**
 * `authentication_backend.file.password`: how new passwords are hashed. The flat keys below the five families are the
 * old spelling, with memory in MiB; `complete/file-password.ts` brings both to one shape.
 */
import { oneOf, section, whole } from './kit.ts';

export const passwordHashing = section({
  algorithm: oneOf('argon2', 'sha2crypt', 'pbkdf2', 'bcrypt', 'scrypt', 'argon2id', 'sha512').prefault('argon2'),
  argon2: section({
    variant: oneOf('argon2id', 'argon2i', 'argon2d', 'id', 'i', 'd').prefault('argon2id'),
    iterations: whole().optional(),
    /** KiB. */
    memory: whole().optional(),
    parallelism: whole().optional(),
    key_length: whole().optional(),
    salt_length: whole().optional(),
  }).prefault({}),
  sha2crypt: section({
    variant: oneOf('sha256', 'sha512').prefault('sha512'),
    iterations: whole().optional(),
    salt_length: whole().optional(),
  }).prefault({}),
  pbkdf2: section({
    variant: oneOf('sha1', 'sha224', 'sha256', 'sha384', 'sha512').prefault('sha512'),
    /** The default depends on the variant. */
    iterations: whole().optional(),
    salt_length: whole().prefault(16),
  }).prefault({}),
  bcrypt: section({
    variant: oneOf('standard', 'sha256').prefault('standard'),
    cost: whole().prefault(12),
  }).prefault({}),
  scrypt: section({
    variant: oneOf('scrypt', 'yescrypt').prefault('scrypt'),
    /** The binary logarithm of N. */
    iterations: whole().prefault(16),
    block_size: whole().prefault(8),
    parallelism: whole().prefault(1),
    key_length: whole().prefault(32),
    salt_length: whole().prefault(16),
  }).prefault({}),
  iterations: whole().optional(),
  /** MiB. */
  memory: whole().optional(),
  parallelism: whole().optional(),
  key_length: whole().optional(),
  salt_length: whole().optional(),
}).prefault({});
