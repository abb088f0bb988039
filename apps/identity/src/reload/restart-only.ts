/**
 * What a running process cannot change: where it listens, where it stores, how it logs. Pure. A reload keeps the running
 * value of these and says so.
 */
import type { Configuration } from '../config/configuration.ts';

/** Keys below which a change needs a restart. What stands in the files of `server.tls` is read again all the same. */
export const restartOnly: readonly string[] = [
  'log.file_path',
  'log.format',
  'log.keep_stdout',
  'server.address',
  'server.buffers',
  'server.tls',
  'storage',
];

export function needsRestart(key: string): boolean {
  return restartOnly.some((each) => key === each || key.startsWith(`${each}.`) || key.startsWith(`${each}[`));
}

export function keepUntilRestart(running: Configuration, next: Configuration): Configuration {
  const { address, buffers, tls } = running.server;
  return {
    ...next,
    log: { ...running.log, level: next.log.level },
    server: { ...next.server, address, buffers, tls },
    storage: running.storage,
  };
}
