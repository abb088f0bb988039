/** Rules of `authentication_backend.file.password`: costs neither too low to protect nor impossible. */
import { completePasswordHashing } from '../complete/file-password.ts';
import { error, type Finding } from '../problem.ts';
import type { StatedFile } from '../schema/configuration.ts';

const root = ['authentication_backend', 'file', 'password'];
const max32 = 2_147_483_647;

export function checkFilePassword(stated: StatedFile['password']): Finding[] {
  const { argon2, sha2crypt, pbkdf2, bcrypt, scrypt } = completePasswordHashing(stated);
  const findings: Finding[] = [];
  const within = (path: readonly string[], value: number, min: number, max: number): void => {
    if (value < min || value > max)
      findings.push(error([...root, ...path], `${value} is out of range.`, `Use a number from ${min} to ${max}.`));
  };
  within(['argon2', 'iterations'], argon2.iterations, 1, max32);
  within(['argon2', 'parallelism'], argon2.parallelism, 1, 16_777_215);
  within(['argon2', 'key_length'], argon2.key_length, 4, max32);
  within(['argon2', 'salt_length'], argon2.salt_length, 1, max32);
  if (argon2.memory < 8 * argon2.parallelism)
    findings.push(
      error(
        [...root, 'argon2', 'memory'],
        `${argon2.memory} KiB are too little for ${argon2.parallelism} lanes.`,
        `Use at least ${8 * argon2.parallelism}, eight for each lane; 65536 is the default.`,
      ),
    );
  within(['argon2', 'memory'], argon2.memory, 1, 4_294_967_295);
  within(['sha2crypt', 'iterations'], sha2crypt.iterations, 1000, 999_999_999);
  within(['sha2crypt', 'salt_length'], sha2crypt.salt_length, 1, 16);
  within(['pbkdf2', 'iterations'], pbkdf2.iterations, 100_000, max32);
  within(['pbkdf2', 'salt_length'], pbkdf2.salt_length, 8, max32);
  within(['bcrypt', 'cost'], bcrypt.cost, 10, 31);
  within(['scrypt', 'iterations'], scrypt.iterations, 1, 58);
  within(['scrypt', 'block_size'], scrypt.block_size, 1, max32);
  within(['scrypt', 'parallelism'], scrypt.parallelism, 1, 1_073_741_823);
  within(['scrypt', 'key_length'], scrypt.key_length, 1, max32);
  within(['scrypt', 'salt_length'], scrypt.salt_length, 8, 1024);
  if (scrypt.variant === 'yescrypt' && scrypt.parallelism !== 1)
    findings.push(error([...root, 'scrypt', 'parallelism'], 'yescrypt has a parallelism of 1 here.', "Use '1'."));
  return findings;
}
