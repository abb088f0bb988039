/** `gatehouse crypto rand`: random text for secrets and keys, printed or put into files. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Command } from './command.ts';
import { randomFlags, randomText } from './crypto-charset.ts';
import { type Flags, helpText, readCall } from './crypto-flags.ts';

const flags: Flags = {
  ...randomFlags('', { length: 'n', charset: 'x' }),
  file: { type: 'string', help: 'files to write to instead, with commas between; each gets its own value' },
};

export const runRand: Command = async (args, io) => {
  const call = readCall(args, flags);
  if (call.wantsHelp) {
    io.stdout.write(helpText('gatehouse crypto rand [files…] [flags]', 'Makes random text.', flags));
    return 0;
  }
  const files = [...call.words, ...(call.text('file')?.split(',') ?? [])].filter((file) => file !== '');
  if (files.length === 0) {
    io.stdout.write(`Random Value: ${randomText(call, '')}\n`);
    return 0;
  }
  for (const file of files) {
    const value = randomText(call, '');
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await writeFile(file, value, { mode: 0o600, flag: 'wx' });
    io.stdout.write(`Written: ${file}\n`);
  }
  return 0;
};
