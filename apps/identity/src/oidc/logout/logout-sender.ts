/**
 * Works the queue of notices off: each application on its own and one notice after another, begun whenever something is due
 * for it, so that one that takes long or does not answer delays no other; after a failure it is left alone for a pause that
 * grows, and after a day it is given up. Every failure is a line of the log that names the client. What a telling is, is
 * handed in.
 */
import { othersFirst } from '@gatehouse/storage/others-first.ts';
import { openBackground } from '../../background.ts';
import type { LogoutNotice, LogoutNotices, Recipient } from './logout-notices.ts';

/**
 * `refused`: the application said no, and asking again will not change that. `nobody`: it does not want to be told (any more).
 * `unknown`: these services do not know it; those of a newer configuration may, and serve it at once.
 */
export type Told =
  | { readonly kind: 'told' | 'nobody' | 'unknown' }
  | { readonly kind: 'refused' | 'failed'; readonly why: string };

export type LogoutSender = {
  /**
   * Looks who has something due, and begins to serve everyone who is not being served. Resolves when it has begun. While a
   * look is under way a further call joins it and is followed by another.
   */
  run(): Promise<void>;
  /** Resolves when nobody is being served any more. */
  settled(): Promise<void>;
  /** Ends with the calls under way; from then on there are no others. */
  stop(): Promise<void>;
};

/** Longer than one telling can last: a process that died in between is noticed by this. */
const leaseMs = 60_000;
const ageMsMax = 24 * 60 * 60_000;
/** So long these services leave an application that they do not know to others. */
const unknownMs = 60_000;
/** So many that are all slow would delay another one, until the first of them is done. */
const recipientsAtOnce = 50;

/** Half a minute, then three times as long each time, an hour at most. */
export function pauseMs(attempts: number): number {
  return Math.min(30_000 * 3 ** (attempts - 1), 60 * 60_000);
}

function keyOf({ issuer, clientId }: Recipient): string {
  return JSON.stringify([issuer, clientId]);
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
  const serving = new Map<string, { isDueAgain: boolean }>();
  /** Applications that are not known here, and until when they are left to others. */
  const leftUntilMs = new Map<string, number>();
  const background = openBackground((cause) =>
    log.error({ err: cause }, 'An application could not be told of sign-outs; tried again in a minute'),
  );
  let looking: Promise<void> | undefined;
  let again = false;
  let othersWait = false;
  let isStopped = false;

  async function tell(notice: LogoutNotice): Promise<Told> {
    try {
      return await parts.tell(notice);
    } catch (cause) {
      return { kind: 'failed', why: cause instanceof Error ? cause.message : String(cause) };
    }
  }

  /** Answers whether the next notice may follow. */
  async function deliver(notice: LogoutNotice): Promise<boolean> {
    const facts = { client: notice.clientId, issuer: notice.issuer, notice: notice.id, attempt: notice.attempts };
    const told = await tell(notice);
    if (told.kind === 'unknown') {
      leftUntilMs.set(keyOf(notice), nowMs() + unknownMs);
      await notices.giveBack(notice);
      log.debug(facts, 'An application that is to be told of a sign-out is not known here: left to others');
      return false;
    }
    if (told.kind === 'failed') {
      const pause = pauseMs(notice.attempts);
      await notices.postpone(notice, nowMs() + pause);
      log.warn(facts, `An application could not be told of a sign-out: ${told.why}. Tried again in ${pause / 1000} s`);
      return false;
    }
    await notices.remove(notice.id);
    if (told.kind === 'refused') log.warn(facts, `An application refused to be told of a sign-out: ${told.why}`);
    else if (told.kind === 'told') log.debug(facts, 'An application was told of a sign-out');
    else log.debug(facts, 'Nobody wants to be told of a sign-out');
    return true;
  }

  /** Until there is nothing due for it, or it fails. */
  async function tellAll(recipient: Recipient): Promise<void> {
    while (!isStopped) {
      const notice = await notices.take(recipient, leaseMs);
      if (!notice || !(await deliver(notice))) return;
      await othersFirst();
    }
  }

  async function serve(recipient: Recipient, key: string): Promise<void> {
    const state = { isDueAgain: false };
    serving.set(key, state);
    try {
      do {
        state.isDueAgain = false;
        await tellAll(recipient);
      } while (state.isDueAgain && !isStopped);
    } finally {
      serving.delete(key);
    }
    if (othersWait) await run();
  }

  async function look(): Promise<void> {
    for (const { clientId, issuer } of await notices.giveUp(nowMs() - ageMsMax))
      log.error({ client: clientId, issuer }, 'An application could not be told of a sign-out for a day: given up');
    for (const [key, untilMs] of leftUntilMs) if (untilMs <= nowMs()) leftUntilMs.delete(key);
    // So many that not all of them can be served already, or left to others.
    const due = await notices.recipients(serving.size + leftUntilMs.size + recipientsAtOnce);
    othersWait = false;
    for (const recipient of due) {
      const key = keyOf(recipient);
      if (leftUntilMs.has(key)) continue;
      const state = serving.get(key);
      if (state) state.isDueAgain = true;
      else if (serving.size < recipientsAtOnce) background.run(() => serve(recipient, key));
      else othersWait = true;
    }
  }

  async function lookUntilDone(): Promise<void> {
    try {
      do {
        again = false;
        if (!isStopped) await look();
      } while (again);
    } finally {
      looking = undefined;
    }
  }

  function run(): Promise<void> {
    again = looking !== undefined;
    looking ??= lookUntilDone();
    return looking;
  }

  return {
    run,
    settled: () => background.settled(),
    async stop() {
      isStopped = true;
      // Whoever asked for the look hears of its failure.
      await looking?.catch(() => undefined);
      await background.settled();
    },
  };
}
