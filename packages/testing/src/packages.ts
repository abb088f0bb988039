/** The Debian packages that tests start servers from, and how to tell that one is there. */
import { existsSync, globSync } from 'node:fs';

export type DebianPackage =
  | 'chromium'
  | 'postgresql'
  | 'mariadb-server'
  | 'redis-server'
  | 'slapd'
  | 'nginx'
  | 'caddy'
  | 'haproxy'
  | 'openssl';

const programs: Readonly<Record<DebianPackage, string>> = {
  chromium: '/usr/bin/chromium',
  postgresql: '/usr/lib/postgresql/*/bin/initdb',
  'mariadb-server': '/usr/sbin/mariadbd',
  'redis-server': '/usr/bin/redis-server',
  slapd: '/usr/sbin/slapd',
  nginx: '/usr/sbin/nginx',
  caddy: '/usr/bin/caddy',
  haproxy: '/usr/sbin/haproxy',
  openssl: '/usr/bin/openssl',
};

export function isInstalled(name: DebianPackage): boolean {
  const program = programs[name];
  return program.includes('*') ? globSync(program).length > 0 : existsSync(program);
}

export function missingPackages(): DebianPackage[] {
  return (Object.keys(programs) as DebianPackage[]).filter((name) => !isInstalled(name));
}
