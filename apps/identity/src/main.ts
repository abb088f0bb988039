#!/usr/bin/env node
/**
 * The `gatehouse` command: picks a verb by its words and hands it the rest. Without a verb it serves. Each verb is loaded
 * when it is asked for, so that a small one does not pay for the large ones.
 */
import manifest from '../package.json' with { type: 'json' };
import type { Command } from './cli/command.ts';

type Verb = {
  readonly words: readonly string[];
  readonly about: string;
  readonly load: () => Promise<Command>;
};

const verbs: readonly Verb[] = [
  {
    words: ['config', 'validate'],
    about: 'check the configuration',
    load: async () => (await import('./cli/config-validate.ts')).configValidate,
  },
  {
    words: ['validate-config'],
    about: 'the same, by its old name',
    load: async () => (await import('./cli/config-validate.ts')).configValidate,
  },
  {
    words: ['config', 'template'],
    about: 'print the files after their filters',
    load: async () => (await import('./cli/config-template.ts')).configTemplate,
  },
  {
    words: ['crypto'],
    about: 'digests, random text, key pairs, certificates',
    load: async () => (await import('./cli/crypto-command.ts')).runCrypto,
  },
  {
    words: ['access-control', 'check-policy'],
    about: 'which rule would hold for a request',
    load: async () => (await import('./cli/check-policy.ts')).checkPolicy,
  },
  {
    words: ['storage'],
    about: 'what people have in the storage, and its key',
    load: async () => (await import('./cli/storage.ts')).runStorage,
  },
  {
    words: ['import', 'authelia'],
    about: 'people move over from Authelia with what they have',
    load: async () => (await import('./cli/import-authelia.ts')).importAuthelia,
  },
  {
    words: ['debug'],
    about: 'what was refused and why; what an application would be told',
    load: async () => (await import('./cli/debug.ts')).runDebug,
  },
  {
    words: ['build-info'],
    about: 'which version this is, and what it runs on',
    load: async () => (await import('./cli/build-info.ts')).buildInfo,
  },
];
const serve: Verb['load'] = async () => (await import('./cli/serve.ts')).runServe;

const args = process.argv.slice(2);
const chosen = verbs.find(({ words }) => words.every((word, index) => args[index] === word));

if (!chosen && (args.includes('--version') || args.includes('-v')))
  process.stdout.write(`gatehouse ${manifest.version}\n`);
else if (!chosen && (args.includes('--help') || args.includes('-h'))) process.stdout.write(help());
else {
  const command = await (chosen?.load ?? serve)();
  const { stdin, stdout, stderr, env } = process;
  process.exitCode = await command(args.slice(chosen?.words.length ?? 0), { stdin, stdout, stderr, env });
}

function help(): string {
  const rows = verbs.map(({ words, about }) => `  ${words.join(' ').padEnd(29)}${about}\n`).join('');
  return `Usage: gatehouse [--config <path>]...          serve\n       gatehouse <command> [options]\n\nCommands:\n${rows}`;
}
