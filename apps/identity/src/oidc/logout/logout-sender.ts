/**
 * Works the queue of notices off: each application on its own, so that one that does not answer delays no other; after a
 * failure it is left alone for a pause that grows, and after a day it is given up. Every failure is a line of the log that
 * names the client. What a telling is, is handed in.
 */
import type { LogoutNotice, LogoutNotices, Recipient } from './logout-notices.ts';

/** `refused`: the application said no, and asking again will not change that. `nobody`: it does not want to be told (any more). */
export type Told = { readonly kind: 'told' | 'nobody' } | { readonly kind: 'refused' | 'failed'; readonly why: string };

export type LogoutSender = {
  /** Tries everything that is due. While a round is under way a further call joins it and is followed by another. */
  run(): Promise<void>;
};

/** Longer than one telling can last: a process that died in between is noticed by this. */
const leaseMs = 60_000;
const ageMsMax = 24 * 60 * 60_000;
const recipientsAtOnce = 50;

/** Half a minute, then three times as long each time, an hour at most. */
export function pauseMs(attempts: number): number {
  return Math.min(30_000 * 3 ** (attempts - 1), 60 * 60_000);
}

export function openLogoutSender(parts: {
  readonly notices: LogoutNotices;
  tell(notice: LogoutNotice): Promise<Told>;
  readonly nowMs: () => number;
  readonly log: {
    debug(fields: Readonly<Record<string, unknown>>, message: string): void;
    warn(fields: Readonly<Record<string, unknown>>, message: string): void;
    error(fields: Readonly<Record<string, unknown>>, message: string): void;
  };
}): LogoutSender {
  const { notices, nowMs, log } = parts;
  let underWay: Promise<void> | undefined;
  let again = false;

  async function tell(notice: LogoutNotice): Promise<Told> {
    try {
      return await parts.tell(notice);
    } catch (cause) {
      return { kind: 'failed', why: cause instanceof Error ? cause.message : String(cause) };
    }
  }

  /** Until there is nothing due for it, or it fails. */
  async function serve(recipient: Recipient): Promise<void> {
    for (let notice = await notices.take(recipient, leaseMs); notice; notice = await notices.take(recipient, leaseMs)) {
      const facts = { client: notice.clientId, issuer: notice.issuer, notice: notice.id, attempt: notice.attempts };
      const told = await tell(notice);
      if (told.kind === 'failed') {
        const pause = pauseMs(notice.attempts);
        await notices.postpone(notice, nowMs() + pause);
        log.warn(
          facts,
          `An application could not be told of a sign-out: ${told.why}. Tried again in ${pause / 1000} s`,
        );
        return;
      }
      await notices.remove(notice.id);
      if (told.kind === 'refused') log.warn(facts, `An application refused to be told of a sign-out: ${told.why}`);
      else log.debug(facts, 'An application was told of a sign-out');
    }
  }

  async function round(): Promise<void> {
    do {
      again = false;
      for (const { clientId, issuer } of await notices.giveUp(nowMs() - ageMsMax))
        log.error({ client: clientId, issuer }, 'An application could not be told of a sign-out for a day: given up');
      const recipients = await notices.recipients(recipientsAtOnce);
      await Promise.all(recipients.map(serve));
    } while (again);
  }

  return {
    run() {
      again = underWay !== undefined;
      underWay ??= round().finally(() => {
        underWay = undefined;
      });
      return underWay;
    },
  };
}
