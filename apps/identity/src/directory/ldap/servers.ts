/**
 * The LDAP servers of a directory: the one that the configuration names, and those that its answers lead to where
 * `permit_referrals` is set. Every one gets the same account, the same `timeout` and `pooling`, and no less protection on the
 * way: where the first is asked over TLS or a Unix socket, `ldap://` means StartTLS, and a certificate has to be for the host
 * that the referral names. Knows no questions.
 */
import { isIP } from 'node:net';
import type { Ldap } from '../../config/complete/ldap.ts';
import { type Connection, type ConnectionSettings, isAnswer } from './connection.ts';
import { type Connections, openConnections } from './connections.ts';
import { covers, type Place } from './place.ts';
import { parseTarget, type Referral, type Target } from './referral.ts';

/** Where something was found: whoever is to be asked of it again is asked there. */
export type Server = { readonly name: string; readonly connections: Connections };

/** A connection with a question on its way. */
export type Asked = Connection & {
  readonly server: Server;
  /** Asks there, which may be here. */
  at<T>(server: Server, work: (there: Asked) => Promise<T>): Promise<T>;
  /**
   * Goes on from the place asked about here, at the first of these servers that answers, all of which hold the same (RFC 4511
   * section 4.1.10). Throws what the work does, `ReferralRefused`, and `ReferralCircle`.
   */
  follow<T>(referral: Referral, here: Place, work: (there: Asked, place: Place) => Promise<T>): Promise<T>;
};

export type Servers = { use<T>(work: (asked: Asked) => Promise<T>): Promise<T>; close(): Promise<void> };

/** A referral leads too far or nowhere we go: an administrator's matter. */
export class ReferralRefused extends Error {
  readonly code = 'directory-referral-refused';
  override readonly name = 'ReferralRefused';
}

/** A referral leads only back to what was asked on the way to it. */
export class ReferralCircle extends Error {
  readonly code = 'directory-referral-circle';
  override readonly name = 'ReferralCircle';
}

/** One after the other; a forest of Active Directory needs one or two. */
const hopsMax = 4;
/** Of one question: a server names one for each part of the tree that others hold. */
const followedMax = 64;
/** Connections are kept for each. */
const serversMax = 64;

type Trail = {
  /** One of each server on the way: whoever holds it and came back for another would wait for themselves. */
  readonly held: ReadonlyMap<Server, Connection>;
  readonly asked: readonly { readonly server: Server; readonly place: Place }[];
  readonly budget: { left: number };
};

export function openServers(settings: ConnectionSettings & Pick<Ldap, 'permit_referrals'>): Servers {
  const first: Server = { name: nameOf(settings), connections: openConnections(settings) };
  const servers = new Map([[first.name, first]]);

  /** Every question begins in the name of the account to search with. */
  async function enter<T>(server: Server, trail: Trail, work: (there: Asked) => Promise<T>): Promise<T> {
    const held = trail.held.get(server);
    if (!held)
      return await server.connections.use((connection) =>
        work(askedOver(server, connection, { ...trail, held: new Map([...trail.held, [server, connection]]) })),
      );
    await held.becomeSearcher();
    return await work(askedOver(server, held, trail));
  }

  function askedOver(server: Server, connection: Connection, trail: Trail): Asked {
    return {
      ...connection,
      server,
      at: (other, work) => enter(other, trail, work),
      follow(referral, place, work) {
        return follow(referral, place, { ...trail, asked: [...trail.asked, { server, place }] }, work);
      },
    };
  }

  async function follow<T>(
    referral: Referral,
    here: Place,
    trail: Trail,
    work: (there: Asked, place: Place) => Promise<T>,
  ): Promise<T> {
    const failures: unknown[] = [];
    for (const target of referral.flatMap((uri) => parseTarget(uri) ?? [])) {
      const place = { base: target.dn ?? here.base, scope: target.scope ?? here.scope };
      let wasAsked = false;
      try {
        return await enter(serverFor(target, place, trail), trail, (there) => {
          wasAsked = true;
          return work(there, place);
        });
      } catch (thrown) {
        if (wasAsked && isAnswer(thrown)) throw thrown;
        failures.push(thrown);
      }
    }
    // Only where every one leads back there is nothing that another might have said.
    throw (
      failures.findLast((each) => !(each instanceof ReferralCircle)) ??
      failures[0] ??
      new ReferralRefused('A referral of the LDAP server names no server of LDAP.')
    );
  }

  function serverFor(target: Target, place: Place, { asked, budget }: Trail): Server {
    const name = `${target.scheme}://${target.host}:${target.port}`;
    if (asked.some(({ server, place: done }) => server.name === name && covers(done, place)))
      throw new ReferralCircle('The referrals of the LDAP servers lead in a circle.');
    if (asked.length > hopsMax || budget.left-- <= 0)
      throw new ReferralRefused('The referrals of the LDAP servers lead too far.');
    const known = servers.get(name);
    if (known) return known;
    if (servers.size > serversMax) throw new ReferralRefused('The LDAP servers refer to too many others.');
    const server = { name, connections: openConnections(settingsFor(target, settings)) };
    servers.set(name, server);
    return server;
  }

  return {
    use: (work) => enter(first, { held: new Map(), asked: [], budget: { left: followedMax } }, work),
    async close() {
      await Promise.all([...servers.values()].map(({ connections }) => connections.close()));
    },
  };
}

function nameOf({ address }: ConnectionSettings): string {
  return address?.kind === 'network' ? `${address.scheme}://${address.host.toLowerCase()}:${address.port}` : '';
}

function settingsFor(target: Target, settings: ConnectionSettings): ConnectionSettings {
  const { scheme, host, port } = target;
  const { servername: _, ...tlsOptions } = settings.tlsOptions;
  const isOpen = settings.address?.scheme === 'ldap' && !settings.start_tls;
  return {
    ...settings,
    address: { kind: 'network', scheme, host, port, path: '/' },
    start_tls: scheme === 'ldap' && !isOpen,
    tlsOptions: isIP(host) === 0 ? { ...tlsOptions, servername: host } : tlsOptions,
  };
}
