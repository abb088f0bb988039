/** `gatehouse crypto pair {rsa,ecdsa,ed25519} generate`: a private key (PKCS #8) and its public key (SPKI) as PEM files. */
import { generateKeyPair, type KeyPairKeyObjectResult } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Command } from './command.ts';
import { CallNotUnderstood, type Flags, helpText, type ReadCall, readCall } from './crypto-flags.ts';

const generate = promisify(generateKeyPair);

const fileFlags: Flags = {
  directory: { type: 'string', short: 'd', default: '.', help: 'folder to write to' },
  'file.private-key': { type: 'string', default: 'private.pem', help: 'name of the private key' },
  'file.public-key': { type: 'string', default: 'public.pem', help: 'name of the public key' },
};

type Kind = {
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

const kinds = new Map<string, Kind>([
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

export const runPair: Command = async (args, io) => {
  const kind = kinds.get(args[0] ?? '');
  const flags = { ...kind?.flags, ...fileFlags };
  const call = readCall(kind ? args.slice(1) : args, flags);
  if (call.wantsHelp) {
    const usage = `gatehouse crypto pair ${kind ? args[0] : `{${[...kinds.keys()].join(',')}}`} generate [flags]`;
    io.stdout.write(helpText(usage, 'Makes a key pair.', flags));
    return 0;
  }
  if (!kind || call.words.length !== 1 || call.words[0] !== 'generate')
    throw new CallNotUnderstood(`Call it as 'crypto pair {${[...kinds.keys()].join(',')}} generate'.`);
  const { title, pair } = await kind.make(call);
  const directory = call.text('directory') ?? '.';
  const privatePath = join(directory, call.text('file.private-key') ?? '');
  const publicPath = join(directory, call.text('file.public-key') ?? '');
  await mkdir(directory, { recursive: true, mode: 0o700 });
  // Never over an existing key: there is no way back from that.
  await writeFile(privatePath, pair.privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' });
  await writeFile(publicPath, pair.publicKey.export({ type: 'spki', format: 'pem' }), { mode: 0o644, flag: 'wx' });
  io.stdout.write(`Algorithm: ${title}\nPrivate Key: ${privatePath}\nPublic Key: ${publicPath}\n`);
  return 0;
};
