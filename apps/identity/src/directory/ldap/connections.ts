/**
 * Connections to the LDAP server, each used by one question at a time and bound before it as whoever asks. Knows how to get
 * there (TLS, StartTLS, a socket on this machine) and what a broken connection is; knows no people.
 *
 * A client of the library would silently connect anew, unbound and without StartTLS, when the server hung up. That is
 * prevented here: a client connects once, and a question that finds its connection dead is asked again on a new one.
 */
import { connect as connectPlain } from 'node:net';
import { type ConnectionOptions, connect as connectSecure } from 'node:tls';
import { Client, InvalidCredentialsError, ResultCodeError } from 'ldapts';
import type { Ldap } from '../../config/complete/ldap.ts';

export type ConnectionSettings = Pick<
  Ldap,
  'address' | 'timeout' | 'start_tls' | 'pooling' | 'user' | 'password' | 'permit_unauthenticated_bind'
> & {
  readonly tlsOptions: ConnectionOptions;
};

export type Connection = {
  readonly client: Client;
  /** Binds as this person; rejects as the library does. What follows is asked in their name until `becomeSearcher`. */
  becomePerson(dn: string, password: string): Promise<void>;
  /** Binds as the account to search with, unless it is bound so. */
  becomeSearcher(): Promise<void>;
};

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

/** The server hung up, or the library would have connected anew without us knowing. */
export class ConnectionLost extends Error {
  readonly code = 'directory-connection-lost';
  override readonly name = 'ConnectionLost';
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
    const connection = kept ?? (await connected(settings));
    try {
      await connection.becomeSearcher();
      const value = await work(connection);
      if (pooling.enable && !isClosed && connection.client.isConnected) idle.push(connection);
      else await hangUp(connection);
      return { value };
    } catch (cause) {
      await hangUp(connection);
      // An answer of the server is an answer; a connection that had waited may just have died meanwhile.
      if (kept && !(cause instanceof ResultCodeError)) return { retry: cause };
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

async function connected(settings: ConnectionSettings): Promise<Connection> {
  const { address, timeout, start_tls: startTls, tlsOptions } = settings;
  if (!address || address.kind === 'fd')
    throw new TypeError('the rules of the configuration want an address of a server');
  let wasConnected = false;
  const once =
    <Arguments extends unknown[], Socket>(connect: (...given: Arguments) => Socket) =>
    (...given: Arguments): Socket => {
      if (wasConnected) throw new ConnectionLost('The LDAP server closed the connection.');
      wasConnected = true;
      return connect(...given);
    };
  const isSecure = address.scheme === 'ldaps';
  const host = address.kind === 'unix' ? 'localhost' : address.host.includes(':') ? `[${address.host}]` : address.host;
  const client = new Client({
    url: `${isSecure ? 'ldaps' : 'ldap'}://${host}${address.kind === 'unix' ? '' : `:${address.port}`}`,
    timeout: timeout * 1000,
    connectTimeout: timeout * 1000,
    ...(isSecure && { tlsOptions }),
    createConnection: once(
      address.kind === 'unix' ? () => connectPlain(address.file) : (connectPlain as typeof connectPlain),
    ) as typeof connectPlain,
    // StartTLS upgrades the connection that is there; only a direct one counts as a new one.
    createSecureConnection: (isSecure
      ? once(connectSecure as (...given: unknown[]) => unknown)
      : connectSecure) as typeof connectSecure,
  });
  const connection = connectionOver(client, settings);
  if (!startTls || address.kind === 'unix') return connection;
  try {
    await client.startTLS({ ...tlsOptions });
  } catch (cause) {
    await hangUp(connection);
    throw cause;
  }
  return connection;
}

function connectionOver(client: Client, { user, password }: ConnectionSettings): Connection {
  let isSearcher = false;
  return {
    client,
    async becomePerson(dn, secret) {
      isSearcher = false;
      await client.bind(dn, secret);
    },
    async becomeSearcher() {
      if (isSearcher) return;
      try {
        await client.bind(user, password);
      } catch (cause) {
        throw cause instanceof InvalidCredentialsError ? new SearcherRefused(user, cause) : cause;
      }
      isSearcher = true;
    },
  };
}

/** The account of the configuration is refused: an administrator's matter, never a wrong password of a person. */
export class SearcherRefused extends Error {
  readonly code = 'directory-searcher-refused';
  override readonly name = 'SearcherRefused';

  constructor(user: string, cause: unknown) {
    super(
      `The LDAP server refuses the account to search with, '${user}'. Check authentication_backend.ldap.user and its password.`,
      { cause },
    );
  }
}

async function hangUp({ client }: Connection): Promise<void> {
  await client.unbind().catch(() => undefined);
}
