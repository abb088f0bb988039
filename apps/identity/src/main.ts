#!/usr/bin/env node
import type { Command } from './cli/command.ts';
/** The `gatehouse` command: picks a verb by its words and hands it the rest. Without a verb it serves. */
import { configTemplate } from './cli/config-template.ts';
import { configValidate } from './cli/config-validate.ts';
import { runCrypto } from './cli/crypto-command.ts';
import { runServe } from './cli/serve.ts';
import { runStorage } from './cli/storage.ts';

const verbs: readonly (readonly [words: readonly string[], about: string, command: Command])[] = [
  [['config', 'validate'], 'check the configuration', configValidate],
  [['config', 'template'], 'print the files after their filters', configTemplate],
  [['crypto'], 'digests, random text, key pairs', runCrypto],
  [['storage'], 'one-time codes and bans in the storage', runStorage],
];

const args = process.argv.slice(2);
const chosen = verbs.find(([words]) => words.every((word, index) => args[index] === word));
const io = { stdin: process.stdin, stdout: process.stdout, stderr: process.stderr, env: process.env };

if (!chosen && (args.includes('--help') || args.includes('-h'))) process.stdout.write(help());
else if (chosen) process.exitCode = await chosen[2](args.slice(chosen[0].length), io);
else process.exitCode = await runServe(args, io);

function help(): string {
  const rows = verbs.map(([words, about]) => `  ${words.join(' ').padEnd(20)}${about}\n`).join('');
  return `Usage: gatehouse [--config <path>]...          serve\n       gatehouse <command> [options]\n\nCommands:\n${rows}`;
}
