/** Who a server runs as when the tests run as root, which PostgreSQL and slapd refuse to be. */
import { readFileSync } from 'node:fs';
import type { Owner } from './temporary-folder.ts';

/** The named account, else `nobody`; undefined when this process is not root and need not change. */
export function serverUser(name: string): Owner | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  const account = accounts.find(([login]) => login === name) ?? accounts.find(([login]) => login === 'nobody');
  if (!account) throw new Error(`There is neither a user '${name}' nor 'nobody' to run a server as`);
  return { uid: Number(account[2]), gid: Number(account[3]) };
}
