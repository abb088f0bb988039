/** The kinds of keys that `crypto pair` and `crypto certificate` make, each with the flags of its own. */
import { generateKeyPair, type KeyPairKeyObjectResult } from 'node:crypto';
import { promisify } from 'node:util';
import { CallNotUnderstood, type Flags, type ReadCall } from './crypto-flags.ts';

const generate = promisify(generateKeyPair);

export type KeyKind = {
  readonly flags: Flags;
  /** Throws `CallNotUnderstood`. */
  readonly make: (call: ReadCall) => Promise<{ readonly title: string; readonly pair: KeyPairKeyObjectResult }>;
};

const curves = new Map([
  ['P224', 'secp224r1'],
  ['P256', 'prime256v1'],
  ['P384', 'secp384r1'],
  ['P521', 'secp521r1'],
]);

export const keyKinds: ReadonlyMap<string, KeyKind> = new Map<string, KeyKind>([
  [
    'rsa',
    {
      flags: { bits: { type: 'string', short: 'b', default: '2048', help: 'bits of the modulus' } },
      make: async (call) => {
        const bits = call.whole('bits') ?? 2048;
        if (bits < 2048 || bits > 8192) throw new CallNotUnderstood('--bits is from 2048 to 8192.');
        return { title: `RSA, ${bits} bits`, pair: await generate('rsa', { modulusLength: bits }) };
      },
    },
  ],
  [
    'ecdsa',
    {
      flags: {
        curve: { type: 'string', short: 'b', default: 'P256', help: `one of ${[...curves.keys()].join(', ')}` },
      },
      make: async (call) => {
        const curve = (call.text('curve') ?? '').toUpperCase().replace('-', '');
        const namedCurve = curves.get(curve);
        if (namedCurve === undefined)
          throw new CallNotUnderstood(`--curve is one of ${[...curves.keys()].join(', ')}.`);
        return { title: `ECDSA, curve ${curve}`, pair: await generate('ec', { namedCurve }) };
      },
    },
  ],
  ['ed25519', { flags: {}, make: async () => ({ title: 'Ed25519', pair: await generate('ed25519', {}) }) }],
]);
