/** Rows of webhooks as the API shows them. Pure; no secret among it. */
import { type ChangeKind, changeKinds } from '../../wire/change.ts';
import type { Delivery, Webhook } from '../../wire/webhook.ts';
import type { WebhookTables } from './schema.ts';

export type WebhookRow = WebhookTables['webhooks'];
export type DeliveryRow = WebhookTables['webhook_deliveries'];

export function kindsOf({ kinds }: Pick<WebhookRow, 'kinds'>): ChangeKind[] {
  const kept: unknown = JSON.parse(kinds);
  return changeKinds.filter((kind) => Array.isArray(kept) && kept.includes(kind));
}

export function presentWebhook(row: WebhookRow): Webhook {
  return {
    id: row.id,
    url: row.url,
    kinds: kindsOf(row),
    state: row.state,
    createdAt: new Date(row.created_at).toISOString(),
  };
}

export function presentDelivery(row: DeliveryRow): Delivery {
  const state = row.state === 'claimed' ? 'waiting' : row.state;
  return {
    id: row.id,
    kind: row.kind,
    state,
    attempts: row.attempts,
    status: row.status,
    problem: row.problem,
    createdAt: new Date(row.created_at).toISOString(),
    nextAt: state === 'waiting' ? new Date(row.due_at).toISOString() : null,
  };
}
