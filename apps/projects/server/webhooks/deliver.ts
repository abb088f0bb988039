/**
 * One round of deliveries: every webhook that has something due gets it in order, several webhooks side by side, and one that
 * does not answer holds up nobody else. A delivery is claimed by compare-and-swap and the claim ends by itself, so it outlives
 * the process that was sending it. A receiver may see one twice, under one id, and never misses one silently.
 */
import type { LookupFunction } from 'node:net';
import { SealBroken } from '@gatehouse/storage/failures.ts';
import type { Log } from '@gatehouse/web/log.ts';
import { callOutside, OutsideCallFailed, OutsideCallRefused } from '@gatehouse/web/outside-call.ts';
import type { Workspace } from '../api/workspace.ts';
import { openSecret } from './commands.ts';
import { bodyNow } from './comment-words.ts';
import type { DeliveryRow, WebhookRow } from './present.ts';
import { signatureHeaders } from './signature.ts';

export type DeliverOptions = {
  readonly log: Log;
  /** Resolves names; the system's by default. */
  readonly lookup?: LookupFunction | undefined;
};

const webhooksAtOnce = 8;
const webhooksMax = 200;
const inOneRoundMax = 50;
const timeoutMs = 10_000;
/** Longer than the timeout. */
const claimMs = 60_000;
/** Nobody reads what is answered. */
const answerBytesMax = 64 * 1024;
const secondMs = 1_000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
/** Of Standard Webhooks: some 32 hours together. */
const pausesMs = [5 * secondMs, 5 * minuteMs, 30 * minuteMs, 2 * hourMs, 5 * hourMs, 10 * hourMs, 14 * hourMs];
/** Switched off after so many failures in a row, not before it went on for so long. */
const failuresMax = 20;
const failingMsMax = 24 * hourMs;
const keptMs = 30 * 24 * hourMs;

export async function deliverDue(workspace: Workspace, options: DeliverOptions): Promise<void> {
  const { db, now } = workspace;
  const due = await selectDue(workspace)
    .groupBy('webhooks.id')
    .select(({ fn }) => ['webhooks.id', fn.min<number>('webhook_deliveries.due_at').as('first')])
    .orderBy('first')
    .limit(webhooksMax)
    .execute();
  const ids = due.map(({ id }) => id);
  const take = async (): Promise<void> => {
    for (let id = ids.shift(); id !== undefined; id = ids.shift()) await deliverTo(workspace, id, options);
  };
  await Promise.all(Array.from({ length: webhooksAtOnce }, take));
  await db
    .deleteFrom('webhook_deliveries')
    .where('created_at', '<', now() - keptMs)
    .execute();
}

/** What waits, but of a project in the trash only that it went there: the rest waits until it is back. */
function selectDue({ db, now }: Workspace) {
  return db
    .selectFrom('webhook_deliveries')
    .innerJoin('webhooks', 'webhooks.id', 'webhook_deliveries.webhook_id')
    .innerJoin('projects', 'projects.id', 'webhooks.project_id')
    .where('webhooks.state', '=', 'on')
    .where('webhook_deliveries.state', 'in', ['waiting', 'claimed'])
    .where('webhook_deliveries.due_at', '<=', now())
    .where((where) =>
      where.or([where('projects.deleted_at', 'is', null), where('webhook_deliveries.kind', '=', 'project.trashed')]),
    );
}

/** In order, until one does not arrive. */
async function deliverTo(workspace: Workspace, webhookId: string, options: DeliverOptions): Promise<void> {
  const due = await selectDue(workspace)
    .select('webhook_deliveries.id')
    .where('webhooks.id', '=', webhookId)
    .orderBy('webhook_deliveries.created_at')
    .orderBy('webhook_deliveries.change_id')
    .limit(inOneRoundMax)
    .execute();
  for (const { id } of due) {
    // It may have been switched off a moment ago, its project put into the trash, or another process be sending it.
    const webhook = await selectDue(workspace)
      .selectAll('webhooks')
      .where('webhook_deliveries.id', '=', id)
      .executeTakeFirst();
    const delivery = webhook && (await claimDelivery(workspace, id));
    if (!delivery) continue;
    if (!(await deliver(workspace, webhook, delivery, options))) return;
  }
}

