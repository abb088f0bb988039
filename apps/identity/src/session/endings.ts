/**
 * How sessions end. Every end takes three steps, in this order: it is decided (one row says so and why), the session is
 * dead for every reader, and whoever wants to know is told. A crash between two of them loses nothing: what was decided is
 * found and finished by the next look. Sessions that end by themselves are found by that look too.
 *
 * It knows neither cookies nor applications.
 */
import { othersFirst } from '@gatehouse/storage/others-first.ts';
import type { SealedVolatile } from '@gatehouse/storage/volatile/sealed-volatile.ts';
import type { CookieRules } from './cookie.ts';
import type { People } from './people.ts';
import type { PortalSession } from './portal-session.ts';
import type { SessionOrigin } from './session-origin.ts';
import { type EndReason, type Registered, type SessionRegister, shutsOut } from './session-register.ts';

/** Where `sessions.ts` keeps them; a session's alias is its public id. */
export const sessionKind = 'portal-session';

/** Told of every end, possibly more than once. What it rejects with is logged, and told again at the next look, from then on each half minute. */
export type OnEnd = (sessionId: string, reason: EndReason) => Promise<void>;

export type Endings = {
  /**
   * A session has begun, and nobody has its cookie yet. It ends at once when the person was shut out after what it stands on began
   * to be proved: with a password that is another one by now, say. Whether it stands.
   */
  begins(session: PortalSession, expiresAtMs: number, origin: SessionOrigin): Promise<boolean>;
  /** Whether it has begun, and no end of it was decided. */
  stands(sessionId: string): Promise<boolean>;
  /** Ends it, for whatever reason; nothing for a session that has ended before. */
  end(sessionId: string, reason: EndReason): Promise<void>;
  /** Ends a person's sessions, all or all but one. */
  endAllOf(username: string, reason: EndReason, exceptId?: string): Promise<void>;
  /** Applications want to be told of its end: from now on looked at often. */
  watch(sessionId: string): Promise<void>;
  /** Looks at up to `rowsMax` sessions whose time it is, until it is told to stop; answers how many. Afterwards none of them is due but those that were ended or came to be watched meanwhile. */
  look(rowsMax: number, stopped?: AbortSignal): Promise<number>;
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

/** So long an end that could not be told, or a session that could not be looked at, leaves the others before it. */
const tellAgainMs = 30_000;

/**
 * Decides the end of a session and makes it dead. What follows from it is done by the next look of the server. Answers the
 * reason that stands, which may have been given before; `undefined` for a session that is not registered.
 */
export async function condemn(
  parts: Pick<EndingsParts, 'register' | 'volatile'>,
  sessionId: string,
  reason: EndReason,
): Promise<EndReason | undefined> {
  const standing = await parts.register.decideEnd(sessionId, reason);
  await parts.volatile.consumeByAlias(sessionKind, sessionId);
  return standing;
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

  /** False: it is dead, and not everybody could be told yet. */
  async function end(sessionId: string, reason: EndReason): Promise<boolean> {
    const standing = await condemn(parts, sessionId, reason);
    try {
      await finish(sessionId, standing ?? reason);
      return true;
    } catch (cause) {
      log.error({ err: cause, session: sessionId }, 'A session ended and not everybody could be told yet');
      return false;
    }
  }

  async function lookAt(found: Registered): Promise<void> {
    const { id, username, watched, endReason } = found;
    const endsAtMs = endReason === undefined ? await endOf(id) : undefined;
    let reason = endReason;
    if (endsAtMs === undefined || endsAtMs <= nowMs()) reason ??= 'expired';
    else if ((await people.find(username)).kind === 'unknown') reason = 'directory';
    else return await register.lookAgain(found, watched ? Math.min(endsAtMs, nowMs() + parts.watchMs) : endsAtMs);
    if (!(await end(id, reason))) await register.tellAgain(id, nowMs() + tellAgainMs);
  }

  /** One that fails, as when its value was sealed with another key, holds up nobody behind it. */
  async function lookSafelyAt(found: Registered): Promise<void> {
    try {
      await lookAt(found);
    } catch (cause) {
      log.error({ err: cause, session: found.id }, 'A session could not be looked at; tried again in half a minute');
      const againAtMs = nowMs() + tellAgainMs;
      await (found.endReason ? register.tellAgain(found.id, againAtMs) : register.lookAgain(found, againAtMs));
    }
  }

  return {
    async end(sessionId, reason) {
      await end(sessionId, reason);
    },
    async begins(session, expiresAtMs, origin) {
      await register.add(session, expiresAtMs, origin);
      const provedAtMs = Math.min(session.createdAtMs, ...Object.values(session.factors));
      const reason = await register.shutOutSince(session.username, provedAtMs);
      if (reason !== undefined) await end(session.id, reason);
      return reason === undefined;
    },
    stands: (sessionId) => register.stands(sessionId),
    async endAllOf(username, reason, exceptId) {
      if (shutsOut(reason)) await register.noteShutOut(username, reason, nowMs());
      for (const { id } of await register.ofPerson(username)) if (id !== exceptId) await end(id, reason);
    },
    async watch(sessionId) {
      const soonMs = nowMs() + parts.watchMs;
      await register.watch(sessionId, Math.min(soonMs, (await endOf(sessionId)) ?? soonMs));
    },
    async look(rowsMax, stopped) {
      let looks = 0;
      for (const each of await register.due(nowMs(), rowsMax)) {
        if (stopped?.aborted) break;
        await lookSafelyAt(each);
        looks += 1;
        await othersFirst();
      }
      return looks;
    },
  };
}
