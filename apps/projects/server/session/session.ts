/**
 * The session: a random id in a cookie, its hash and sealed facts in the store. It lives for a fixed time from the sign-in,
 * whatever is done with it, so that a person revoked at the provider is out by then. Knows neither provider nor pages.
 */
import { randomBytes } from 'node:crypto';
import { SealBroken } from '@gatehouse/storage/failures.ts';
import type { SealedVolatile } from '@gatehouse/storage/volatile/sealed-volatile.ts';
import type { Context, MiddlewareHandler } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import * as z from 'zod';
import type { Person } from '../people/person.ts';
import type { AppEnv } from './person.ts';

const stored = z.object({
  personId: z.string(),
  issuer: z.string(),
  subject: z.string(),
  /** The hint for signing out at the provider; null where none came. */
  idToken: z.string().nullable(),
});
export type SessionFacts = z.infer<typeof stored>;

/** At least one of both. */
export type Named = { readonly subject?: string | undefined; readonly sid?: string | undefined };

export type Sessions = {
  /**
   * Ends the session the browser came with and begins another under a new id. `sid` is the provider's name of its own
   * session, if it gave one; of the sessions here under one such name the last counts.
   */
  begin(c: Context, facts: SessionFacts, sid?: string): Promise<void>;
  read(c: Context): Promise<SessionFacts | undefined>;
  /** Ends it here; answers what it held. */
  end(c: Context): Promise<SessionFacts | undefined>;
  /**
   * Ends what a provider names (OpenID Connect Back-Channel Logout 1.0, 2.7): with `sid` that session, and those of the
   * person that began without one and so may be it; with the subject alone every session of the person.
   */
  endNamed(issuer: string, named: Named): Promise<void>;
};

export type SessionOptions = {
  readonly store: SealedVolatile;
  readonly nowMs: () => number;
  readonly minutes: number;
  /** Called after sessions ended before their time. */
  readonly onEnded?: () => Promise<void>;
  /** Whether people reach the application by https. */
  readonly secure: boolean;
};

const kind = 'projects-session';
const idBytes = 32;
const idPattern = /^[\w-]{43}$/;

export function openSessions({ store, nowMs, minutes, secure, onEnded }: SessionOptions): Sessions {
  // `__Host-` is for https alone; browsers refuse it elsewhere.
  const cookie = secure ? '__Host-projects_session' : 'projects_session';
  const attributes = { path: '/', httpOnly: true, sameSite: 'Lax', secure } as const;

  function idOf(c: Context): string | undefined {
    const id = getCookie(c, cookie);
    return id !== undefined && idPattern.test(id) ? id : undefined;
  }

  async function read(c: Context): Promise<SessionFacts | undefined> {
    const id = idOf(c);
    if (id === undefined) return undefined;
    try {
      const entry = await store.get(kind, id);
      return entry && entry.consumedAtMs === undefined ? stored.parse(entry.value) : undefined;
    } catch (cause) {
      // Sealed under an earlier LEAN_SESSION_PASSWORD: the person signs in again.
      if (cause instanceof SealBroken) return undefined;
      throw cause;
    }
  }

  return {
    read,
    async begin(c, facts, sid) {
      const earlier = idOf(c);
      if (earlier !== undefined) await store.delete(kind, earlier);
      const id = randomBytes(idBytes).toString('base64url');
      const expiresAtMs = nowMs() + minutes * 60_000;
      const { issuer, subject } = facts;
      if (sid === undefined) {
        await store.put(kind, id, { value: facts, expiresAtMs, grantId: unnamedOf(issuer, subject) });
      } else {
        const alias = nameOf(issuer, sid);
        await store.consumeByAlias(kind, alias);
        await store.put(kind, id, { value: facts, expiresAtMs, grantId: namedOf(issuer, subject), alias });
      }
      setCookie(c, cookie, id, { ...attributes, maxAge: minutes * 60 });
    },
    async end(c) {
      const facts = await read(c);
      const id = idOf(c);
      if (id !== undefined) await store.delete(kind, id);
      deleteCookie(c, cookie, attributes);
      await onEnded?.();
      return facts;
    },
    async endNamed(issuer, { subject, sid }) {
      if (sid !== undefined) await store.consumeByAlias(kind, nameOf(issuer, sid));
      if (subject !== undefined) await store.deleteByGrant(unnamedOf(issuer, subject));
      if (subject !== undefined && sid === undefined) await store.deleteByGrant(namedOf(issuer, subject));
      await onEnded?.();
    },
  };
}

function nameOf(issuer: string, sid: string): string {
  return JSON.stringify([issuer, sid]);
}

/** The sessions of a person that began without a `sid`. */
function unnamedOf(issuer: string, subject: string): string {
  return JSON.stringify([kind, issuer, subject]);
}

/** The sessions of a person that began with one. */
function namedOf(issuer: string, subject: string): string {
  return JSON.stringify([kind, issuer, subject, 'sid']);
}

/** Who comes with the session of a request. Without a session cookie it touches no store. */
export type Identify = (c: Context) => Promise<Person | undefined>;

export function identifyBySession(
  sessions: Sessions,
  findPerson: (id: string) => Promise<Person | undefined>,
): Identify {
  return async function identify(c) {
    const facts = await sessions.read(c);
    return facts && findPerson(facts.personId);
  };
}

/** Sets the person of the request. */
export function readPerson(identify: Identify): MiddlewareHandler<AppEnv> {
  return async function setPerson(c, next) {
    const person = await identify(c);
    if (person) c.set('person', person);
    return next();
  };
}
