/**
 * Portal sessions: found by the cookie, begun with the password, raised with each further proof, ended. Each rise issues a
 * new secret and the old one is dead. A session belongs to one cookie domain and to a person the directory still knows.
 *
 * How a session ends is in `endings.ts`: it is marked as consumed rather than deleted, because a request under way may still
 * write its activity, and a consumed value never comes back. It knows no pages and no factors' ceremonies.
 */
import type { IncomingMessage } from 'node:http';
import type { SealedVolatile } from '@gatehouse/storage/volatile/sealed-volatile.ts';
import type { PeerReader } from '@gatehouse/web/peer.ts';
import { type CookieRules, clearCookie, readSecret, rulesForHost, writeCookie } from './cookie.ts';
import { type Endings, sessionKind } from './endings.ts';
import type { People } from './people.ts';
import type { FactorTimes, KeyProof, PortalSession, PushWay } from './portal-session.ts';
import { originOf } from './session-origin.ts';

/** A session whose secret is new: the answer must carry `setCookie`. */
export type Issued = { readonly session: PortalSession; readonly setCookie: string };

export type SessionChange = {
  /** Added to the factors there are. */
  readonly factors?: FactorTimes;
  /** In place of what an earlier key showed. */
  readonly key?: KeyProof;
  /** In place of an earlier one. */
  readonly pushWay?: PushWay;
  /** `undefined` takes it away. */
  readonly elevation?: PortalSession['elevation'] | undefined;
};

export interface Sessions {
  /** Who is here, by the portal's own cookie. Anything malformed, expired, idle or foreign is nobody. */
  fromRequest(req: IncomingMessage): Promise<PortalSession | undefined>;
  /** The same for a request that a proxy asks about: `host` is the target's. */
  fromCookies(cookieHeader: string | undefined, host: string): Promise<PortalSession | undefined>;
  /**
   * A new session. One that the browser brought along ends, whoever's it was. Undefined when the person was shut out after what it
   * stands on began to be proved. Throws TypeError for a host without a cookie domain.
   */
  begin(
    req: IncomingMessage,
    about: {
      readonly username: string;
      readonly rememberMe: boolean;
      readonly factors: FactorTimes;
      readonly key?: KeyProof;
    },
  ): Promise<Issued | undefined>;
  /** More proof, so a new secret. Undefined when the session has ended or was raised meanwhile. */
  raise(req: IncomingMessage, change: SessionChange): Promise<Issued | undefined>;
  /** Whether it has not ended, under whichever secret. */
  stands(sessionId: string): Promise<boolean>;
  /** A change that proves nothing: the secret stays. */
  update(req: IncomingMessage, change: SessionChange): Promise<PortalSession | undefined>;
  /** Ends the session if there is one; answers with the `Set-Cookie` that clears the cookie. */
  end(req: IncomingMessage): Promise<string | undefined>;
  /** The cookie rules a host falls under. */
  rulesFor(req: IncomingMessage): CookieRules | undefined;
}

const activityWriteMsMax = 30_000;

type Held = { readonly secret: string; readonly session: PortalSession; readonly expiresAtMs: number };

