/**
 * Whether a failure says that the database cannot answer now: gone, restarting, full, or too slow, so that the same may work
 * in a minute. It tells nothing of whether what was asked has been done.
 */
import { DatabaseUnreachable } from './failures.ts';

/** Of PostgreSQL (its appendix A): lost connections, no room, ended by a limit or an administrator, starting or stopping. */
const states = /^(08...|53...|57014|55P03|57P0[1-4])$/;
/** Of the system under a socket. */
const systemCodes = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN'],
  // A Unix socket whose server is gone.
  'ENOENT',
]);
/** Primary result codes of SQLite (sqlite.org/rescode.html): BUSY, IOERR, FULL, CANTOPEN. */
const sqliteCodes = new Set([5, 10, 13, 14]);
/** What the driver says without a code. */
const words =
  /^(Query read timeout|timeout expired|timeout exceeded when trying to connect|Connection terminated\b.*|Client has encountered a connection error and is not queryable|Client was closed and is not queryable)$/;

export function isDatabaseAway(cause: unknown): boolean {
  if (!(cause instanceof Error)) return false;
  if (cause instanceof DatabaseUnreachable || words.test(cause.message)) return true;
  const { code, syscall, errcode } = cause as { code?: unknown; syscall?: unknown; errcode?: unknown };
  if (typeof code !== 'string') return false;
  // An extended code holds the primary one in its lowest byte.
  if (code === 'ERR_SQLITE_ERROR') return sqliteCodes.has(Number(errcode) & 0xff);
  return 'severity' in cause
    ? states.test(code)
    : systemCodes.has(code) && (syscall === 'connect' || code !== 'ENOENT');
}

/** The driver waited for an answer as long as it may; the statement may still be under way. */
export function hasGivenUp(cause: unknown): boolean {
  return cause instanceof Error && cause.message === 'Query read timeout';
}
