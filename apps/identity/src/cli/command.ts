/** What a command of `gatehouse` is: a function of arguments and streams that answers with an exit code. */
import type { Readable, Writable } from 'node:stream';

export type CommandIo = {
  readonly stdin: Readable;
  readonly stdout: Writable;
  readonly stderr: Writable;
  readonly env: Readonly<Record<string, string | undefined>>;
};

/** `args` are the words after the command's own. Answers 0 for success, 1 for "no", 2 for a call that was not understood. */
export type Command = (args: string[], io: CommandIo) => Promise<number>;
