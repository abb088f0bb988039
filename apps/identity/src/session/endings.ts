/**
 * How sessions end. Every end takes three steps, in this order: it is decided (one row says so and why), the session is
 * dead for every reader, and whoever wants to know is told. A crash between two of them loses nothing: what was decided is
 * found and finished by the next look. Sessions that end by themselves are found by that look too.
 *
 * It knows neither cookies nor applications.
 */
import type { SealedVolatile } from '@gatehouse/storage/volatile/sealed-volatile.ts';
import type { CookieRules } from './cookie.ts';
import type { People } from './people.ts';
import type { PortalSession } from './portal-session.ts';
import type { SessionOrigin } from './session-origin.ts';
import type { EndReason, SessionRegister } from './session-register.ts';

/** Where `sessions.ts` keeps them; a session's alias is its public id. */
export const sessionKind = 'portal-session';

/** Told of every end, possibly more than once. What it rejects with is logged, and told again at the next look. */
export type OnEnd = (sessionId: string, reason: EndReason) => Promise<void>;

export type Endings = {
  /** A session has begun, and nobody has its cookie yet. */
  begins(session: PortalSession, expiresAtMs: number, origin: SessionOrigin): Promise<void>;
  /** Whether it has begun, and no end of it was decided. */
  stands(sessionId: string): Promise<boolean>;
  /** Ends it, for whatever reason; nothing for a session that has ended before. */
  end(sessionId: string, reason: EndReason): Promise<void>;
  /** Ends a person's sessions, all or all but one. */
  endAllOf(username: string, reason: EndReason, exceptId?: string): Promise<void>;
  /** Applications want to be told of its end: from now on looked at often. */
  watch(sessionId: string): Promise<void>;
  /** Looks at up to `rowsMax` sessions whose time it is; answers how many. */
  look(rowsMax: number): Promise<number>;
};

export type EndingsParts = {
  readonly register: SessionRegister;
  readonly volatile: SealedVolatile;
  readonly cookies: readonly CookieRules[];
  readonly people: Pick<People, 'find'>;
  readonly onEnd: OnEnd;
  /** How often a watched session is looked at, its person with it. */
  readonly watchMs: number;
  readonly nowMs: () => number;
  readonly log: {
    info(fields: Readonly<Record<string, unknown>>, message: string): void;
    error(fields: Readonly<Record<string, unknown>>, message: string): void;
  };
};

/** Decides the end of a session and makes it dead. What follows from it is done by the next look of the server. */
export async function condemn(
  parts: Pick<EndingsParts, 'register' | 'volatile'>,
  sessionId: string,
  reason: EndReason,
): Promise<void> {
  await parts.register.decideEnd(sessionId, reason);
  await parts.volatile.consumeByAlias(sessionKind, sessionId);
}

/** When a session that nobody ends and nobody uses would end; `expiresAtMs` is its value's. */
export function endsAtMs(session: PortalSession, expiresAtMs: number, cookies: readonly CookieRules[]): number {
  const rules = cookies.find(({ domain }) => domain === session.cookieDomain);
  if (!rules || session.rememberMe) return expiresAtMs;
  return Math.min(expiresAtMs, session.lastActivityMs + rules.inactivity * 1000);
}

export function openEndings(parts: EndingsParts): Endings {
  const { register, volatile, cookies, people, nowMs, log } = parts;

  async function finish(sessionId: string, reason: EndReason): Promise<void> {
    await parts.onEnd(sessionId, reason);
    await register.remove(sessionId);
    log.info({ session: sessionId, reason }, 'A session ended');
  }

  /** When a session that nobody ends would end, or undefined when it is gone. */
  async function endOf(sessionId: string): Promise<number | undefined> {
    const entry = await volatile.getByAlias(sessionKind, sessionId);
    if (!entry) return undefined;
    // Consumed or not: the alias may still lead to the secret before the last, and only a decision ends a session.
    return endsAtMs(entry.value as PortalSession, entry.expiresAtMs, cookies);
  }

  async function end(sessionId: string, reason: EndReason): Promise<void> {
    await condemn(parts, sessionId, reason);
    try {
      await finish(sessionId, reason);
    } catch (cause) {
      log.error({ err: cause, session: sessionId }, 'A session ended and not everybody could be told yet');
    }
  }

  return {
    end,
    begins: (session, expiresAtMs, origin) => register.add(session, expiresAtMs, origin),
    stands: (sessionId) => register.stands(sessionId),
    async endAllOf(username, reason, exceptId) {
      for (const { id } of await register.ofPerson(username)) if (id !== exceptId) await end(id, reason);
    },
    async watch(sessionId) {
      const soonMs = nowMs() + parts.watchMs;
      await register.watch(sessionId, Math.min(soonMs, (await endOf(sessionId)) ?? soonMs));
    },
    async look(rowsMax) {
      const due = await register.due(nowMs(), rowsMax);
      for (const { id, username, watched, endReason } of due) {
        if (endReason !== undefined) {
          await end(id, endReason);
          continue;
        }
        const endsAtMs = await endOf(id);
        if (endsAtMs === undefined || endsAtMs <= nowMs()) await end(id, 'expired');
        else if ((await people.find(username)).kind === 'unknown') await end(id, 'directory');
        else await register.lookAgain(id, watched ? Math.min(endsAtMs, nowMs() + parts.watchMs) : endsAtMs);
      }
      return due.length;
    },
  };
}