export function openSessions(parts: {
  readonly volatile: SealedVolatile;
  readonly cookies: readonly CookieRules[];
  readonly people: Pick<People, 'find'>;
  readonly endings: Pick<Endings, 'begins' | 'stands' | 'end'>;
  readonly peerOf: PeerReader;
  readonly nowMs: () => number;
  /** 32 characters of base64url: 192 random bits. */
  readonly newSecret: () => string;
  readonly newId: () => string;
}): Sessions {
  const { volatile, cookies, people, endings, peerOf, nowMs } = parts;
  /** One request asks several times who is here; the store is asked once. */
  const asked = new WeakMap<IncomingMessage, Promise<Held | undefined>>();

  const rulesFor = (req: IncomingMessage): CookieRules | undefined => rulesForHost(cookies, peerOf(req).host);

  async function store(held: Held): Promise<void> {
    const { secret, session, expiresAtMs } = held;
    await volatile.put(sessionKind, secret, { value: session, expiresAtMs, alias: session.id });
  }

  async function find(rules: CookieRules | undefined, cookieHeader: string | undefined): Promise<Held | undefined> {
    const secret = rules && readSecret(cookieHeader, rules.name);
    if (!rules || secret === undefined) return undefined;
    const entry = await volatile.get(sessionKind, secret);
    if (!entry || entry.consumedAtMs !== undefined) return undefined;
    const session = entry.value as PortalSession;
    const idleMs = nowMs() - session.lastActivityMs;
    const idleMsMax = rules.inactivity * 1000;
    const over =
      !session.rememberMe && idleMs >= idleMsMax
        ? 'expired'
        : session.cookieDomain !== rules.domain
          ? 'wrong-domain'
          : (await people.find(session.username)).kind === 'unknown'
            ? 'directory'
            : undefined;
    if (over) {
      await endings.end(session.id, over);
      return undefined;
    }
    const held = { secret, session, expiresAtMs: entry.expiresAtMs };
    if (idleMs < Math.min(activityWriteMsMax, idleMsMax / 10)) return held;
    const active = { ...held, session: { ...session, lastActivityMs: nowMs() } };
    await store(active);
    return active;
  }

  function held(req: IncomingMessage): Promise<Held | undefined> {
    const question = asked.get(req) ?? find(rulesFor(req), req.headers.cookie);
    asked.set(req, question);
    return question;
  }

  function expiryOf(rules: CookieRules, { rememberMe }: PortalSession): number {
    const lifetimeSeconds = rememberMe && rules.remember_me !== 'disabled' ? rules.remember_me : rules.expiration;
    return nowMs() + lifetimeSeconds * 1000;
  }

  async function issue(req: IncomingMessage, rules: CookieRules, session: PortalSession): Promise<Issued & Held> {
    const fresh = { secret: parts.newSecret(), session, expiresAtMs: expiryOf(rules, session) };
    await store(fresh);
    asked.set(req, Promise.resolve(fresh));
    return { ...fresh, setCookie: writeCookie(rules, fresh.secret, fresh.expiresAtMs) };
  }

  return {
    rulesFor,
    fromRequest: async (req) => (await held(req))?.session,
    fromCookies: async (cookieHeader, host) => (await find(rulesForHost(cookies, host), cookieHeader))?.session,

    async begin(req, { username, rememberMe, factors, key }) {
      const rules = rulesFor(req);
      if (!rules) throw new TypeError('a session can only begin on a host of a configured cookie domain');
      const brought = await held(req);
      const begun: PortalSession = {
        id: parts.newId(),
        cookieDomain: rules.domain,
        username,
        rememberMe: rememberMe && rules.remember_me !== 'disabled',
        createdAtMs: nowMs(),
        lastActivityMs: nowMs(),
        factors,
        ...(key && { key }),
      };
      const { session, setCookie } = await issue(req, rules, begun);
      // Listed after it lives and before the browser has it: who ends every session of a person misses none that they have.
      if (!(await endings.begins(begun, expiryOf(rules, begun), originOf(req, peerOf)))) {
        asked.set(req, Promise.resolve(brought));
        return undefined;
      }
      if (brought) await endings.end(brought.session.id, 'replaced');
      return { session, setCookie };
    },

    async raise(req, change) {
      const rules = rulesFor(req);
      const old = await held(req);
      if (!rules || !old) return undefined;
      asked.set(req, Promise.resolve(undefined));
      // The old one falls first: a request under way that still writes its activity then takes the session's id from nobody.
      if ((await volatile.consume(sessionKind, old.secret)) !== 'consumed') return undefined;
      const { secret, session, setCookie } = await issue(req, rules, changed(old.session, change, nowMs()));
      // An end that was decided meanwhile found the old one alone; a later one finds the new.
      if (await endings.stands(session.id)) return { session, setCookie };
      await volatile.delete(sessionKind, secret);
      asked.set(req, Promise.resolve(undefined));
      return undefined;
    },

    stands: (sessionId) => endings.stands(sessionId),

    async update(req, change) {
      const old = await held(req);
      if (!old) return undefined;
      const next = { ...old, session: changed(old.session, change, nowMs()) };
      await store(next);
      asked.set(req, Promise.resolve(next));
      return next.session;
    },

    async end(req) {
      const rules = rulesFor(req);
      const here = await held(req);
      if (here) await endings.end(here.session.id, 'sign-out');
      asked.set(req, Promise.resolve(undefined));
      return rules && clearCookie(rules);
    },
  };
}

function changed(session: PortalSession, change: SessionChange, nowMs: number): PortalSession {
  const { elevation: old, ...rest } = session;
  const elevation = 'elevation' in change ? change.elevation : old;
  return {
    ...rest,
    lastActivityMs: nowMs,
    factors: { ...session.factors, ...change.factors },
    ...(change.key && { key: change.key }),
    ...(change.pushWay && { pushWay: change.pushWay }),
    ...(elevation && { elevation }),
  };
}
