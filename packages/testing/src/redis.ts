/** A Redis server of the test's own, in memory, without a file. */
import { startChild } from './child.ts';
import { onFreePort } from './free-port.ts';
import { temporaryFolder } from './temporary-folder.ts';

export type Redis = AsyncDisposable & { readonly host: '127.0.0.1'; readonly port: number; stop(): Promise<void> };

export async function startRedis(options: { readonly password?: string } = {}): Promise<Redis> {
  const folder = temporaryFolder('redis');
  const password = options.password === undefined ? [] : ['--requirepass', options.password];
  const { port, server } = await onFreePort(async (port) => {
    const server = await startChild({
      name: 'redis',
      command: 'redis-server',
      arguments: ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', folder.path, ...password],
      folder: folder.path,
      ready: { line: /Ready to accept connections/ },
    });
    return { port, server };
  });

  async function stop(): Promise<void> {
    await server.stop('SIGKILL');
    await folder.remove();
  }

  return { host: '127.0.0.1', port, stop, [Symbol.asyncDispose]: stop };
}
