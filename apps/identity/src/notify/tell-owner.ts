/**
 * Telling the owner of an account what happened with it. A mail that does not go out is tried again and takes nothing back; when
 * it never does, the log says that nobody was told.
 */
import type { Say } from '@gatehouse/words/say.ts';
import type { Background } from '../background.ts';
import type { Identity } from '../directory/directory.ts';
import type { TryAgain } from '../try-again.ts';
import type { Occasion } from './messages.ts';
import type { Message, Notifier } from './notifier.ts';

export type Telling = {
  /** Resolves when the mail went out, or failed once: whoever has somebody waiting waits no longer. */
  readonly firstTry: Promise<void>;
  /** `told` also where there is no mailbox: nobody is left to be told. */
  readonly outcome: Promise<'told' | 'not-told'>;
};

export type TellOwner = (
  identity: Pick<Identity, 'username' | 'displayName' | 'emails'>,
  about: {
    readonly remoteAddress: string;
    /** As the person reads, for whoever chose no language. */
    readonly say: Say;
  },
  write: (occasion: Occasion) => Promise<Message>,
) => Telling;

export function openTellOwner(parts: {
  readonly notifier: Pick<Notifier, 'send'>;
  /** The language that somebody chose. */
  readonly sayTo: (username: string, otherwise: Say) => Promise<Say>;
  readonly tryAgain: Pick<TryAgain, 'run'>;
  readonly background: Pick<Background, 'run'>;
  readonly nowMs: () => number;
  readonly log: { warn(fields: Readonly<Record<string, unknown>>, message: string): void };
}): TellOwner {
  return function tellOwner({ username, displayName, emails: [mailbox] }, { remoteAddress, say: asked }, write) {
    const firstTry = Promise.withResolvers<void>();
    const outcome = Promise.withResolvers<'told' | 'not-told'>();
    const atMs = parts.nowMs();

    async function send(): Promise<void> {
      if (mailbox === undefined) return;
      const to = { name: displayName, address: mailbox };
      const say = await parts.sayTo(username, asked);
      await parts.notifier.send(await write({ to, username, remoteAddress, atMs, say }));
    }

    parts.background.run(async () => {
      try {
        await parts.tryAgain.run(send, (err, again_in_ms) => {
          parts.log.warn({ username, err, again_in_ms }, 'A change of an account could not be mailed yet');
          firstTry.resolve();
        });
        outcome.resolve('told');
      } catch (err) {
        parts.log.warn({ username, err }, 'A change of an account could not be mailed');
        outcome.resolve('not-told');
      }
      firstTry.resolve();
    });
    return { firstTry: firstTry.promise, outcome: outcome.promise };
  };
}
