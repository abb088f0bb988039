/**
 * A PostgreSQL server of the test's own. The files of an empty cluster are made once a machine and version, kept in the
 * temporary directory and copied, so a start takes a fraction of a second.
 */
import { execFileSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Child, startChild } from './child.ts';
import { onFreePort } from './free-port.ts';
import { serverUser } from './server-user.ts';
import { type Owner, temporaryFolder } from './temporary-folder.ts';

export type PostgresServer = AsyncDisposable & {
  readonly host: '127.0.0.1';
  readonly port: number;
  readonly database: 'gatehouse';
  readonly schema: 'public';
  /** May do everything, over TCP with SCRAM. */
  readonly username: 'gatehouse';
  readonly password: string;
  /** Folder of the Unix socket, usable as `host`. */
  readonly socketFolder: string;
  /** Starts again on the same port and files after `crash`. */
  restart(): Promise<void>;
  /** SIGKILL for the server and its backends. */
  crash(): Promise<void>;
  stop(): Promise<void>;
};

export type PostgresOptions = {
  /** Default false: fast. What was committed survives `crash` all the same, though not a power cut. */
  readonly fsync?: boolean;
};

const password = 'gatehouse-test';

export async function startPostgres(options: PostgresOptions = {}): Promise<PostgresServer> {
  const user = serverUser('postgres');
  const folder = temporaryFolder('postgres', user);
  const data = join(folder.path, 'data');
  execFileSync('cp', ['-a', '--reflink=auto', clusterTemplate(user), data]);
  const startAt = (port: number): Promise<Child> =>
    startChild({
      name: 'postgres',
      command: join(binFolder(), 'postgres'),
      arguments: ['-D', data, '-p', String(port), '-k', folder.path, ...settings(options)],
      folder: folder.path,
      environment: { LC_ALL: 'C' },
      ready: { line: /ready to accept connections/ },
      ...(user && { user }),
    });
  const started = await onFreePort(async (port) => ({ port, server: await startAt(port) }));
  const { port } = started;
  let { server } = started;

  async function stop(): Promise<void> {
    // Immediate shutdown: the files go anyway.
    await server.stop('SIGQUIT');
    await folder.remove();
  }

  return {
    host: '127.0.0.1',
    port,
    database: 'gatehouse',
    schema: 'public',
    username: 'gatehouse',
    password,
    socketFolder: folder.path,
    async restart() {
      server = await startAt(port);
    },
    crash: () => server.kill(),
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

function settings(options: PostgresOptions): string[] {
  const durable = options.fsync ? 'on' : 'off';
  const values = {
    listen_addresses: '127.0.0.1',
    fsync: durable,
    full_page_writes: durable,
    max_connections: '100',
    shared_buffers: '32MB',
    autovacuum: options.fsync ? 'on' : 'off',
  };
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/** Debian keeps the server's programs out of the path, a folder a version. */
function binFolder(): string {
  const root = '/usr/lib/postgresql';
  const versions = existsSync(root) ? readdirSync(root).sort((a, b) => Number(b) - Number(a)) : [];
  const found = versions.map((version) => join(root, version, 'bin')).find((bin) => existsSync(join(bin, 'initdb')));
  if (!found) throw new Error('PostgreSQL is not installed here: apt-get install postgresql');
  return found;
}

function clusterTemplate(user: Owner | undefined): string {
  const bin = binFolder();
  const version = bin.split('/').at(-2);
  const uid = user?.uid ?? process.getuid?.();
  const template = join(tmpdir(), `gatehouse-cluster-${version}-${uid}-v1`);
  if (existsSync(template)) return template;
  const making = mkdtempSync(`${template}-`);
  if (user) chownSync(making, user.uid, user.gid);
  const data = join(making, 'data');
  const passwordFile = join(making, 'password');
  writeFileSync(passwordFile, password, { mode: 0o644 });
  const run = { cwd: making, stdio: 'pipe', env: { ...process.env, LC_ALL: 'C' }, ...user } as const;
  const answers = ['--username=gatehouse', `--pwfile=${passwordFile}`, '--auth=scram-sha-256', '--encoding=UTF8'];
  execFileSync(join(bin, 'initdb'), ['-D', data, '--no-sync', '--locale=C', ...answers], run);
  execFileSync(join(bin, 'postgres'), ['--single', '-F', '-D', data, 'postgres'], {
    ...run,
    input: 'create database gatehouse\n',
  });
  try {
    renameSync(data, template);
  } catch (cause) {
    // Another test process was faster; its template is as good.
    if (!existsSync(template)) throw cause;
  }
  rmSync(making, { recursive: true, force: true });
  return template;
}
