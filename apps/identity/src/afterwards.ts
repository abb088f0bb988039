/**
 * What goes on behind answers, over all reloads: work that nobody waits for, and tries that wait for the next one. It asks and
 * mails by the services in force at that moment, not by those that it began under: these may be closed by then, or be the very
 * ones that an administrator has mended. It does not know what the work is.
 */
import { type Background, openBackground } from './background.ts';
import type { Directory } from './directory/directory.ts';
import type { Notifier } from './notify/notifier.ts';
import type { People } from './session/people.ts';
import { openTryAgain, type TryAgain } from './try-again.ts';

/** What such work takes of one configuration. */
export type InForce = {
  readonly directory: Pick<Directory, 'find' | 'passwordMark'>;
  readonly people: Pick<People, 'find'>;
  readonly notifier: Pick<Notifier, 'send'>;
};

/** Each of `InForce` is, at every call, the one in force. */
export type Afterwards = InForce & {
  readonly background: Pick<Background, 'run'>;
  readonly tryAgain: Pick<TryAgain, 'run'>;
  /** From now on these are in force. To be called before the first work. */
  follow(next: InForce): void;
  /** Resolves when nothing goes on any more. */
  settled(): Promise<void>;
  /** What waits is tried once more, at once, by the services in force: to be called while they are open. */
  close(): Promise<void>;
};

/** `againAfterMs`: how long to wait, time after time. */
export function openAfterwards(onFailure: (cause: unknown) => void, againAfterMs?: readonly number[]): Afterwards {
  const background = openBackground(onFailure);
  const tryAgain = openTryAgain(againAfterMs);
  let followed: InForce | undefined;

  function inForce(): InForce {
    if (!followed) throw new TypeError('work began before there were services');
    return followed;
  }

  return {
    background,
    tryAgain,
    directory: {
      find: (login) => inForce().directory.find(login),
      passwordMark: (username) => inForce().directory.passwordMark(username),
    },
    people: { find: (username) => inForce().people.find(username) },
    notifier: { send: (message) => inForce().notifier.send(message) },
    follow(next) {
      followed = next;
    },
    settled: background.settled,
    async close() {
      tryAgain.close();
      await background.settled();
    },
  };
}
