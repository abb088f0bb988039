/**
 * The secret that seals sessions and cookies: as configured, or made once and kept beside the SQLite file, readable by this
 * user alone.
 */
import { randomBytes } from 'node:crypto';
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';

export function sessionKeyPath(databasePath: string): string {
  return `${databasePath}-session-key`;
}

/** Of two processes at their first start one makes the key and both use it: the name appears with its content, or not at all. */
export function keptSessionKey(path: string): string {
  const unfinished = `${path}.${process.pid}`;
  writeFileSync(unfinished, randomBytes(32).toString('base64url'), { mode: 0o600, flush: true });
  try {
    linkSync(unfinished, path);
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'EEXIST')) throw cause;
  } finally {
    rmSync(unfinished, { force: true });
  }
  return readFileSync(path, 'utf8');
}
