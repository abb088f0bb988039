/**
 * What every process does by itself while it serves: tells of what happened, delivers webhooks, sends mail and clears away
 * what is gone. It knows how often, and nothing of how.
 */
import { type Rounds, startRounds } from '@gatehouse/storage/rounds.ts';
import type { Log } from '@gatehouse/web/log.ts';
import type { Workspace } from './api/workspace.ts';
import { clearPassing } from './files/passing.ts';
import { sweepFiles } from './files/stored.ts';
import type { Mailer } from './mail/mailer.ts';
import { goRound } from './mail/post.ts';
import { startWorker } from './notifications/worker.ts';
import { clearPurged } from './projects/trash.ts';
import { deliverDue } from './webhooks/deliver.ts';

const postMs = 20_000;
const deliveriesMs = 5_000;
const tidyingMs = 60 * 60_000;

/** Without a mailer no mail is sent. */
export function startOwnRounds(workspace: Workspace, mailer: Mailer | undefined, log: Log): AsyncDisposable {
  const started = new AsyncDisposableStack();
  const start = (name: string, intervalMs: number, work: () => Promise<void>): Rounds => {
    const onFailure = (err: unknown): void => log.error({ err }, `${name} failed`);
    const rounds = started.adopt(startRounds({ intervalMs, work, onFailure }), (each) => each.stop());
    void rounds.wake();
    return rounds;
  };
  const deliveries = start('Delivering webhooks', deliveriesMs, () => deliverDue(workspace, { log }));
  start('Clearing away what is gone', tidyingMs, async () => {
    await clearPassing(workspace.now());
    await clearPurged(workspace);
    await sweepFiles(workspace, log);
  });
  const worker = startWorker(workspace, log, { onDeliveries: () => void deliveries.wake() });
  started.defer(() => worker.stop());
  if (mailer) start('The post', postMs, () => goRound(workspace, mailer, log));
  return started;
}
