/**
 * The log as the configuration's `log` wants it: to standard output, to a file, or to both. SIGHUP opens the file anew, so
 * that it may be rotated (Authelia, "log").
 */
import { type Log, openLog } from '@gatehouse/web/log.ts';
import { destination, multistream } from 'pino';
import type { Configuration } from '../config/configuration.ts';

export type OpenedLog = { readonly log: Log; reopen(): void };

export function openConfiguredLog(section: Configuration['log'], now: Date): OpenedLog {
  const { level, format } = section;
  if (section.file_path === '') return { log: openLog({ level, format }), reopen: () => {} };
  // Synchronous: a line that was written is there after a crash.
  const file = destination({ dest: datedPath(section.file_path, now), mkdir: true, append: true, sync: true });
  const target = section.keep_stdout ? multistream([{ stream: file }, { stream: process.stdout }]) : file;
  return { log: openLog({ level, format }, target), reopen: () => file.reopen() };
}

/** `%d` and `{datetime}` stand for the moment of the start; a Go time layout is not interpreted, the ISO form is used. */
function datedPath(path: string, now: Date): string {
  const stamp = now.toISOString().replace(/\.\d+Z$/, 'Z');
  return path.replaceAll('%d', stamp).replace(/\{datetime(:[^}]*)?\}/g, stamp);
}
