/** Ports for servers that cannot choose one themselves. */
import { createServer } from 'node:net';

const handedOut = new Set<number>();

/**
 * A TCP port on 127.0.0.1 that was free a moment ago. The system hands out ports at random, so two processes rarely get
 * the same one; within this process no port comes twice.
 */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new TypeError('a TCP server has a port');
  if (handedOut.has(address.port)) return freePort();
  handedOut.add(address.port);
  return address.port;
}
