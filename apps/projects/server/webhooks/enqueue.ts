/**
 * Makes deliveries of changes, in the transaction that claims the changes, so that each webhook is told once. Sends nothing.
 */
import type { ChangeFacts } from '../../wire/change.ts';
import type { Executor, Workspace } from '../api/workspace.ts';
import type { ChangeRow } from '../live/hub.ts';
import { writeBody } from './body.ts';
import { kindsOf } from './present.ts';

/** Answers with how many it made. */
export async function writeDeliveries(
  workspace: Workspace,
  trx: Executor,
  changes: readonly ChangeRow[],
): Promise<number> {
  const projectIds = [...new Set(changes.flatMap(({ project_id }) => project_id ?? []))];
  if (projectIds.length === 0) return 0;
  const hooks = await trx
    .selectFrom('webhooks')
    .innerJoin('projects', 'projects.id', 'webhooks.project_id')
    .select(['webhooks.id', 'webhooks.kinds', 'projects.id as projectId', 'projects.key', 'projects.name'])
    .where('webhooks.project_id', 'in', projectIds)
    .where('webhooks.state', '=', 'on')
    .execute();
  const wanted = changes.flatMap((change) =>
    hooks
      .filter((hook) => hook.projectId === change.project_id && kindsOf(hook).includes(change.kind))
      .map((hook) => ({ change, hook })),
  );
  if (wanted.length === 0) return 0;
  const actorIds = [...new Set(wanted.map(({ change }) => change.actor_id))];
  const actors = await trx.selectFrom('people').select(['id', 'name']).where('id', 'in', actorIds).execute();
  const deliveries = wanted.map(({ change, hook: { id: webhookId, key, name } }): NewDelivery => {
    const id = workspace.newId();
    const body = writeBody({
      id,
      sequence: Number(change.id),
      kind: change.kind,
      at: Number(change.at),
      project: { key, name },
      by: actors.find((actor) => actor.id === change.actor_id) ?? null,
      subjectId: change.subject_id,
      facts: JSON.parse(change.facts) as ChangeFacts,
      appUrl: workspace.appUrl,
    });
    return { id, webhookId, changeId: change.id, kind: change.kind, body };
  });
  for (let from = 0; from < deliveries.length; from += rowsMax)
    await insertDeliveries(workspace, trx, deliveries.slice(from, from + rowsMax));
  return deliveries.length;
}

/** Of one statement: databases take so many values at once and no more. */
const rowsMax = 500;

type NewDelivery = {
  readonly id: string;
  readonly webhookId: string;
  readonly changeId: number | null;
  readonly kind: ChangeRow['kind'] | 'ping';
  readonly body: string;
};

export async function insertDeliveries(
  { now }: Workspace,
  db: Executor,
  deliveries: readonly NewDelivery[],
): Promise<void> {
  const rows = deliveries.map(({ id, webhookId, changeId, kind, body }) => ({
    ...{ id, webhook_id: webhookId, change_id: changeId, kind, body },
    ...{ state: 'waiting' as const, attempts: 0, due_at: now(), status: null, problem: null },
    ...{ created_at: now(), ended_at: null },
  }));
  await db.insertInto('webhook_deliveries').values(rows).execute();
}
