/**
 * Ports for servers that cannot choose one themselves. They lie outside of what the system gives to outgoing connections
 * and to `listen(0)` (ip(7), `ip_local_port_range`, by default from 32768), and below them are none that Chromium refuses.
 */
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type ListenOptions, type Server } from 'node:net';

export type PortRange = { readonly first: number; readonly count: number };

export const testPorts: PortRange = { first: 20_000, count: 12_000 };

const tries = 1_000;

/**
 * A TCP port on 127.0.0.1 where nobody listens, and which no other call gets while this process lives, in whichever process.
 *
 * @throws when a thousand ports of the range were held or taken.
 */
export async function freePort({ first, count }: PortRange = testPorts): Promise<number> {
  for (let tried = 0; tried < tries; tried++) {
    const port = first + randomInt(count);
    if ((await hold(port)) && (await isFree(port))) return port;
  }
  throw new Error(`No port was free among the ${count} from ${first} on`);
}

/**
 * Starts what listens at a port, and once more at another one where somebody who asks nobody took the first meanwhile. What
 * `start` opened before it failed it has to close.
 */
export async function onFreePort<T>(start: (port: number) => Promise<T>): Promise<T> {
  const port = await freePort();
  try {
    return await start(port);
  } catch (cause) {
    if (await isFree(port)) throw cause;
    return start(await freePort());
  }
}

/** By a name that the kernel gives to one process at a time, and takes back when that ends (unix(7), abstract sockets). */
async function hold(port: number): Promise<boolean> {
  const holder = await listening({ path: `\0gatehouse-test-port-${port}` });
  holder?.unref();
  return holder !== undefined;
}

async function isFree(port: number): Promise<boolean> {
  const server = await listening({ host: '127.0.0.1', port });
  if (!server) return false;
  server.close();
  await once(server, 'close');
  return true;
}

/** Undefined where somebody else listens. */
async function listening(at: ListenOptions): Promise<Server | undefined> {
  const server = createServer();
  server.listen(at);
  try {
    await once(server, 'listening');
    return server;
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE') return undefined;
    throw cause;
  }
}
