/**
 * Telling the owner of an account what happened with it. A mail that does not go out takes nothing back and keeps nobody
 * waiting for it in vain: the log says that nobody was told.
 */
import type { Say } from '@gatehouse/words/say.ts';
import type { Identity } from '../directory/directory.ts';
import type { Occasion } from './messages.ts';
import type { Message, Notifier } from './notifier.ts';

export type TellOwner = (
  identity: Pick<Identity, 'username' | 'displayName' | 'emails'>,
  about: {
    readonly remoteAddress: string /** As the person reads, for whoever chose no language. */;
    readonly say: Say;
  },
  write: (occasion: Occasion) => Promise<Message>,
) => Promise<void>;

export function openTellOwner(parts: {
  readonly notifier: Pick<Notifier, 'send'>;
  /** The language that somebody chose. */
  readonly sayTo: (username: string, otherwise: Say) => Promise<Say>;
  readonly nowMs: () => number;
  readonly log: { warn(fields: Readonly<Record<string, unknown>>, message: string): void };
}): TellOwner {
  return async function tellOwner({ username, displayName, emails: [mailbox] }, { remoteAddress, say: asked }, write) {
    if (mailbox === undefined) return;
    const to = { name: displayName, address: mailbox };
    try {
      const say = await parts.sayTo(username, asked);
      await parts.notifier.send(await write({ to, username, remoteAddress, atMs: parts.nowMs(), say }));
    } catch (err) {
      parts.log.warn({ username, err }, 'A change of an account could not be mailed');
    }
  };
}
