/**
 * Serving and stopping: listens, and on SIGTERM or SIGINT stops accepting, lets the requests under way finish, then
 * closes what the application opened, last opened first.
 */
import type { Server } from 'node:http';
import type { ListenOptions } from 'node:net';

const drainMsMax = 10_000;

export async function listen(server: Server, options: ListenOptions): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

/** Stops accepting, waits for the answers under way (at most ten seconds), then closes every connection. */
export async function drain(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), drainMsMax);
  timer.unref();
  await closed;
  clearTimeout(timer);
}

/** Runs `stop` once at the first SIGTERM or SIGINT and leaves with 0; a second signal leaves at once with 1. */
export function stopOnSignal(stop: () => Promise<void>): void {
  let stopping = false;
  const onSignal = (): void => {
    if (stopping) process.exit(1);
    stopping = true;
    stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
}
