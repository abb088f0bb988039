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
  | 'openssl'
  | 'apache2'
  | 'libapache2-mod-auth-openidc'
  | 'python3-authlib'
  | 'python3-flask'
  | 'python3-requests';

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
  apache2: '/usr/sbin/apache2',
  'libapache2-mod-auth-openidc': '/usr/lib/apache2/modules/mod_auth_openidc.so',
  'python3-authlib': '/usr/lib/python3/dist-packages/authlib/__init__.py',
  'python3-flask': '/usr/lib/python3/dist-packages/flask/__init__.py',
  // Authlib speaks through it, and its package does not ask for it.
  'python3-requests': '/usr/lib/python3/dist-packages/requests/__init__.py',
};

export function isInstalled(name: DebianPackage): boolean {
  const program = programs[name];
  return program.includes('*') ? globSync(program).length > 0 : existsSync(program);
}

export function missingPackages(): DebianPackage[] {
  return (Object.keys(programs) as DebianPackage[]).filter((name) => !isInstalled(name));
}
