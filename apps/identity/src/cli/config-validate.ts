/** `gatehouse config validate`: says everything that is wrong with the configuration, or that nothing is. */
import { loadConfiguration } from '../config/load.ts';
import { readConfigurationOptions } from '../config/options.ts';
import { describePending } from '../config/pending.ts';
import { formatProblems } from '../config/problem.ts';
import { findUnsupported } from '../config/unsupported.ts';
import type { Command } from './command.ts';

export const configValidate: Command = async (args, io) => {
  const options = readConfigurationOptions(args, io.env);
  if (options.kind === 'refused' || options.rest.length > 0) {
    const message = options.kind === 'refused' ? options.message : `'${options.rest[0]}' is not understood.`;
    io.stderr.write(
      `${message}\nUsage: gatehouse config validate [--config <path>]... [--config.experimental.filters <names>]\n`,
    );
    return 2;
  }
  const answer = loadConfiguration({ paths: options.paths, filters: options.filters, env: io.env });
  if (answer.kind === 'refused') {
    io.stdout.write(
      `${formatProblems(answer.problems)}\n${counted(answer.problems.length)}. The configuration is not valid.\n`,
    );
    return 1;
  }
  if (answer.warnings.length > 0) io.stdout.write(`${formatProblems(answer.warnings)}\n`);
  if (answer.pending.length > 0) io.stdout.write(`${describePending(answer.pending)}\n\n`);
  const unsupported = findUnsupported(answer.configuration);
  if (unsupported.length > 0) {
    io.stdout.write(`The configuration is valid, but this version cannot start with it:\n${unsupported.join('\n')}\n`);
    return 1;
  }
  io.stdout.write('The configuration is valid.\n');
  return 0;
};

function counted(problems: number): string {
  return problems === 1 ? '1 problem' : `${problems} problems`;
}
