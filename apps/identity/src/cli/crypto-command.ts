/** `gatehouse crypto …`: chooses among the commands that make and try digests, random text, keys and certificates. */
import type { Command } from './command.ts';
import { runCertificate } from './crypto-certificate.ts';
import { CallNotUnderstood, helpText } from './crypto-flags.ts';
import { runHashGenerate, runHashValidate } from './crypto-hash.ts';
import { runPair } from './crypto-pair.ts';
import { runRand } from './crypto-rand.ts';

const commands: readonly (readonly [words: readonly string[], about: string, command: Command])[] = [
  [['hash', 'generate'], 'make the digest of a password', runHashGenerate],
  [['hash', 'validate'], 'try a password against a digest', runHashValidate],
  [['rand'], 'make random text', runRand],
  [['pair'], 'make a key pair', runPair],
  [['certificate'], 'make a key with a certificate, or with a request for one', runCertificate],
];

/** `args` are the words after `crypto`. 0 for success, 1 for "no" or a file that cannot be written, 2 for a wrong call. */
export const runCrypto: Command = async (args, io) => {
  const chosen = commands.find(([words]) => words.every((word, index) => args[index] === word));
  if (!chosen) {
    const asked = args.length === 0 || args.includes('--help') || args.includes('-h');
    (asked ? io.stdout : io.stderr).write(overview());
    return asked ? 0 : 2;
  }
  const [words, , command] = chosen;
  try {
    return await command(args.slice(words.length), io);
  } catch (failure) {
    const message = explain(failure);
    if (message === undefined) throw failure;
    io.stderr.write(`${message}\nSee 'gatehouse crypto ${words.join(' ')} --help'.\n`);
    return failure instanceof CallNotUnderstood ? 2 : 1;
  }
};

function overview(): string {
  const width = Math.max(...commands.map(([words]) => words.join(' ').length)) + 2;
  const rows = commands.map(([words, about]) => `  ${words.join(' ').padEnd(width)}${about}\n`).join('');
  return `${helpText('gatehouse crypto <command>', 'Digests, random text, keys and certificates.')}\nCommands:\n${rows}`;
}

/** What to say about a failure that a person can mend; undefined for one that is ours. */
function explain(failure: unknown): string | undefined {
  if (failure instanceof CallNotUnderstood) return failure.message;
  if (!(failure instanceof Error) || !('code' in failure) || !('path' in failure)) return undefined;
  return failure.code === 'EEXIST'
    ? `${failure.path} is there already and was left as it is. Choose another name, or move it away.`
    : `${failure.path} cannot be written (${failure.code}). Choose another place, or see to its permissions.`;
}
