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
import { freePort, onFreePort } from './free-port.ts';
import { temporaryFolder } from './temporary-folder.ts';

export type SlapdOptions = {
  /** Entries beside the base and the account to search with, in LDIF. */
  readonly ldif: string;
  /** Lines of `slapd.conf` (slapd.conf(5)) before the database: further schema, modules. */
  readonly global?: string;
  /** Lines of the database: overlays, indices, what others may read. */
  readonly database?: string;
};

type Account = { readonly dn: string; readonly password: string };

export type Slapd = AsyncDisposable & {
  readonly port: number;
  readonly securePort: number;
  readonly socketPath: string;
  readonly certificates: Certificates;
  readonly baseDn: 'dc=example,dc=com';
  /** Reads and writes everything. */
  readonly searcher: Account;
  /** Reads everything but digests of passwords. */
  readonly reader: Account;
  /** Starts it again after `stop`, on the same ports. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** From now on connections are accepted and nothing is answered (SIGSTOP), until `resume`. */
  pause(): void;
  resume(): void;
  /** Stops it and removes its folder. */
  close(): Promise<void>;
};

const reader = { dn: 'cn=reader,dc=example,dc=com', password: 'the reader has one too' };
const searcher = { dn: 'cn=searcher,dc=example,dc=com', password: 'the searcher has a password' };

export async function startSlapd(options: SlapdOptions): Promise<Slapd> {
  const folder = temporaryFolder('slapd');
  const at = (name: string): string => join(folder.path, name);
  mkdirSync(at('data'));
  const certificates = makeCertificates(folder.path, ['ldap.example.com']);
  writeFileSync(at('slapd.conf'), configurationOf(options, at, certificates));
  writeFileSync(at('entries.ldif'), `${base}\n${options.ldif}`);
  await promisify(execFile)('/usr/sbin/slapadd', ['-f', at('slapd.conf'), '-l', at('entries.ldif')]);
  const securePort = await freePort();
  const socketPath = at('ldapi');
  let child: Child | undefined;

  async function startAt(port: number): Promise<number> {
    const urls = [
      `ldap://127.0.0.1:${port}`,
      `ldaps://127.0.0.1:${securePort}`,
      `ldapi://${encodeURIComponent(socketPath)}`,
    ];
    child = await startChild({
      name: 'slapd',
      command: '/usr/sbin/slapd',
      arguments: ['-f', at('slapd.conf'), '-h', urls.join(' '), '-d', '0'],
      folder: folder.path,
      ready: { port },
    });
    return port;
  }

  async function stop(): Promise<void> {
    await child?.kill();
    child = undefined;
  }

  async function close(): Promise<void> {
    await stop();
    await folder.remove();
  }

  const port = await onFreePort(startAt);
  return {
    port,
    securePort,
    socketPath,
    certificates,
    baseDn: 'dc=example,dc=com',
    searcher,
    reader,
    async start() {
      await startAt(port);
    },
    stop,
    pause: () => child?.signal('SIGSTOP'),
    resume: () => child?.signal('SIGCONT'),
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
# Nobody but the searcher reads a password; everybody may set their own and prove who they are.
access to attrs=userPassword by dn.exact="${searcher.dn}" write by self =xw by anonymous auth by * none
access to * by dn.exact="${searcher.dn}" write by dn.exact="${reader.dn}" read by * break
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

dn: ${reader.dn}
objectClass: organizationalRole
objectClass: simpleSecurityObject
cn: reader
userPassword: ${reader.password}
`;
