/**
 * Makes deliveries of a change, in the transaction that claims the change, so that each webhook is told once. Sends nothing.
 */
import type { ChangeFacts } from '../../wire/change.ts';
import type { Executor, Workspace } from '../api/workspace.ts';
import type { ChangeRow } from '../live/hub.ts';
import { writeBody } from './body.ts';
import { kindsOf } from './present.ts';

export async function writeDeliveries(workspace: Workspace, trx: Executor, change: ChangeRow): Promise<void> {
  if (change.project_id === null) return;
  const hooks = await trx
    .selectFrom('webhooks')
    .select(['id', 'kinds'])
    .where('project_id', '=', change.project_id)
    .where('state', '=', 'on')
    .execute();
  const wanting = hooks.filter((hook) => kindsOf(hook).includes(change.kind));
  if (wanting.length === 0) return;
  const project = await trx
    .selectFrom('projects')
    .select(['key', 'name'])
    .where('id', '=', change.project_id)
    .executeTakeFirst();
  if (!project) return;
  const by = await trx.selectFrom('people').select(['id', 'name']).where('id', '=', change.actor_id).executeTakeFirst();
  for (const hook of wanting) {
    const id = workspace.newId();
    const body = writeBody({
      id,
      sequence: Number(change.id),
      kind: change.kind,
      at: Number(change.at),
      project,
      by: by ?? null,
      subjectId: change.subject_id,
      facts: JSON.parse(change.facts) as ChangeFacts,
      appUrl: workspace.appUrl,
    });
    await insertDelivery(workspace, trx, { id, webhookId: hook.id, changeId: change.id, kind: change.kind, body });
  }
}

type NewDelivery = {
  readonly id: string;
  readonly webhookId: string;
  readonly changeId: number | null;
  readonly kind: ChangeRow['kind'] | 'ping';
  readonly body: string;
};

export async function insertDelivery(
  { now }: Workspace,
  db: Executor,
  { id, webhookId, changeId, kind, body }: NewDelivery,
): Promise<void> {
  await db
    .insertInto('webhook_deliveries')
    .values({
      id,
      webhook_id: webhookId,
      change_id: changeId,
      kind,
      body,
      state: 'waiting',
      attempts: 0,
      due_at: now(),
      status: null,
      problem: null,
      created_at: now(),
      ended_at: null,
    })
    .execute();
}
