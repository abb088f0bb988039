/**
 * The services in force and those that still finish what they began. A request stays with the services it came to; when the
 * last one of a retired generation is answered, the generation is closed. It does not know where services come from.
 */
import type { RequestListener } from 'node:http';
import type { Log } from '@gatehouse/web/log.ts';

export type Generation = {
  readonly handle: RequestListener;
  close(): Promise<void>;
};

export type Generations = {
  readonly handle: RequestListener;
  /** From the next request on `next` answers. */
  replace(next: Generation): void;
  /** To be called when no request is under way any more. */
  close(): Promise<void>;
  /** How many are open: one, and those that still have requests under way. */
  readonly open: number;
};

/** A reader that slow is not waited for: what a generation holds is closed under it. */
const drainMsMax = 60_000;

type Running = { readonly generation: Generation; requests: number; retire?: () => void };

export function openGenerations(first: Generation, log: Pick<Log, 'error'>): Generations {
  let current: Running = { generation: first, requests: 0 };
  const closing = new Set<Promise<void>>();

  function leave(running: Running): void {
    running.requests -= 1;
    if (running.requests === 0) running.retire?.();
  }

  async function close(running: Running): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      running.retire = resolve;
      if (running.requests === 0) resolve();
      timer = setTimeout(resolve, drainMsMax);
      timer.unref();
    });
    clearTimeout(timer);
    try {
      await running.generation.close();
    } catch (cause) {
      log.error({ err: cause }, 'What the former configuration had opened could not be closed');
    }
  }

  return {
    handle(req, res) {
      const running = current;
      running.requests += 1;
      res.once('close', () => leave(running));
      running.generation.handle(req, res);
    },
    replace(next) {
      const former = current;
      current = { generation: next, requests: 0 };
      const closed = close(former).finally(() => closing.delete(closed));
      closing.add(closed);
    },
    async close() {
      await Promise.all([...closing, close(current)]);
    },
    get open() {
      return closing.size + 1;
    },
  };
}
