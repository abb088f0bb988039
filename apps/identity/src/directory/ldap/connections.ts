/**
 * Connections to an LDAP server, each used by one question at a time and bound before it as whoever asks. A question that finds
 * its connection dead is asked again on a new one.
 */
import { ResultCodeError } from 'ldapts';
import {
  type Connection,
  ConnectionLost,
  type ConnectionSettings,
  hangUp,
  openConnection,
  SearcherRefused,
} from './connection.ts';

export type Connections = {
  /** Gives a connection bound as the account to search with. Throws what the library throws, and `DirectoryBusy`. */
  use<T>(work: (connection: Connection) => Promise<T>): Promise<T>;
  close(): Promise<void>;
};

/** Every connection is in use and none became free in time. */
export class DirectoryBusy extends Error {
  readonly code = 'directory-busy';
  override readonly name = 'DirectoryBusy';
}

/** Without pooling there is no number in the configuration; this many at once are enough to keep a server busy. */
const unpooledCount = 32;
const waitingMax = 1024;

export function openConnections(settings: ConnectionSettings): Connections {
  const { pooling } = settings;
  const countMax = pooling.enable ? Math.max(1, pooling.count) : unpooledCount;
  const retriesMax = pooling.enable ? Math.max(0, pooling.retries) : 0;
  const idle: Connection[] = [];
  const waiting: ((isFree: boolean) => void)[] = [];
  let count = 0;
  let isClosed = false;

  /** Resolves once this caller may have a connection. */
  async function enter(): Promise<void> {
    if (isClosed) throw new ConnectionLost('The directory is being closed.');
    if (count < countMax) {
      count++;
      return;
    }
    if (waiting.length >= waitingMax) throw busy();
    const isFree = await new Promise<boolean>((resolve) => {
      const timer = setTimeout(() => {
        waiting.splice(waiting.indexOf(onFree), 1);
        resolve(false);
      }, pooling.timeout * 1000);
      const onFree = (free: boolean): void => {
        clearTimeout(timer);
        resolve(free);
      };
      waiting.push(onFree);
    });
    if (!isFree) throw busy();
  }

  function leave(): void {
    const next = waiting.shift();
    if (next) next(true);
    else count--;
  }

  async function attempt<T>(work: (connection: Connection) => Promise<T>): Promise<{ value: T } | { retry: unknown }> {
    const kept = idle.pop();
    const connection = kept ?? (await openConnection(settings));
    try {
      await connection.becomeSearcher();
      const value = await work(connection);
      if (pooling.enable && !isClosed && connection.client.isConnected) idle.push(connection);
      else await hangUp(connection);
      return { value };
    } catch (cause) {
      await hangUp(connection);
      // An answer of the server is an answer; a connection that had waited may just have died meanwhile.
      if (kept && !(cause instanceof ResultCodeError || cause instanceof SearcherRefused)) return { retry: cause };
      throw cause;
    }
  }

  return {
    async use(work) {
      await enter();
      try {
        for (let tries = 0; ; tries++) {
          const outcome = await attempt(work);
          if ('value' in outcome) return outcome.value;
          if (tries >= retriesMax) throw outcome.retry;
          // The others that waited died with it.
          await Promise.all(idle.splice(0).map(hangUp));
        }
      } finally {
        leave();
      }
    },
    async close() {
      isClosed = true;
      for (const onFree of waiting.splice(0)) onFree(false);
      await Promise.all(idle.splice(0).map(hangUp));
    },
  };
}

function busy(): DirectoryBusy {
  return new DirectoryBusy(
    'Every connection to the LDAP server is in use. Raise authentication_backend.ldap.pooling.count.',
  );
}
