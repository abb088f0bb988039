/** `gatehouse crypto hash generate` and `crypto hash validate`: make a password digest, or try a password against one. */
import { deriveKey, keyMatches, parseDigest } from '@gatehouse/password/digest.ts';
import { secretBytesMax } from '@gatehouse/password/digest-pool.ts';
import { CannotHash, generateDigest } from '@gatehouse/password/generate.ts';
import { argon2Defaults } from '@gatehouse/password/hash-options.ts';
import type { Command } from './command.ts';
import { randomFlags, randomText } from './crypto-charset.ts';
import { CallNotUnderstood, type Flags, helpText, readCall } from './crypto-flags.ts';
import { algorithms } from './crypto-hash-options.ts';
import { askPassword } from './crypto-prompt.ts';

const passwordFlag: Flags = {
  password: { type: 'string', help: 'the password; others on this machine may see it among the processes' },
};

const generateFlags: Flags = {
  ...passwordFlag,
  'no-confirm': { type: 'boolean', help: 'ask for the password once' },
  random: { type: 'boolean', help: 'make a random password and print it' },
  ...randomFlags('random.'),
};

const names = [...algorithms.keys()].join('|');

export const runHashGenerate: Command = async (args, io) => {
  const named = algorithms.get(args[0] ?? '');
  const flags = { ...named?.flags, ...generateFlags };
  const call = readCall(named ? args.slice(1) : args, flags);
  if (call.wantsHelp) {
    const usage = `gatehouse crypto hash generate ${named ? args[0] : `[${names}]`} [flags]`;
    io.stdout.write(helpText(usage, 'Makes the digest of a password, for a users file or a client secret.', flags));
    return 0;
  }
  if (call.words.length > 0) throw new CallNotUnderstood(`The algorithm is one of ${names}.`);
  const options = named ? named.read(call) : argon2Defaults;
  const random =
    call.given('random') ||
    call.given('random.length') ||
    call.given('random.charset') ||
    call.given('random.characters');
  if (random && call.given('password')) throw new CallNotUnderstood('Use --password or --random, not both.');
  const password = random
    ? randomText(call, 'random.')
    : (call.text('password') ?? (await askPassword(io, { confirm: !call.given('no-confirm') })));
  if (password === '' || Buffer.byteLength(password) > secretBytesMax)
    throw new CallNotUnderstood(`A password has 1 to ${secretBytesMax} bytes.`);
  try {
    const digest = await generateDigest(options, password);
    io.stdout.write(`${random ? `Random Password: ${password}\n` : ''}Digest: ${digest}\n`);
    return 0;
  } catch (failure) {
    if (failure instanceof CannotHash) throw new CallNotUnderstood(failure.message, { cause: failure });
    throw failure;
  }
};

export const runHashValidate: Command = async (args, io) => {
  const call = readCall(args, passwordFlag);
  if (call.wantsHelp) {
    const usage = 'gatehouse crypto hash validate <digest> [flags]';
    io.stdout.write(helpText(usage, 'Tells whether a password is the one of a digest.', passwordFlag));
    return 0;
  }
  const [text, ...more] = call.words;
  if (text === undefined || more.length > 0)
    throw new CallNotUnderstood("Give one digest, in single quotes: a shell takes the '$' in it for a variable.");
  const parsed = parseDigest(text);
  if (parsed.kind === 'refused') throw new CallNotUnderstood(`The digest ${parsed.reason}. ${parsed.cure}`);
  const password = call.text('password') ?? (await askPassword(io, { confirm: false }));
  const matches = keyMatches(parsed.value, await deriveKey(parsed.value, password));
  io.stdout.write(matches ? 'The password matches the digest.\n' : 'The password does not match the digest.\n');
  return matches ? 0 : 1;
};
