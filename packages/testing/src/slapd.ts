/**
 * An OpenLDAP server of the test's own, with a directory under `dc=example,dc=com`: plain and TLS on free ports and a socket.
 * The test says which schema files and overlays it needs and what stands in the directory.
 */
import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Certificates, makeCertificates } from './certificates.ts';
import { type Child, startChild } from './child.ts';
import { freePort } from './free-port.ts';
import { temporaryFolder } from './temporary-folder.ts';

export type SlapdOptions = {
  /** Entries beside the base and the account to search with, in LDIF. */
  readonly ldif: string;
  /** Lines of `slapd.conf` (slapd.conf(5)) before the database: further schema, modules. */
  readonly global?: string;
  /** Lines of the database: overlays, indices. */
  readonly database?: string;
};

export type Slapd = AsyncDisposable & {
  readonly port: number;
  readonly securePort: number;
  readonly socketPath: string;
  readonly certificates: Certificates;
  readonly baseDn: 'dc=example,dc=com';
  readonly searcher: { readonly dn: string; readonly password: string };
  /** Starts it again after `stop`, on the same ports. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Stops it and removes its folder. */
  close(): Promise<void>;
};

const searcher = { dn: 'cn=searcher,dc=example,dc=com', password: 'the searcher has a password' };

export async function startSlapd(options: SlapdOptions): Promise<Slapd> {
  const folder = temporaryFolder('slapd');
  const at = (name: string): string => join(folder.path, name);
  mkdirSync(at('data'));
  const certificates = makeCertificates(folder.path, ['ldap.example.com']);
  writeFileSync(at('slapd.conf'), configurationOf(options, at, certificates));
  writeFileSync(at('entries.ldif'), `${base}\n${options.ldif}`);
  await promisify(execFile)('/usr/sbin/slapadd', ['-f', at('slapd.conf'), '-l', at('entries.ldif')]);
  const [port, securePort] = [await freePort(), await freePort()];
  const socketPath = at('ldapi');
  const urls = `ldap://127.0.0.1:${port} ldaps://127.0.0.1:${securePort} ldapi://${encodeURIComponent(socketPath)}`;
  let child: Child | undefined;

  async function start(): Promise<void> {
    child = await startChild({
      name: 'slapd',
      command: '/usr/sbin/slapd',
      arguments: ['-f', at('slapd.conf'), '-h', urls, '-d', '0'],
      folder: folder.path,
      ready: { port },
    });
  }

  async function stop(): Promise<void> {
    await child?.kill();
    child = undefined;
  }

  async function close(): Promise<void> {
    await stop();
    await folder.remove();
  }

  await start();
  return {
    port,
    securePort,
    socketPath,
    certificates,
    baseDn: 'dc=example,dc=com',
    searcher,
    start,
    stop,
    close,
    [Symbol.asyncDispose]: close,
  };
}

function configurationOf(
  { global = '', database = '' }: SlapdOptions,
  at: (name: string) => string,
  certificates: Certificates,
): string {
  const schemas = ['core', 'cosine', 'nis', 'inetorgperson'].map((name) => `include /etc/ldap/schema/${name}.schema`);
  return `${schemas.join('\n')}
modulepath /usr/lib/ldap
moduleload back_mdb
${global}
pidfile ${at('slapd.pid')}
TLSCACertificateFile ${certificates.caPath}
TLSCertificateFile ${certificates.chainPath}
TLSCertificateKeyFile ${certificates.keyPath}
database mdb
maxsize 67108864
suffix "dc=example,dc=com"
rootdn "cn=root,dc=example,dc=com"
directory ${at('data')}
# Nobody but the searcher reads or sets a password, and everybody may prove who they are.
access to attrs=userPassword by dn.exact="${searcher.dn}" write by anonymous auth by * none
access to * by dn.exact="${searcher.dn}" write by * none
${database}
`;
}

const base = `dn: dc=example,dc=com
objectClass: dcObject
objectClass: organization
dc: example
o: Example

dn: ou=people,dc=example,dc=com
objectClass: organizationalUnit
ou: people

dn: ou=groups,dc=example,dc=com
objectClass: organizationalUnit
ou: groups

dn: ${searcher.dn}
objectClass: organizationalRole
objectClass: simpleSecurityObject
cn: searcher
userPassword: ${searcher.password}
`;
