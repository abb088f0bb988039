/**
 * The sessions of one configuration, with what goes along with each: the owner is told of a new place, where that is asked
 * for, and the log of every beginning, rise and end. It knows no pages.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import type { Log } from '@gatehouse/web/log.ts';
import type { PeerReader } from '@gatehouse/web/peer.ts';
import { sourceLanguage } from '@gatehouse/words/say.ts';
import { sayIn } from '@gatehouse/words/say-in.ts';
import type { Afterwards } from '../afterwards.ts';
import type { Configuration } from '../config/configuration.ts';
import { derivedKey } from '../derived-key.ts';
import type { TellOwner } from '../notify/tell-owner.ts';
import type { LookOf } from '../pages/look.ts';
import { programInWords } from '../pages/program.ts';
import type { AttemptLimiter } from '../regulation/limiter.ts';
import type { IdentityDatabase } from '../storage/tables.ts';
import { sessionsThatTell } from './arrivals.ts';
import { auditedSessions } from './audited-sessions.ts';
import { type KnownPlaces, openKnownPlaces } from './known-places.ts';
import { openSessions, type Sessions } from './sessions.ts';

type Kept = Parameters<typeof openSessions>[0];

export type PortalSessions = {
  readonly sessions: Sessions;
  /** To be swept. */
  readonly known: KnownPlaces;
};

export function openPortalSessions(
  { notifier, storage, session: { cookies } }: Configuration,
  parts: Pick<Kept, 'volatile' | 'people' | 'endings' | 'nowMs'> & {
    readonly peerOf: PeerReader;
    readonly database: IdentityDatabase;
    readonly limiter: AttemptLimiter;
    readonly tellOwner: TellOwner;
    readonly afterwards: Pick<Afterwards, 'background' | 'people'>;
    readonly lookOf: LookOf;
    readonly log: Log;
  },
): PortalSessions {
  const { volatile, people, endings, nowMs, peerOf, database, limiter, tellOwner, afterwards, lookOf, log } = parts;
  const kept = openSessions({
    ...{ volatile, cookies, people, endings, peerOf, nowMs },
    newSecret: () => randomBytes(24).toString('base64url'),
    newId: randomUUID,
  });
  const known = openKnownPlaces({
    ...{ database, nowMs },
    digestKey: derivedKey(storage.encryption_key, 'gatehouse:known-places:v1'),
    browserOf: (userAgent) => programInWords(sayIn(sourceLanguage), userAgent),
  });
  const arriving = notifier.sign_in_from_new_place
    ? sessionsThatTell(kept, {
        ...{ places: known, limiter, tellOwner, peerOf, lookOf },
        ...{ people: afterwards.people, background: afterwards.background },
        browserInWords: programInWords,
      })
    : kept;
  return { sessions: auditedSessions(arriving, { log, peerOf }), known };
}
