/**
 * What goes on by itself in every process: tells of changes as they happen and of days that come, and clears away what is
 * old. Several processes may do so at once; each thing is done by one of them.
 */
import type { Log } from '@gatehouse/web/log.ts';
import type { Workspace } from '../api/workspace.ts';
import { tellDue } from './due.ts';
import { tellWaiting } from './teller.ts';

export type Worker = {
  /** Resolves once everything that waited when it was asked is told. */
  settle(): Promise<void>;
  stop(): Promise<void>;
};

const tickMs = 60_000;
/** What happens within it is told together: a telling is a transaction, for which those who are at work wait. */
const gatheringMs = 50;
const changesKeptMs = 400 * 86_400_000;
const notificationsKeptMs = 180 * 86_400_000;

export type WorkerOptions = {
  /** Deliveries were made of changes. */
  readonly onDeliveries?: () => void;
};

export function startWorker(workspace: Workspace, log: Log, options: WorkerOptions = {}): Worker {
  let running: Promise<void> = Promise.resolve();
  let isQueued = false;
  let gathering: NodeJS.Timeout | undefined;
  let stopped = false;

  const guard = (what: string, act: () => Promise<unknown>) => async (): Promise<void> => {
    if (stopped) return;
    await act().catch((err: unknown) => log.error({ err }, what));
  };
  const tellNow = guard('Notifications could not be made', async () => {
    const { deliveries } = await tellWaiting(workspace);
    if (deliveries > 0) options.onDeliveries?.();
  });

  /** One after the other; a wish while one waits is that same wish. */
  function queueTelling(): Promise<void> {
    if (isQueued) return running;
    isQueued = true;
    running = running.then(() => {
      isQueued = false;
      return tellNow();
    });
    return running;
  }

  function tellSoon(): void {
    gathering ??= setTimeout(() => {
      gathering = undefined;
      void queueTelling();
    }, gatheringMs).unref();
  }

  function tick(): void {
    void queueTelling();
    running = running
      .then(guard('Days that come could not be told', () => tellDue(workspace)))
      .then(guard('Old changes could not be cleared away', () => clearOld(workspace)));
  }

  const stopListening = workspace.announcements.listen({
    onWord: (word) => /^\d+$/.test(word) && tellSoon(),
    onGap: () => void queueTelling(),
  });
  const timer = setInterval(tick, tickMs).unref();
  tick();
  return {
    settle: queueTelling,
    async stop() {
      stopped = true;
      stopListening();
      clearInterval(timer);
      clearTimeout(gathering);
      await running;
    },
  };
}

async function clearOld({ db, now }: Workspace): Promise<void> {
  await db
    .deleteFrom('changes')
    .where('at', '<', now() - changesKeptMs)
    .execute();
  await db
    .deleteFrom('notifications')
    .where('created_at', '<', now() - notificationsKeptMs)
    .execute();
}
