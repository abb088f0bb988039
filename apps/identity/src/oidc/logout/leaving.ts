/**
 * Leaving as the server runs it: sessions whose time has come are found, and applications are told, every few seconds and
 * at once when somebody signs out. Wires; the deciding is in the parts.
 */

import { startRounds } from '@gatehouse/storage/rounds.ts';
import type { SealedVolatile } from '@gatehouse/storage/volatile/sealed-volatile.ts';
import type { Log } from '@gatehouse/web/log.ts';
import type { CookieRules } from '../../session/cookie.ts';
import { type Endings, openEndings } from '../../session/endings.ts';
import type { People } from '../../session/people.ts';
import { type EndReason, openSessionRegister } from '../../session/session-register.ts';
import type { IdentityDatabase } from '../../storage/tables.ts';
import { openAgreements } from '../consent/agreements.ts';
import { openConsentMemory } from '../consent/consent-memory.ts';
import { openLiveGrants } from '../consent/live-grants.ts';
import { openSubjects } from '../people/subjects.ts';
import { leaveApplications } from './leave.ts';
import { type LogoutNotice, openLogoutNotices } from './logout-notices.ts';
import { openLogoutSender, type Told } from './logout-sender.ts';
import { openSessionLinks, type SessionLinks } from './session-links.ts';

export type Leaving = {
  readonly endings: Endings;
  readonly links: SessionLinks;
  /**
   * Ends a person's sessions, all or all but one, and takes back all access but what was given in that one: whoever had the
   * password may have it.
   */
  shutOut(username: string, reason: EndReason, exceptId?: string): Promise<void>;
  /** From now on there are providers that can tell applications. */
  start(tell: (notice: LogoutNotice) => Promise<Told>): { stop(): Promise<void> };
};

const intervalMs = 5_000;
const sessionsAtOnce = 100;
/** So that after a long pause, too, applications are told before the last of thousands of sessions has ended. */
const batchesMax = 10;
const lookMsMin = 60_000;
const lookMsMax = 60 * 60_000;

export function openLeaving(parts: {
  readonly database: IdentityDatabase;
  readonly volatile: SealedVolatile;
  readonly cookies: readonly CookieRules[];
  readonly people: People;
  /** Seconds; how often the directory is asked about somebody. */
  readonly refreshInterval: number | 'disable' | 'always';
  readonly nowMs: () => number;
  readonly newId: () => string;
  readonly log: Log;
}): Leaving {
  const { database, volatile, cookies, people, refreshInterval, nowMs, newId, log } = parts;
  const links = openSessionLinks({ database, nowMs, newId });
  const live = openLiveGrants(database.kysely, volatile, nowMs);
  const subjects = openSubjects(database.kysely, nowMs);
  const agreements = openAgreements({ subjects, memory: openConsentMemory(database.kysely, nowMs), live });
  let wake = (): void => undefined;
  const endings = openEndings({
    register: openSessionRegister(database),
    volatile,
    cookies,
    people,
    onEnd: leaveApplications({
      links,
      store: volatile,
      live,
      wake: () => wake(),
    }),
    watchMs: watchMs(refreshInterval),
    nowMs,
    log,
  });
  async function lookAtSessions(stopped: AbortSignal): Promise<void> {
    for (let batch = 0; batch < batchesMax; batch += 1)
      if ((await endings.look(sessionsAtOnce, stopped)) < sessionsAtOnce) return;
  }

  return {
    endings,
    links,
    async shutOut(username, reason, exceptId) {
      await endings.endAllOf(username, reason, exceptId);
      const kept = exceptId === undefined ? [] : await links.providerSessions(exceptId);
      await agreements.takeBack(
        username,
        kept.map(({ uid }) => uid),
      );
    },
    start(tell) {
      const sender = openLogoutSender({ notices: openLogoutNotices({ database, nowMs }), tell, nowMs, log });
      const failed = (cause: unknown): void =>
        log.error({ err: cause }, 'Applications could not be told of sign-outs; tried again in a few seconds');
      wake = () => {
        sender.run().catch(failed);
      };
      const rounds = startRounds({
        intervalMs,
        async work(stopped) {
          // Whoever is to be told of an end waits for no other.
          await lookAtSessions(stopped).catch(failed);
          await sender.run();
        },
        onFailure: failed,
      });
      return {
        async stop() {
          wake = () => undefined;
          await Promise.all([rounds.stop(), sender.stop()]);
        },
      };
    },
  };
}

function watchMs(refreshInterval: number | 'disable' | 'always'): number {
  if (refreshInterval === 'disable') return lookMsMax;
  return refreshInterval === 'always' ? lookMsMin : Math.max(refreshInterval * 1000, lookMsMin);
}
