/**
 * `storage user sessions list|end <name>`: who is signed in where, and the end of it. It does not know how the storage is
 * opened: that is handed in, and closed here.
 */
import { endSessionsOf, type SessionRooms, sessionsOf } from '../session/administer.ts';
import type { Command } from './command.ts';

export type SessionsRoom = SessionRooms & { close(): Promise<void> };

export const userSessionsUsage = `Usage:
  gatehouse storage user sessions list <name>
  gatehouse storage user sessions end <name>

A session that is ended is dead at once. The server then takes back what applications got in it and tells those that want to be told.
`;

export function storageUserSessions(open: () => Promise<SessionsRoom>): Command {
  return async ([verb, username, ...more], io) => {
    if ((verb !== 'list' && verb !== 'end') || !username || username.startsWith('-') || more.length > 0) {
      io.stderr.write(userSessionsUsage);
      return 2;
    }
    const room = await open();
    try {
      if (verb === 'end') {
        const count = await endSessionsOf(room, username, 'administrator');
        io.stdout.write(`Ended ${count === 1 ? '1 session' : `${count} sessions`} of '${username}'.\n`);
        return 0;
      }
      const living = await sessionsOf(room, username);
      if (living.length === 0) io.stdout.write(`'${username}' has no session.\n`);
      for (const { id, cookieDomain, createdAtMs, lastActivityMs } of living) {
        const times = [`since ${timeOf(createdAtMs)}`, `active ${timeOf(lastActivityMs)}`];
        io.stdout.write(`${[id, cookieDomain, ...times].join('\t')}\n`);
      }
      return 0;
    } finally {
      await room.close();
    }
  };
}

function timeOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19).concat('Z');
}
