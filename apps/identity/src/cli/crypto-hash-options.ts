/** The flags of `crypto hash generate <algorithm>`, family by family, and the hash options they amount to. */
import {
  argon2Defaults,
  bcryptDefaults,
  type HashOptions,
  pbkdf2Iterations,
  scryptDefaults,
  sha2CryptDefaults,
} from '@gatehouse/password/hash-options.ts';
import { CallNotUnderstood, type Flags, type ReadCall } from './crypto-flags.ts';

export type Algorithm = {
  readonly flags: Flags;
  /** Throws `CallNotUnderstood`. */
  readonly read: (call: ReadCall) => HashOptions;
};

function number(short: string, help: string, value?: number): Flags[string] {
  return { type: 'string', short, help, ...(value === undefined ? {} : { default: String(value) }) };
}

function variants(names: readonly string[], first: string): Flags[string] {
  return { type: 'string', short: 'v', default: first, help: `one of ${names.join(', ')}` };
}

function chosen<Name extends string>(call: ReadCall, names: readonly Name[]): Name {
  const name = names.find((each) => each === call.text('variant'));
  if (name === undefined) throw new CallNotUnderstood(`--variant is one of ${names.join(', ')}.`);
  return name;
}

const argon2Variants = ['argon2id', 'argon2i', 'argon2d'] as const;
/** RFC 9106 section 4, its second and its first recommended option. */
const argon2Profiles = new Map([
  ['low-memory', { iterations: 3, memory: 65_536, parallelism: 4, keyLength: 32, saltLength: 16 }],
  ['recommended', { iterations: 1, memory: 2_097_152, parallelism: 4, keyLength: 32, saltLength: 16 }],
]);
const pbkdf2Variants = ['sha1', 'sha224', 'sha256', 'sha384', 'sha512'] as const;
const shaVariants = ['sha256', 'sha512'] as const;

export const algorithms: ReadonlyMap<string, Algorithm> = new Map<string, Algorithm>([
  [
    'argon2',
    {
      flags: {
        iterations: number('i', 'passes over the memory', argon2Defaults.iterations),
        'key-size': number('k', 'bytes of the key', argon2Defaults.keyLength),
        memory: number('m', 'KiB of memory', argon2Defaults.memory),
        parallelism: number('p', 'lanes', argon2Defaults.parallelism),
        profile: { type: 'string', help: `costs from RFC 9106: ${[...argon2Profiles.keys()].join(', ')}` },
        'salt-size': number('s', 'bytes of the salt', argon2Defaults.saltLength),
        variant: variants(argon2Variants, argon2Defaults.variant),
      },
      read: (call) => {
        const profile = argon2Profiles.get(call.text('profile') ?? '');
        if (!profile && call.given('profile'))
          throw new CallNotUnderstood(`--profile is one of ${[...argon2Profiles.keys()].join(', ')}.`);
        const costs = profile ?? {
          iterations: call.whole('iterations') ?? argon2Defaults.iterations,
          memory: call.whole('memory') ?? argon2Defaults.memory,
          parallelism: call.whole('parallelism') ?? argon2Defaults.parallelism,
          keyLength: call.whole('key-size') ?? argon2Defaults.keyLength,
          saltLength: call.whole('salt-size') ?? argon2Defaults.saltLength,
        };
        return { algorithm: 'argon2', variant: chosen(call, argon2Variants), ...costs };
      },
    },
  ],
  [
    'bcrypt',
    {
      flags: {
        cost: number('i', 'binary logarithm of the rounds', bcryptDefaults.cost),
        variant: variants(['standard', 'sha256'], bcryptDefaults.variant),
      },
      read: (call) => ({
        algorithm: 'bcrypt',
        variant: chosen(call, ['standard', 'sha256'] as const),
        cost: call.whole('cost') ?? bcryptDefaults.cost,
      }),
    },
  ],
  [
    'pbkdf2',
    {
      flags: {
        iterations: number('i', 'iterations; by default as many as suit the variant'),
        'salt-size': number('s', 'bytes of the salt', 16),
        variant: variants(pbkdf2Variants, 'sha512'),
      },
      read: (call) => {
        const variant = chosen(call, pbkdf2Variants);
        const iterations = call.whole('iterations') ?? pbkdf2Iterations[variant];
        return { algorithm: 'pbkdf2', variant, iterations, saltLength: call.whole('salt-size') ?? 16 };
      },
    },
  ],
  [
    'scrypt',
    {
      flags: {
        'block-size': number('r', 'block size', scryptDefaults.blockSize),
        iterations: number('i', 'binary logarithm of N', scryptDefaults.iterations),
        'key-size': number('k', 'bytes of the key', scryptDefaults.keyLength),
        parallelism: number('p', 'parallelism', scryptDefaults.parallelism),
        'salt-size': number('s', 'bytes of the salt', scryptDefaults.saltLength),
        variant: variants(['scrypt'], 'scrypt'),
      },
      read: (call) => {
        if (call.text('variant') === 'yescrypt')
          throw new CallNotUnderstood('yescrypt digests cannot be made here. Use scrypt or argon2.');
        chosen(call, ['scrypt']);
        return {
          algorithm: 'scrypt',
          iterations: call.whole('iterations') ?? scryptDefaults.iterations,
          blockSize: call.whole('block-size') ?? scryptDefaults.blockSize,
          parallelism: call.whole('parallelism') ?? scryptDefaults.parallelism,
          keyLength: call.whole('key-size') ?? scryptDefaults.keyLength,
          saltLength: call.whole('salt-size') ?? scryptDefaults.saltLength,
        };
      },
    },
  ],
  [
    'sha2crypt',
    {
      flags: {
        iterations: number('i', 'rounds', sha2CryptDefaults.iterations),
        'salt-size': number('s', 'characters of the salt', sha2CryptDefaults.saltLength),
        variant: variants(shaVariants, sha2CryptDefaults.variant),
      },
      read: (call) => ({
        algorithm: 'sha2crypt',
        variant: chosen(call, shaVariants),
        iterations: call.whole('iterations') ?? sha2CryptDefaults.iterations,
        saltLength: call.whole('salt-size') ?? sha2CryptDefaults.saltLength,
      }),
    },
  ],
]);
