/** The `projects` command: reads the configuration, serves until told to stop. */
import { parseArgs } from 'node:util';
import { stopOnSignal } from '@gatehouse/web/listen.ts';
import { openLog } from '@gatehouse/web/log.ts';
import { buildClient } from '../client/build.ts';
import { backupUsage, runBackupCommand, runRestoreCommand } from './cli/backup-command.ts';
import { ownerUsage, runOwnerCommand } from './cli/owner-command.ts';
import { type Configuration, describeConfiguration, loadConfiguration } from './configuration/configuration.ts';
import { serve } from './serve.ts';

const usage = `Usage: projects [serve] [--env <file>]
${ownerUsage}${backupUsage}
Serves the workspace. It is configured by LEAN_* variables, from the environment and from a file (default: .env in this
folder); the environment wins. See docs/operate/install.md.
`;

type Command = (configuration: Configuration, words: readonly string[], replace: boolean) => Promise<string>;
const commands: Readonly<Record<string, Command>> = {
  owner: runOwnerCommand,
  backup: runBackupCommand,
  restore: runRestoreCommand,
};

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      env: { type: 'string', default: '.env' },
      replace: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return void process.stdout.write(usage);
  const [verb = 'serve', ...words] = positionals;
  const run = Object.hasOwn(commands, verb) ? commands[verb] : undefined;
  if (run)
    return void process.stdout.write(await run(loadConfiguration(process.env, values.env), words, values.replace));
  if (verb !== 'serve' || words.length > 0) throw new TypeError(`unknown command\n\n${usage}`);
  const configuration = loadConfiguration(process.env, values.env);
  const log = openLog({ level: configuration.logLevel, format: configuration.logFormat });
  log.info(describeConfiguration(configuration), 'Configuration understood');
  if (!configuration.oidc.enabled) log.warn('LEAN_OIDC_ENABLE is not true: nobody can sign in');
  const serving = await serve({ configuration, log, nowMs: Date.now, clientFolder: await buildClient() });
  log.info({ port: serving.port, url: configuration.appUrl }, 'Ready');
  stopOnSignal(async () => {
    log.info('Stopping');
    await serving.stop();
  });
}

main().catch((cause: unknown) => {
  // What the operator can mend is told without a stack.
  const told = cause instanceof Error && 'code' in cause;
  process.stderr.write(`${told ? cause.message : cause instanceof Error ? cause.stack : String(cause)}\n`);
  process.exit(1);
});
