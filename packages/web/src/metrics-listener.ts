/**
 * A door of its own for figures, so that they are never at the address that people open: one path, reading alone, nothing
 * kept open. Knows no figure.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { drain, listen } from './listen.ts';

export type MetricsListenerOptions = {
  readonly host: string;
  readonly port: number;
  readonly path: string;
  readonly contentType: string;
  /** Asked once at a time, however many ask. */
  readonly read: () => Promise<string>;
  readonly onFailure: (error: unknown) => void;
};

export type MetricsListener = AsyncDisposable & { readonly port: number };

const requestMsMax = 6_000;
const headersBytesMax = 8_192;

export async function openMetricsListener(options: MetricsListenerOptions): Promise<MetricsListener> {
  let reading: Promise<string> | undefined;
  const readOnce = (): Promise<string> => {
    reading ??= options.read().finally(() => {
      reading = undefined;
    });
    return reading;
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', 'http://metrics');
    if (pathname !== options.path) return end(response, 404, 'Nothing is here.\n');
    if (request.method !== 'GET' && request.method !== 'HEAD') return end(response, 405, 'Figures are read.\n');
    try {
      const text = await readOnce();
      end(response, 200, text, options.contentType);
    } catch (error) {
      options.onFailure(error);
      end(response, 500, 'The figures cannot be read; the log has the cause.\n');
    }
  }

  const server = createServer(
    { requestTimeout: requestMsMax, headersTimeout: requestMsMax, maxHeaderSize: headersBytesMax },
    (request, response) => void answer(request, response),
  );
  await listen(server, { host: options.host, port: options.port });
  return { port: portOf(server), [Symbol.asyncDispose]: () => drain(server) };
}

function end(response: ServerResponse, status: number, text: string, contentType = 'text/plain; charset=utf-8'): void {
  response.writeHead(status, {
    'Content-Type': contentType,
    'Content-Length': Buffer.byteLength(text),
    'Cache-Control': 'no-store',
  });
  response.end(text);
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}
