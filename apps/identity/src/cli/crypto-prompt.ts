/**
 * Where a command gets a password from: the flag, a person at a terminal (not shown, and asked for twice when it will be
 * kept), or the first line of what is piped in.
 */
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import type { CommandIo } from './command.ts';
import { CallNotUnderstood } from './crypto-flags.ts';

/** Throws `CallNotUnderstood` when there is none, or the two differ. */
export async function askPassword(io: CommandIo, options: { readonly confirm: boolean }): Promise<string> {
  const interactive = 'isTTY' in io.stdin && io.stdin.isTTY === true;
  // Questions go to stderr, so that what is printed can be piped on.
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: io.stdin, output: silent, terminal: interactive });
  const reader = lines[Symbol.asyncIterator]();
  async function ask(question: string): Promise<string> {
    if (interactive) io.stderr.write(question);
    const { value, done } = await reader.next();
    if (interactive) io.stderr.write('\n');
    return done ? '' : value;
  }
  try {
    const password = await ask('Enter Password: ');
    if (password === '') throw new CallNotUnderstood('A password is needed: type one, pipe one in, or use --password.');
    if (interactive && options.confirm && (await ask('Confirm Password: ')) !== password)
      throw new CallNotUnderstood('The two passwords are not the same.');
    return password;
  } finally {
    lines.close();
  }
}