/** Exported for the test of a process that ends here. */
export async function claimDelivery({ db, now }: Workspace, id: string): Promise<DeliveryRow | undefined> {
  return db
    .updateTable('webhook_deliveries')
    .set(({ eb }) => ({ state: 'claimed', attempts: eb('attempts', '+', 1), due_at: now() + claimMs }))
    .where('id', '=', id)
    .where('state', 'in', ['waiting', 'claimed'])
    .where('due_at', '<=', now())
    .returningAll()
    .executeTakeFirst();
}

/** Whether it arrived. */
async function deliver(
  workspace: Workspace,
  webhook: WebhookRow,
  delivery: DeliveryRow,
  { log, lookup }: DeliverOptions,
): Promise<boolean> {
  const sent = await send(workspace, webhook, delivery, lookup);
  const arrived = sent.status !== null && sent.status >= 200 && sent.status < 300;
  const pauseMs = sent.isFinal ? undefined : pausesMs[delivery.attempts - 1];
  const gone = sent.status === 410;
  await workspace.db.transaction().execute(async (trx) => {
    const now = workspace.now();
    await trx
      .updateTable('webhook_deliveries')
      .set({
        status: sent.status,
        problem: arrived ? null : sent.problem,
        ...(arrived
          ? { state: 'delivered', ended_at: now }
          : pauseMs === undefined || gone
            ? { state: 'failed', ended_at: now }
            : { state: 'waiting', due_at: now + pauseMs }),
      })
      .where('id', '=', delivery.id)
      .where('attempts', '=', delivery.attempts)
      .where('state', '=', 'claimed')
      .execute();
    await trx
      .updateTable('webhooks')
      .set(arrived ? { failures: 0, failing_since: null } : failureOf(webhook, gone, now))
      .where('id', '=', webhook.id)
      .execute();
  });
  if (!arrived)
    log.warn(
      { webhook: webhook.id, delivery: delivery.id, attempts: delivery.attempts, status: sent.status },
      `A webhook was not delivered: ${sent.problem}`,
    );
  return arrived;
}

type Sent = { readonly status: number | null; readonly problem: string; readonly isFinal?: true };

async function send(
  workspace: Workspace,
  webhook: WebhookRow,
  delivery: DeliveryRow,
  lookup: LookupFunction | undefined,
): Promise<Sent> {
  const { id } = delivery;
  const body = await bodyNow(workspace.db, webhook, delivery);
  try {
    const response = await callOutside(webhook.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'user-agent': 'Gatehouse-Projects',
        ...signatureHeaders(openSecret(workspace, webhook), { id, atMs: workspace.now(), body }),
      },
      body,
      mayCallPrivate: workspace.webhooks.mayCallPrivate,
      timeoutMs,
      bodyBytesMax: answerBytesMax,
      lookup,
    });
    return { status: response.status, problem: `It answered ${response.status}.` };
  } catch (cause) {
    if (cause instanceof OutsideCallRefused) return { status: null, problem: wordsFor(cause), isFinal: true };
    if (cause instanceof OutsideCallFailed) return { status: null, problem: reasonOf(cause) };
    if (cause instanceof SealBroken)
      return { status: null, problem: 'The key of the workspace is another. Make a new secret.', isFinal: true };
    throw cause;
  }
}

/** Which address of the house a name leads to is not told to whoever wrote the name. */
function wordsFor({ reason }: OutsideCallRefused): string {
  return reason === 'not-secure'
    ? 'The address is not https.'
    : 'The address leads into a private network, and nothing is sent there.';
}

function reasonOf({ message }: OutsideCallFailed): string {
  if (message.endsWith('no answer in time')) return 'No answer came in time.';
  if (message.includes('certificate is not trusted')) return 'Its certificate is not trusted.';
  return 'It does not answer.';
}

function failureOf(
  { failures, failing_since }: WebhookRow,
  gone: boolean,
  now: number,
): { failures: number; failing_since: number; state?: 'failed' } {
  const since = failing_since ?? now;
  const isTooMuch = failures + 1 >= failuresMax && now - since >= failingMsMax;
  return { failures: failures + 1, failing_since: since, ...((gone || isTooMuch) && { state: 'failed' }) };
}
