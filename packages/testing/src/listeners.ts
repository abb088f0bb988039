/** Who listens at a port of this machine, as the kernel tells it (proc(5)): a test must not take a stranger for its server. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { Owner } from './temporary-folder.ts';

const stateListening = '0A';

/** `socket:[<inode>]` of every socket that listens at this port, at whichever address. */
export function listenersAt(port: number): string[] {
  const local = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  return ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((table) =>
    readOrEmpty(table)
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
      .filter(([, address = '', , state]) => address.endsWith(local) && state === stateListening)
      .map((columns) => `socket:[${columns[9]}]`),
  );
}

/**
 * Whether the process or one that it started listens there. `user` is who it runs as: the kernel shows what a process has open
 * to its own user, and to root only where root may trace, which it may not in every container.
 */
export function listensAt(port: number, pid: number, user?: Owner): boolean {
  const sockets = listenersAt(port);
  if (sockets.length === 0) return false;
  const folders = [pid, ...descendantsOf(pid)].map((each) => `/proc/${each}/fd`);
  const search = ['-lname', 'socket:*', '-printf', '%l\n'];
  const { stdout, error } = spawnSync('find', [...folders, ...search], { encoding: 'utf8', ...user });
  if (error) throw error;
  return stdout.split('\n').some((socket) => sockets.includes(socket));
}

/** Its children, theirs, and so on. */
export function descendantsOf(pid: number): number[] {
  const children = readOrEmpty(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean).map(Number);
  return children.flatMap((child) => [child, ...descendantsOf(child)]);
}

/** One that has ended and was not yet waited for does nothing any more. */
export function isRunning(pid: number): boolean {
  const stat = readOrEmpty(`/proc/${pid}/stat`);
  return stat !== '' && stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3) !== 'Z';
}

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
