/**
 * Sessions that tell their owner when one begins from a place that was not seen before. The answer does not wait for it:
 * whether a mail goes out decides nothing and delays nobody. A place of which nobody could be told is new again next time.
 */
import type { PeerReader } from '@gatehouse/web/peer.ts';
import type { Say } from '@gatehouse/words/say.ts';
import type { Background } from '../background.ts';
import { newPlaceMessage } from '../notify/messages.ts';
import type { TellOwner } from '../notify/tell-owner.ts';
import type { LookOf } from '../pages/look.ts';
import type { AttemptLimit, AttemptLimiter } from '../regulation/limiter.ts';
import type { KnownPlaces } from './known-places.ts';
import type { People } from './people.ts';
import { originOf } from './session-origin.ts';
import type { Sessions } from './sessions.ts';

/** To one person: whoever signs in from a hundred networks fills no mailbox. */
const mailLimit: AttemptLimit = { attemptsMax: 5, windowMs: 10 * 60_000 };

export function sessionsThatTell(
  sessions: Sessions,
  parts: {
    readonly places: Pick<KnownPlaces, 'visit'>;
    readonly people: Pick<People, 'find'>;
    readonly limiter: Pick<AttemptLimiter, 'charge'>;
    readonly tellOwner: TellOwner;
    readonly background: Pick<Background, 'run'>;
    readonly peerOf: PeerReader;
    readonly lookOf: LookOf;
    /** What a browser calls itself, in plain words. */
    readonly browserInWords: (say: Say, userAgent: string) => string;
  },
): Sessions {
  async function tell(username: string, userAgent: string, remoteAddress: string, say: Say) {
    const found = await parts.people.find(username);
    if (found.kind === 'unavailable') throw found.cause;
    if (found.kind === 'unknown') return 'not-told';
    const allowed = await parts.limiter.charge([{ bucket: `new place mail user ${username}`, limit: mailLimit }]);
    if (allowed.kind === 'limited') return 'not-told';
    return parts.tellOwner(found.identity, { remoteAddress, say }, (occasion) =>
      newPlaceMessage(occasion, parts.browserInWords(occasion.say, userAgent)),
    ).outcome;
  }

  return {
    ...sessions,
    async begin(req, about) {
      const issued = await sessions.begin(req, about);
      if (!issued) return undefined;
      const { username } = issued.session;
      // Read now: when the work begins, the request may be over.
      const origin = originOf(req, parts.peerOf);
      const { address } = parts.peerOf(req);
      const { say } = parts.lookOf(req);
      parts.background.run(async () => {
        const place = await parts.places.visit(username, origin);
        if (place.kind !== 'new') return;
        let outcome = 'not-told';
        try {
          outcome = await tell(username, origin.userAgent, address, say);
        } finally {
          await (outcome === 'told' ? place.told() : place.notTold());
        }
      });
      return issued;
    },
  };
}
