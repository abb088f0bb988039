/** `gatehouse crypto pair {rsa,ecdsa,ed25519} generate`: a private key (PKCS #8) and its public key (SPKI) as PEM files. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from './command.ts';
import { CallNotUnderstood, type Flags, helpText, readCall } from './crypto-flags.ts';
import { keyKinds } from './crypto-keys.ts';

const fileFlags: Flags = {
  directory: { type: 'string', short: 'd', default: '.', help: 'folder to write to' },
  'file.private-key': { type: 'string', default: 'private.pem', help: 'name of the private key' },
  'file.public-key': { type: 'string', default: 'public.pem', help: 'name of the public key' },
};

export const runPair: Command = async (args, io) => {
  const kind = keyKinds.get(args[0] ?? '');
  const flags = { ...kind?.flags, ...fileFlags };
  const call = readCall(kind ? args.slice(1) : args, flags);
  if (call.wantsHelp) {
    const usage = `gatehouse crypto pair ${kind ? args[0] : `{${[...keyKinds.keys()].join(',')}}`} generate [flags]`;
    io.stdout.write(helpText(usage, 'Makes a key pair.', flags));
    return 0;
  }
  if (!kind || call.words.length !== 1 || call.words[0] !== 'generate')
    throw new CallNotUnderstood(`Call it as 'crypto pair {${[...keyKinds.keys()].join(',')}} generate'.`);
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
