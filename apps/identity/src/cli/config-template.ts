/** `gatehouse config template`: prints the configuration files as they are after their filters, before they mean anything. */
import { applyFilters } from '../config/filters/filters.ts';
import { readConfigurationOptions } from '../config/options.ts';
import { formatProblems, type Problem } from '../config/problem.ts';
import { readConfigurationFiles } from '../config/source/files.ts';
import type { Command } from './command.ts';

export const configTemplate: Command = async (args, io) => {
  const options = readConfigurationOptions(args, io.env);
  if (options.kind === 'refused' || options.rest.length > 0) {
    const message = options.kind === 'refused' ? options.message : `'${options.rest[0]}' is not understood.`;
    io.stderr.write(
      `${message}\nUsage: gatehouse config template [--config <path>]... [--config.experimental.filters <names>]\n`,
    );
    return 2;
  }
  const { texts, problems: unread } = readConfigurationFiles(options.paths);
  const problems: Problem[] = [...unread];
  const printed: string[] = [];
  for (const { file, text } of texts) {
    const answer = applyFilters(options.filters, text, { file, env: io.env, nowMs: Date.now() });
    if (answer.kind === 'refused') problems.push(...answer.problems);
    else printed.push(`---\n## ${file}\n${answer.text.endsWith('\n') ? answer.text : `${answer.text}\n`}`);
  }
  if (problems.length > 0) {
    io.stderr.write(formatProblems(problems));
    return 1;
  }
  io.stdout.write(printed.join(''));
  return 0;
};
