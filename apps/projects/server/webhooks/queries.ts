/** Reads the webhooks of a project and what went to one of them, the latest first. */
import { isRefusal, type Refusal } from '../api/refusal.ts';
import type { Executor } from '../api/workspace.ts';
import { findWebhook } from './commands.ts';
import type { DeliveryRow, WebhookRow } from './present.ts';

const deliveriesShown = 50;

export function listWebhooks(db: Executor, projectId: string): Promise<WebhookRow[]> {
  return db
    .selectFrom('webhooks')
    .selectAll()
    .where('project_id', '=', projectId)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
}

export async function listDeliveries(
  db: Executor,
  projectId: string,
  webhookId: string,
): Promise<DeliveryRow[] | Refusal> {
  const found = await findWebhook(db, projectId, webhookId);
  if (isRefusal(found)) return found;
  return db
    .selectFrom('webhook_deliveries')
    .selectAll()
    .where('webhook_id', '=', webhookId)
    .orderBy('created_at', 'desc')
    .orderBy('change_id', 'desc')
    .limit(deliveriesShown)
    .execute();
}
