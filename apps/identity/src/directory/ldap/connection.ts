/**
 * One connection to one LDAP server. Knows how to get there (TLS, StartTLS, a socket on this machine), what a broken connection
 * is, and whose name questions are asked in; knows no people.
 *
 * A client of the library would silently connect anew, unbound and without StartTLS, when the server hung up. That is
 * prevented here: a client connects once.
 *
 * A server has the same codes for what it thinks of the portal as for what it knows of people. So a refusal before the first
 * question has a name of its own here, and whoever asks reads codes as answers to what they asked.
 */
import { connect as connectPlain, type Socket } from 'node:net';
import { type ConnectionOptions, connect as connectSecure, type TLSSocket } from 'node:tls';
import { BusyError, Client, ResultCodeError, UnavailableError } from 'ldapts';
import type { Ldap } from '../../config/complete/ldap.ts';
import { openReferralReader, type Referral, type ReferralReader } from './referral.ts';

export type ConnectionSettings = Pick<
  Ldap,
  'address' | 'timeout' | 'start_tls' | 'pooling' | 'user' | 'password' | 'permit_referrals'
> & {
  readonly tlsOptions: ConnectionOptions;
};

export type Connection = {
  readonly client: Client;
  /** Binds as this person; rejects as the library does. What follows is asked in their name until `becomeSearcher`. */
  becomePerson(dn: string, password: string): Promise<void>;
  /** Binds as the account to search with, unless it is bound so. Throws `SearcherRefused`. */
  becomeSearcher(): Promise<void>;
  /** Where answers since the last call refer to; nowhere unless `permit_referrals` is set. */
  takeReferrals(): readonly Referral[];
};

/** The server hung up, or the library would have connected anew without us knowing. */
export class ConnectionLost extends Error {
  readonly code = 'directory-connection-lost';
  override readonly name = 'ConnectionLost';
}

export async function openConnection(settings: ConnectionSettings): Promise<Connection> {
  const { address, timeout, start_tls, tlsOptions, permit_referrals: permitsReferrals } = settings;
  if (!address || address.kind === 'fd')
    throw new TypeError('the rules of the configuration want an address of a server');
  const timeoutMs = timeout * 1000;
  const isSecure = address.scheme === 'ldaps';
  const isUpgraded = start_tls && address.kind !== 'unix';
  const referrals = openReferralReader();
  const once = connectOnce((socket) => permitsReferrals && !isUpgraded && referrals.listenTo(socket));
  const host = address.kind === 'unix' ? 'localhost' : address.host.includes(':') ? `[${address.host}]` : address.host;
  const client = new Client({
    url: `${isSecure ? 'ldaps' : 'ldap'}://${host}${address.kind === 'unix' ? '' : `:${address.port}`}`,
    timeout: timeoutMs,
    connectTimeout: timeoutMs,
    ...(isSecure && { tlsOptions }),
    createConnection: once(
      address.kind === 'unix' ? () => connectPlain(address.file) : (connectPlain as typeof connectPlain),
    ) as typeof connectPlain,
    // StartTLS upgrades the connection that is there; only a direct one counts as a new one.
    createSecureConnection: (isSecure
      ? once(connectSecure as (...given: unknown[]) => TLSSocket)
      : (options: ConnectionOptions) => {
          const secure = connectUpgraded(options, timeoutMs);
          if (permitsReferrals) referrals.listenTo(secure);
          return secure;
        }) as typeof connectSecure,
  });
  const connection = connectionOver(client, settings, referrals);
  if (!isUpgraded) return connection;
  try {
    await client.startTLS({ host: address.host, ...tlsOptions });
  } catch (cause) {
    await hangUp(connection);
    throw isAnswer(cause) ? new StartTlsRefused(cause) : cause;
  }
  return connection;
}

function connectOnce(onSocket: (socket: Socket) => unknown) {
  let wasConnected = false;
  return <Arguments extends unknown[], Connected extends Socket>(connect: (...given: Arguments) => Connected) =>
    (...given: Arguments): Connected => {
      if (wasConnected) throw new ConnectionLost('The LDAP server closed the connection.');
      wasConnected = true;
      const socket = connect(...given);
      onSocket(socket);
      return socket;
    };
}

/**
 * StartTLS. The library listens for the end of the socket that it opened and not of the secure one that takes its place, so
 * a question to a server that is gone would wait for `timeout`; the secure one gets the same listeners. Nor does it give up on a
 * server that says nothing more in the middle of the handshake.
 */
function connectUpgraded(options: ConnectionOptions, timeoutMs: number): TLSSocket {
  const whenClosed = options.socket?.listeners('close') ?? [];
  const secure = connectSecure(options);
  for (const listener of whenClosed) secure.on('close', listener as () => void);
  const timer = setTimeout(() => secure.destroy(new ConnectionLost('StartTLS took too long.')), timeoutMs);
  for (const event of ['secureConnect', 'close']) secure.once(event, () => clearTimeout(timer));
  return secure;
}

function connectionOver(client: Client, { user, password }: ConnectionSettings, referrals: ReferralReader): Connection {
  let isSearcher = false;
  return {
    client,
    takeReferrals: referrals.take,
    async becomePerson(dn, secret) {
      isSearcher = false;
      await client.bind(dn, secret);
    },
    async becomeSearcher() {
      if (isSearcher) return;
      try {
        await client.bind(user, password);
      } catch (cause) {
        throw isAnswer(cause) ? new SearcherRefused(user, cause) : cause;
      }
      isSearcher = true;
    },
  };
}

/** What every server that holds the same would say, other than that it cannot say anything now. */
export function isAnswer(thrown: unknown): boolean {
  return thrown instanceof ResultCodeError && !(thrown instanceof BusyError || thrown instanceof UnavailableError);
}

/** The account of the configuration is refused: an administrator's matter, never a wrong password of a person. */
export class SearcherRefused extends Error {
  readonly code = 'directory-searcher-refused';
  override readonly name = 'SearcherRefused';

  constructor(user: string, cause: unknown) {
    super(
      `The LDAP server refuses the account to search with, '${user}'. Check authentication_backend.ldap.user, its password, and that the account may be used there.`,
      { cause },
    );
  }
}

/** The server does not go on over TLS: an administrator's matter, too. */
export class StartTlsRefused extends Error {
  readonly code = 'directory-start-tls-refused';
  override readonly name = 'StartTlsRefused';

  constructor(cause: unknown) {
    super('The LDAP server refuses StartTLS. Let it offer StartTLS, or ask it over LDAPS.', { cause });
  }
}

export async function hangUp({ client }: Connection): Promise<void> {
  await client.unbind().catch(() => undefined);
}
