/**
 * An HTTP CONNECT proxy that leads names to loopback, for programs that are told where to go by a proxy setting (curl,
 * Python) and by nothing else. It sees ciphertext only: TLS is between the program and the name it asked for.
 */
import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import type { LoopbackNames } from './names.ts';

export type ConnectProxy = AsyncDisposable & { readonly port: number };

/** A name that is not mapped gets 403: a test never leaves the machine. */
export async function startConnectProxy(names: LoopbackNames): Promise<ConnectProxy> {
  const open = new Set<Socket>();
  const server = createServer((_req, res) => res.writeHead(405).end());
  server.on('connect', (req, client: Socket) => {
    open.add(client);
    client.on('close', () => open.delete(client)).on('error', () => client.destroy());
    const port = names[req.url?.toLowerCase() ?? ''];
    if (port === undefined) return client.end('HTTP/1.1 403 Forbidden\r\n\r\n');
    const upstream = connect(port, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      client.pipe(upstream).pipe(client);
    });
    open.add(upstream);
    upstream.on('close', () => open.delete(upstream)).on('error', () => client.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    async [Symbol.asyncDispose]() {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
