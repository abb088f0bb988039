/**
 * Apache httpd with TLS on a port of its own: static pages of a test, with server-side includes, and whatever modules and
 * directives the test brings. It knows no protocol.
 */
import { chownSync, copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Certificates } from './certificates.ts';
import { type Child, startChild } from './child.ts';
import { serverUser } from './server-user.ts';
import { temporaryFolder } from './temporary-folder.ts';

export type ApacheOptions = {
  readonly name: string;
  readonly port: number;
  readonly certificates: Certificates;
  /** File names below the root, and what stands in them. `.shtml` is read for includes. */
  readonly pages: Readonly<Record<string, string>>;
  /** Modules beyond those of this file: `auth_openidc`. */
  readonly modules?: readonly string[];
  /** Directives of the site; `{caPath}` is where the test's authority stands. */
  readonly directives: string;
};

/** Its output is the access log and the error log. */
export type Apache = AsyncDisposable & { readonly output: Child['output']; readonly line: Child['line'] };

const modules = [
  ...['mpm_event', 'unixd', 'authn_core', 'authz_core', 'authz_user', 'mime', 'dir', 'filter', 'include', 'ssl'],
  ...['socache_shmcb', 'log_config'],
];
const moduleFolder = '/usr/lib/apache2/modules';
/** Debian builds these in. */
const builtIn: ReadonlySet<string> = new Set(['unixd', 'log_config']);

export async function startApache(options: ApacheOptions): Promise<Apache> {
  const { name, port, certificates, directives } = options;
  const user = serverUser('www-data');
  await using opened = new AsyncDisposableStack();
  const folder = opened.use(temporaryFolder('apache', user));
  const at = (path: string): string => join(folder.path, path);
  const own = (path: string): void => {
    if (user) chownSync(at(path), user.uid, user.gid);
  };
  mkdirSync(at('pages'));
  own('pages');
  for (const [file, text] of Object.entries(options.pages)) {
    writeFileSync(at(`pages/${file}`), text);
    own(`pages/${file}`);
  }
  for (const [from, to] of [
    [certificates.chainPath, 'chain.pem'],
    [certificates.keyPath, 'server.key'],
    [certificates.caPath, 'ca.pem'],
  ] as const) {
    copyFileSync(from, at(to));
    own(to);
  }
  const loaded = [...modules, ...(options.modules ?? [])].filter((module) => !builtIn.has(module));
  writeFileSync(
    at('httpd.conf'),
    `ServerRoot "${folder.path}"
DefaultRuntimeDir "${folder.path}"
PidFile "${folder.path}/httpd.pid"
Mutex file:${folder.path}
ServerName ${name}
Listen 127.0.0.1:${port}
${loaded.map((module) => `LoadModule ${module}_module ${moduleFolder}/mod_${module}.so`).join('\n')}
StartServers 1
ThreadsPerChild 8
MinSpareThreads 1
MaxSpareThreads 8
MaxRequestWorkers 8
ErrorLog "|/bin/cat"
LogLevel warn
CustomLog "|/bin/cat" "%m %U%q %>s"
TypesConfig /etc/mime.types
AddType text/html .shtml
AddOutputFilter INCLUDES .shtml
SSLEngine on
SSLCertificateFile "${at('chain.pem')}"
SSLCertificateKeyFile "${at('server.key')}"
SSLSessionCache none
DocumentRoot "${at('pages')}"
<Directory "${at('pages')}">
  Options +Includes
  Require all granted
</Directory>
${directives.replaceAll('{caPath}', at('ca.pem'))}
`,
  );
  const server = opened.use(
    await startChild({
      name: 'apache',
      command: '/usr/sbin/apache2',
      arguments: ['-D', 'FOREGROUND', '-f', at('httpd.conf')],
      folder: folder.path,
      ready: { port },
      ...(user && { user }),
    }),
  );
  const everything = opened.move();
  return { output: server.output, line: server.line, [Symbol.asyncDispose]: () => everything.disposeAsync() };
}
