/** nginx as the TLS reverse proxy of a house: several names on one port, each before an application on loopback. */
import { chownSync, copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Certificates } from './certificates.ts';
import { startChild } from './child.ts';
import { onFreePort } from './free-port.ts';
import { serverUser } from './server-user.ts';
import { temporaryFolder } from './temporary-folder.ts';

export type Site = {
  readonly name: string;
  /** Port of the application on 127.0.0.1. */
  readonly upstreamPort: number;
  /** nginx directives for the site, before its `location /`: an `auth_request`, say. */
  readonly directives?: string;
};

export type Nginx = AsyncDisposable & { readonly port: number; errorLog(): string; stop(): Promise<void> };

export async function startNginx(certificates: Certificates, sites: readonly Site[]): Promise<Nginx> {
  const user = serverUser('www-data');
  const folder = temporaryFolder('nginx', user);
  for (const [from, name] of [
    [certificates.chainPath, 'chain.pem'],
    [certificates.keyPath, 'server.key'],
  ] as const) {
    copyFileSync(from, join(folder.path, name));
    if (user) chownSync(join(folder.path, name), user.uid, user.gid);
  }
  const { port, server } = await onFreePort(async (port) => {
    writeFileSync(join(folder.path, 'nginx.conf'), configuration(folder.path, port, sites));
    const server = await startChild({
      name: 'nginx',
      command: '/usr/sbin/nginx',
      arguments: ['-p', folder.path, '-c', join(folder.path, 'nginx.conf'), '-e', 'stderr'],
      folder: folder.path,
      ready: { port },
      ...(user && { user }),
    });
    return { port, server };
  });

  async function stop(): Promise<void> {
    await server.stop();
    await folder.remove();
  }

  return { port, errorLog: server.output, stop, [Symbol.asyncDispose]: stop };
}

function configuration(folder: string, port: number, sites: readonly Site[]): string {
  const scratch = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  return `
daemon off;
worker_processes 1;
pid ${folder}/nginx.pid;
error_log stderr warn;
events { worker_connections 512; }
http {
  access_log off;
  server_names_hash_bucket_size 128;
  ${scratch.map((name) => `${name}_temp_path ${folder}/${name};`).join('\n  ')}
  ssl_certificate ${folder}/chain.pem;
  ssl_certificate_key ${folder}/server.key;
  client_max_body_size 64m;
  proxy_http_version 1.1;
  proxy_buffering off;
  proxy_set_header Host $http_host;
  proxy_set_header Connection "";
  proxy_set_header X-Forwarded-For $remote_addr;
  proxy_set_header X-Forwarded-Proto $scheme;
  proxy_set_header X-Forwarded-Host $http_host;
${sites.map((site) => server(port, site)).join('\n')}
}
`;
}

function server(port: number, { name, upstreamPort, directives = '' }: Site): string {
  return `  server {
    listen 127.0.0.1:${port} ssl;
    server_name ${name};
    ${directives}
    location / { proxy_pass http://127.0.0.1:${upstreamPort}; }
  }`;
}
