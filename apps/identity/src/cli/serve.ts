/** `gatehouse --config …`: serves until told to stop. What keeps it from starting is said in sentences, without a stack. */
import { loadConfiguration } from '../config/load.ts';
import { readConfigurationOptions } from '../config/options.ts';
import { formatProblems } from '../config/problem.ts';
import { findUnsupported } from '../config/unsupported.ts';
import { serve } from '../serve.ts';
import type { Command } from './command.ts';

export const runServe: Command = async (args, io) => {
  const options = readConfigurationOptions(args, io.env);
  if (options.kind === 'refused' || options.rest.length > 0) {
    const message = options.kind === 'refused' ? options.message : `'${options.rest[0]}' is not understood.`;
    io.stderr.write(`${message}\nSee 'gatehouse --help'.\n`);
    return 2;
  }
  const { paths, filters } = options;
  const read = () => loadConfiguration({ paths, filters, env: io.env });
  const loaded = read();
  if (loaded.kind === 'refused') {
    io.stderr.write(`${formatProblems(loaded.problems)}\nThe configuration is not valid, so nothing was started.\n`);
    return 1;
  }
  const unsupported = findUnsupported(loaded.configuration);
  if (unsupported.length > 0) {
    io.stderr.write(`${unsupported.join('\n')}\nNothing was started.\n`);
    return 1;
  }
  try {
    await serve(loaded, read);
    return 0;
  } catch (failure) {
    if (!(failure instanceof Error) || !('code' in failure)) throw failure;
    io.stderr.write(`Gatehouse did not start: ${failure.message}\n`);
    // What was opened meanwhile must not keep a process alive that serves nobody.
    process.exit(1);
  }
};
