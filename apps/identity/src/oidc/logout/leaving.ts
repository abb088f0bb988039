/**
 * Leaving as the server runs it: sessions whose time has come are found, and applications are told, every few seconds and
 * at once when somebody signs out. Wires; the deciding is in the parts.
 */

import type { SealedVolatile } from '@gatehouse/storage/volatile/sealed-volatile.ts';
import type { Log } from '@gatehouse/web/log.ts';
import type { CookieRules } from '../../session/cookie.ts';
import { type Endings, openEndings } from '../../session/endings.ts';
import type { People } from '../../session/people.ts';
import { openSessionRegister } from '../../session/session-register.ts';
import { startRounds } from '../../storage/rounds.ts';
import type { IdentityDatabase } from '../../storage/tables.ts';
import { openLiveGrants } from '../consent/live-grants.ts';
import { leaveApplications } from './leave.ts';
import { type LogoutNotice, openLogoutNotices } from './logout-notices.ts';
import { openLogoutSender, type Told } from './logout-sender.ts';
import { openSessionLinks, type SessionLinks } from './session-links.ts';

export type Leaving = {
  readonly endings: Endings;
  readonly links: SessionLinks;
  /** From now on there are providers that can tell applications. */
  start(tell: (notice: LogoutNotice) => Promise<Told>): { stop(): Promise<void> };
};

const intervalMs = 5_000;
const sessionsAtOnce = 100;
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
  let awake = Promise.resolve();
  let wake = (): void => undefined;
  const endings = openEndings({
    register: openSessionRegister(database),
    volatile,
    cookies,
    people,
    onEnd: leaveApplications({
      links,
      store: volatile,
      live: openLiveGrants(database.kysely, volatile, nowMs),
      wake: () => wake(),
    }),
    watchMs: watchMs(refreshInterval),
    nowMs,
    log,
  });
  return {
    endings,
    links,
    start(tell) {
      const sender = openLogoutSender({ notices: openLogoutNotices({ database, nowMs }), tell, nowMs, log });
      const failed = (cause: unknown): void =>
        log.error({ err: cause }, 'Applications could not be told of sign-outs; tried again in a few seconds');
      wake = () => {
        awake = sender.run().catch(failed);
      };
      const rounds = startRounds({
        intervalMs,
        async work() {
          while ((await endings.look(sessionsAtOnce)) === sessionsAtOnce);
          await sender.run();
        },
        onFailure: failed,
      });
      return {
        async stop() {
          wake = () => undefined;
          await rounds.stop();
          await awake;
        },
      };
    },
  };
}

function watchMs(refreshInterval: number | 'disable' | 'always'): number {
  if (refreshInterval === 'disable') return lookMsMax;
  return refreshInterval === 'always' ? lookMsMin : Math.max(refreshInterval * 1000, lookMsMin);
}
